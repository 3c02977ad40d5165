"""Settings of goods without parcels: files by product, how long links last, when gift cards expire."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from html import escape

import streamlit as st

from pages.parts import asking, flash, settings_saving
from pages.parts.components import component, nothing
from pages.parts.escaping import md
from pages.parts.money_forms import typed
from pages.parts.places import GIFT_CARDS, ORDER
from pages.parts.running import acting
from services import clock
from services import shop as shops
from services.errors import Invalid
from services.goods import files, stock, turn
from services.goods.lying import Away
from services.goods.stock import Product, StockFile
from services.language import _, current, n_
from services.messages.about import shown_size
from services.orders.statuses import Kind
from services.profile import Profile
from services.shop import Shop

SHOWN = 6  # products before the rest is folded away

_upload = component(
    "upload",
    '<label class="upload"><span class="bar"></span><input type="file"><span class="word"></span></label>',
    ("upload.css",),
    ("upload.js",),
)


def show(shop: Shop, kept: Profile) -> None:
    """Draw the section."""
    away = _looked(shop)
    every = stock.products(shop)
    _told(shop, every, away)
    for product in every[:SHOWN]:
        _product(product)
    if every[SHOWN:]:
        with st.expander(n_("{count} more product", "{count} more products", len(every) - SHOWN)):
            for product in every[SHOWN:]:
                _product(product)
    with st.expander(_("Files of another product")):
        st.text_input(_("SKU, or name where there is none"), key="goods_product")
        if wanted := str(st.session_state.get("goods_product", "")).strip():
            _drop(wanted, "", _("Drop a file for “{product}”, or choose one", product=wanted), "new")
    _rules(kept)
    _cards(shop)
    _try_it()


def _looked(shop: Shop) -> str:
    """Look at what lies there; why that could not be done."""
    try:
        turn.take_in(shop, clock.now())
    except Away as error:
        return error.sentence
    return ""


def _told(shop: Shop, every: list[Product], away: str) -> None:
    if away:
        sentence = f"{away} {_('Until it does, customers cannot download, and new files are not seen.')}"
        st.html(f"<div class='ct-notice ct-notice-waiting' role='status'>{escape(sentence)}</div>")
    lacking = sum(1 for product in every if product.lacks and product.count_sold)
    if lacking:
        sentence = n_(
            "{count} product lacks its file: orders of it wait.",
            "{count} products lack their file: orders of them wait.",
            lacking,
        )
        st.html(f"<div class='ct-notice ct-notice-waiting'>{escape(sentence)}</div>")
    said = _(
        "Large files can also be put into {folder}, in a folder named like the SKU.",
        folder=files.address(shop.settings),
    )
    st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")


def _product(product: Product) -> None:
    with st.container(key=f"goods_{abs(hash(product.key))}", gap="small"):
        sold = n_("sold {count} time", "sold {count} times", product.count_sold) if product.count_sold else ""
        key = product.key.upper() if product.key != product.name.lower() else ""
        under = " · ".join(text for text in (key, sold) if text)
        st.html(f"<span class='ct-thing'>{escape(product.name)}</span><span class='ct-under'>{escape(under)}</span>")
        for file in product.files:
            _file(product, file)
        if not product.files:
            _drop(product.key, "", _("Drop a file, or choose one"), product.key)


def _file(product: Product, file: StockFile) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    version = _("version {number}", number=file.version) if file.version > 1 else ""
    about = " · ".join(text for text in (shown_size(file.size), version, "" if file.is_ours else file.place) if text)
    missing = "" if file.is_there else f"<span class='ct-bad'>{escape(_('not where it should be'))}</span>"
    left.html(f"<div>{escape(file.name)} {missing}<span class='ct-under'>{escape(about)}</span></div>")
    with right.popover(_("Change")):
        _drop(product.key, file.id, _("Drop the new version, or choose one"), f"re_{file.id}")
        _drop(product.key, "", _("Drop a further file, or choose one"), f"more_{file.id}")
        with st.form(f"limit_{file.id}", border=False):
            st.number_input(
                _("Days a link lasts"), 1, 3650, file.link_days, key=f"days_{file.id}", placeholder=_("as in the shop")
            )
            st.number_input(
                _("Downloads"), 1, 1000, file.link_downloads, key=f"count_{file.id}", placeholder=_("as in the shop")
            )
            st.form_submit_button(_("Save"), on_click=_limit, args=(file.id,))
        st.button(
            _("Take the file away"),
            key=f"gone_{file.id}",
            type="tertiary",
            on_click=_remove,
            args=(file.id,),
            help=md(_("New orders get it no more; links that were sent keep it.")),
        )


def _drop(product: str, replaces: str, word: str, key: str) -> None:
    _upload(
        key=f"upload_{key}",
        data={
            "product": product,
            "replace": replaces,
            "word": word,
            "label": f"{word} ({product})",
            "failed": _("The file did not arrive."),
            "language": current(),
        },
        on_done_change=nothing,
    )


def _rules(kept: Profile) -> None:
    with st.form("goods_rules", border=False):
        days, count, months = st.columns(3)
        days.number_input(_("Days a link lasts"), 1, 3650, kept.rule("link_days"), key="set_link_days")
        count.number_input(_("Downloads"), 1, 1000, kept.rule("link_downloads"), key="set_link_downloads")
        months.number_input(
            _("Gift cards last (months)"),
            0,
            240,
            kept.rule("gift_card_months"),
            key="set_gift_card_months",
            help=md(_("0 means without end. It holds for cards that are issued from now on.")),
        )
        st.form_submit_button(_("Save"), on_click=_save, type="primary")


def _cards(shop: Shop) -> None:
    """What cards of a product hold and how long, where it is not what was paid and as in the shop."""
    every = stock.card_products(shop)
    if not every:
        return
    with st.expander(_("Gift cards by product")), st.form("goods_cards", border=False):
        names = {product.key: product.name for product in every}
        chosen = st.selectbox(_("Gift card"), list(names), format_func=names.__getitem__, key="rule_product")
        one = next(product for product in every if product.key == chosen)
        value, months = st.columns(2)
        value.text_input(
            _("It holds"), "" if one.value is None else str(one.value.normalize()), key="rule_value",
            placeholder=_("what was paid for it"),
        )  # fmt: skip
        months.number_input(
            _("It lasts (months)"), 0, 240, one.months, key="rule_months", placeholder=_("as in the shop")
        )
        st.form_submit_button(_("Save"), on_click=_save_card)


def _try_it() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(_("See it work:"))
        st.button(_("Test order of a file"), key="try_digital", on_click=_place, args=(Kind.DIGITAL,))
        st.button(_("Test order of a gift card"), key="try_card", on_click=_place, args=(Kind.GIFT_CARD,))
        st.page_link(GIFT_CARDS.file, label=_("Gift cards"))
    if placed := st.session_state.pop("goods_placed", None):
        st.html(f"<a href='{ORDER.address}?id={placed}' target='_self'>{escape(_('Look at the test order'))}</a>")


@acting
def _place(kind: Kind) -> None:
    from services import demo  # brings numpy along, which a shop of its own never needs

    st.session_state["goods_placed"] = demo.place_goods(shops.current(), kind, clock.now()).id


@acting
def _save() -> None:
    names = ("link_days", "link_downloads", "gift_card_months")
    settings_saving.save({name: int(st.session_state[f"set_{name}"]) for name in names})


@acting
def _save_card() -> None:
    try:
        given = typed(str(st.session_state["rule_value"]))
        value = Decimal(given) if given else None
        months = st.session_state["rule_months"]
        stock.put_card_rule(shops.current(), st.session_state["rule_product"], value, months, asking.actor())
    except InvalidOperation:
        return flash.tell(_("“{amount}” is not an amount.", amount=given), is_bad=True)
    except Invalid as error:
        return flash.tell(error.sentence, is_bad=True)
    flash.tell(_("Saved. It holds for cards that are issued from now on."))


@acting
def _limit(file_id: str) -> None:
    days, count = st.session_state[f"days_{file_id}"], st.session_state[f"count_{file_id}"]
    try:
        stock.limit(shops.current(), file_id, days, count, asking.actor())
    except Invalid as error:
        return flash.tell(error.sentence, is_bad=True)
    flash.tell(_("Saved. It holds for links that are made from now on."))


@acting
def _remove(file_id: str) -> None:
    stock.remove(shops.current(), file_id, asking.actor())
    flash.tell(_("Taken away."))
