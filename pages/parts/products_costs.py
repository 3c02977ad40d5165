"""Saying what products cost: one by one, or from a file that is looked at before it is kept."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import BinaryIO

import streamlit as st

from pages.parts import asking, flash
from pages.parts.dropped import on_disk
from pages.parts.remembered import remembered
from pages.parts.running import acting
from pages.parts.tables import table
from services import cost_files, product_costs
from services import shop as shops
from services.cost_files import Read
from services.errors import Invalid
from services.imports.amounts import exact, style_of
from services.language import _, current, day, n_, number
from services.money import rounded, shown
from services.product_costs import Cost, Product
from services.shop import Shop

SHOWN = 50
CHOICES = 1000  # products that one can be chosen from; files know them all
_ROUND, _SELECTED = "products_costs_round", "products_cost_product"


def show(shop: Shop, currency: str) -> None:
    """Draw the card."""
    known = remembered(shop, ("costs",), lambda: product_costs.every(shop))
    products = remembered(shop, ("cost_products", currency), lambda: product_costs.products(shop, currency))
    costed = {one.product_key for one in known if one.currency == currency and one.unit_cost is not None}
    lacking = [one for one in products if one.key not in costed]
    with st.container(key="figure_costs"):
        st.html(f"<h2>{escape(_('What products cost'))} <span class='ct-quiet'>{escape(currency)}</span></h2>")
        said = n_("{count} product that was sold has no cost yet.", "{count} products that were sold have no cost yet.",
                  len(lacking))  # fmt: skip
        told = said if lacking else _("The cost of every product is known.")
        st.html(f"<p class='ct-quiet ct-flat'>{escape(told)}</p>")
        by_hand, by_file, kept = st.tabs([_("One product"), _("From a file"), _("Costs kept")])
        with by_hand:
            _by_hand(lacking, products, currency)
        with by_file:
            _by_file(shop, lacking, currency)
        with kept:
            _kept(known, {one.key: one for one in products})


def _by_hand(lacking: list[Product], products: list[Product], currency: str) -> None:
    names = {one.key: one.name if one.key == one.name else f"{one.name} · {one.sku}" for one in products}
    without = {one.key for one in lacking}
    keys = [one.key for one in lacking] + [one.key for one in products if one.key not in without]
    if not keys:
        st.html(f"<p class='ct-quiet ct-flat'>{escape(_('There is no product yet.'))}</p>")
        return
    with st.form("products_cost", border=False, clear_on_submit=True):
        st.selectbox(_("Product"), keys[:CHOICES], format_func=lambda key: names.get(key, key), key=_SELECTED)
        with st.container(horizontal=True):
            st.text_input(_("Cost of one, without tax"), key="products_cost_amount", width=180)
            st.text_input(_("Category"), key="products_cost_category", width=180)
            st.date_input(_("Since (empty: always)"), None, key="products_cost_since", width=180)
        st.form_submit_button(_("Keep the cost"), on_click=_keep, args=(currency,), type="primary")


@acting
def _keep(currency: str) -> None:
    text = str(st.session_state["products_cost_amount"]).strip()
    since: date | None = st.session_state["products_cost_since"]
    try:
        amount = exact(text, style_of([text]) or _style(text)) if text else None
    except (ValueError, ArithmeticError) as error:
        raise Invalid(_("“{value}” is no amount.", value=text[:40])) from error
    cost = Cost(st.session_state[_SELECTED], currency, amount, since, str(st.session_state["products_cost_category"]))
    product_costs.keep(shops.current(), [cost], asking.actor())
    flash.tell(_("The cost is kept."))


def _style(text: str) -> cost_files.NumberStyle:
    """A single amount by hand: its only sign is that of decimals."""
    return cost_files.NumberStyle.COMMA if "," in text else cost_files.NumberStyle.DOT


def _by_file(shop: Shop, lacking: list[Product], currency: str) -> None:
    quiet = _("CSV or XLSX with a column for the SKU or the product and one for the cost; currency, category and since "
              "are read where they are there.")  # fmt: skip
    st.html(f"<p class='ct-quiet ct-flat'>{escape(quiet)}</p>")
    if lacking:
        st.download_button(
            _("Products without a cost, as a file to fill in"),
            cost_files.to_fill_in(lacking, currency),
            "costs.csv",
            "text/csv",
            key="products_costs_template",
        )
    given = st.file_uploader(
        _("A file of costs"),
        ["csv", "tsv", "txt", "xlsx"],
        key=f"products_costs_file_{st.session_state.get(_ROUND, 0)}",
        label_visibility="collapsed",
    )
    if given is None:
        return
    asked = ("cost_file", given.file_id, currency, current())
    found = remembered(shop, asked, lambda: _read(shop, given, currency))
    if isinstance(found, str):
        st.html(f"<div class='ct-notice ct-notice-bad' role='alert'>{escape(found)}</div>")
        return
    _looked_at(found)


def _read(shop: Shop, given: BinaryIO, currency: str) -> Read | str:
    """What the file says, or why it cannot be read."""
    with on_disk(given, "costs.csv") as path:
        try:
            return cost_files.read(shop, path, currency)
        except Invalid as error:
            return error.sentence


def _looked_at(found: Read) -> None:
    columns = ", ".join(f"{what.value} = {name}" for what, name in found.columns.items())
    st.html(f"<p class='ct-quiet ct-flat'>{escape(_('Columns: {columns}', columns=columns))}</p>")
    if found.unsold:
        unsold = n_("{count} is of a product that no order holds; it is kept too.",
                    "{count} are of products that no order holds; they are kept too.", found.unsold)  # fmt: skip
        st.html(f"<div class='ct-notice ct-notice-waiting'>{escape(unsold)}</div>")
    if found.rejects:
        left = n_("{count} row left out", "{count} rows left out", len(found.rejects))
        with st.expander(left, expanded=True):
            rows = [[number(one.line), escape(one.about), escape(one.reason)] for one in found.rejects[:SHOWN]]
            st.html(table((_("Line"), _("Product"), _("Why")), rows, numbers=(0,)))
    count = len(found.costs)
    st.button(
        n_("Keep {count} cost", "Keep {count} costs", count) if count else _("Nothing to keep"),
        type="primary",
        key="products_costs_keep",
        disabled=not count,
        on_click=_keep_all,
        args=(found,),
    )


@acting
def _keep_all(found: Read) -> None:
    count = product_costs.keep(shops.current(), found.costs, asking.actor())
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    flash.tell(n_("{count} cost is kept.", "{count} costs are kept.", count))


def _kept(known: list[Cost], products: dict[str, Product]) -> None:
    if not known:
        st.html(f"<p class='ct-quiet ct-flat'>{escape(_('No cost is known yet.'))}</p>")
        return
    rows = [
        [
            f"<span class='ct-thing'>{escape(products[one.product_key].name)}</span>"
            f"<span class='ct-under'>{escape(one.product_key)}</span>"
            if one.product_key in products
            else escape(one.product_key),
            escape(_amount(one)),
            escape(one.category) or "—",
            escape(day(one.since_on)) if one.since_on else escape(_("always")),
        ]
        for one in known[:SHOWN]
    ]
    st.html(table((_("Product"), _("Cost"), _("Category"), _("Since")), rows, numbers=(1,), kind="ct-products"))
    if len(known) > SHOWN:
        st.html(f"<p class='ct-quiet'>{escape(_('The first {count} are shown.', count=SHOWN))}</p>")
    with st.form("products_cost_forget", border=False):
        st.selectbox(
            _("Forget a cost"),
            known[:CHOICES],
            None,
            format_func=_said,
            key="products_cost_forgotten",
            placeholder=_("Choose one"),
        )
        st.form_submit_button(_("Forget it"), on_click=_forget)


@acting
def _forget() -> None:
    cost = st.session_state["products_cost_forgotten"]
    if cost is not None:
        product_costs.forget(shops.current(), cost)
        flash.tell(_("The cost is forgotten."))


def _amount(one: Cost) -> str:
    """The cost with all of its decimals."""
    if one.unit_cost is None:
        return "—"
    if one.unit_cost == rounded(one.unit_cost, one.currency):
        return shown(one.unit_cost, one.currency, current())
    return f"{number(one.unit_cost.normalize())} {one.currency}"


def _said(one: Cost) -> str:
    return " · ".join((one.product_key, _amount(one), day(one.since_on) if one.since_on else _("always")))
