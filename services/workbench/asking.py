"""The doors of the workbench: look a question over, ask it, see how the engine would go about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data import workbench
from data.errors import SqlRefused
from data.workbench_check import Checked, check
from services.errors import store_errors
from services.people import Actor
from services.shop import Shop
from services.workbench import parameters
from services.workbench.explaining import Step, steps
from services.workbench.faults import fault, refusals
from services.workbench.running import RULE, Run, watched
from services.workbench.views import words


def look(text: str) -> Checked:
    """A question that may be asked, with its views and parameters. Raises `SqlFault` with the place."""
    with refusals(text):
        return check(text)


def ask(
    shop: Shop,
    text: str,
    actor: Actor,
    typed: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    is_watched: Callable[[], bool] = lambda: True,
    seconds: float | None = None,
) -> Run:
    """Ask a question; what was `typed` for its parameters is read as `kinds` say, by name. It runs until it ends, its
    time is over, it is stopped, or `is_watched` says that nobody waits any more. Raises `SqlFault`, `Invalid` for a
    parameter, or `Conflict` when too many are under way."""
    checked = look(text)
    values = parameters.values(checked.parameters, kinds or {}, typed or {})
    kept = parameters.kept(checked.parameters, kinds or {}, typed or {})
    with store_errors():
        run = Run(shop, checked, values, kept, actor, seconds or shop.profile().rule(RULE))
        run.begin(is_watched)
    return run


def explain(
    shop: Shop, text: str, typed: Mapping[str, str] | None = None, kinds: Mapping[str, str] | None = None
) -> Step:
    """How the engine would answer, step by step, without asking. Raises like `ask`."""
    checked = look(text)
    values = parameters.values(checked.parameters, kinds or {}, typed or {})
    with store_errors():
        try:
            with (
                workbench.question(shop.store, checked, values, words(shop)) as asked,
                watched(asked, shop.profile().rule(RULE)),
            ):
                return steps(asked.plan())
        except SqlRefused as error:
            raise fault(error, text) from error
