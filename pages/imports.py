"""Orders in and out: drop a file, see what it is and what it would do, import it, undo it; everything out as a file."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from pages.parts import asking, flash, import_history, import_mapping, import_result, tracking_import
from pages.parts.components import written
from pages.parts.import_job import ImportJob
from pages.parts.running import acting, drawing, live
from services import shop as shops
from services.imports.finding import Severity
from services.imports.result import RunResult
from services.language import _, n_
from services.settings import Settings
from services.shop import Shop

_JOB = "import_job"
_KEPT = "import_files"


@drawing
def show() -> None:
    shop = shops.current()
    zone = shop.profile().time_zone
    st.html(f"<style>{written('order.css')}{written('sales.css')}{written('imports.css')}</style>")
    st.title(_("Import & export"))
    flash.show()
    left, right = st.columns([1.9, 1], gap="medium")
    with left:
        with st.container(key="card_import"):
            st.html(f"<h2>{escape(_('Bring orders in'))}</h2>")
            _bring_in(shop, zone)
        tracking_import.show(shop)
        with st.container(key="card_history"):
            st.html(f"<h2>{escape(_('Imports so far'))}</h2>")
            import_history.show(shop, zone)
    with right, st.container(key="card_export"):
        _take_out()


def _bring_in(shop: Shop, zone: str) -> None:
    said = _(
        "The export of Shopify, WooCommerce or Ecwid, or any table: CSV, TSV, Excel, JSON or Parquet. Nobody is mailed "
        "about an imported order. A file of more than 300 MB goes in by the command line."
    )
    st.html(f"<p class='ct-quiet ct-flat'>{escape(said)}</p>")
    files = st.file_uploader(
        _("Files of orders"),
        accept_multiple_files=True,
        key=f"upload_{st.session_state.get('upload', 0)}",
        label_visibility="collapsed",
        on_change=_forget,
    )
    if not files:
        return
    paths = _kept(shop.settings, files)
    recognised = import_mapping.recognised(paths)
    source = st.text_input(
        _("Shop that the orders come from"),
        key="import_source",
        placeholder=_("As in the file, or this shop"),
        help=_("Two shops may both have an order #1001: the name of the shop keeps them apart."),
    ).strip()
    mapping = import_mapping.ask(shop, recognised)
    job = st.session_state.get(_JOB)
    if not isinstance(job, ImportJob):
        st.button(_("Check the file"), type="primary", key="import_check", on_click=_start,
                  args=(shop, paths, source, mapping, True))  # fmt: skip
        return
    if job.is_running:
        _progress(job)
        return
    if job.sentence:
        st.html(f"<div class='ct-notice ct-notice-bad' role='alert'>{escape(job.sentence)}</div>")
        st.button(_("Check again"), key="import_check", on_click=_start, args=(shop, paths, source, mapping, True))
    elif job.result:
        _told(shop, job.result, zone, paths, source, mapping)


@live(every=0.5)
def _progress(job: ImportJob) -> None:
    if not job.is_running:
        st.rerun()
    st.progress(min(job.share, 1.0), text=job.doing)


def _told(shop: Shop, result: RunResult, zone: str, paths: list[Path], source: str, mapping: Any) -> None:
    import_result.counts(result)
    if result.is_dry:
        import_result.preview(result, zone)
    rejected = [found for found in result.rejects if found.severity is Severity.REJECTED]
    import_result.findings(rejected, n_("{count} row rejected", "{count} rows rejected", result.rejected), is_open=True)
    import_result.findings(result.notices, n_("{count} warning", "{count} warnings", result.warnings), is_open=False)
    brings = result.new + result.changed
    with st.container(horizontal=True):
        if result.is_dry and brings:
            st.button(
                n_("Import {count} order", "Import {count} orders", brings),
                type="primary",
                key="import_do",
                on_click=_start,
                args=(shop, paths, source, mapping, False),
            )
        if result.is_dry:
            st.button(_("Check again"), key="import_check", on_click=_start, args=(shop, paths, source, mapping, True))
        else:
            st.page_link("orders.py", label=_("See the orders"))
            st.button(_("Another file"), key="import_next", on_click=_next)
    if not result.is_dry:
        st.html(
            f"<div class='ct-notice ct-notice-good' role='status'>{escape(_('Imported. Nobody was mailed.'))}</div>"
        )


def _take_out() -> None:
    """Links to files of all orders; a selection is exported from the Orders screen."""
    titles = {"csv": "CSV", "xlsx": "Excel", "json": "JSON", "parquet": "Parquet"}
    rows = "".join(
        f"<p class='ct-flat'><b>{escape(name)}</b><br>"
        + " · ".join(
            f"<a href='/export/orders.{kind}?rows={what}' target='_self' download>{escape(title)}</a>"
            for kind, title in titles.items()
        )
        + "</p>"
        for what, name in (("orders", _("One row per order")), ("lines", _("One row per item, to import again")))
    )
    hint = _("These are all orders. For some of them, filter in Orders and export there.")
    st.html(f"<h2>{escape(_('Take orders out'))}</h2>{rows}<p class='ct-quiet ct-flat'>{escape(hint)}</p>")


def _kept(settings: Settings, files: list[Any]) -> list[Path]:
    """The uploaded files on disk, where the importer streams them from; one folder per upload."""
    kept = st.session_state.setdefault(_KEPT, {})
    folder = Path(settings.store).parent if Path(settings.store).parent.is_dir() else Path("var")
    for file in files:
        if file.file_id not in kept:
            place = folder / "uploads" / file.file_id
            place.mkdir(parents=True, exist_ok=True)
            path = place / (Path(file.name).name or "orders")
            with path.open("wb") as out:
                shutil.copyfileobj(file, out)
            kept[file.file_id] = path
    return [kept[file.file_id] for file in files]


@acting
def _forget() -> None:
    st.session_state.pop(_JOB, None)


@acting
def _start(shop: Shop, paths: list[Path], source: str, mapping: Any, is_dry: bool) -> None:
    st.session_state[_JOB] = ImportJob(shop, paths, source, mapping, asking.actor(), is_dry)


@acting
def _next() -> None:
    _forget()
    for path in st.session_state.pop(_KEPT, {}).values():
        shutil.rmtree(path.parent, ignore_errors=True)
    st.session_state["upload"] = st.session_state.get("upload", 0) + 1


show()
