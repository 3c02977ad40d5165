"""What figures can be told apart by: each dimension once, with the SQL over a fact `f` that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.segments import as_case


class Dimension(StrEnum):
    """What the rows of an answer are about; the words of the API."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    WEEKDAY = "weekday"
    HOUR = "hour"
    PAYMENT_METHOD = "payment_method"
    PAYMENT = "payment_status"
    FULFILMENT = "fulfilment_status"
    COUNTRY = "country"
    REGION = "region"
    CURRENCY = "currency"
    LANGUAGE = "language"
    SOURCE = "source"
    SHIPPING_METHOD = "shipping_method"
    COUPON = "coupon"
    TAG = "tag"
    CUSTOMER = "customer"
    EMAIL = "email"
    PRODUCT = "product"
    CATEGORY = "category"
    KIND = "kind"
    TAX_RATE = "tax_rate"
    FAILURE_REASON = "failure_reason"
    REFUND_REASON = "refund_reason"
    PROVIDER = "provider"
    REFERENCE = "reference"
    ORDER = "order"
    MAIL = "mail"
    MAIL_STATE = "mail_state"
    COHORT = "cohort"
    MONTHS_LATER = "months_later"
    SEGMENT = "segment"


class Fact(StrEnum):
    """Of what an answer is a sum: a file each in `queries/facts/`."""

    ORDERS = "orders"
    LINES = "lines"
    JOURNEYS = "journeys"
    ATTEMPTS = "attempts"
    REFUNDS = "refunds"
    MAILS = "mails"
    WAITING = "waiting"
    MOVEMENTS = "movements"


@dataclass(frozen=True, slots=True)
class Cut:
    """The SQL of a dimension: `key` is what rows are grouped by, `columns` what they show for it by name (itself unless
    said), `facts` where there is such a thing (everywhere unless said). `step` is the SQL interval from one to the next
    where they follow each other in time; `first` is then SQL from the key to its first day, and `text` from that day to
    what is shown."""

    key: str
    columns: tuple[tuple[str, str], ...] = ()
    facts: tuple[Fact, ...] = tuple(Fact)
    step: str = ""
    first: str = "{}"
    text: str = "{}"


# What the orders of a customer say together stands beside each of them: `c` is the order's row in `order_rows`.
WHO = "\njoin order_rows c on c.id = f.id"
# Customers who ordered twice or more: `a`, a step of its own, as far fewer than orders are looked up.
AGAIN_STEP = (
    "again as (\n    select distinct customer\n    from order_rows\n    where standing_orders > 1 and customer >= 0\n)"
)
AGAIN = "\nleft join again a on a.customer = f.customer"
_LATER = "date_diff('month', coalesce(c.first_month, f.placed_on), f.placed_on)"
_LINES = (Fact.LINES,)

CUTS: dict[Dimension, Cut] = {
    Dimension.DAY: Cut("f.day", step="1 day"),
    Dimension.WEEK: Cut("cast(date_trunc('week', f.day) as date)", step="7 day"),
    Dimension.MONTH: Cut(
        "f.month",
        step="1 month",
        first="cast(strptime({} || '-01', '%Y-%m-%d') as date)",
        text="strftime({}, '%Y-%m')",
    ),
    Dimension.QUARTER: Cut(
        "cast(date_trunc('quarter', f.day) as date)", step="3 month", text="year({0}) || '-Q' || quarter({0})"
    ),
    Dimension.YEAR: Cut("cast(date_trunc('year', f.day) as date)", step="1 year", text="year({})::varchar"),
    Dimension.WEEKDAY: Cut("cast(isodow(f.day) as integer)"),
    Dimension.HOUR: Cut("f.hour"),
    Dimension.PAYMENT_METHOD: Cut("f.payment_method"),
    Dimension.PAYMENT: Cut("f.payment_status"),
    Dimension.FULFILMENT: Cut("f.fulfilment_status"),
    Dimension.COUNTRY: Cut("f.country"),
    Dimension.REGION: Cut("coalesce(nullif(f.shipping_region, ''), f.billing_region)"),
    Dimension.CURRENCY: Cut("f.currency"),
    Dimension.LANGUAGE: Cut("f.language"),
    Dimension.SOURCE: Cut("f.source"),
    Dimension.SHIPPING_METHOD: Cut("f.shipping_method"),
    Dimension.COUPON: Cut("array_to_string(list_sort(f.coupons), ', ')"),
    Dimension.TAG: Cut("array_to_string(list_sort(f.tags), ', ')"),
    # new is an order up to the customer's first that was not cancelled; who has no such order is new too
    Dimension.CUSTOMER: Cut(
        "case when c.customer < 0 then '' when coalesce(f.placed_at <= c.first_at, true) then 'new' "
        "else 'returning' end"
    ),
    Dimension.EMAIL: Cut("lower(f.email)"),
    Dimension.PRODUCT: Cut(
        "f.product_key",
        (("sku", "any_value(f.sku)"), ("product", "arg_max(f.product, f.placed_at)")),
        facts=_LINES,
    ),
    Dimension.CATEGORY: Cut("coalesce(g.category, '')", facts=_LINES),  # g: data/product_costs.py
    Dimension.KIND: Cut("f.kind", facts=_LINES),
    Dimension.TAX_RATE: Cut("f.tax_rate", facts=_LINES),
    Dimension.FAILURE_REASON: Cut("f.failure_reason", facts=(Fact.ATTEMPTS,)),
    Dimension.REFUND_REASON: Cut("f.refund_reason", facts=(Fact.REFUNDS,)),
    Dimension.PROVIDER: Cut("f.provider", facts=(Fact.MOVEMENTS,)),
    Dimension.REFERENCE: Cut("f.reference", facts=(Fact.MOVEMENTS,)),
    Dimension.ORDER: Cut("f.id", (("number", "any_value(f.number)"), ("order_id", "cast(f.id as varchar)"))),
    Dimension.MAIL: Cut("f.mail", facts=(Fact.MAILS,)),
    Dimension.MAIL_STATE: Cut("f.mail_state", facts=(Fact.MAILS,)),
    Dimension.COHORT: Cut("c.first_month", (("cohort", "coalesce(strftime(any_value(c.first_month), '%Y-%m'), '')"),)),
    Dimension.MONTHS_LATER: Cut(f"greatest({_LATER}, 0)"),
    Dimension.SEGMENT: Cut(f"coalesce({as_case('c.standing_orders', 'c.last_on', '$today')}, '')"),
}


def local_hour(moment: str) -> str:
    """SQL for the hour in the shop's zone (`$zone`) of a UTC timestamp."""
    return f"cast(hour(timezone($zone, timezone('UTC', {moment}))) as integer)"


def shown(dimension: Dimension) -> tuple[str, ...]:
    """The names of the columns in which an answer shows a dimension."""
    return tuple(name for name, _ in CUTS[dimension].columns) or (dimension.value,)
