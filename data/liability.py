"""What the shop still owes on gift cards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data.store import Reader, Row
from data.written_sql import used, written_in

_FILE = Path(__file__).parent / "queries" / "gift_card_liability.sql"


def owed(read: Reader, words: Mapping[str, object]) -> tuple[list[Row], str]:
    """currency, months, cards, issued, balance, expiring_cards and expiring_balance by currency and age, and the SQL
    that made them; `words` are the values of its `$names`."""
    sql = _FILE.read_text(encoding="utf-8").strip()
    params = used(sql, {**words, "zone": read.zone})
    return read.rows(sql, params), written_in(sql, params)
