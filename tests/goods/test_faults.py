"""What goes wrong in the middle leaves nothing half: no card without its mail, no mail without its order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from data import checks
from services import people
from services.errors import Conflict, Invalid
from services.goods import stock, turn
from services.goods.stock import Upload
from services.messages import outbox, sealed_words, unsealing
from services.messages.sendgrid_edge import NotSent
from services.orders import automatic, reading
from services.orders.statuses import ActionName, FulfilmentStatus, PaymentStatus
from services.settings import Settings
from services.shop import Shop, opened
from tests.conftest import NOW
from tests.goods.selling import BOOKLET, CARD, MUG, act, buy, code_of, goods_of, put_file, token_of

PAYING = """
import sys
from services.orders import taking, acting, automatic
from services import people
from services.settings import read_settings
from services.shop import open_shop
from tests.goods import selling
shop = open_shop(read_settings())
order = selling.buy(shop, selling.CARD, selling.BOOKLET, payment_status="awaiting_payment")
print(order.id, flush=True)
def stuck(*_args, **_more):
    print("stuck", flush=True)
    sys.stdin.read()
automatic.drafted = stuck
from services.orders.statuses import ActionName
selling.act(shop, ActionName.MARK_PAID, order)
"""


def test_killed_between_the_payment_and_the_mails_nothing_of_it_happened(settings: Settings, tmp_path: Path) -> None:
    given = os.environ | {
        "COMPTOIR_STORE": settings.store,
        "COMPTOIR_FILES": settings.files,
        "COMPTOIR_SECRET": settings.secret,
    }
    with opened(settings) as shop:
        put_file(shop)
    process = subprocess.Popen(
        [sys.executable, "-c", PAYING], env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdin
    order_id = process.stdout.readline().strip()
    assert process.stdout.readline().strip() == "stuck"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    time.sleep(0.1)
    with opened(settings) as shop:
        order = reading.order(shop, order_id)
        assert order.payment_status is PaymentStatus.AWAITING_PAYMENT
        assert not goods_of(shop, order).cards and not goods_of(shop, order).links
        paid = act(shop, ActionName.MARK_PAID, order).order
        assert len(goods_of(shop, paid).cards) == 1


def test_a_mail_that_cannot_be_kept_keeps_the_payment_out_too(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    order = buy(shop, CARD, payment_status="awaiting_payment")

    def full(*_args: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(automatic.outbox, "put", full)
    with pytest.raises(OSError, match="no space"):
        act(shop, ActionName.MARK_PAID, order)
    monkeypatch.undo()
    assert reading.order(shop, order.id).payment_status is PaymentStatus.AWAITING_PAYMENT
    assert not goods_of(shop, order).cards


class Sent:
    """A courier that keeps what it was given."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []

    def send(self, rows: list[dict[str, object]], _name: str) -> list[str]:
        self.rows += rows
        return [f"provider-{row['id']}" for row in rows]


def handed(shop: Shop) -> list[dict[str, object]]:
    with shop.store.read() as read:
        return read.rows("select * from messages order by id")


def test_the_secret_is_put_in_right_before_the_mail_leaves(shop: Shop) -> None:
    put_file(shop)
    order = buy(shop, BOOKLET, CARD)
    courier = Sent()
    fates = unsealing.send(shop, courier, handed(shop), "Chez Élise")  # type: ignore[arg-type]
    assert all(isinstance(fate, str) for fate in fates)
    text = "".join(str(row["body_text"]) + str(row["body_html"]) for row in courier.rows)
    assert token_of(shop, order) in text and code_of(shop, order) in text
    assert not sealed_words.holds_any(text)


def test_a_mail_whose_secret_cannot_be_read_is_not_sent_and_says_why(shop: Shop) -> None:
    order = buy(shop, CARD)
    other = Shop(shop.store, replace(shop.settings, secret="another"))
    courier = Sent()
    fates = unsealing.send(other, courier, handed(shop), "Chez Élise")  # type: ignore[arg-type]
    failed = [fate for fate in fates if isinstance(fate, NotSent)]
    assert len(failed) == 1 and failed[0].permanent and "COMPTOIR_SECRET" in failed[0].reason
    assert all(row["template"] != "gift_card" for row in courier.rows)
    assert order.number == "1"


def test_a_word_that_somebody_wrote_opens_no_other_order(shop: Shop) -> None:
    mine = buy(shop, CARD)
    card_id = goods_of(shop, mine).cards[0]["id"]
    thief = buy(shop, MUG, email="eve@example.com", customer_comment=f"sealed-card-{card_id}")
    with shop.store.read() as read:
        rows = read.rows("select * from messages where order_id = ?::uuid", [thief.id])
        filled, _failed = sealed_words.filled(read, shop.settings.secret, rows)
    text = "".join(row["body_text"] for row in filled)
    assert sealed_words.DOTS in text
    assert code_of(shop, mine) not in text


def test_a_token_is_forgotten_once_no_mail_needs_it_and_a_new_link_is_made_then(shop: Shop) -> None:
    put_file(shop)
    order = buy(shop)
    with shop.store.write() as write:
        write.execute("update messages set state = 'delivered'")
    turn.forget_tokens(shop, NOW)
    assert goods_of(shop, order).links[0].can_be_shown  # it may bounce yet
    turn.forget_tokens(shop, NOW + turn.KEPT_FOR * 2)
    assert not goods_of(shop, order).links[0].can_be_shown
    act(shop, ActionName.REISSUE_LINKS, order)
    assert goods_of(shop, order).links[-1].can_be_shown


def test_an_uploaded_file_goes_out_to_the_order_that_waited(shop: Shop) -> None:
    order = buy(shop)
    upload = Upload(shop, "LIV-1", "../../Livret\u202e.pdf", 5)
    upload.write(b"hello")
    upload.keep(people.MERCHANT, now=NOW)
    upload.leave()
    (product,) = stock.products(shop)
    assert [(file.name, file.size, file.is_there) for file in product.files] == [("Livret.pdf", 5, True)]
    assert reading.order(shop, order.id).fulfilment_status is FulfilmentStatus.DELIVERED


def test_a_new_version_is_followed_by_the_links_that_were_sent(shop: Shop) -> None:
    upload = Upload(shop, "LIV-1", "Livret.pdf", None)
    upload.write(b"old")
    file_id = upload.keep(people.MERCHANT, now=NOW)
    order = buy(shop)
    upload = Upload(shop, "LIV-1", "Livret 2.pdf", None)
    upload.write(b"newer")
    assert upload.keep(people.MERCHANT, file_id, NOW) == file_id
    (file,) = goods_of(shop, order).links[0].files
    assert (file.name, file.size) == ("Livret 2.pdf", 5)
    (product,) = stock.products(shop)
    assert (product.files[0].version, len(product.files)) == (2, 1)


def test_an_upload_that_breaks_off_leaves_nothing(shop: Shop) -> None:
    upload = Upload(shop, "LIV-1", "a.pdf", None)
    upload.write(b"half")
    upload.leave()
    assert stock.products(shop) == []
    assert not list(Path(shop.settings.files).rglob("*.part"))


def test_an_upload_without_product_without_room_or_empty_is_refused(shop: Shop) -> None:
    with pytest.raises(Invalid):
        Upload(shop, "  ", "a.pdf", 1)
    with pytest.raises(Conflict):
        Upload(shop, "LIV-1", "a.pdf", 10**15)
    upload = Upload(shop, "LIV-1", "a.pdf", 0)
    with pytest.raises(Invalid):
        upload.keep(people.MERCHANT)
    upload.leave()


def test_orders_that_are_taken_out_take_their_links_and_cards_along(shop: Shop) -> None:
    from data import intake

    put_file(shop)
    order = buy(shop, BOOKLET, CARD)
    other = buy(shop, MUG, payment_status="awaiting_payment", email="bob@example.com")
    act(shop, ActionName.REDEEM_GIFT_CARD, other, code=code_of(shop, order))
    with shop.store.write() as write:
        intake.remove(write, [order.id])
        write.execute("delete from messages where order_id = ?::uuid", [order.id])
    with shop.store.read() as read:
        broken = {one.name: one.examples for one in checks.check(read, "Europe/Paris") if one.rows}
    assert broken == {}


def test_a_stopped_gift_mail_of_a_withdrawn_card_stays_stopped(shop: Shop) -> None:
    order = buy(shop, CARD | {"options": [{"name": "Send on", "value": "2027-01-01"}]})
    act(shop, ActionName.REFUND, order)
    states = {row["state"] for row in outbox.page(shop, text="").rows if row["template"] == "gift_card"}
    assert states == {"cancelled"}
