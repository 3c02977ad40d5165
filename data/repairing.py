"""Mending what can be worked out anew: sums, words, cards and figures of orders, from the facts that they follow from.

Facts themselves (payments, parcels, events, messages) are never touched. What somebody set in an order's row from
outside is put back to what the order's events told last, while the log they stand in is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from data import cards, stale, word_heap
from data.checks import finding, history, kept, log
from data.checks.looking import listed, parted
from data.intake import GIVEN_BACK, RECEIVED, derived, local_day
from data.store import Store, Writer

# Orders that are mended in one transaction.
SLICE = 20_000

_CARD = "orders_have_their_card"
_LOST_WORDS = "search_terms_belong_to_an_order"
_DAYS = "payments_are_on_the_day_of_the_shop"

# What an order's row follows from: its lines, its payments, and its own other columns.
SUMS = frozenset(
    {
        "paid_is_the_sum_of_payments", "refunded_is_the_sum_of_refunds", "due_is_what_is_left_to_pay",
        "lines_are_counted", "items_are_counted", "products_of_an_order_are_those_of_its_lines",
        "orders_are_on_the_day_of_the_shop", "orders_are_sorted_by_their_number",
        "orders_go_to_the_country_of_their_address", "customers_are_known_by_their_address",
    }
)  # fmt: skip
MENDABLE = SUMS | {
    history.TOLD, _DAYS, _CARD, _LOST_WORDS, finding.WORDS, "orders_are_found_by_their_number", *kept.NAMES,
}  # fmt: skip

_SUMS = ("paid", "refunded", "line_count", "item_count", "items_summary", "kinds")


def repair(store: Store, zone: str, broken: Collection[str], told: Callable[[], None] = lambda: None) -> list[str]:
    """Mend what can be mended of the checks that are `broken`; the names of those that were. Each portion is a
    transaction of its own, and to be broken off leaves nothing half done. `told` is called between them."""
    mended = sorted(MENDABLE.intersection(broken))
    if history.TOLD in broken and not set(log.NAMES).intersection(broken):
        _each(store, _put_back_what_was_told, told)
    if SUMS.union({history.TOLD}).intersection(broken):
        _each(store, lambda write, least, most: _sum_up(write, zone, least, most), told)
    if _DAYS in broken:
        with store.write() as write:
            day = local_day("happened_at")
            others = f"select order_id from payments where on_date is distinct from {day}"
            stale.mark(write, f"id in ({others})", {"zone": zone})
            write.execute(f"update payments set on_date = {day} where on_date is distinct from {day}", {"zone": zone})
    if _CARD in broken:
        _write_cards(store, told)
    if {finding.WORDS, _LOST_WORDS, "orders_are_found_by_their_number"}.intersection(broken):
        _find_again(store, told)
    if set(kept.NAMES).intersection(broken):
        with store.write() as write:
            for table in (*stale.TABLES, "stale_orders"):
                write.execute(f"delete from {table}")
            stale.mark(write, "true")
    return mended


def _each(store: Store, mend: Callable[[Writer, str, str], None], told: Callable[[], None]) -> None:
    """`mend` for the orders between each two ids, a transaction each."""
    with store.read() as read:
        parts = list(parted(read, "orders", SLICE))
    for least, most in parts:
        with store.write() as write:
            mend(write, least, most)
        told()


def _sum_up(write: Writer, zone: str, least: str, most: str) -> None:
    """Give orders what follows from their lines, payments and own columns."""
    between = {"least": least, "most": most}
    write.execute(
        f"""
        create or replace temp table summed as
        with lines as (
            select order_id, count(*) as line_count, sum(quantity) as item_count,
                arg_min(name, position) as items_summary, list_sort(list_distinct(list(kind))) as kinds
            from order_lines where order_id > $least::uuid and order_id <= $most::uuid group by order_id
        ),
        money as (
            select order_id, sum(amount) filter (kind in ({listed(RECEIVED)})) as paid,
                sum(amount) filter (kind in ({listed(GIVEN_BACK)})) as refunded
            from payments
            where order_id > $least::uuid and order_id <= $most::uuid and voided_at is null group by order_id
        )
        select o.* replace (
            coalesce(money.paid, 0) as paid, coalesce(money.refunded, 0) as refunded,
            coalesce(lines.line_count, 0) as line_count, coalesce(lines.item_count, 0) as item_count,
            coalesce(lines.items_summary, '') as items_summary, coalesce(lines.kinds, []) as kinds
        )
        from orders o left join lines on lines.order_id = o.id left join money on money.order_id = o.id
        where o.id > $least::uuid and o.id <= $most::uuid
        """,
        between,
    )
    told = {**{name: f"s.{name}" for name in _SUMS}, **derived("s.{}".format)}
    write.execute(
        f"create or replace temp table following as "
        f"select s.id, {', '.join(f'{sql} as {name}' for name, sql in told.items())} from summed s",
        {"zone": zone},
    )
    # letters that two programs put into lower case by different rules are no fault
    same = [f"o.{name} is distinct from f.{name}" for name in told if name != "customer_key"]
    same.append("lower(strip_accents(o.customer_key)) <> lower(strip_accents(f.customer_key))")
    _change(
        write,
        f"select f.* from following f join orders o on o.id = f.id where {' or '.join(same)}",
        {name: f"changed.{name}" for name in told},
    )
    write.execute("drop table summed")
    write.execute("drop table following")


def _put_back_what_was_told(write: Writer, least: str, most: str) -> None:
    """Give orders the fields that their events told last."""
    write.execute(
        "create or replace temp table slice as select id from orders where id > $least::uuid and id <= $most::uuid",
        {"least": least, "most": most},
    )
    write.execute(f"create or replace temp table told_last as {history.TOLD_LAST}")
    for field in history.FIELDS:
        column = history.column(field)
        value = {"is_muted": "after::boolean", "tags": "from_json(after, '[\"VARCHAR\"]')"}.get(field, "after")
        if write.value("select exists (from told_last where field = ?)", [field]):
            _change(
                write,
                f"select order_id as id, {value} as {column} from told_last where field = '{field}'",
                {column: f"changed.{column}"},
            )
    write.execute("drop table told_last")
    write.execute("drop table slice")


def _change(write: Writer, rows: str, values: dict[str, str]) -> None:
    """Set columns of the orders that `rows` names, and what is kept of them elsewhere."""
    write.execute(f"create or replace temp table changed as {rows}")
    if write.value("select exists (from changed)"):
        stale.mark(write, "id in (select id from changed)")
        write.execute(
            f"update orders set {', '.join(f'{name} = {sql}' for name, sql in values.items())} "
            "from changed where orders.id = changed.id"
        )
        cards.renew(write, "id in (select id from changed)")
    write.execute("drop table changed")


def _write_cards(store: Store, told: Callable[[], None]) -> None:
    """Write the cards anew that are not what their orders say; let those go that belong to no order."""
    with store.write() as write:
        write.execute("delete from order_cards where order_id not in (select id from orders)")

    def mend(write: Writer, least: str, most: str) -> None:
        write.execute(
            f"create or replace temp table changed as select o.id from "
            f"(select id, {cards.text(str)} as card from orders where id > $least::uuid and id <= $most::uuid) o "
            "left join (select order_id, min(json(card)::varchar) as card, count(*) as times from order_cards "
            "where order_id > $least::uuid and order_id <= $most::uuid group by order_id) c on c.order_id = o.id "
            "where o.card is distinct from c.card or c.times > 1",
            {"least": least, "most": most},
        )
        if write.value("select exists (from changed)"):
            cards.renew(write, "id in (select id from changed)")
        write.execute("drop table changed")

    _each(store, mend, told)


def _find_again(store: Store, told: Callable[[], None]) -> None:
    """Write the words anew of orders that are found by others; let those go that belong to no order."""
    with store.write() as write:
        write.execute("delete from search_terms where order_id not in (select id from orders)")
        wrong = finding.differing(write, finding.SLICE)
        told()
        if wrong:
            ids = {"ids": wrong}
            write.execute("create or replace temp table unfound as select unnest($ids)::uuid as id", ids)
            write.execute("delete from search_terms where order_id in (select id from unfound)")
            word_heap.start(write)
            word_heap.add(write, "unfound", is_stored=True)
            word_heap.put_in(write)
            write.execute("drop table unfound")
