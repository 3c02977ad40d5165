"""Keeping webhooks: those that come at the same time share one commit, and each is answered after it."""

from __future__ import annotations

import asyncio
from typing import Any

from services.inbox import keeping
from services.shop import Shop

MOST, LARGEST = 1000, 8_000_000  # webhooks, and bytes of them, in one commit

_Waiting = tuple[Shop, dict[str, Any], "asyncio.Future[None]"]


class Keeper:
    """Takes rows from many requests of one event loop and writes them in groups."""

    def __init__(self) -> None:
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, shop: Shop, row: dict[str, Any]) -> None:
        """Done once the row is committed. Raises what the store raises."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((shop, row, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        while group := self._group():
            shop = group[0][0]
            try:
                await asyncio.to_thread(keeping.keep, shop, [row for _shop, row, _done in group])
            except Exception as error:  # each of those who wait is told
                for _shop, _row, done in group:
                    if not done.done():
                        done.set_exception(error)
            else:
                for _shop, _row, done in group:
                    if not done.done():
                        done.set_result(None)

    def _group(self) -> list[_Waiting]:
        size = count = 0
        for _shop, row, _done in self._waiting[:MOST]:
            size += len(row["body"])
            if count and size > LARGEST:
                break
            count += 1
        group, self._waiting = self._waiting[:count], self._waiting[count:]
        return group
