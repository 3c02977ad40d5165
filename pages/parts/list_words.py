"""The fixed words of the order list, in the reader's language."""

from __future__ import annotations

from services.language import _


def filter_words(title: str, can_place: bool = False) -> dict[str, str]:
    """Around the filters of a screen."""
    return {
        "title": title,
        "place_test": _("Place a test order") if can_place else "",
        "export": _("Export"),
        "export_explained": _("Everything that matches, not only this page."),
        "heaps": _("What has to be done"),
        "search": _("Search anything, or payment:paid month:2026-03 …"),
        "search_label": _("Search orders"),
        "filters": _("Filters"),
        "more": _("More"),
        "sort": _("Sort"),
        "close": _("Close"),
        "show": _("Show the orders"),
        "sieve": _("Find a choice"),
        "no_choices": _("None of these orders has one."),
        "placed_from": _("Placed from"),
        "placed_to": _("Placed until"),
        "total_from": _("Total from"),
        "total_to": _("Total up to"),
        "product": _("Product"),
        "sku": _("SKU"),
        "apply": _("Apply"),
        "views": _("Saved views"),
        "no_views": _("A view keeps filters and search under a name."),
        "view_name": _("Name of this view"),
        "keep_view": _("Save"),
        "orders_lead": _("Orders"),
        "clear": _("Clear all"),
    }


def table_words() -> dict[str, str]:
    """Around the table. Places in braces are filled in by the browser."""
    return {
        "choose": _("Select order {number}"),
        "choose_all": _("Select all orders of this page"),
        "choose_none": _("Clear selection"),
        "chosen_one": _("1 selected"),
        "chosen": _("{count} selected"),
        "copy_numbers": _("Copy numbers"),
        "copied": _("Copied"),
        "look": _("Preview"),
        "look_at": _("Preview order {number}"),
        "preview": _("Preview"),
        "close": _("Close"),
        "open": _("Open the order"),
        "columns": _("Columns"),
        "a_page": _("{count} a page"),
        "pages": _("Pages"),
        "previous": _("Previous page"),
        "next": _("Next page"),
        "items": _("Items"),
        "customer": _("Customer"),
        "ship_to": _("Ship to"),
        "bill_to": _("Bill to"),
        "comment": _("Customer comment"),
        "notes": _("Staff notes"),
    }
