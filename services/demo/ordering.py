"""*Place a test order*: one more invented customer order, taken in as any real one, mails and all."""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal

import numpy as np

from data import sources
from services.demo.amounts import COUPONS
from services.demo.columns import SECOND
from services.demo.dice import Dice
from services.demo.goods import give_files
from services.demo.making import SEED, home
from services.demo.methods import METHODS, is_online
from services.demo.people import People
from services.demo.tables import SOURCE, Portion, portion
from services.demo.wares import wares
from services.money import ZERO
from services.orders import taking
from services.orders.draft import Address, Draft, DraftLine, DraftPayment
from services.orders.order import Order
from services.orders.statuses import Kind, PaymentKind, PaymentStatus
from services.people import CUSTOMER
from services.shop import Shop

_DEMO_SIZE = 2_000


def place_one(shop: Shop, now: datetime) -> Order:
    """A customer, often one who has been here before, orders something believable and pays as they like; it may fail.
    The order bears the next number, and its mails are drafted; customers live at example.com."""
    with shop.store.read() as read:
        known = sources.count_of(read, SOURCE) or _DEMO_SIZE
    at = now.replace(microsecond=0)
    moment = int((at - datetime(1970, 1, 1)).total_seconds()) * SECOND
    of = portion(
        Dice(SEED),
        home(shop.profile()),
        np.array([secrets.randbelow(1 << 40)]),  # its number in the story, far from those of the demo's own
        np.array([moment]),
        np.array([secrets.randbelow(max(1, known // 2))]),
        np.array([False]),
        moment + 300 * SECOND,
    )
    draft = _draft(of, at)
    give_files(shop, [(line.sku, line.name) for line in draft.lines if line.kind is Kind.DIGITAL], now)
    return taking.place(shop, draft, CUSTOMER, silent=False, now=now)


def _draft(of: Portion, at: datetime) -> Draft:
    sums, method = of.sums, int(of.method[0])
    key, english, french, provider, _weight = METHODS[method]
    online, reason = bool(is_online(of.method)[0]), of.reason[0].as_py()
    total = _money(sums.total[0])
    payments: tuple[DraftPayment, ...] = ()
    if online:
        kind = PaymentKind.FAILURE if reason else PaymentKind.CHARGE
        payments = (DraftPayment(kind, total, at, key, provider, failure_reason=reason),)
    way = of.ways()[0].as_py()
    return Draft(
        source=SOURCE,
        source_id="",
        number="",
        placed_at=at,
        currency=of.shop.currency,
        lines=_lines(of),
        subtotal=_money(sums.subtotal[0]),
        total=total,
        discount=_money(sums.discount[0]),
        shipping_fee=_money(sums.shipping_fee[0]),
        handling_fee=_money(sums.handling_fee[0]),
        tax=_money(sums.tax[0]),
        tax_included=True,
        payment_status=PaymentStatus.PAID if online and not reason else PaymentStatus.AWAITING_PAYMENT,
        payment_method=key,
        payment_method_label=of.shop.say((english, french)),
        payment_message=reason,
        email=of.buyer.email[0].as_py(),
        name=of.buyer.address["name"][0].as_py(),
        phone=of.buyer.address["phone"][0].as_py(),
        language=of.buyer.language[0].as_py(),
        customer_comment=of.comments()[0].as_py(),
        coupons=tuple(COUPONS[place][0] for place in sums.coupon if place >= 0),
        shipping_method=way,
        is_pickup=bool(of.is_pickup()[0]),
        shipping_address=_address(of.recipient) if way else Address(),
        billing_address=_address(of.buyer),
        payments=payments,
    )


def _lines(of: Portion) -> tuple[DraftLine, ...]:
    stock, goods = wares(of.shop.currency, of.shop.unit), of.goods
    return tuple(
        DraftLine(
            name=stock[ware].name(of.shop.language),
            quantity=Decimal(int(goods.quantity[place])),
            unit_price=_money(goods.unit_price[place]),
            sku=stock[ware].sku,
            kind=stock[ware].kind,
            discount=_money(of.sums.line_discount[place]),
            tax=_money(of.sums.line_tax[place]),
        )
        for place, ware in enumerate(goods.ware)
    )


def _address(person: People) -> Address:
    return Address(**{part: column[0].as_py() for part, column in person.address.items()})


def _money(thousandths: np.int64) -> Decimal:
    return Decimal(int(thousandths)).scaleb(-3) if thousandths else ZERO
