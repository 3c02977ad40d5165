"""Goods without parcels for tests: a booklet to download, a gift card of 50 €, and who buys them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from services import people
from services.goods import downloading, files
from services.goods.standing import Standing, standing
from services.messages import sealed_words
from services.orders import acting, taking
from services.orders.acting import Answer, Request
from services.orders.order import Order
from services.orders.statuses import ActionName
from services.shop import Shop
from tests.conftest import NOW

BOOKLET = {"name": "Livret de recettes", "sku": "LIV-1", "quantity": 1, "unit_price": "12.00", "kind": "digital"}
CARD = {"name": "Carte cadeau 50 €", "sku": "CADEAU-50", "quantity": 1, "unit_price": "50.00", "kind": "gift_card"}
MUG = {"name": "Tasse bleue", "sku": "TASSE-1", "quantity": 1, "unit_price": "15.00"}


def put_file(shop: Shop, sku: str = "LIV-1", name: str = "Livret.pdf", content: bytes = b"Tarte aux pommes\n") -> Path:
    """A file in the folder of digital goods, where a merchant puts it."""
    root = files.folder(shop.settings)
    assert root is not None
    file = root / sku / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def buy(shop: Shop, *lines: dict[str, Any], now: datetime = NOW, **changes: Any) -> Order:
    """An order by Inès, paid unless a test says otherwise."""
    body = {
        "currency": "EUR",
        "email": "ines@example.com",
        "name": "Inès Kaba",
        "language": "fr",
        "payment_status": "paid",
        "lines": list(lines) or [BOOKLET],
    }
    return taking.take(shop, body | changes, people.API, now=now).order


def act(shop: Shop, action: ActionName, order: Order, now: datetime = NOW, **params: Any) -> Answer:
    """An action of the merchant on the order as it is now."""
    return acting.do(shop, Request(action, order.id, params=params), people.MERCHANT, now)


def goods_of(shop: Shop, order: Order) -> Standing:
    """Links and cards of an order."""
    with shop.store.read() as read:
        return standing(read, order.id)


def left(shop: Shop, order: Order, template: str) -> list[dict[str, Any]]:
    """Messages of a template as they would leave, their secrets in place."""
    with shop.store.read() as read:
        rows = read.rows(
            "select id, order_id, recipient, send_after, state, body_text, body_html from messages "
            "where order_id = ?::uuid and template = ? order by id",
            [order.id, template],
        )
        filled, failed = sealed_words.filled(read, shop.settings.secret, rows)
    assert not failed
    return filled


def token_of(shop: Shop, order: Order) -> str:
    """The token in the newest mail with a link."""
    found = re.search(r"/d/([A-Za-z0-9_-]{43})\b", left(shop, order, "download_ready")[-1]["body_text"])
    assert found
    return found[1]


def code_of(shop: Shop, order: Order) -> str:
    """The code in the newest mail with a gift card."""
    found = re.search(r"\b(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}\b", left(shop, order, "gift_card")[-1]["body_text"])
    assert found
    return found[0]


def file_id(shop: Shop, token: str) -> str:
    """The only file behind a token."""
    (offer,) = downloading.opened(shop, token, NOW).offers
    return offer.id
