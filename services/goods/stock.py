"""Files of products in the shop's hands: uploaded, replaced, taken away, and what they lack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from data import goods
from data.ids import new_id
from data.store import Row
from services import clock
from services.errors import Invalid, NotFound, store_errors
from services.goods import files, turn
from services.goods.arriving import coming, take_away
from services.language import _
from services.orders.statuses import Kind
from services.people import Actor
from services.shop import Shop

MOST_PRODUCTS = 300
LARGEST_CARD = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class StockFile:
    """A file of a product; `is_there` tells whether it lies where it should."""

    id: str
    name: str
    size: int
    version: int
    is_ours: bool
    is_there: bool
    link_days: int | None
    link_downloads: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product that is downloaded: `key` is what its lines are known by, `count_sold` how often it was."""

    key: str
    name: str
    count_sold: int
    files: tuple[StockFile, ...]

    @property
    def lacks(self) -> bool:
        """An order of it would wait."""
        return not self.files or any(not file.is_there for file in self.files)


def products(shop: Shop) -> list[Product]:
    """Products that were sold as digital or have a file; those that lack one first, then by how often they sell."""
    with store_errors(), shop.store.read() as read:
        sold = goods.products_sold(read, Kind.DIGITAL, MOST_PRODUCTS)
        kept: dict[str, list[StockFile]] = {}
        for row in goods.files(read):
            kept.setdefault(row["product"], []).append(_file(shop, row))
    found = {row["product"]: Product(row["product"], row["name"], row["count_sold"], ()) for row in sold}
    every = dict.fromkeys([*found, *kept])
    made = [
        Product(key, found[key].name if key in found else key, found[key].count_sold if key in found else 0,
                tuple(kept.get(key, ())))
        for key in every
    ]  # fmt: skip
    return sorted(made, key=lambda product: (not product.lacks, -product.count_sold, product.name))


class Upload:
    """A file on its way in: written where files lie as it comes, kept once it is whole."""

    def __init__(self, shop: Shop, product: str, name: str, size: int | None) -> None:
        """Raises `Invalid` for a product that is none, `Conflict` when there is no room for it."""
        self.product = product.strip().lower()
        if not self.product or len(self.product) > 500:
            raise Invalid(_("Say which product the file belongs to."), {"product": _("This is needed.")})
        self._shop, self.name = shop, files.clean_name(name)
        self.size = 0
        self._coming = coming(shop.settings, size)

    def write(self, piece: bytes) -> None:
        """The next bytes. Raises `Conflict` when the disk takes no more, `Unavailable` when the bucket is away."""
        self._coming.write(piece)
        self.size += len(piece)

    def keep(self, actor: Actor, replaces: str = "", now: datetime | None = None) -> str:
        """The file is whole: keep it as a further file of the product, or as the newest version of `replaces`, whose
        links follow; its id. Orders that waited for it go out."""
        at = now or clock.now()
        if not self.size:
            raise Invalid(_("This file is empty."))
        file_id = replaces or new_id()
        self._coming.keep()
        old = self._noted(file_id, self._coming.place, replaces, actor, at)
        if old and old["is_ours"]:
            take_away(self._shop.settings, old["place"])
        turn.try_waiting(self._shop, at)
        return file_id

    def leave(self) -> None:
        """Forget what came so far; nothing to do for one that was kept."""
        self._coming.leave()

    def _noted(self, file_id: str, place: str, replaces: str, actor: Actor, at: datetime) -> Row | None:
        with store_errors(), self._shop.store.write() as write:
            if not replaces:
                row = files.file_row(file_id, self.product, self.name, place, self.size, at, actor.name, is_ours=True)
                goods.add_file(write, row)
                return None
            old = _known(goods.files(write, [replaces]))
            values = {"name": self.name, "place": place, "size": self.size, "is_ours": True, "updated_at": at}
            goods.change_file(write, replaces, values | {"version": old["version"] + 1, "actor": actor.name})
            return old


def remove(shop: Shop, file_id: str, actor: Actor, now: datetime | None = None) -> None:
    """Take a file from its product: new orders get it no more, links that were sent keep it."""
    at = now or clock.now()
    with store_errors(), shop.store.write() as write:
        _known(goods.files(write, [file_id]))
        goods.change_file(write, file_id, {"removed_at": at, "updated_at": at, "actor": actor.name})


def limit(shop: Shop, file_id: str, days: int | None, downloads: int | None, actor: Actor) -> None:
    """Give a file's links rules of their own; None means as the shop has it. Raises `Invalid`."""
    if (days is not None and not 1 <= days <= 3650) or (downloads is not None and not 1 <= downloads <= 1000):
        raise Invalid(_("A link lasts 1 to 3650 days and 1 to 1000 downloads."))
    with store_errors(), shop.store.write() as write:
        _known(goods.files(write, [file_id]))
        values = {"link_days": days, "link_downloads": downloads, "actor": actor.name}
        goods.change_file(write, file_id, values | {"updated_at": clock.now()})


def _file(shop: Shop, row: Row) -> StockFile:
    same = {name: row[name] for name in ("id", "name", "size", "version", "is_ours", "place")}
    rules = {name: row[name] for name in ("link_days", "link_downloads")}
    return StockFile(**same, **rules, is_there=files.is_there(shop.settings, row["place"]))


def _known(rows: list[Row]) -> Row:
    if not rows:
        raise NotFound(_("There is no such file."))
    return rows[0]


@dataclass(frozen=True, slots=True)
class CardProduct:
    """A product that is a gift card; `value` and `months` None mean what was paid for it, and the shop's own rule."""

    key: str
    name: str
    count_sold: int
    value: Decimal | None
    months: int | None


def card_products(shop: Shop) -> list[CardProduct]:
    """Gift cards that were sold, the most often sold first."""
    with store_errors(), shop.store.read() as read:
        sold = goods.products_sold(read, Kind.GIFT_CARD, MOST_PRODUCTS)
        rules = {row["product"]: row for row in goods.card_rules(read)}
    nothing: Row = {"card_value": None, "card_months": None}
    return [
        CardProduct(row["product"], row["name"], row["count_sold"], rule["card_value"], rule["card_months"])
        for row in sold
        for rule in [rules.get(row["product"], nothing)]
    ]


def put_card_rule(shop: Shop, key: str, value: Decimal | None, months: int | None, actor: Actor) -> None:
    """Say what cards of a product hold and how long, from now on. Raises `Invalid`."""
    if (value is not None and not 0 < value <= LARGEST_CARD) or (months is not None and not 0 <= months <= 240):
        raise Invalid(_("A card holds more than nothing and lasts 0 to 240 months."))
    row = {
        "product": key,
        "card_value": value,
        "card_months": months,
        "updated_at": clock.now(),
        "actor": actor.name,
    }
    with store_errors(), shop.store.write() as write:
        goods.put_card_rule(write, None if value is None and months is None else row, key)
