"""What each source's words for payment and fulfilment mean here."""

from __future__ import annotations

import re

from services.orders.statuses import FulfilmentStatus as Goods
from services.orders.statuses import PaymentStatus as Money


def folded(word: str) -> str:
    """A status word without case; blanks and hyphens are underscores."""
    return re.sub(r"[\s_-]+", "_", word.strip().lower())


SHOPIFY_PAYMENT = {
    "pending": Money.AWAITING_PAYMENT,
    "authorized": Money.AUTHORISED,
    "authorised": Money.AUTHORISED,
    "partially_paid": Money.PARTIALLY_PAID,
    "paid": Money.PAID,
    "partially_refunded": Money.PARTIALLY_REFUNDED,
    "refunded": Money.REFUNDED,
    "voided": Money.CANCELLED,
    "expired": Money.AWAITING_PAYMENT,
    "unpaid": Money.AWAITING_PAYMENT,
}

SHOPIFY_FULFILMENT = {
    "": Goods.AWAITING_PROCESSING,
    "null": Goods.AWAITING_PROCESSING,
    "unfulfilled": Goods.AWAITING_PROCESSING,
    "open": Goods.AWAITING_PROCESSING,
    "pending": Goods.AWAITING_PROCESSING,
    "request_declined": Goods.AWAITING_PROCESSING,
    "in_progress": Goods.PROCESSING,
    "pending_fulfillment": Goods.PROCESSING,
    "on_hold": Goods.ON_HOLD,
    "scheduled": Goods.ON_HOLD,
    "partial": Goods.PARTIALLY_SHIPPED,
    "partially_fulfilled": Goods.PARTIALLY_SHIPPED,
    "fulfilled": Goods.SHIPPED,
    "restocked": Goods.RETURNED,
}

ECWID_PAYMENT = {
    "AWAITING_PAYMENT": Money.AWAITING_PAYMENT,
    "PAID": Money.PAID,
    "CANCELLED": Money.CANCELLED,
    "REFUNDED": Money.REFUNDED,
    "PARTIALLY_REFUNDED": Money.PARTIALLY_REFUNDED,
}

ECWID_FULFILMENT = {
    name.upper(): Goods(name)
    for name in (
        Goods.AWAITING_PROCESSING, Goods.PROCESSING, Goods.SHIPPED, Goods.DELIVERED, Goods.WILL_NOT_DELIVER,
        Goods.RETURNED, Goods.READY_FOR_PICKUP, Goods.OUT_FOR_DELIVERY,
    )
}  # fmt: skip

WOOCOMMERCE_CARTS = frozenset({"checkout-draft", "auto-draft", "draft", "new", "trash"})

# Words of other tables, folded and without accents -> (payment, fulfilment); None leaves the axis to other columns.
TABLE_WORDS: dict[str, tuple[Money | None, Goods | None]] = {
    **dict.fromkeys(
        ("placed", "new", "nouvelle", "en_attente", "pending", "on_hold", "open"),
        (Money.AWAITING_PAYMENT, Goods.AWAITING_PROCESSING),
    ),
    **dict.fromkeys(("paid", "payee", "paye", "reglee"), (Money.PAID, None)),
    **dict.fromkeys(("unpaid", "non_payee", "impayee"), (Money.AWAITING_PAYMENT, None)),
    **dict.fromkeys(("processing", "en_cours", "en_preparation", "en_cours_de_traitement"), (None, Goods.PROCESSING)),
    **dict.fromkeys(("shipped", "expediee", "sent", "envoyee"), (None, Goods.SHIPPED)),
    **dict.fromkeys(("completed", "complete", "delivered", "livree", "terminee"), (None, Goods.DELIVERED)),
    **dict.fromkeys(("returned", "retournee", "return_pending"), (None, Goods.RETURNED)),
    **dict.fromkeys(("refunded", "remboursee"), (Money.REFUNDED, None)),
    **dict.fromkeys(("cancelled", "canceled", "annulee"), (Money.CANCELLED, Goods.WILL_NOT_DELIVER)),
    **{word: (word, None) for word in Money if word not in (Money.PAID, Money.REFUNDED, Money.CANCELLED)},
    **{
        word: (None, word)
        for word in Goods
        if word not in (Goods.PROCESSING, Goods.SHIPPED, Goods.DELIVERED, Goods.RETURNED, Goods.ON_HOLD)
    },
}
TABLE_WORDS["return_pending"] = (None, Goods.DELIVERED)


def without_money(status: Money) -> bool:
    """Whether a status of payment says that no money came."""
    return status in (Money.AWAITING_PAYMENT, Money.AUTHORISED, Money.CANCELLED)


def after_cancelling(paid: bool, status: Money) -> Money:
    """Where the money is in a cancelled order: cancelled when none ever came, else by the money."""
    return status if paid else Money.CANCELLED
