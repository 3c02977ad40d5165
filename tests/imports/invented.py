"""Invented Shopify exports in the shape that the admin writes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

COLUMNS_79 = [
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
    "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price", "Lineitem sku",
    "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status", "Billing Name", "Billing Street",
    "Billing Address1", "Billing Address2", "Billing Company", "Billing City", "Billing Zip", "Billing Province",
    "Billing Country", "Billing Phone", "Shipping Name", "Shipping Street", "Shipping Address1", "Shipping Address2",
    "Shipping Company", "Shipping City", "Shipping Zip", "Shipping Province", "Shipping Country", "Shipping Phone",
    "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount", "Vendor",
    "Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source",
    "Lineitem discount", "Tax 1 Name", "Tax 1 Value", "Tax 2 Name", "Tax 2 Value", "Tax 3 Name", "Tax 3 Value",
    "Tax 4 Name", "Tax 4 Value", "Tax 5 Name", "Tax 5 Value", "Phone", "Receipt Number", "Duties",
    "Billing Province Name", "Shipping Province Name", "Payment ID", "Payment Terms Name", "Next Payment Due At",
    "Payment References",
]  # fmt: skip
POINT_OF_SALE = ("Outstanding Balance", "Employee", "Location", "Device ID")
COLUMNS_73 = [c for c in COLUMNS_79 if c not in (*POINT_OF_SALE, "Payment ID", "Payment References")]
COLUMNS_66 = [c for c in COLUMNS_79[: COLUMNS_79.index("Tax 5 Value") + 1] if c not in POINT_OF_SALE]

Cells = dict[str, str]


def order(name: str = "#1001", **cells: str) -> Cells:
    """One row: a paid order of one line. Keywords are columns with `_` for blanks."""
    row = {
        "Name": name, "Email": "ines@example.com", "Financial Status": "paid", "Paid at": "2024-03-01 10:00:05 +0100",
        "Accepts Marketing": "no", "Currency": "EUR", "Subtotal": "40.00", "Shipping": "5.00", "Taxes": "0.00",
        "Total": "45.00", "Shipping Method": "Colissimo", "Created at": "2024-03-01 10:00:00 +0100",
        "Lineitem quantity": "2", "Lineitem name": "Bol bleu - Grand", "Lineitem price": "20.00",
        "Lineitem sku": "BOL-1", "Lineitem requires shipping": "true", "Lineitem taxable": "true",
        "Lineitem fulfillment status": "pending", "Billing Name": "Inès Martin", "Billing Address1": "3 rue d'Été",
        "Billing Street": "3 rue d'Été", "Billing City": "Brest", "Billing Zip": "'01234", "Billing Country": "FR",
        "Shipping Name": "Inès Martin", "Shipping Address1": "3 rue d'Été", "Shipping Street": "3 rue d'Été",
        "Shipping City": "Brest", "Shipping Zip": "'01234", "Shipping Country": "FR", "Payment Method": "PayPal",
        "Payment Reference": "c1.1", "Refunded Amount": "0.00", "Outstanding Balance": "0.00", "Vendor": "Atelier",
        "Id": "5" + name.strip("#").rjust(12, "0"), "Risk Level": "Low", "Source": "web", "Lineitem discount": "0.00",
    }  # fmt: skip
    return row | {_column(key): value for key, value in cells.items()}


def line(name: str = "#1001", **cells: str) -> Cells:
    """A further line of an order: the order's own cells are blank."""
    row = {
        "Name": name, "Email": "ines@example.com", "Created at": "2024-03-01 10:00:00 +0100", "Lineitem quantity": "1",
        "Lineitem name": "Tasse", "Lineitem price": "10.00", "Lineitem sku": "TAS-1",
        "Lineitem requires shipping": "true", "Lineitem taxable": "true", "Lineitem fulfillment status": "pending",
        "Vendor": "Atelier", "Lineitem discount": "0.00",
    }  # fmt: skip
    return row | {_column(key): value for key, value in cells.items()}


_BY_KEY = {c.lower().replace(" ", "_"): c for c in COLUMNS_79}


def _column(key: str) -> str:
    return _BY_KEY[key.lower()]


def text(rows: Iterable[Cells], columns: Sequence[str] = COLUMNS_79, delimiter: str = ",") -> str:
    """The rows as a delimited text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue()


def file(folder: Path, rows: Iterable[Cells], columns: Sequence[str] = COLUMNS_79, name: str = "orders.csv") -> Path:
    """The rows as a UTF-8 file."""
    path = folder / name
    path.write_text(text(rows, columns), encoding="utf-8")
    return path
