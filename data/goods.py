"""Products that need no parcel: their files, the rules of their gift cards, and which orders still wait for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from data.store import Reader, Row, Writer

_FILE = (
    "id, product, name, place, size, version, link_days, link_downloads, is_ours, added_at, updated_at, actor, "
    "removed_at"
)


def files_of(read: Reader, products: Sequence[str]) -> list[Row]:
    """Files that these products have now, oldest first."""
    if not products:
        return []
    return read.rows(
        f"select {_FILE} from digital_files where product in (select unnest(?)) and removed_at is null "
        "order by added_at, id",
        [list(products)],
    )


def files(read: Reader, ids: Sequence[str] | None = None) -> list[Row]:
    """Files by id, those that were removed too; without ids, all that are there now, by product."""
    if ids is None:
        return read.rows(f"select {_FILE} from digital_files where removed_at is null order by product, added_at, id")
    return read.rows(f"select {_FILE} from digital_files where id in (select unnest(?)::uuid)", [list(ids)])


def add_file(write: Writer, row: Row) -> None:
    """A file of a product."""
    write.insert("digital_files", [row])


def change_file(write: Writer, file_id: str, values: Mapping[str, object]) -> None:
    """Set columns of a file; the names are ours."""
    settings = ", ".join(f"{name} = ?" for name in values)
    write.execute(f"update digital_files set {settings} where id = ?::uuid", [*values.values(), file_id])


def card_rules(read: Reader, products: Sequence[str] | None = None) -> list[Row]:
    """Rules of gift cards by product: product, card_value, card_months; of all products when none are named."""
    columns = "product, card_value, card_months"
    if products is None:
        return read.rows(f"select {columns} from goods order by product")
    return read.rows(f"select {columns} from goods where product in (select unnest(?))", [list(products)])


def put_card_rule(write: Writer, row: Row | None, product: str) -> None:
    """Keep the rule of a product's gift cards, or forget it."""
    write.execute("delete from goods where product = ?", [product])
    write.insert("goods", [row] if row else [])


def state(read: Reader, order_id: str) -> Row | None:
    """What became of an order's goods: state, reason, about; None when they were never due."""
    return read.one("select state, reason, about from order_goods where order_id = ?::uuid", [order_id])


def put_state(write: Writer, order_id: str, state: str, reason: str, about: str, now: datetime) -> None:
    """Note what became of an order's goods."""
    write.execute("delete from order_goods where order_id = ?::uuid", [order_id])
    row = {"order_id": order_id, "state": state, "reason": reason, "about": about, "updated_at": now}
    write.insert("order_goods", [row])


def orders_in(read: Reader, state: str, limit: int) -> list[Row]:
    """Orders whose goods are in a state, longest first: order_id, reason, about, number."""
    return read.rows(
        "select g.order_id, g.reason, g.about, g.updated_at, o.number from order_goods g "
        "join orders o on o.id = g.order_id where g.state = ? order by g.updated_at, g.order_id limit ?",
        [state, limit],
    )


def products_sold(read: Reader, kind: str, limit: int) -> list[Row]:
    """Products of a kind that were sold: product, name of the newest line, count_sold; best sold first."""
    return read.rows(
        "select lower(trim(case when trim(sku) <> '' then sku else name end)) as product, arg_max(name, id) as name, "
        "any_value(sku) as sku, count(*) as count_sold from order_lines where kind = ? "
        "group by 1 order by count_sold desc, product limit ?",
        [kind, limit],
    )


def waiting_messages(read: Reader, order_id: str, about: Sequence[str], states: Sequence[str]) -> list[str]:
    """Messages of an order that are about one of some things (links, cards), by id, in one of `states`."""
    rows = read.rows(
        "select id, dedupe_key from messages where order_id = ?::uuid and state in (select unnest(?))",
        [order_id, list(states)],
    )
    return [row["id"] for row in rows if set(row["dedupe_key"].split(":")) & set(about)]


def waiting_messages_of_none(read: Reader, about: str, states: Sequence[str]) -> list[str]:
    """The same for a thing that no order bought."""
    rows = read.rows(
        "select id from messages where order_id is null and contains(dedupe_key, ?) and state in (select unnest(?))",
        [about, list(states)],
    )
    return [row["id"] for row in rows]


def remove_of(write: Writer, chosen: str, params: Sequence[object]) -> None:
    """Take out what orders have of links and cards; `chosen` is SQL for their ids. What other cards paid for them
    stays in the ledger."""
    bought = f"(select id from gift_cards where order_id in {chosen})"
    write.execute(f"delete from gift_card_entries where card_id in {bought}", params)
    for table in ("gift_cards", "order_goods", "download_links", "link_files", "downloads"):
        write.execute(f"delete from {table} where order_id in {chosen}", params)
    write.execute(
        f"update gift_card_entries set order_id = null, payment_id = null, event_id = null where order_id in {chosen}",
        params,
    )


def forget_files_of(write: Writer, actor: str) -> None:
    """Forget the files that somebody gave to products, where no link opens them."""
    write.execute("delete from digital_files where actor = ? and id not in (select file_id from link_files)", [actor])
