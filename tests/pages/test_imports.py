"""The Import & export screen."""

from __future__ import annotations

import time

from streamlit.testing.v1 import AppTest

from services.imports import history
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import screen, shown_html

TABLE = (
    b"Order number;Date;E-mail;Product;Quantity;Unit price;Total;Currency\r\n"
    b"A1;2026-03-14;ines@example.com;Tasse bleue;2;15.00;30.00;EUR\r\n"
    b"A2;2026-03-15;jon@example.com;Carnet A5;1;14.00;14.00;EUR\r\n"
)


def dropped(name: str, content: bytes) -> AppTest:
    """The screen with a file dropped on it."""
    app = screen().switch_page("imports.py").run()
    assert not app.exception
    return app.file_uploader(key="upload_0").upload(name, content, "text/csv").run()


def finished(app: AppTest) -> AppTest:
    """The screen once the job in the background has ended."""
    for _turn in range(100):
        job = app.session_state["import_job"]
        if not job.is_running:
            return app.run()
        time.sleep(0.05)
    raise AssertionError("the import does not end")


def test_a_table_is_recognised_checked_and_imported(shop: Shop) -> None:
    app = dropped("orders.csv", TABLE)
    assert not app.exception
    assert "A table" in shown_html(app)
    app = finished(app.button(key="import_check").click().run())
    text = shown_html(app)
    assert "Tasse bleue" in text
    assert history.history(shop) == []  # a check leaves nothing behind
    app = finished(app.button(key="import_do").click().run())
    assert "Nobody was mailed" in shown_html(app)
    run = history.history(shop)[0]
    assert (run.new, run.changed, run.same, run.rejected) == (2, 0, 0, 0)


def test_a_picture_is_no_orders_and_that_is_one_sentence(shop: Shop) -> None:
    app = dropped("orders.csv", b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert not app.exception
    assert "orders.csv" in shown_html(app)
    assert "import_check" not in {one.key for one in app.button}


def test_an_import_is_undone_from_its_history(shop: Shop) -> None:
    app = finished(dropped("orders.csv", TABLE).button(key="import_check").click().run())
    app = finished(app.button(key="import_do").click().run())
    run = history.history(shop)[0]
    app.button(key=f"undo_{run.id}").click().run()
    assert history.one(shop, run.id).undone_at is not None


def test_everything_goes_out_in_four_formats(shop: Shop) -> None:
    keep(shop, draft())
    text = shown_html(screen().switch_page("imports.py").run())
    for kind in ("csv", "xlsx", "json", "parquet"):
        assert f"/export/orders.{kind}?rows=lines" in text
