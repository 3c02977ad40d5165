"""Lists of days between ends that are only known while a question runs: the engine makes a list in one go, so that one
between far days could be neither broken off nor held in memory. In the session of a question the functions that make
them are ours, which look at the ends first."""

from __future__ import annotations

from data.workbench_functions import LISTS_OF_STEPS

MOST_DAYS = 40_000  # between the ends of a list: more than a hundred years
TOO_FAR = "the ends of a list of days lie too far apart"  # what the engine is told to say then

# An end as a day; null where it is a number, of which the gate has counted the steps.
_DAY = "try_cast(cast({} as varchar) as date)"
_IS_FAR = f"abs({_DAY.format('until')} - {_DAY.format('since')}) > {MOST_DAYS}"

LISTS_OF_DAYS = tuple(
    f"create temp macro {name}"
    f"(since, until, step) as if({_IS_FAR}, error('{TOO_FAR}'), system.main.{name}(since, until, step)), "
    f"(since, until) as system.main.{name}(since, until), (until) as system.main.{name}(until)"
    for name in sorted(LISTS_OF_STEPS)
)
