"""An import under way: in a thread of its own, so that clicks and reloads of the screen do not break it off."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from services.errors import ShopError
from services.imports import runs
from services.imports.mapping import Mapping
from services.imports.result import RunResult
from services.language import _, current, use
from services.people import Actor
from services.shop import Shop

log = logging.getLogger("comptoir")


class ImportJob:
    """A run of the importer: `share` and `doing` while it lasts, then `result`, or `sentence` when it failed."""

    def __init__(
        self, shop: Shop, paths: list[Path], source: str, mapping: Mapping | None, actor: Actor, is_dry: bool
    ) -> None:
        self.is_dry = is_dry
        self.share, self.doing = 0.0, _("Reading")
        self.result: RunResult | None = None
        self.sentence = ""
        spoken = current()

        def work() -> RunResult:
            with use(spoken):
                return runs.run(
                    shop,
                    paths,
                    source=source,
                    mapping=mapping,
                    dry_run=is_dry,
                    actor=actor,
                    progress=self._progress,
                )

        self._thread = threading.Thread(target=self._run, args=(work, spoken), daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        return self._thread.is_alive()

    def _progress(self, share: float, doing: str) -> None:
        self.share, self.doing = share, doing

    def _run(self, work: Callable[[], RunResult], spoken: str) -> None:
        with use(spoken):
            try:
                self.result = work()
            except ShopError as error:
                self.sentence = error.sentence
            except Exception:
                log.exception("An import failed")
                self.sentence = _("The import failed. Nothing was changed; the shop's log says why.")
