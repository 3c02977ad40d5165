"""The fields of a table's mapping in words."""

from __future__ import annotations

from pages.parts.order_words import address_parts
from services.imports.headers import Field
from services.language import _


def field_name(field: Field) -> str:
    """What a column can be, as a person reads it."""
    for prefix, whose in (("shipping_", _("Shipping address")), ("billing_", _("Billing address"))):
        part = field.value.removeprefix(prefix)
        if field.value.startswith(prefix) and part in address_parts():
            return f"{whose}, {address_parts()[part]}"
    return _names()[field]


def _names() -> dict[Field, str]:
    return {
        Field.NUMBER: _("Order number"),
        Field.PLACED_AT: _("Placed at"),
        Field.EMAIL: _("E-mail"),
        Field.CUSTOMER_ID: _("Customer number"),
        Field.NAME: _("Name of the customer"),
        Field.FIRST_NAME: _("First name"),
        Field.LAST_NAME: _("Last name"),
        Field.PHONE: _("Phone"),
        Field.PRODUCT: _("Product"),
        Field.SKU: _("SKU"),
        Field.QUANTITY: _("Quantity"),
        Field.UNIT_PRICE: _("Price of one"),
        Field.LINE_TOTAL: _("Total of the line"),
        Field.SUBTOTAL: _("Subtotal"),
        Field.TOTAL: _("Order total"),
        Field.TAX: _("Tax"),
        Field.DISCOUNT: _("Discount"),
        Field.COUPON: _("Coupon"),
        Field.SHIPPING_FEE: _("Shipping fee"),
        Field.SHIPPING_METHOD: _("Shipping method"),
        Field.HANDLING_FEE: _("Handling fee"),
        Field.CURRENCY: _("Currency"),
        Field.PAYMENT_METHOD: _("Payment method"),
        Field.PAYMENT_STATUS: _("Payment status"),
        Field.STATUS: _("Status of the order"),
        Field.SHIPPED_AT: _("Shipped at"),
        Field.TRACKING: _("Tracking number"),
        Field.COMMENT: _("Customer comment"),
        Field.TAGS: _("Tags"),
        Field.PAYMENTS: _("Payments"),
    }
