"""Notes and tags of the shop."""

import pytest

from services.errors import Conflict, Invalid
from services.orders.statuses import ActionName
from services.shop import Shop
from tests.orders.moving import do, now, undo
from tests.orders.sample import NOW, draft, keep

A = ActionName


def test_a_note_has_author_and_time_and_undo_takes_it_away(shop: Shop) -> None:
    [order] = keep(shop, draft())
    answer = do(shop, order, A.ADD_NOTE, text="Call before <b>delivery</b>\nsecond line")
    [note] = now(shop, order).notes
    assert (note.text, note.author, note.at) == ("Call before <b>delivery</b>\nsecond line", "merchant", NOW)
    undo(shop, order, answer)
    assert now(shop, order).notes == ()


@pytest.mark.parametrize("text", ["", "  ", None, "x" * 10_001, "nul\x00"])
def test_a_note_that_says_nothing_or_cannot_be_kept_is_refused(shop: Shop, text: object) -> None:
    [order] = keep(shop, draft())
    with pytest.raises(Invalid) as raised:
        do(shop, order, A.ADD_NOTE, text=text)
    assert set(raised.value.fields) == {"text"}


def test_tags_come_once_and_go(shop: Shop) -> None:
    [order] = keep(shop, draft(tags=("vip",)))
    do(shop, order, A.TAG, tags=["gift", " vip ", "gift"])
    assert now(shop, order).tags == ("vip", "gift")
    do(shop, order, A.UNTAG, tags=["vip", "gift"])
    assert now(shop, order).tags == ()


def test_a_single_tag_may_be_given_as_such(shop: Shop) -> None:
    [order] = keep(shop, draft())
    do(shop, order, A.TAG, tag="vip")
    assert now(shop, order).tags == ("vip",)
    do(shop, order, A.UNTAG, tag="vip")
    assert now(shop, order).tags == ()


def test_a_tag_undone_leaves_the_tags_that_others_set_since(shop: Shop) -> None:
    [order] = keep(shop, draft(tags=("a",)))
    mine = do(shop, order, A.TAG, tags=["b"])
    do(shop, order, A.TAG, tags=["c"])
    undo(shop, order, mine)
    assert now(shop, order).tags == ("a", "c")


def test_a_tag_taken_off_comes_back_by_undo(shop: Shop) -> None:
    [order] = keep(shop, draft(tags=("a", "b")))
    answer = do(shop, order, A.UNTAG, tags=["a"])
    undo(shop, order, answer)
    assert sorted(now(shop, order).tags) == ["a", "b"]


def test_tags_that_change_nothing_are_refused(shop: Shop) -> None:
    [order] = keep(shop, draft(tags=("a",)))
    with pytest.raises(Conflict):
        do(shop, order, A.TAG, tags=["a"])
    with pytest.raises(Conflict):
        do(shop, order, A.UNTAG, tags=["b"])
    with pytest.raises(Invalid):
        do(shop, order, A.TAG, tags=["t" * 61])
    with pytest.raises(Invalid):
        do(shop, order, A.TAG, tags=[])
