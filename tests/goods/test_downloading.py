"""Downloads are counted by the bytes that were delivered, however many answers brought them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services import profile
from services.goods import downloading
from services.goods.downloading import Over, Refused
from services.goods.ranges import Unsatisfiable, Wanted, wanted
from services.shop import Shop
from tests.conftest import NOW
from tests.goods import selling

SIZE = 100
WHOLE = Wanted(0, SIZE - 1, is_part=False)


class Link:
    """A link to a file of a hundred bytes, twice to be downloaded."""

    def __init__(self, shop: Shop) -> None:
        with shop.store.write() as write:
            profile.change(write, shop.settings, {"link_downloads": 2}, "test", NOW)
        selling.put_file(shop, content=b"x" * SIZE)
        self.shop = shop
        self.token = selling.token_of(shop, selling.buy(shop))
        self.file = selling.file_id(shop, self.token)
        self.of = downloading.source(downloading.opened(shop, self.token, NOW).offer(self.file))

    def begin(self, want: Wanted = WHOLE, seconds: int = 0) -> str:
        return downloading.begin(self.shop, self.token, self.file, self.of, want, NOW + timedelta(seconds=seconds))

    def end(self, download: str, want: Wanted = WHOLE, count: int | None = None, seconds: int = 0) -> bool:
        got = want.count if count is None else count
        at = NOW + timedelta(seconds=seconds)
        return downloading.delivered(self.shop, download, want, got, at, is_over=True)

    def fetch(self, first: int, last: int) -> bool:
        want = Wanted(first, last, is_part=True)
        return self.end(self.begin(want), want)

    @property
    def left(self) -> int:
        return downloading.opened(self.shop, self.token, NOW).offers[0].left


@pytest.fixture
def link(shop: Shop) -> Link:
    return Link(shop)


@pytest.fixture
def any_link(any_shop: Shop) -> Link:
    return Link(any_shop)


def test_a_whole_download_counts_once(any_link: Link) -> None:
    assert any_link.end(any_link.begin())
    assert any_link.left == 1


def test_a_broken_download_counts_nothing_and_its_rest_makes_it_one(link: Link) -> None:
    assert not link.end(link.begin(), count=40)
    assert link.left == 2
    assert link.fetch(35, 99)  # what the customer received may be less than what left
    assert link.left == 1


def test_four_parts_at_once_are_one_download(link: Link) -> None:
    parts = [Wanted(at, at + 24, is_part=True) for at in (0, 25, 50, 75)]
    begun = [link.begin(part) for part in parts]
    assert len(set(begun)) == 1
    assert [link.end(one, part) for one, part in zip(begun, parts, strict=True)] == [False, False, False, True]
    assert link.left == 1


def test_two_at_once_are_two(any_link: Link) -> None:
    one, other = any_link.begin(), any_link.begin()
    assert one != other
    assert any_link.end(one) and any_link.end(other)
    assert any_link.left == 0


def test_no_more_are_under_way_than_are_left(link: Link) -> None:
    link.begin()
    second = link.begin()
    with pytest.raises(Refused) as refusal:
        link.begin()
    assert refusal.value.why is Over.BUSY
    link.end(second, count=10)  # it breaks: its place is free again
    link.begin()


def test_a_download_whose_process_died_gives_its_place_back(link: Link) -> None:
    link.begin()
    link.begin()
    link.begin(seconds=180)


def test_the_last_bytes_may_be_fetched_again_without_counting(link: Link) -> None:
    link.end(link.begin())
    link.end(link.begin())
    assert link.left == 0
    link.fetch(90, 99)
    with pytest.raises(Refused):
        link.begin()


def test_all_but_the_first_byte_cannot_be_fetched_for_ever(link: Link) -> None:
    with pytest.raises(Refused):
        for _time in range(200):
            link.fetch(1, 99)


def test_two_downloads_by_halves_are_two(link: Link) -> None:
    assert not link.fetch(0, 49)
    assert link.fetch(50, 99)
    assert not link.fetch(0, 49)
    assert link.fetch(50, 99)
    assert link.left == 0


@pytest.mark.parametrize(
    ("header", "bytes_"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=90-", (90, 99)),
        ("bytes=-1", (99, 99)),
        ("bytes=-1000", (0, 99)),
        ("bytes=5-1000", (5, 99)),
        ("Bytes = 5 - 6", (5, 6)),
    ],
)
def test_a_range_is_read(header: str, bytes_: tuple[int, int]) -> None:
    assert wanted(header, SIZE) == Wanted(*bytes_, is_part=True)


@pytest.mark.parametrize(
    "header", ["", "bytes=", "bytes=-", "bytes=9-5", "lines=1-2", "bytes=0-1,5-6", "bytes=a-b", "bytes=" + "9" * 5000]
)
def test_what_is_no_range_gets_the_whole_file(header: str) -> None:
    assert wanted(header, SIZE) == WHOLE


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=-0", "bytes=500-600"])
def test_what_is_beyond_the_end_is_unsatisfiable(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        wanted(header, SIZE)
