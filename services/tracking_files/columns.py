"""Which column of a carrier's file is what: by its name in the languages of carriers, and by what is in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum

from services.carriers.recognising import recognised
from services.imports.headers import folded
from services.tracking_files.reading import Table

LOOKED_AT = 200  # rows
Columns = Mapping["Column", str]
"""Column -> the name in the file's header."""


class Column(StrEnum):
    """What a column can be."""

    ORDER = "order"
    TRACKING = "tracking"
    CARRIER = "carrier"
    LINK = "link"


# Words of a header, folded: lower case, no accents, one space between.
_WORDS: dict[Column, tuple[str, ...]] = {
    Column.ORDER: (
        "order", "order number", "order no", "order id", "order reference", "order ref", "order name", "reference",
        "ref", "reference 1", "customer reference", "customer ref", "your reference", "shipment reference",
        "shipper reference", "sender reference", "commande", "numero de commande", "numero commande", "n commande",
        "n de commande", "no commande", "reference commande", "ref commande", "reference client", "ref client",
        "votre reference", "reference expediteur", "reference expedition", "reference destinataire", "bestellung",
        "bestellnummer", "bestellnr", "bestell nr", "auftrag", "auftragsnummer", "auftragsnr", "referenz",
        "kundenreferenz", "referenznummer", "sendungsreferenz", "ihre referenz", "number", "name",
    ),
    Column.TRACKING: (
        "tracking", "tracking number", "tracking no", "tracking nr", "tracking id", "tracking code", "track trace",
        "parcel number", "parcel no", "barcode", "consignment", "consignment number", "shipment number", "awb",
        "awb number", "waybill", "waybill number", "suivi", "numero de suivi", "numero suivi", "n de suivi",
        "n suivi", "no suivi", "code suivi", "numero de colis", "numero colis", "n colis", "n de colis", "colis",
        "code barre", "code barres", "numero d envoi", "numero envoi", "lettre de transport", "numero lt", "n lt",
        "sendungsnummer", "sendungsnr", "paketnummer", "paketnr", "paketscheinnummer", "trackingnummer",
        "trackingnr", "sendungsverfolgungsnummer", "frachtbriefnummer",
    ),
    Column.CARRIER: (
        "carrier", "carrier name", "courier", "shipping company", "transporteur", "nom du transporteur",
        "versanddienstleister", "paketdienst", "frachtfuhrer", "dienstleister",
    ),
    Column.LINK: ("tracking url", "tracking link", "lien de suivi", "url de suivi", "tracking page", "sendungslink"),
}  # fmt: skip


def guessed(table: Table, orders_among: Callable[[Collection[str]], int]) -> dict[Column, str]:
    """Column -> header name, as far as names and contents tell. `orders_among` counts how many texts name an order of
    the shop: a column of these is the order's, whatever it is called."""
    texts = {name: _column(table, place) for place, name in enumerate(table.header)}
    found: dict[Column, str] = {}
    tracking = max(table.header, key=lambda name: _named(Column.TRACKING, name) + _numbers(texts[name]))
    if _named(Column.TRACKING, tracking) + _numbers(texts[tracking]) >= 0.5:
        found[Column.TRACKING] = tracking
    rest = [name for name in table.header if name != found.get(Column.TRACKING)]
    shares = {name: orders_among(texts[name]) / len(texts[name]) if texts[name] else 0.0 for name in rest}
    order = max(rest, key=lambda name: _named(Column.ORDER, name) + 2 * shares[name], default="")
    if order and _named(Column.ORDER, order) + 2 * shares[order] >= 0.5:
        found[Column.ORDER] = order
    for column in (Column.CARRIER, Column.LINK):
        named = [name for name in rest if name != order and _named(column, name) == 1.0]
        found |= {column: named[0]} if named else {}
    return found


def _column(table: Table, place: int) -> list[str]:
    """The first texts of a column that are not empty."""
    return [cells[place] for _row, cells in table.rows[:LOOKED_AT] if cells[place]]


def _named(column: Column, header: str) -> float:
    """How surely a header names a column: 1 for its very words, half for words around them."""
    key = folded(header)
    if key in _WORDS[column]:
        return 1.0
    padded = f" {key} "
    return 0.5 if any(f" {words} " in padded for words in _WORDS[column] if len(words) > 4) else 0.0


def _numbers(texts: list[str]) -> float:
    """The share of texts that look like a carrier's number: double weight where the check digit says so."""
    if not texts:
        return 0.0
    worth = 0.0
    for text in texts:
        guesses = recognised(text)
        if guesses and guesses[0].holds is not False:
            worth += 1.0 if guesses[0].is_sure else 0.4
    return worth / len(texts)
