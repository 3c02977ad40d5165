"""Backups on the System screen: what is set, what is said, what a click does."""

from __future__ import annotations

import threading
from pathlib import Path

from services.backups import scheduled
from services.backups.runs import Kind
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.pages.drawn import given, screen, shown_html


def wait() -> None:
    for thread in threading.enumerate():
        if thread.name == "backup":
            thread.join(60)


def test_backups_are_set_up_made_and_tried_from_the_screen(shop: Shop, tmp_path: Path) -> None:
    keep(shop, draft())
    app = screen().switch_page("system.py").run()
    assert not app.exception
    assert "No backups are made by themselves." in shown_html(app)
    assert app.button(key="backup_now").disabled
    (tmp_path / "file").touch()
    app.text_input(key="set_backup_folder").set_value(str(tmp_path / "file"))
    app.button(key="FormSubmitter:backups-Save").click().run()
    assert "Backups cannot be written to" in shown_html(app)
    app.text_input(key="set_backup_folder").set_value(str(tmp_path / "<b>backups"))
    app.button(key="FormSubmitter:backups-Save").click().run()
    assert "The first backup is made within minutes." in shown_html(app)
    app.button(key="backup_now").click().run()
    wait()
    app.run()
    app.button(key="drill_now").click().run()
    wait()
    shown = shown_html(app.run())
    assert "The last backup that was tried restores and is sound." in shown
    assert "1 backup lies there" in shown
    assert "&lt;b&gt;backups" in shown
    assert "<b>backups" not in shown


def test_the_first_page_of_sales_says_when_a_backup_failed(shop: Shop, tmp_path: Path) -> None:
    keep(shop, draft())
    (tmp_path / "file").touch()
    with shop.store.write() as write:
        write.execute(
            "insert into settings values ('backup_folder', ?, now()::timestamp, 'test')", [f'"{tmp_path / "file"}"']
        )
    scheduled.ask(shop, Kind.BACKUP, waits=True)
    said = "The last backup failed: The backup cannot be written to"
    assert said in shown_html(screen().switch_page("system.py").run())
    alarms = given(screen().switch_page("overview.py").run(), "attention")["alarms"]
    assert said in alarms[0]["text"]
