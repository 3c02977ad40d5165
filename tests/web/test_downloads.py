"""A customer's downloads: the page, the file in parts, and what counts."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from services import profile
from services.orders import reading
from services.orders.order import Order
from services.orders.statuses import ActionName
from services.shop import Shop
from tests.conftest import NOW
from tests.goods import selling
from tests.web.conftest import Web

CONTENT = bytes(range(250)) * 40


@pytest.fixture(autouse=True)
def _the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.clock.now", lambda: NOW)


@pytest.fixture
def bought(shop: Shop) -> tuple[str, str]:
    """A booklet that was paid: its token, and the address of its file."""
    with shop.store.write() as write:
        profile.change(write, shop.settings, {"link_downloads": 2}, "test", NOW)
    selling.put_file(shop, content=CONTENT)
    token = selling.token_of(shop, selling.buy(shop))
    return token, f"/d/{token}/{selling.file_id(shop, token)}"


def test_the_page_lists_the_file_with_its_size_what_is_left_and_until_when(web: Web, bought: tuple[str, str]) -> None:
    answer = web.get(f"/d/{bought[0]}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    for said in ("Livret.pdf", "10 ko", "2 téléchargements restants", "13 avr. 2026", 'lang="fr"', bought[1]):
        assert said in " ".join(answer.text.split()), said
    assert "<script" not in answer.text


def test_the_whole_file_comes_with_its_name_its_type_and_private_headers(web: Web, bought: tuple[str, str]) -> None:
    answer = web.get(bought[1], headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private")
    assert "content-encoding" not in answer.headers
    assert answer.headers["etag"].startswith('"')


def test_a_part_is_a_206_and_what_is_not_there_a_416(web: Web, bought: tuple[str, str]) -> None:
    part = web.get(bought[1], headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, CONTENT[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(CONTENT)}"
    end = web.get(bought[1], headers={"Range": "bytes=-5"})
    assert (end.status_code, end.content) == (206, CONTENT[-5:])
    beyond = web.get(bought[1], headers={"Range": f"bytes={len(CONTENT)}-"})
    assert beyond.status_code == 416
    assert beyond.headers["content-range"] == f"bytes */{len(CONTENT)}"


def test_a_head_tells_all_and_counts_nothing(web: Web, bought: tuple[str, str]) -> None:
    for _time in range(5):
        answer = web.request("HEAD", bought[1])
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-length"] == str(len(CONTENT))
    assert "2 téléchargements restants" in web.get(f"/d/{bought[0]}").text


def test_a_resumed_download_counts_once_and_another_one_twice(web: Web, bought: tuple[str, str]) -> None:
    head = web.get(bought[1], headers={"Range": "bytes=0-4999"})
    assert "2 téléchargements restants" in web.get(f"/d/{bought[0]}").text
    rest = web.get(bought[1], headers={"Range": "bytes=5000-", "If-Range": head.headers["etag"]})
    assert head.content + rest.content == CONTENT
    assert "1 téléchargement restant" in web.get(f"/d/{bought[0]}").text
    web.get(bought[1])
    over = web.get(f"/d/{bought[0]}")
    assert over.status_code == 410
    assert "Tous les téléchargements de ce lien ont été utilisés" in over.text
    assert web.get(bought[1]).status_code == 410


def test_a_part_of_another_version_is_the_whole_new_one(web: Web, bought: tuple[str, str], shop: Shop) -> None:
    old = web.get(bought[1], headers={"Range": "bytes=0-9"}).headers["etag"]
    file = selling.put_file(shop, content=CONTENT + b"more")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    answer = web.get(bought[1], headers={"Range": "bytes=10-", "If-Range": old})
    assert (answer.status_code, answer.content) == (200, CONTENT + b"more")


def test_withdrawn_between_two_parts_the_next_one_is_refused(web: Web, bought: tuple[str, str], shop: Shop) -> None:
    web.get(bought[1], headers={"Range": "bytes=0-99"})
    order = selling.buy(shop, email="bob@example.com")
    assert order.number == "2"
    selling.act(shop, ActionName.WITHDRAW_LINKS, _first(shop))
    answer = web.get(bought[1], headers={"Range": "bytes=100-"})
    assert answer.status_code == 410
    assert "La boutique a retiré ce lien" in answer.text
    assert web.get(f"/d/{bought[0]}").status_code == 410


def test_an_expired_link_says_until_when_it_was_open(
    web: Web, bought: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.clock.now", lambda: NOW + timedelta(days=31))
    answer = web.get(f"/d/{bought[0]}")
    assert answer.status_code == 410
    assert "Ce lien était ouvert jusqu’au 13 avr. 2026" in answer.text
    assert web.get(bought[1]).status_code == 410


def test_a_file_that_is_not_there_is_said_and_counts_nothing(web: Web, bought: tuple[str, str], shop: Shop) -> None:
    selling.put_file(shop).unlink()
    answer = web.get(bought[1])
    assert answer.status_code == 503
    assert "manque" in answer.text
    assert web.get(f"/d/{bought[0]}").status_code == 200


@pytest.mark.parametrize("token", ["whatever", "x" * 5000, "%00%0a", "sealed-link-0"])
def test_an_unknown_token_is_a_404_for_the_customer(web: Web, token: str) -> None:
    answer = web.get(f"/d/{token}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_the_file_of_another_link_is_not_found_by_this_one(web: Web, bought: tuple[str, str], shop: Shop) -> None:
    selling.put_file(shop, "LIV-2", "Autre.pdf")
    other = selling.buy(shop, selling.BOOKLET | {"sku": "LIV-2"}, email="bob@example.com")
    token = selling.token_of(shop, other)
    assert web.get(f"/d/{bought[0]}/{selling.file_id(shop, token)}").status_code == 404


@pytest.mark.parametrize(
    "name", ["Été à l’île.pdf", "دفتر.pdf", "手帳.pdf", 'a";b.pdf', "x\u202efdp.exe", "CON.pdf", "a" * 200 + ".pdf"]
)
def test_any_name_is_told_whole_and_misleads_nobody(web: Web, shop: Shop, name: str) -> None:
    selling.put_file(shop, "NOM-1", name)
    token = selling.token_of(shop, selling.buy(shop, selling.BOOKLET | {"sku": "NOM-1"}))
    answer = web.request("HEAD", f"/d/{token}/{selling.file_id(shop, token)}")
    told = answer.headers["content-disposition"]
    assert told.isascii()
    assert "filename*=UTF-8''" in told
    assert "%E2%80%AE" not in told  # the sign that turns text around
    assert "\n" not in told


def test_a_page_that_a_browser_would_run_comes_as_plain_bytes(web: Web, shop: Shop) -> None:
    selling.put_file(shop, "NOM-1", "bad.html", b"<script>alert(1)</script>")
    token = selling.token_of(shop, selling.buy(shop, selling.BOOKLET | {"sku": "NOM-1"}))
    answer = web.get(f"/d/{token}/{selling.file_id(shop, token)}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def _first(shop: Shop) -> Order:
    return reading.order(shop, "1")
