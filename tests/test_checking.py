"""The standing checks beside everything else, and what they said the last time."""

from __future__ import annotations

import pytest

from services import checking
from services.checking import Checking
from services.errors import Unavailable
from services.shop import Shop
from tests.conftest import NOW
from tests.orders.sample import draft, keep


def test_what_the_checks_said_is_kept(shop: Shop) -> None:
    assert checking.last(shop) is None
    keep(shop, draft("7"))
    assert checking.run(shop, NOW).wrong == ()
    with shop.store.write() as write:
        write.execute("update orders set paid = paid + 1")
    checking.run(shop, NOW)
    said = checking.last(shop)
    assert said is not None
    assert (said.at, said.count > 20) == (NOW, True)
    (money,) = [one for one in said.wrong if one.name == "paid_is_the_sum_of_payments"]
    assert (money.rows, money.examples) == (1, ("7",))


def test_one_run_at_a_time_and_a_fault_is_a_sentence(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_given: object) -> None:
        raise Unavailable("The store is away.")

    one = Checking()
    one.start(shop)
    one.start(shop)
    one.wait(20)
    assert (one.is_running, one.fault, checking.last(shop) is not None) == (False, "", True)
    monkeypatch.setattr(checking, "run", away)
    one.start(shop)
    one.wait(20)
    assert one.fault == "The store is away."
