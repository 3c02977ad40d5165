"""Two at once on one order, and a process killed in the middle: nothing half done, nothing twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.errors import Conflict
from services.orders import acting, reading, taking
from services.orders.acting import Request
from services.orders.statuses import ActionName
from services.people import API, MERCHANT
from services.settings import Settings
from services.shop import Shop, opened
from tests.orders.moving import now
from tests.orders.sample import NOW, draft, keep, unpaid

A = ActionName


def at_once(times: int, call: Callable[[int], Any]) -> list[Any]:
    """What each of several threads got: the answer, or the `Conflict`."""

    def tried(n: int) -> Any:
        try:
            return call(n)
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(tried, range(times)))


def test_of_several_people_on_one_version_one_is_first_and_the_others_are_told(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    got = at_once(4, lambda _: acting.do(shop, Request(A.MARK_PAID, order, 1), MERCHANT, NOW))
    told = [answer.sentence for answer in got if isinstance(answer, Conflict)]
    assert len(told) == 3
    assert all("The merchant: Marked as paid" in sentence for sentence in told)
    assert len(now(shop, order).payments) == 1


def test_a_double_click_with_one_key_is_done_once(shop: Shop) -> None:
    [order] = keep(shop, unpaid("1"))
    asked = Request(A.MARK_PAID, order, 1, {"amount": "5"}, key="click")
    got = [acting.answer_json(answer) for answer in at_once(4, lambda _: acting.do(shop, asked, MERCHANT, NOW))]
    assert got.count(got[0]) == 4
    assert len(now(shop, order).payments) == 1


def test_two_who_refund_at_once_never_give_back_more_than_was_paid(any_shop: Shop) -> None:
    [order] = keep(any_shop, draft())
    asked = Request(A.REFUND, order, params={"amount": "30.00"})  # whoever asks has not looked at the order
    got = at_once(4, lambda _: acting.do(any_shop, asked, MERCHANT, NOW))
    told = [answer.sentence for answer in got if isinstance(answer, Conflict)]
    assert told == ["At most €18.90 can be refunded: that is what was paid and not yet given back."] * 3
    kept = now(any_shop, order)
    assert (kept.refunded, len(kept.payments)) == (Decimal("30.00"), 2)


def test_orders_taken_at_once_get_numbers_of_their_own(shop: Shop) -> None:
    body = {"currency": "EUR", "lines": [{"name": "Mug", "quantity": 1, "unit_price": "1"}], "silent": True}
    taken = at_once(6, lambda _: taking.take(shop, body, API, None, NOW))
    assert sorted(int(one.order.number) for one in taken) == [1, 2, 3, 4, 5, 6]


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from data import acting as rows
from services.orders import acting
from services.orders.acting import Request
from services.orders.statuses import ActionName
from services.people import MERCHANT
from services.settings import read_settings
from services.shop import open_shop

store, folder, order, moment = sys.argv[1:]
shop = open_shop(read_settings({"COMPTOIR_STORE": store, "COMPTOIR_SECRET": "x"}, Path(folder)))

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if moment == "middle":
    rows.change_words = killed  # order, parcel and message are written by now, the event is not
acting.do(shop, Request(ActionName.MARK_SHIPPED, order, 1, {"tracking_number": "6A1"}), MERCHANT, datetime(2026, 3, 14))
killed()
"""


def killed_at(moment: str, settings: Settings, folder: Path, order: str) -> None:
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, settings.store, str(folder), order, moment],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": os.environ["PATH"]},
        timeout=60,
        check=False,
        capture_output=True,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.parametrize(("moment", "version"), [("middle", 1), ("end", 2)])
def test_killed_in_the_middle_nothing_is_done_and_killed_after_it_all_of_it_is(
    settings: Settings, tmp_path: Path, moment: str, version: int
) -> None:
    with opened(settings) as shop:
        [order] = keep(shop, unpaid("1", payment_method="cheque"))
    killed_at(moment, settings, tmp_path, order)
    with opened(settings) as shop:
        kept = reading.order(shop, order)
        is_done = version == 2
        assert kept.version == version
        assert (kept.fulfilment_status == "shipped") is is_done
        parts = (kept.shipments, kept.messages, kept.events[1:])
        assert [len(part) for part in parts] == [int(is_done)] * 3
        assert all(line.shipped == (line.quantity if is_done else 0) for line in kept.lines)
        acting.do(shop, Request(A.HOLD if not is_done else A.MARK_DELIVERED, order, version, reason="r"), MERCHANT, NOW)
