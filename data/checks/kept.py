"""Whether the kept figures are what the orders say: all of them counted again, some thousand orders at a time."""

from __future__ import annotations

from collections.abc import Iterator

from data import kept, refreshing
from data.checks.looking import EXAMPLES, Checked, found
from data.stale import customer
from data.store import Reader

KEPT, ORDERS, LINES, DAYS, PAYMENTS = (
    "figures_are_kept_or_marked", "figures_of_orders_are_what_orders_say", "figures_of_lines_are_what_lines_say",
    "figures_of_days_are_sums_of_lines", "figures_of_payments_are_what_payments_say",
)  # fmt: skip
NAMES = (KEPT, ORDERS, LINES, DAYS, PAYMENTS)

# Orders whose figures are counted again at once.
SLICE = 50_000

_EACH = """
    select o.number from orders o
    anti join order_figures f on f.id = o.id anti join stale_orders s on s.order_id = o.id
    union all
    select f.id::varchar as number from order_figures f
    anti join orders o on o.id = f.id anti join stale_orders s on s.order_id = f.id
    union all
    select id::varchar as number from order_figures group by id having count(*) > 1
"""
_DAYS = f"""
    with settled as (
        from line_shares where placed_on not in (select placed_on from stale_orders)
    ),
    again as ({refreshing.product_days("settled")}),
    held as (from product_days where placed_on not in (select placed_on from stale_orders))
    select placed_on::varchar as number from (
        (select * from held except all select * from again)
        union all
        (select * from again except all select * from held)
    )
"""


def broken(read: Reader, size: int = SLICE) -> Iterator[Checked]:
    """The outcome of each check."""
    yield Checked(KEPT, *found(read, _EACH))
    _lay_out_unmarked(read, size)
    yield Checked(ORDERS, *_compared(read, "order_figures"))
    yield Checked(LINES, *_compared(read, "line_shares"))
    yield Checked(DAYS, *found(read, _DAYS))
    yield Checked(PAYMENTS, *_compared(read, "payment_figures"))


def _lay_out_unmarked(read: Reader, size: int) -> None:
    """`numbered`: every order with its customer's number. `slices`: those of them that bear no mark, nor their
    customer."""
    read.tuples(f"create or replace temp table numbered as select id, {customer()} as customer from orders o")
    read.tuples(
        "create or replace temp table slices as "
        f"select id, customer, (row_number() over (order by id) - 1) // {size:d} as slice from numbered "
        "where customer not in (select customer from stale_orders)"
    )


def _compared(read: Reader, table: str) -> tuple[int, tuple[str, ...]]:
    """Orders whose rows in a kept table are not those that are counted again."""
    own = sorted(kept.columns(table) - {"is_first", "is_first_rate"})  # which of like rows is the first does not matter
    row = f"hash({', '.join(own)})"
    rows, some = 0, list[str]()
    for slice_ in range(int(read.value("select coalesce(max(slice) + 1, 0) from slices"))):
        wanted = f"(select id from slices where slice = {slice_:d})"
        people = f"(select id from numbered where customer in (select customer from slices where slice = {slice_:d}))"
        again = {
            "order_figures": refreshing.order_figures(wanted, people),
            "line_shares": refreshing.line_shares(wanted),
            "payment_figures": refreshing.payment_figures(wanted),
        }[table]
        count, numbers = found(
            read,
            f"""
            with held as (
                select id, sum({row}) as content from {table} where id in {wanted} group by id
            ),
            counted as (
                select id, sum({row}) as content from ({again}) group by id
            )
            select coalesce(o.number, id::varchar) as number
            from held full join counted using (id) left join orders o using (id)
            where held.content is distinct from counted.content
            """,
            {"zone": read.zone} if "$zone" in again else None,
        )
        rows, some = rows + count, [*some, *numbers]
    return rows, tuple(some[:EXAMPLES])
