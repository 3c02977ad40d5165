"""Names of columns in tables of any origin, and what they mostly mean."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Field(StrEnum):
    """What a column of a table can be; the words of a mapping file. Address parts stand for the shipping address
    unless they begin with `billing_`."""

    NUMBER = "number"
    PLACED_AT = "placed_at"
    EMAIL = "email"
    CUSTOMER_ID = "customer_id"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PHONE = "phone"
    PRODUCT = "product"
    SKU = "sku"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit_price"
    LINE_TOTAL = "line_total"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    TAX = "tax"
    DISCOUNT = "discount"
    COUPON = "coupon"
    SHIPPING_FEE = "shipping_fee"
    SHIPPING_METHOD = "shipping_method"
    HANDLING_FEE = "handling_fee"
    CURRENCY = "currency"
    PAYMENT_METHOD = "payment_method"
    PAYMENT_STATUS = "payment_status"
    STATUS = "status"
    SHIPPED_AT = "shipped_at"
    TRACKING = "tracking"
    COMMENT = "comment"
    TAGS = "tags"
    PAYMENTS = "payments"
    SHIPPING_NAME = "shipping_name"
    SHIPPING_COMPANY = "shipping_company"
    SHIPPING_LINE1 = "shipping_line1"
    SHIPPING_LINE2 = "shipping_line2"
    SHIPPING_CITY = "shipping_city"
    SHIPPING_REGION = "shipping_region"
    SHIPPING_POSTAL_CODE = "shipping_postal_code"
    SHIPPING_COUNTRY = "shipping_country"
    BILLING_NAME = "billing_name"
    BILLING_COMPANY = "billing_company"
    BILLING_LINE1 = "billing_line1"
    BILLING_LINE2 = "billing_line2"
    BILLING_CITY = "billing_city"
    BILLING_REGION = "billing_region"
    BILLING_POSTAL_CODE = "billing_postal_code"
    BILLING_COUNTRY = "billing_country"


AMOUNTS = (
    Field.UNIT_PRICE, Field.LINE_TOTAL, Field.SUBTOTAL, Field.TOTAL, Field.TAX, Field.DISCOUNT, Field.SHIPPING_FEE,
    Field.HANDLING_FEE,
)  # fmt: skip
PER_LINE = (Field.PRODUCT, Field.SKU, Field.QUANTITY, Field.UNIT_PRICE, Field.LINE_TOTAL)

# field -> headers, folded, the surest first
_SYNONYMS: dict[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "order id", "order no", "order number", "order", "commande", "n commande", "no de commande", "no commande",
        "numero de commande", "numero commande", "bestellnummer", "pedido", "number", "numero", "reference", "ref",
        "invoice", "invoice no", "name", "id",
    ),
    Field.PLACED_AT: (
        "order date", "date de commande", "date commande", "placed at", "created at", "created", "bestelldatum",
        "purchase date", "cree le", "passee le", "date", "fecha",
    ),
    Field.EMAIL: ("email", "e mail", "customer email", "mail", "courriel", "adresse e mail", "adresse email"),
    Field.CUSTOMER_ID: ("customer id", "client id", "user id", "id client"),
    Field.NAME: (
        "customer full name", "customer name", "full name", "billing name", "nom du client", "nom complet", "customer",
        "contact name", "contact", "client", "nom", "kunde", "cliente",
    ),
    Field.FIRST_NAME: ("first name", "customer first name", "prenom", "firstname"),
    Field.LAST_NAME: ("last name", "customer last name", "nom de famille", "lastname"),
    Field.PHONE: ("phone", "customer phone", "telephone", "tel", "mobile", "portable"),
    Field.PRODUCT: (
        "product name", "product", "item name", "item", "title", "produit", "article", "designation", "libelle",
        "nom du produit", "description",
    ),
    Field.SKU: ("sku", "ref article", "code article", "item code", "product id", "code", "barcode"),
    Field.QUANTITY: ("quantity", "qty", "units", "count", "qte", "quantite", "nombre", "menge", "cantidad"),
    Field.UNIT_PRICE: (
        "base unit price", "unit price", "item price", "prix unitaire", "pu", "pu ht", "pu ttc", "prix unitaire ht",
        "prix unitaire ttc", "price", "prix", "preis", "precio",
    ),
    Field.LINE_TOTAL: (
        "taxful price", "line total", "extended price", "total ligne", "montant ligne", "sales", "amount", "montant",
    ),
    Field.SUBTOTAL: ("subtotal", "sub total", "sous total"),
    Field.TOTAL: (
        "taxful total price", "grand total", "order total", "total ttc", "montant total", "amount paid", "total",
        "total ht", "gesamt",
    ),
    Field.TAX: ("tax", "vat", "gst", "taxe", "taxes", "tva", "mwst", "iva", "tax amount", "montant tva"),
    Field.DISCOUNT: ("discount", "rebate", "remise", "reduction", "rabatt", "discount amount"),
    Field.COUPON: ("coupon", "promo code", "voucher", "code promo", "bon", "discount code"),
    Field.SHIPPING_FEE: (
        "shipping cost", "shipping fee", "frais de port", "shipping", "freight", "postage", "livraison", "port",
    ),
    Field.SHIPPING_METHOD: (
        "ship mode", "shipping method", "mode de livraison", "shippers company name", "ship via", "carrier",
        "transporteur",
    ),
    Field.HANDLING_FEE: ("handling fee", "frais de gestion", "handling", "fee"),
    Field.CURRENCY: ("currency", "currency code", "ccy", "devise", "monnaie", "wahrung", "moneda"),
    Field.PAYMENT_METHOD: (
        "payment method", "moyen de paiement", "mode de paiement", "mode de reglement", "gateway", "paiement",
    ),
    Field.PAYMENT_STATUS: (
        "payment status", "etat du paiement", "statut paiement", "statut du paiement", "paid", "paye",
    ),
    Field.STATUS: (
        "order status", "status", "fulfillment status", "fulfilment status", "statut", "etat", "etat de la commande",
        "statut de la commande",
    ),
    Field.SHIPPED_AT: ("ship date", "shipped date", "shipped at", "date d expedition", "expediee le"),
    Field.TRACKING: ("tracking number", "tracking", "numero de suivi", "n de suivi", "suivi"),
    Field.COMMENT: ("note", "notes", "comment", "comments", "remarks", "commentaire", "commentaires"),
    Field.TAGS: ("tags", "labels", "etiquettes", "order priority", "priority"),
}  # fmt: skip

_PARTS: dict[str, tuple[str, ...]] = {
    "name": ("name", "nom"),
    "company": ("company", "company name", "societe", "entreprise"),
    "line1": ("address", "address line 1", "address1", "address 1", "street", "line 1", "adresse", "rue"),
    "line2": ("address line 2", "address2", "address 2", "line 2", "complement"),
    "city": ("city", "city name", "ville", "town"),
    "region": ("state", "province", "region name", "region"),
    "postal_code": ("postal code", "zip", "zip code", "postcode", "cp", "code postal"),
    "country": ("country", "country iso code", "country code", "pays", "land"),
}
_PREFIXES = {
    "shipping": ("ship", "shipping", "livraison", "delivery", "ship to"),
    "billing": ("bill", "billing", "facturation", "invoice", "bill to"),
}


@lru_cache(maxsize=4096)
def folded(header: str) -> str:
    """A header in lower case without accents; signs are blanks, and so is the seam of `OrderDate`."""
    seamed = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header.lstrip("\ufeff"))
    bare = "".join(c for c in unicodedata.normalize("NFKD", seamed.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[Field, int]]:
    """folded header -> field and how far down its list the name stands."""
    found: dict[str, tuple[Field, int]] = {}
    for kind, prefixes in _PREFIXES.items():
        for part, names in _PARTS.items():
            for prefix in prefixes:
                for place, name in enumerate(names):
                    found[f"{prefix} {name}"] = (Field(f"{kind}_{part}"), place)
                    found[f"{name} {prefix}"] = (Field(f"{kind}_{part}"), place)
    for part, names in _PARTS.items():
        if part != "name":
            for place, name in enumerate(names):
                found[name] = (Field(f"shipping_{part}"), place + 10)
    for field, names in _SYNONYMS.items():
        for place, name in enumerate(names):
            found[name] = (field, place)
    return found


_TABLE_FIELDS = {
    "product": {Field.PRODUCT},
    "shipper": {Field.SHIPPING_METHOD},
    "customer": {
        Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.PHONE, Field.BILLING_COMPANY,
    },
}  # fmt: skip


def meaning(header: str) -> tuple[Field, int] | None:
    """The field that a header names, and how weak the name is (0 is surest). A column of a joined or nested table
    (`customers.Phone`) means what its own name says, as far as such a table can hold it."""
    table, _dot, own = header.rpartition(".")
    name = folded(own)
    found = _known().get(name)
    kind = next((kind for kind in _TABLE_FIELDS if folded(table).removeprefix("raw ").startswith(kind)), "")
    if not kind or "." not in header:
        return found
    if kind == "product" and found and found[0] in (*PER_LINE, Field.DISCOUNT):
        # lines inside an order are mostly called products; a table of products beside it has names only
        return found
    if name == "company name":
        found = (Field.SHIPPING_METHOD, -5) if kind == "shipper" else (Field.BILLING_COMPANY, 5)
    elif kind == "customer" and name == "name":
        found = (Field.NAME, 5)
    return (found[0], found[1] + 5) if found and found[0] in _TABLE_FIELDS[kind] else None
