"""The shop's own mail templates: every version that was kept, the newest last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.store import Reader, Row, Writer

_COLUMNS = "id, template, language, subject, body_text, body_html, is_ours, happened_at, actor"


def versions(read: Reader, ids: Sequence[str]) -> list[Row]:
    """These versions, whole."""
    return read.rows(f"select {_COLUMNS} from mail_templates where id in (select unnest(?)::uuid)", [list(ids)])


def history(read: Reader, template: str, language: str, limit: int) -> list[Row]:
    """The newest versions of a template, newest first."""
    return read.rows(
        f"select {_COLUMNS} from mail_templates where template = ? and language = ? order by id desc limit ?",
        [template, language, limit],
    )


def add(write: Writer, row: Mapping[str, object]) -> None:
    """Keep a version."""
    write.insert("mail_templates", [dict(row)])


def example_order(read: Reader) -> str:
    """Id of the newest order, to show a template on; "" in a shop without orders."""
    return str(read.value("select id from orders order by id desc limit 1") or "")
