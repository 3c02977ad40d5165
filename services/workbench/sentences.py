"""What each view is, in words."""

from __future__ import annotations

from services.language import _


def sentences() -> dict[str, str]:
    """A sentence for each view: what it holds, what it leaves out, and what a row is."""
    return {
        "orders": _("One row per order, cancelled ones too: what it is worth, and where its money and goods are."),
        "order_lines": _("One row per line of an order: a product, how many, and for how much."),
        "payments": _(
            "One row per movement of money: received, given back, promised, failed. What was undone is left out."
        ),
        "shipments": _("One row per parcel. What was undone is left out."),
        "shipment_lines": _("One row per order line in a parcel, with what of it came back."),
        "events": _("One row per thing that happened to an order, and who did it."),
        "notes": _("One row per note that staff wrote. What was undone is left out."),
        "messages": _("One row per mail or notification, without what it says."),
        "customers": _("One row per customer and currency, as their orders tell them; cancelled orders are left out."),
        "products": _("One row per product and currency, as lines tell them; cancelled orders are left out."),
        "days": _("One row per day, from the first order to the last: join it to see days without orders."),
        "gift_cards": _("One row per gift card, without its code."),
        "documents": _("One row per invoice or credit note that was issued."),
        "search_terms": _("One row per word by which an order is found, without accents and capitals."),
    }
