"""Where each field of a filter stands in the store: words, columns of `orders o`, and what asks of other tables."""

from __future__ import annotations

from data.ageing import GAVE_A_STATUS
from data.filters import Field
from data.intake import GIVEN_BACK, RECEIVED

# Fields whose words stand in `search_terms`, under the name they have there.
WORDS = {
    Field.EMAIL: "email",
    Field.NAME: "name",
    Field.PHONE: "phone",
    Field.CITY: "city",
    Field.POSTAL_CODE: "postal_code",
    Field.PRODUCT: "product",
    Field.TRACKING: "tracking",
    Field.COMMENT: "comment",
    Field.NOTE: "note",
    Field.PAYMENT_MESSAGE: "payment_message",
}
# Fields of one column that a value equals, in any case and with or without accents.
CODES = {
    Field.COUNTRY: ("country",),
    Field.PAYMENT_METHOD: ("payment_method", "payment_method_label"),
    Field.CURRENCY: ("currency",),
    Field.LANGUAGE: ("language",),
    Field.SOURCE: ("source",),
}
# Columns whose values are kept folded: one that stands there as asked is all that folds to it.
FOLDED = frozenset({"payment_method"})
STATUSES = {
    Field.PAYMENT: ("payment_status",),
    Field.FULFILMENT: ("fulfilment_status",),
    Field.STATUS: ("payment_status", "fulfilment_status"),
}
# Codes of which an order may have several: they stand whole in `search_terms`.
WHOLE = {Field.SKU: "sku", Field.TAG: "tag", Field.COUPON: "coupon"}
RANGES = {
    Field.TOTAL: "total",
    Field.DUE: "due",
    Field.REFUNDED: "refunded",
    Field.PLACED: "placed_on",
    Field.MONTH: "placed_month",
    Field.NUMBER: "number_sort",
}
# The customer's first order that was not cancelled, and all before it, are a new customer's.
RETURNING = """
    select later.id from orders later join (
        select customer_key, min(placed_at) as first_at from orders
        where customer_key <> '' and payment_status <> 'cancelled' group by customer_key
    ) firsts on firsts.customer_key = later.customer_key and later.placed_at > firsts.first_at
"""
# What is asked of a customer's orders together, cancelled ones left out.
OF_CUSTOMER = {
    Field.FIRST_ORDER: "min(placed_on)",
    Field.LAST_ORDER: "max(placed_on)",
    Field.CUSTOMER_ORDERS: "count(*)",
}
CUSTOMERS = """
    select customer_key from orders where customer_key <> '' and payment_status <> 'cancelled' group by customer_key
"""
REGION = "coalesce(nullif(o.shipping_region, ''), o.billing_region)"
MOVED = f"select order_id from order_events where {GAVE_A_STATUS} and happened_at >="
PAYMENTS = f"select order_id from payments where kind in {RECEIVED} and voided_at is null"
MOVEMENTS = f"select order_id from payments where kind in {(*RECEIVED, *GIVEN_BACK)} and voided_at is null"
# What is due below zero is money to give back: all that came for a cancelled order, until some of it went back, else
# what came above the total. The stored column has no such figure, as nothing is due there.
BALANCE = """(case when o.fulfilment_status = 'will_not_deliver' then if(o.refunded = 0, -o.paid, 0)
    else o.total - o.paid + o.refunded end)"""
# SQL that is true when a field holds something
HELD = {
    Field.NUMBER: "o.number <> ''",
    Field.EMAIL: "o.email <> ''",
    Field.NAME: "(o.name <> '' or o.shipping_name <> '' or o.billing_name <> '')",
    Field.PHONE: "(o.phone <> '' or o.shipping_phone <> '' or o.billing_phone <> '')",
    Field.COUNTRY: "o.country <> ''",
    Field.CITY: "(o.shipping_city <> '' or o.billing_city <> '')",
    Field.REGION: f"{REGION} <> ''",
    Field.CUSTOMER: "o.customer_key <> ''",
    **dict.fromkeys(OF_CUSTOMER, f"o.customer_key in ({CUSTOMERS})"),
    Field.POSTAL_CODE: "(o.shipping_postal_code <> '' or o.billing_postal_code <> '')",
    Field.PAYMENT_METHOD: "o.payment_method <> ''",
    Field.PAYMENT: "o.payment_status <> ''",
    Field.PAYMENT_MESSAGE: "o.payment_message <> ''",
    Field.FULFILMENT: "o.fulfilment_status <> ''",
    Field.STATUS: "o.fulfilment_status <> ''",
    Field.SHIPPING_METHOD: "o.shipping_method <> ''",
    Field.MONTH: "o.placed_month <> ''",
    Field.PLACED: "o.placed_on is not null",
    Field.WEEKDAY: "o.placed_on is not null",
    Field.HOUR: "o.placed_at is not null",
    Field.PAID: f"o.id in ({PAYMENTS})",
    Field.MOVED: f"o.id in ({MOVEMENTS})",
    Field.SINCE: "o.placed_at is not null",
    Field.TOTAL: "o.total <> 0",
    Field.DUE: "o.due <> 0",
    Field.REFUNDED: "o.refunded <> 0",
    Field.CURRENCY: "o.currency <> ''",
    Field.SKU: "o.id in (select order_id from order_lines where sku <> '')",
    Field.PRODUCT: "o.id in (select order_id from order_lines where name <> '')",
    Field.KIND: "len(o.kinds) > 0",
    Field.TAG: "len(o.tags) > 0",
    Field.COUPON: "len(o.coupons) > 0",
    Field.LANGUAGE: "o.language <> ''",
    Field.SOURCE: "o.source <> ''",
    Field.TRACKING: "o.id in (select order_id from shipments where tracking_number <> '' and voided_at is null)",
    Field.COMMENT: "o.customer_comment <> ''",
    Field.MESSAGE: "o.id in (select order_id from messages)",
    Field.NOTE: "o.id in (select order_id from order_notes where text <> '' and voided_at is null)",
}
