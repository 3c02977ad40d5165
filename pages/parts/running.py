"""Around everything that Streamlit calls: pages, fragments, callbacks.

Each runs in a thread of its own that knows nothing of the run before: so the language is set anew, the store's errors
become ours, and an error of ours becomes a sentence on the screen, never a traceback.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import streamlit as st

from pages.parts import asking, problems
from services import metrics
from services.errors import ShopError, store_errors
from services.language import _, use

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("comptoir")


def _language() -> str:
    """A shop that cannot be asked for its language is spoken for in English."""
    try:
        with store_errors():
            return asking.language()
    except ShopError:
        return "en"


def _screen(drawn: Callable[..., None]) -> str:
    """What figures and the log call a screen or a part of one: the file it is in. A page is run as `__main__`."""
    return Path(drawn.__code__.co_filename).stem


def drawing(show: Callable[P, None]) -> Callable[P, None]:
    """For pages and fragments: an error is shown in the place of what could not be drawn."""

    screen = _screen(show)

    @functools.wraps(show)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> None:
        with use(_language()):
            try:
                problems.say_told()
                with metrics.timed(metrics.SCREEN_SECONDS, screen, "drawing"), store_errors():
                    show(*args, **kwargs)
            except ShopError as error:
                problems.show(error.sentence)
            except Exception:
                metrics.SCREEN_FAILURES.labels(screen, "drawing").inc()
                log.exception("A screen could not be drawn", extra={"fields": {"screen": screen}})
                problems.show(_("This screen could not be drawn. Nothing was changed; the shop's log says why."))

    return drawn


def acting(act: Callable[P, None]) -> Callable[P, None]:
    """For callbacks: an error is told on the next drawing (see `problems.tell`)."""

    screen = _screen(act)

    @functools.wraps(act)
    def acted(*args: P.args, **kwargs: P.kwargs) -> None:
        with use(_language()):
            try:
                with metrics.timed(metrics.SCREEN_SECONDS, screen, "step"), store_errors():
                    act(*args, **kwargs)
            except ShopError as error:
                problems.tell(error.sentence)
            except Exception:
                metrics.SCREEN_FAILURES.labels(screen, "step").inc()
                log.exception("A step could not be done", extra={"fields": {"screen": screen}})
                problems.tell(_("This could not be done. Nothing was changed; the shop's log says why."))

    return acted


def live(every: float = 2) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """A fragment that draws itself anew every so many seconds, and on its own clicks."""

    def wrap(show: Callable[P, None]) -> Callable[P, None]:
        return st.fragment(run_every=every)(drawing(show))

    return wrap
