"""Files and gift cards in a bulk action: foreseen as they will go, and refused order by order."""

from __future__ import annotations

from services import bulk, jobs
from services.orders import acting
from services.orders.acting import Request
from services.orders.statuses import ActionName, FulfilmentStatus
from services.people import MERCHANT
from services.shop import Shop
from tests.bulk.moving import asked, did, mails
from tests.conftest import NOW
from tests.goods.selling import BOOKLET, CARD, MUG, act, buy, put_file
from tests.orders import moving

UNPAID = "awaiting_payment"
LOST = BOOKLET | {"sku": "LIV-2"}


def test_the_preview_foresees_the_mails_of_goods_and_what_waits(shop: Shop) -> None:
    put_file(shop)  # nobody has taken note of it yet
    baskets = ([BOOKLET], [CARD], [BOOKLET, MUG], [LOST, CARD], [MUG])
    ids = [
        buy(shop, *lines, payment_status=UNPAID, email=f"{n}@example.com", silent=True).id
        for n, lines in enumerate(baskets)
    ]
    told = bulk.preview(shop, asked(ActionName.MARK_PAID, ids), MERCHANT, NOW)
    assert [count for sentence, count in told.warnings if "has no file yet" in sentence] == [1]
    delivered = [one.count for one in told.steps if one.after == FulfilmentStatus.DELIVERED]
    assert delivered == [2]
    assert not mails(shop)
    did(shop, ActionName.MARK_PAID, ids)
    assert told.mails == len(mails(shop)) == 5 + 4


def test_of_twins_that_are_paid_together_the_preview_holds_the_later_one(shop: Shop) -> None:
    put_file(shop)
    twins = sorted(buy(shop, payment_status=UNPAID).id for _time in range(2))  # in the order in which they are paid
    told = bulk.preview(shop, asked(ActionName.MARK_PAID, twins), MERCHANT, NOW)
    did(shop, ActionName.MARK_PAID, twins)
    became = [moving.now(shop, one).fulfilment_status for one in twins]
    assert became == [FulfilmentStatus.DELIVERED, FulfilmentStatus.ON_HOLD]
    foreseen = {(step.after, step.count) for step in told.steps if step.field == "fulfilment_status"}
    assert foreseen == {(status.value, 1) for status in became}


def test_the_preview_tells_that_a_twin_is_held_with_its_goods(shop: Shop) -> None:
    put_file(shop)
    buy(shop, silent=True)
    twin = buy(shop, payment_status=UNPAID, silent=True)
    many = bulk.preview(shop, asked(ActionName.MARK_PAID, [twin.id]), MERCHANT, NOW)
    one = acting.preview(shop, Request(ActionName.MARK_PAID, twin.id), MERCHANT, NOW)
    assert (many.mails, len(one.messages)) == (1, 1)
    assert [step.after for step in many.steps if step.field == "fulfilment_status"] == [FulfilmentStatus.ON_HOLD]
    done = act(shop, ActionName.MARK_PAID, twin)
    assert done.order.fulfilment_status is FulfilmentStatus.ON_HOLD and len(done.messages) == 1
    assert [change.field for change in one.changes] == [change.field for change in done.changes]
    assert one.warnings == done.warnings


def test_new_links_are_refused_where_there_is_nothing_to_open_and_the_others_get_theirs(shop: Shop) -> None:
    lost = buy(shop, LOST)
    put_file(shop)
    kept = buy(shop)
    put_file(shop, sku="LIV-3")
    shut = act(shop, ActionName.WITHDRAW_LINKS, buy(shop, BOOKLET | {"sku": "LIV-3"})).order
    ids = [lost.id, kept.id, shut.id]
    told = bulk.preview(shop, asked(ActionName.WITHDRAW_LINKS, ids), MERCHANT, NOW)
    assert (told.will_do, told.refused) == (1, 2)
    job = did(shop, ActionName.WITHDRAW_LINKS, ids)
    assert [row.result.outcome for row in jobs.results(shop, job.id)] == ["refused", "done", "refused"]

    told = bulk.preview(shop, asked(ActionName.REISSUE_LINKS, [lost.id, shut.id]), MERCHANT, NOW)
    assert (told.will_do, told.mails, told.refused) == (1, 1, 1)
    before = len(mails(shop))
    job = did(shop, ActionName.REISSUE_LINKS, [lost.id, shut.id])
    results = {row.result.order_id: row.result for row in jobs.results(shop, job.id)}
    assert "has no file yet" in results[lost.id].sentence
    assert results[shut.id].outcome == "done" and len(mails(shop)) == before + 1
