"""Digital goods that stand on a bucket: found, served, uploaded, and what is said when it does not answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from services.goods import bucket, downloading, files, stock, turn
from services.goods.bucket_bytes import PART
from services.goods.downloading import Over, Refused
from services.goods.lying import Away
from services.goods.ranges import Wanted, wanted
from services.people import MERCHANT
from services.settings import Settings
from services.shop import Shop, open_shop, put_current
from tests.conftest import NOW
from tests.goods import selling
from tests.web.conftest import Web

CONTENT = bytes(range(250)) * 40
PLACE = "LIV-1/Livret d’été.pdf"


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """An S3 service of this machine: its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def at_bucket(service: str, embedded_settings: Settings) -> Settings:
    """Settings of a shop whose files stand on an empty bucket of its own."""
    told = replace(
        embedded_settings,
        files=f"s3://bucket-{next(_numbers)}/shop",
        s3_endpoint=service,
        s3_region="eu-west-3",
        s3_key_id="a key",
        s3_secret_key="its secret",
    )
    client(told).create_bucket(Bucket=name_of(told), CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    return told


@pytest.fixture
def shop(at_bucket: Settings) -> Iterator[Shop]:
    opened = open_shop(at_bucket)
    put_current(opened)
    yield opened
    put_current(None)
    opened.close()


_numbers = count(1)


def name_of(settings: Settings) -> str:
    return settings.files.split("/")[2]


def client(settings: Settings) -> Any:
    return _client(settings.s3_endpoint)


@cache
def _client(endpoint: str) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-west-3",
        aws_access_key_id="a key",
        aws_secret_access_key="its secret",
    )


def put(shop: Shop, place: str = PLACE, content: bytes = CONTENT) -> None:
    """A file where a merchant puts it, by the bucket's own means."""
    client(shop.settings).put_object(Bucket=name_of(shop.settings), Key=f"shop/digital/{place}", Body=content)


def take_away(shop: Shop, place: str = PLACE) -> None:
    client(shop.settings).delete_object(Bucket=name_of(shop.settings), Key=f"shop/digital/{place}")


class Link:
    """A link to the booklet, as a customer has it."""

    def __init__(self, shop: Shop) -> None:
        put(shop)
        turn.take_in(shop, NOW)
        self.shop = shop
        self.token = selling.token_of(shop, selling.buy(shop))
        self.id = selling.file_id(shop, self.token)

    def source(self) -> downloading.Source:
        return downloading.source(downloading.opened(self.shop, self.token, NOW).offer(self.id))

    def fetched(self, asks: str = "") -> bytes:
        of = self.source()
        want = wanted(asks, of.size)
        download = downloading.begin(self.shop, self.token, self.id, of, want, NOW)
        got = read(of, want)
        downloading.delivered(self.shop, download, want, len(got), NOW, is_over=True)
        return got

    @property
    def left(self) -> int:
        return downloading.opened(self.shop, self.token, NOW).offers[0].left


def read(of: downloading.Source, want: Wanted) -> bytes:
    stream = of.opened(want)
    got = bytearray()
    while piece := stream.read(3000):
        got += piece
    stream.close()
    return bytes(got)


def test_what_is_put_into_the_bucket_is_found_and_goes_out_with_its_name(shop: Shop) -> None:
    put(shop)
    put(shop, "LIV-2.epub", b"x")
    put(shop, ".hidden/x.pdf", b"x")
    put(shop, "a/b/c.pdf", b"x")
    waiting = selling.buy(shop)
    assert not selling.goods_of(shop, waiting).links
    assert turn.take_in(shop, NOW) == 2
    assert turn.take_in(shop, NOW) == 0
    assert turn.try_waiting(shop, NOW) == 1
    (link,) = selling.goods_of(shop, waiting).links
    assert [(file.name, file.size) for file in link.files] == [("Livret d’été.pdf", len(CONTENT))]
    assert files.address(shop.settings) == f"s3://{name_of(shop.settings)}/shop/digital"


def test_it_comes_whole_in_parts_and_counts_once_for_each_whole_download(shop: Shop) -> None:
    link = Link(shop)
    before = link.left
    assert link.fetched() == CONTENT
    assert link.left == before - 1
    assert link.fetched("bytes=0-99") == CONTENT[:100]
    assert link.left == before - 1
    assert link.fetched("bytes=100-") == CONTENT[100:]
    assert link.left == before - 2
    assert link.fetched("bytes=-5") == CONTENT[-5:]


def test_another_version_has_another_mark_and_is_never_mixed_with_the_old_one(shop: Shop) -> None:
    link = Link(shop)
    old = link.source()
    put(shop, content=b"n" * len(CONTENT))
    assert link.source().etag != old.etag
    with pytest.raises(Refused) as refusal:
        old.opened(Wanted(0, 9, is_part=True))
    assert refusal.value.why is Over.MISSING


def test_a_service_that_hangs_up_is_asked_for_the_rest_a_few_times(shop: Shop, monkeypatch: Any) -> None:
    link = Link(shop)
    asked: list[tuple[int, int]] = []
    body = bucket.Bucket.body

    def short(self: bucket.Bucket, place: str, first: int, last: int, mark: str) -> Any:
        asked.append((first, last))
        return body(self, place, first, min(last, first + 2999), mark)

    monkeypatch.setattr(bucket.Bucket, "body", short)
    assert link.fetched() == CONTENT
    assert asked == [(0, 9999), (3000, 9999), (6000, 9999), (9000, 9999)]
    monkeypatch.setattr(bucket.Bucket, "body", lambda *_a: body(link_bucket(shop), PLACE, 0, 9, link_mark(link)))
    assert len(link.fetched()) == 40  # what it sends again and again ends


def link_bucket(shop: Shop) -> bucket.Bucket:
    found = bucket.bucket_of(shop.settings)
    assert found
    return found


def link_mark(link: Link) -> str:
    return link.source().told.mark


def test_a_file_that_is_gone_is_missing_and_orders_of_it_wait_once_that_was_seen(shop: Shop) -> None:
    link = Link(shop)
    take_away(shop)
    with pytest.raises(Refused) as refusal:
        link.source()
    assert refusal.value.why is Over.MISSING
    files.look(shop.settings)
    (product,) = stock.products(shop)
    assert product.lacks
    assert not selling.goods_of(shop, selling.buy(shop, email="bob@example.com")).links


@pytest.mark.parametrize("size", [5, PART + 7])
def test_what_is_uploaded_lies_in_the_bucket_and_a_new_version_takes_the_place_of_the_old(
    shop: Shop, size: int
) -> None:
    for content in (b"a" * size, b"b" * size):
        had = stock.products(shop)
        upload = stock.Upload(shop, "LIV-1", "Livret.pdf", size)
        for start in range(0, size, 1_000_000):
            upload.write(content[start : start + 1_000_000])
        upload.keep(MERCHANT, had[0].files[0].id if had else "", NOW)
        upload.leave()
    assert len(link_bucket(shop).listed()) == 1
    link = object.__new__(Link)
    link.shop, link.token = shop, selling.token_of(shop, selling.buy(shop))
    link.id = selling.file_id(shop, link.token)
    assert link.fetched() == b"b" * size


def test_an_upload_that_breaks_off_leaves_nothing(shop: Shop) -> None:
    upload = stock.Upload(shop, "LIV-1", "Livret.pdf", None)
    upload.write(b"a" * (PART + 1))
    upload.leave()
    assert not link_bucket(shop).listed()
    under_way = client(shop.settings).list_multipart_uploads(Bucket=name_of(shop.settings))
    assert not under_way.get("Uploads")


def test_a_bucket_that_does_not_answer_is_said_and_stops_no_sale(shop: Shop) -> None:
    link = Link(shop)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    away = replace(shop.settings, s3_endpoint=f"http://127.0.0.1:{port}")
    shop = replace(shop, settings=away)
    link.shop = shop
    with pytest.raises(Refused) as refusal:
        link.source()
    assert refusal.value.why is Over.AWAY
    for _time in range(2):  # the second time at once, without asking
        with pytest.raises(Away, match=r"The bucket s3://bucket-\d+ does not answer: .*127\.0\.0\.1"):
            turn.take_in(shop, NOW)
    assert selling.goods_of(shop, selling.buy(shop, email="bob@example.com")).links
    turn.goods_turn(shop, NOW)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"files": "s3://no-such-bucket"}, "bucket does not exist"), ({"s3_endpoint": "http://127.0.0.1:9"}, "127.0.0.1")],
)
def test_a_bucket_that_is_not_there_is_named(at_bucket: Settings, changes: dict[str, str], said: str) -> None:
    with pytest.raises(Away) as away:
        files.look(replace(at_bucket, **changes))
    assert said in away.value.sentence


def test_over_http_it_is_streamed_and_a_customer_reads_why_it_cannot_be(shop: Shop, monkeypatch: Any) -> None:
    web = Web()
    monkeypatch.setattr("services.clock.now", lambda: NOW)
    link = Link(shop)
    address = f"/d/{link.token}/{link.id}"
    head = web.request("HEAD", address)
    assert head.headers["content-length"] == str(len(CONTENT))
    assert "Livret%20d%E2%80%99%C3%A9t%C3%A9.pdf" in head.headers["content-disposition"]
    assert web.get(address).content == CONTENT
    rest = web.get(address, headers={"Range": "bytes=9990-", "If-Range": head.headers["etag"]})
    assert (rest.status_code, rest.content) == (206, CONTENT[9990:])
    monkeypatch.setattr(bucket.Bucket, "told", _no_answer)
    away = web.get(address)
    assert (away.status_code, away.headers["retry-after"]) == (503, "120")
    assert "son stockage ne répond pas" in away.text
    web.close()


def _no_answer(*_asked: object) -> None:
    raise Away("The bucket does not answer.")
