"""Keeping a shared store fast: changes that wait in its catalogue are written to files, small files put together, files
with much that was deleted written anew, and what no reader can need any more let go.

Each step is one table in a transaction of its own: others wait for that long at most. Where nothing is due nothing is
done, which costs a handful of questions.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from data.catalogue import Catalogue
from data.home import CATALOGUE
from data.sentences import engine_errors
from data.store import Store

# Changes of a table that wait in the catalogue, where every reader of the table fetches all of them, until they are
# worth a file. Written sooner there are more files; later, every question takes longer.
WAITING = 200
# Files of a table that are put together: so many, each smaller than so many bytes. In two sizes, so that what was put
# together once is not written again with every handful of new ones.
SCATTERED = ((1 << 20, 8), (32 << 20, 8))
# A table is written anew when so many rows in its files, and such a share of them, were deleted or changed.
WORN_ROWS, WORN_SHARE = 1000, 0.3
# How long the store remembers what it was: time travel, and readers that are still at it.
REMEMBERED = timedelta(days=1)


def tend(store: Store, catalogue: Catalogue, now: datetime) -> list[str]:
    """Do what is due; the names of what was done. One process at a time: see `Store.turn`."""
    done = []
    for table, rows in catalogue.waiting().items():
        if rows >= WAITING and _step(store, "ducklake_flush_inlined_data('{lake}', table_name => ?)", table):
            done.append(f"wrote down {table}")
    for bytes_, files in SCATTERED:
        for table in catalogue.scattered(bytes_, files):
            merge = f"ducklake_merge_adjacent_files('{{lake}}', ?, max_file_size => {bytes_})"
            if _step(store, merge, table):
                done.append(f"put together {table}")
    for table in catalogue.worn(WORN_ROWS, WORN_SHARE):
        if _step(store, f"ducklake_rewrite_data_files('{{lake}}', ?, delete_threshold => {WORN_SHARE})", table):
            done.append(f"wrote {table} anew")
    if catalogue.has_past(now - REMEMBERED):
        done.append(f"let {_let_go(store, now - REMEMBERED)} snapshots and files go")
    return done


def _step(store: Store, question: str, table: str) -> int:
    with store.write() as write:
        return int(write.value(f"select count(*) from {question.format(lake=CATALOGUE)}", [table]))


def _let_go(store: Store, before: datetime) -> int:
    """Snapshots of before, then the files that were theirs alone. The files are removed beside the writers: on a bucket
    that is a request for each. Files that DuckLake does not know are never looked for: goods and backups lie in the
    same folder."""
    with store.write() as write:
        expire = f"select count(*) from ducklake_expire_snapshots('{CATALOGUE}', older_than => ?)"
        gone = int(write.value(expire, [before]))
    cleanup = f"select count(*) from ducklake_cleanup_old_files('{CATALOGUE}', older_than => ?)"
    with store.session() as con, engine_errors():
        found = con.execute(cleanup, [before]).fetchone()
    return gone + (int(found[0]) if found else 0)
