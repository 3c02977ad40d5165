"""How an order is paid: one key for what every shop calls by another name.

A key is a word of our own (`paypal`, `card`, …), or a slug of the shop's words when we do not know the method. The
shop's own words stay on the order as its label.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

OFFLINE = frozenset({"bank_transfer", "cheque", "cash_on_delivery", "cash", "manual"})
"""Methods by which the shop must see to its money itself: "contact the customer"."""

# key -> words that name it; the first key that matches counts, so gift cards stand before cards
_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("gift_card", ("gift card", "giftcard", "carte cadeau", "store credit", "bon d achat")),
    ("paypal", ("paypal", "ppcp", "ppec")),
    ("klarna", ("klarna",)),
    ("alma", ("alma",)),
    ("afterpay", ("afterpay", "clearpay")),
    ("affirm", ("affirm",)),
    ("amazon_pay", ("amazon pay", "amazonpay", "amazon payments")),
    ("ideal", ("ideal",)),
    ("bancontact", ("bancontact",)),
    ("mercado_pago", ("mercado pago", "mercadopago")),
    (
        "cash_on_delivery",
        ("cod", "cash on delivery", "contre remboursement", "paiement a la livraison", "nachnahme"),
    ),
    (
        "bank_transfer",
        (
            "bacs", "bank transfer", "bank deposit", "wire", "virement", "sepa", "uberweisung", "bonifico",
            "transferencia",
        ),
    ),
    ("cheque", ("cheque", "check", "money order")),
    (
        "card",
        (
            "stripe", "shopify payments", "woocommerce payments", "mollie", "square", "adyen", "authorize net",
            "credit card", "debit card", "carte bancaire", "card", "visa", "mastercard", "apple pay", "google pay",
            "shop pay",
        ),
    ),
    ("cash", ("cash", "especes")),
    ("manual", ("manual", "other", "phone order", "purchase order", "sur facture")),
    ("test", ("bogus", "for testing")),
)  # fmt: skip

# Words so short, or so common inside others, that they count only whole.
_WHOLE = frozenset(
    {"cod", "check", "wire", "cash", "visa", "alma", "ideal", "sepa", "bacs", "card", "other", "square", "affirm"}
)
_PROVIDERS = (
    "stripe", "shopify_payments", "woocommerce_payments", "mollie", "square", "adyen", "authorize_net", "paypal",
    "braintree", "klarna", "alma", "afterpay", "affirm", "amazon_pay", "mercado_pago",
)  # fmt: skip


def key_of(method_id: str, label: str, total: Decimal) -> str:
    """The key of a payment method from a source's id and label (either may be empty), and the order's total.

    Several methods joined by ` + ` give the first that is no gift card. `free` when nothing was to pay and nothing is
    said, `unknown` when something was.
    """
    for text in (method_id, label):
        parts = [found for part in text.split(" + ") if (found := _known(_folded(part)))]
        if parts:
            return next((key for key in parts if key != "gift_card"), parts[0])
    slug = _folded(label).replace(" ", "_")[:60] or _folded(method_id).replace(" ", "_")[:60]
    if slug:
        return slug
    if label.strip() or method_id.strip():
        return "unknown"  # signs only, nothing to make a key of
    return "free" if total == 0 else "unknown"


def provider_of(method_id: str, label: str) -> str:
    """The provider that a source's method names (`stripe`, `mollie`, …), empty when none is known."""
    words = f" {_folded(method_id)} {_folded(label)} "
    return next((name for name in _PROVIDERS if f" {name.replace('_', ' ')}" in words), "")


def is_offline(key: str) -> bool:
    """Whether the shop must arrange the payment with the customer."""
    return key in OFFLINE


def _known(words: str) -> str:
    for key, names in _NAMES:
        for name in names:
            if (f" {name} " in f" {words} ") if name in _WHOLE else (name in words):
                return key
    return ""


def _folded(text: str) -> str:
    """Lower case, accents off, everything but letters and digits a single space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))
