"""Kept figures written anew, of the orders that bear a mark (`data/stale.py`), some thousand orders at a time.

Each turn is one transaction on its own that leaves everything true: what is killed between two turns, or comes in
meanwhile, is done by the next.
"""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path

from data import tax_rates
from data.currencies import decimals
from data.dimensions import local_hour
from data.doors import Writer
from data.intake import RECEIVED
from data.stale import customer
from data.store import Store
from data.written_sql import indented

FOLDER = Path(__file__).parent / "queries"

# Orders of a turn: where nobody waits, and beside others, who wait for as long as it takes (some 0.2 s).
TURN, AT_ONCE = 30_000, 5_000
# Marks that are left on a shared store, where each change makes files.
LEFT = 500
# Seconds that others have for themselves between two turns.
PAUSE = 0.05


def refresh(store: Store, turn: int = TURN, pause: float = PAUSE) -> int:
    """Write the figures of all marked orders anew; how many orders there were."""
    done = 0
    while True:
        with store.read() as read:
            if not read.value("select exists (from stale_orders)"):
                return done
        with store.write() as write:
            done += refresh_some(write, turn)
        time.sleep(pause)


def is_due(store: Store) -> bool:
    """Whether so much is marked that it is worth a turn."""
    with store.read() as read:
        return int(read.value("select count(*) from stale_orders")) > (0 if store.home.is_embedded else LEFT)


def refresh_some(write: Writer, turn: int = TURN) -> int:
    """The same for at most so many orders, those with the lowest ids, in the caller's transaction."""
    write.execute(
        "create or replace temp table turn as select distinct order_id as id from stale_orders order by id "
        f"limit {turn:d}"
    )
    count = int(write.value("select count(*) from turn"))
    if not count:
        return 0
    write.execute("create or replace temp table touched as from stale_orders where order_id in (select id from turn)")
    _write_orders(write)
    write.execute("delete from line_shares where id in (select id from turn)")
    write.execute(f"insert into line_shares by name from ({line_shares('turn')}) order by placed_at, id")
    write.execute("delete from product_days where placed_on in (select placed_on from touched)")
    days = "(from line_shares where placed_on in (select placed_on from touched))"
    write.execute(f"insert into product_days by name from ({product_days(days)}) order by placed_on, product_key")
    write.execute("delete from payment_figures where id in (select id from turn)")
    write.execute(f"insert into payment_figures by name from ({payment_figures('turn')}) order by moved_at, id")
    write.execute("delete from stale_orders where order_id in (select id from turn)")
    for table in ("turn", "touched", "customers", "wanted", "people"):
        write.execute(f"drop table {table}")
    return count


def _write_orders(write: Writer) -> None:
    """The figures of the orders of a turn, and of those unmarked ones of their customers of which they say something
    new; what else of these customers is marked is looked at but left marked."""
    of_customers = "customer in (select customer from touched)"
    unmarked = f"{of_customers} and id not in (select order_id from stale_orders)"
    write.execute(
        f"create or replace temp table people as select id from order_figures where {unmarked} union "
        f"select order_id from stale_orders where {of_customers}"
    )
    said = f"with people as (\n{indented(_people('people'))}\n)\n{_text('kept/customers.sql')}"
    write.execute(f"create or replace temp table customers as {said}")
    write.execute(
        "create or replace temp table wanted as select id from turn union select f.id "
        f"from (from order_figures where {unmarked}) f left join customers c on c.customer = f.customer where "
        "(f.first_at, f.first_month, f.last_on, f.standing_orders, f.first_orders) is distinct from "
        "(c.first_at, c.first_month, c.last_on, coalesce(c.standing_orders, 0), coalesce(c.first_orders, 0))"
    )
    write.execute("delete from order_figures where id in (select id from wanted)")
    write.execute(
        f"insert into order_figures by name from ({order_figures('wanted', 'people')}) order by placed_at, id",
        {"zone": write.zone},
    )


def order_figures(wanted: str, everybody: str) -> str:
    """SQL for rows as in `order_figures`, from the orders themselves: of the orders whose `id` is in `wanted`;
    `everybody` also has all other orders of their customers. `$zone` is that of the shop."""
    return _text("kept/order_figures.sql").format(
        wanted=wanted,
        people=indented(_people(everybody)),
        customers=indented(_text("kept/customers.sql")),
        own=indented(_own(wanted)),
    )


def _people(everybody: str) -> str:
    return _text("kept/people.sql").format(everybody=everybody, customer=customer())


def order_rows(has_way: bool) -> str:
    """Steps of a statement that end in `order_rows`: rows as in `order_figures`, of every order as it is now; with when
    it was paid, shipped and delivered if `has_way`, which takes two more tables."""
    own = _own("(select order_id as id from stale_orders)", has_way)
    return _text("kept/order_rows.sql").format(own=indented(own), customers=indented(_text("kept/customers.sql")))


def _own(wanted: str, has_way: bool = True) -> str:
    received = ", ".join(f"'{kind}'" for kind in RECEIVED)
    return _text("kept/own_figures.sql").format(
        wanted=wanted,
        hour=local_hour("o.placed_at"),
        customer=customer(),
        way=", money.paid_at, parcels.shipped_at, parcels.delivered_at" if has_way else "",
        ways="\n" + _text("kept/ways.sql").format(wanted=wanted, received=received) if has_way else "",
    )


def payment_figures(wanted: str) -> str:
    """SQL for rows as in `payment_figures`, from the orders and payments themselves: of the orders whose `id` is in
    `wanted`."""
    return _text("kept/payment_figures.sql").format(wanted=wanted)


def line_shares(wanted: str) -> str:
    """SQL for rows as in `line_shares`, from the orders and lines themselves: of the orders whose `id` is in
    `wanted`."""
    steps, select = line_steps(wanted)
    return f"with\n{steps}\n{select}"


def line_steps(wanted: str, is_rated: bool = True) -> tuple[str, str]:
    """The same as steps of a statement and what is selected after them: where it is one part of a statement, the engine
    would read columns that nobody asked for, were the steps inside it. `is_rated`: with the rates of taxes."""
    steps = _text("kept/line_steps.sql").format(
        wanted=wanted,
        customer=customer(),
        decimals=decimals("o.currency"),
        lines=indented(_text("facts/lines.sql")),
    )
    if is_rated:
        return f"{steps},\n{tax_rates.steps()}", _text("kept/line_shares.sql").format(shares="rated_shares")
    return steps, _text("kept/line_shares.sql").format(shares="(select *, null as tax_rate from shares)")


def product_days(shares: str) -> str:
    """SQL for rows as in `product_days`, from rows as in `line_shares`."""
    return _text("kept/product_days.sql").format(shares=shares)


@lru_cache(maxsize=8)
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").strip()
