"""A share of a large file: the task of a process that reads it, and the messages with which it answers."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.errors import ShopError
from services.imports.batches import Stamp
from services.imports.portions import Portion, Telling, Told, portion
from services.imports.reading import Context
from services.imports.recognition import Recognised
from services.imports.shopify_csv import FirstTurn
from services.language import use

LENGTH = 8  # bytes before a message that say how long it is


@dataclass(frozen=True)
class Task:
    """What to read: every `of`-th part of the files, from `share` on; what is said is said in `language`."""

    files: Sequence[Recognised]
    context: Context
    stamp: Stamp
    language: str
    share: int
    of: int


@dataclass(frozen=True)
class Some:
    """A part of the files as it was read."""

    portion: Portion
    told: Told


@dataclass(frozen=True)
class Done:
    """All of the share was read; `scattered` are the names of orders whose rows do not stand together."""

    scattered: set[str]
    told: Told


@dataclass(frozen=True)
class Failed:
    """The reading ended: with a sentence for a person, or else with words for the log."""

    sentence: str
    traceback: str = ""


Message = Some | Done | Failed


def answers(task: Task) -> Iterator[Message]:
    """All that there is to say of a task."""
    try:
        with use(task.language):
            turn = FirstTurn(task.files, task.context, task.share, task.of)
            telling = Telling(task.context)
            for found in turn.parts():
                yield Some(portion(found, task.stamp), telling.told())
            yield Done(turn.scattered, telling.told())
    except ShopError as error:
        yield Failed(error.sentence)
    except Exception:
        yield Failed("", traceback.format_exc())
