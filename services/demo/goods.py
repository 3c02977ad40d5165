"""Test orders of what needs no parcel: a file to download, a gift card. A small file of our own stands in for every
digital ware of the demo shop."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from data import goods
from services.demo.making import home
from services.demo.methods import METHODS
from services.demo.tables import SOURCE
from services.demo.wares import Ware, wares
from services.goods import files
from services.goods.stock import Upload
from services.orders import taking
from services.orders.draft import Draft, DraftLine, DraftPayment
from services.orders.order import Order
from services.orders.statuses import Kind, PaymentKind, PaymentStatus
from services.people import CUSTOMER, Actor
from services.shop import Shop

BOOKLET = Path(__file__).parent / "files" / "booklet.pdf"
DEMO = Actor("demo")
_BUYERS = (
    ("Inès Kaba", "ines"),
    ("Jon Doe", "jon"),
    ("Marta Ruiz", "marta"),
    ("Noé Martin", "noe"),
    ("Ada Byrne", "ada"),
)
_GIFT = {
    "en": ("Recipient's e-mail", "Recipient's name", "Message", "Happy birthday."),
    "fr": ("E-mail du destinataire", "Nom du destinataire", "Message", "Joyeux anniversaire."),
}


def place_goods(shop: Shop, kind: Kind, now: datetime) -> Order:
    """Somebody buys a file or a gift card and pays by card: links, codes and mails follow by themselves."""
    kept = home(shop.profile())
    ware = secrets.choice([one for one in wares(kept.currency, kept.unit) if one.kind is kind])
    name, local = secrets.choice(_BUYERS)
    price = Decimal(ware.price).scaleb(-3)
    if kind is Kind.DIGITAL:
        give_files(shop, [(ware.sku, ware.name(kept.language))], now)
    key, english, french, provider, _weight = METHODS[0]
    draft = Draft(
        source=SOURCE,
        source_id="",
        number="",
        placed_at=now.replace(microsecond=0),
        currency=kept.currency,
        lines=(DraftLine(ware.name(kept.language), Decimal(1), price, ware.sku, _options(ware, kept.language), kind),),
        subtotal=price,
        total=price,
        tax_included=True,
        payment_status=PaymentStatus.PAID,
        payment_method=key,
        payment_method_label=kept.say((english, french)),
        email=f"{local}.{secrets.token_hex(3)}@example.com",
        name=name,
        language=kept.language,
        payments=(DraftPayment(PaymentKind.CHARGE, price, now - timedelta(seconds=1), key, provider),),
    )
    return taking.place(shop, draft, CUSTOMER, silent=False, now=now)


def give_files(shop: Shop, wanted: list[tuple[str, str]], now: datetime) -> None:
    """Give (SKU, name) of digital wares the demo's file where they have none yet."""
    with shop.store.read() as read:
        have = {row["product"] for row in goods.files_of(read, [files.product_of(*one) for one in wanted])}
    for sku, name in wanted:
        if files.product_of(sku, name) in have or files.folder(shop.settings) is None:
            continue
        upload = Upload(shop, files.product_of(sku, name), f"{name}.pdf", BOOKLET.stat().st_size)
        try:
            upload.write(BOOKLET.read_bytes())
            upload.keep(DEMO, now=now)
        finally:
            upload.leave()


def _options(ware: Ware, language: str) -> tuple[tuple[str, str], ...]:
    if ware.kind is not Kind.GIFT_CARD:
        return ()
    email, name, message, text = _GIFT["fr" if language == "fr" else "en"]
    return ((email, f"zoe.{secrets.token_hex(3)}@example.com"), (name, "Zoé"), (message, text))
