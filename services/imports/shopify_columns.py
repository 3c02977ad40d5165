"""The columns of Shopify's orders export, found by name: the admin has written 66 to 79 of them, people cut and add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.errors import Invalid
from services.imports.amounts import NumberStyle
from services.imports.mapping import REASON
from services.imports.moments import DateOrder
from services.language import _

# key of a column -> as the admin writes it
REQUIRED = {
    "name": "Name", "lineitemname": "Lineitem name", "lineitemquantity": "Lineitem quantity",
    "lineitemprice": "Lineitem price", "total": "Total", "createdat": "Created at",
}  # fmt: skip

RECOGNISED_BY = frozenset({"name", "financialstatus", "lineitemname", "lineitemquantity"})
TRANSACTIONS_BY = frozenset({"order", "name", "kind", "gateway", "amount"})

_ALIASES = {
    "canceledat": "cancelledat",
    "paymentreferencedeprecated": "paymentreference",
    "paymentterms": "paymenttermsname",
}

# absent column -> what a file without it cannot tell
_TELLS: dict[str, tuple[str, ...]] = {
    "email": ("email",),
    "financialstatus": ("payment_status", "payments"),
    "refundedamount": ("payments",),
    "outstandingbalance": ("payments",),
    "paidat": ("payments",),
    "fulfillmentstatus": ("fulfilment_status", "shipments"),
    "fulfilledat": ("shipments",),
    "lineitemfulfillmentstatus": ("shipments",),
    "cancelledat": ("payment_status", "fulfilment_status"),
    "shipping": ("shipping_fee",),
    "taxes": ("tax", "tax_included"),
    "duties": ("handling_fee",),
    "currency": ("currency",),
    "subtotal": ("discount", "subtotal"),
    "discountcode": ("coupons",),
    "shippingmethod": ("shipping_method",),
    "notes": ("customer_comment",),
    "paymentmethod": ("payment_method", "payment_method_label"),
    "paymentreferences": ("transaction_id",),
    "paymenttermsname": ("order_notes",),
    "tags": ("tags",),
    "risklevel": ("tags",),
    "source": ("tags",),
    "phone": ("phone",),
    **{
        f"{kind}{column}": (f"{kind}_{part}",)
        for kind in ("billing", "shipping")
        for column, part in (
            ("name", "name"), ("company", "company"), ("address1", "line1"), ("address2", "line2"), ("city", "city"),
            ("zip", "postal_code"), ("province", "region"), ("country", "country"), ("phone", "phone"),
        )
    },
}  # fmt: skip

_TAXES = 5
_ADDRESS = (
    "name", "company", "address1", "address2", "city", "province", "zip", "country", "phone", "street",
)  # fmt: skip


def key(header: str) -> str:
    """A header without case, blanks, hyphens and marks."""
    bare = re.sub(r"[\s\-_]+|[^\w()]|[()]", "", header.lower().lstrip("\ufeff"))
    return _ALIASES.get(bare, bare)


@dataclass
class Columns:
    """Where each column stands in this file; -1 for one that is absent (rows get an empty cell at their end)."""

    header: Sequence[str]
    style: NumberStyle = NumberStyle.DOT
    order: DateOrder | None = None
    places: dict[str, int] = field(default_factory=dict)
    is_resaved: bool = False

    def __post_init__(self) -> None:
        for place, text in enumerate(self.header):
            self.places.setdefault(key(text), place)
        missing = [shown for name, shown in REQUIRED.items() if name not in self.places]
        if missing:
            raise Invalid(_("The file lacks the columns {names}.", names=", ".join(missing)))
        self.width = len(self.header)
        for name in _ALL:
            setattr(self, name, self.places.get(name, -1))
        self.tax_values = [self.at(f"tax{n}value") for n in range(1, _TAXES + 1) if self.at(f"tax{n}value") >= 0]
        self.addresses = {
            kind: tuple(self.at(f"{kind}{column}") for column in _ADDRESS) for kind in ("billing", "shipping")
        }
        self.once = [
            place for place, text in enumerate(self.header)
            if key(text) and not _is_per_line(key(text))
        ]  # fmt: skip

    def at(self, name: str) -> int:
        return self.places.get(name, -1)

    def has(self, name: str) -> bool:
        return name in self.places

    def __getattr__(self, name: str) -> int:
        # only for the type checker: every name of `_ALL` is set above
        raise AttributeError(name)

    def unknown(self) -> set[str]:
        """Columns of `orders`, and names of tables, that this file cannot tell."""
        return {told for name, tells in _TELLS.items() if name not in self.places for told in tells}


def _is_per_line(name: str) -> bool:
    return name.startswith("lineitem") or name in ("vendor", "name", key(REASON))


_ALL = (
    *REQUIRED, *_TELLS, "id", "lineitemsku", "lineitemdiscount", "lineitemrequiresshipping", "discountamount",
    "billingstreet", "shippingstreet", "paymentid", "paymentreference", "nextpaymentdueat", "noteattributes",
)  # fmt: skip
