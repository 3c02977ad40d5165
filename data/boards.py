"""Charts that people keep, and the boards on which they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.store import Reader, Row, Writer


def charts(read: Reader) -> list[Row]:
    """Every kept chart, by title."""
    return read.rows("select * from kept_charts order by lower(title), id")


def chart(read: Reader, chart_id: str) -> Row | None:
    """One of them."""
    return read.one("select * from kept_charts where id = try_cast(? as uuid)", [chart_id])


def keep_chart(write: Writer, row: Mapping[str, object]) -> None:
    """Keep a chart, or keep it as it is now when its id is known."""
    write.execute("delete from kept_charts where id = ?::uuid", [row["id"]])
    write.insert("kept_charts", [row])


def remove_chart(write: Writer, chart_id: str) -> None:
    """Let a chart go, from every board it stands on."""
    write.execute("delete from board_charts where chart_id = try_cast(? as uuid)", [chart_id])
    write.execute("delete from kept_charts where id = try_cast(? as uuid)", [chart_id])


def boards(read: Reader) -> list[Row]:
    """Every board in its order, with `count_charts`."""
    return read.rows(
        "select b.*, (select count(*) from board_charts c where c.board_id = b.id) as count_charts "
        "from boards b order by position, id"
    )


def board(read: Reader, board_id: str) -> Row | None:
    """One of them."""
    return read.one("select * from boards where id = try_cast(? as uuid)", [board_id])


def keep_board(write: Writer, row: Mapping[str, object]) -> None:
    """Keep a board, or keep it as it is now when its id is known."""
    write.execute("delete from boards where id = ?::uuid", [row["id"]])
    write.insert("boards", [row])


def remove_board(write: Writer, board_id: str) -> None:
    """Let a board go; a chart that stands on no other board goes with it."""
    write.execute(
        "delete from kept_charts where id in (select chart_id from board_charts where board_id = try_cast($id as uuid))"
        " and id not in (select chart_id from board_charts where board_id <> try_cast($id as uuid))",
        {"id": board_id},
    )
    write.execute("delete from board_charts where board_id = try_cast(? as uuid)", [board_id])
    write.execute("delete from boards where id = try_cast(? as uuid)", [board_id])


def on_board(read: Reader, board_id: str) -> list[Row]:
    """The charts of a board from its top, each with `is_wide`."""
    return read.rows(
        "select c.*, b.is_wide, b.position from board_charts b join kept_charts c on c.id = b.chart_id "
        "where b.board_id = try_cast(? as uuid) order by b.position, c.id",
        [board_id],
    )


def lay_out(write: Writer, board_id: str, places: Sequence[tuple[str, bool]]) -> None:
    """Let these charts, and no others, stand on a board in this order: (chart, whether it takes the whole width)."""
    write.execute("delete from board_charts where board_id = ?::uuid", [board_id])
    write.insert(
        "board_charts",
        [
            {"board_id": board_id, "chart_id": chart_id, "position": place, "is_wide": is_wide}
            for place, (chart_id, is_wide) in enumerate(places, 1)
        ],
    )
