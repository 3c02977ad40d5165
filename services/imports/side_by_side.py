"""Large files read by processes beside this one, each its share: parsing is Python, which has one core per process.

The processes are programs of their own, not forks: this process has threads, and may be a Streamlit. What they read is
taken in the order of the files, as if one had read it all.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Queue
from typing import IO, cast

from services.errors import Invalid, Unavailable
from services.imports.batches import Stamp
from services.imports.portions import Portion, portions, take_over
from services.imports.reading import Context
from services.imports.recognition import Recognised
from services.imports.shares import LENGTH, Done, Failed, Message, Some, Task
from services.imports.shopify_csv import ShopifyCsv
from services.language import _, current

WORTH_IT = 4 << 20  # bytes of a file from which on further processes save more time than their start takes
MOST = 3  # processes
_AHEAD = 1  # messages of a process that may wait here
# What a process frees goes back at once: it works on small parts, and there are several beside each other.
_SPARING = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "1000000"}
COMMAND = [sys.executable, "-m", "services.imports.reading_process"]
_ROOT = Path(__file__).parents[2]


def processes() -> int:
    """How many read beside this one: as many as there are processors, within reason."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST)


def is_worth_it(files: Sequence[Recognised]) -> bool:
    """Whether these files are large enough to be shared out."""
    return processes() > 1 and sum(one.file.size for one in files) >= WORTH_IT


def read(
    reader: ShopifyCsv, files: Sequence[Recognised], context: Context, stamp: Stamp, count: int
) -> Iterator[Portion]:
    """What `reader` would find in the files, read by `count` processes. Raises `ShopError` as it would, and
    `Unavailable` when a process ends before it is done."""
    here = [replace(one, file=replace(one.file, path=one.file.path.resolve())) for one in files]
    scattered: set[str] = set()
    with ExitStack() as held:
        tasks = [Task(here, context, stamp, current(), share, count) for share in range(count)]
        waiting = deque([held.enter_context(_process(task)) for task in tasks])
        while waiting:
            next_part = waiting.popleft()
            match _message(next_part.get()):
                case Some(portion, told):
                    take_over(context, told)
                    yield portion
                    waiting.append(next_part)
                case Done(names, told):
                    scattered |= names
                    take_over(context, told)
                case Failed(sentence, words):
                    raise Invalid(sentence) if sentence else RuntimeError(words)
    yield from portions(reader.second_turn(context, scattered), stamp)


def _message(said: bytes | None) -> Message:
    if said is None:
        raise Unavailable(_("The import was broken off: a process that read the file has ended. Start it again."))
    message: Message = pickle.loads(said)  # noqa: S301 (written by a process that this one started)
    return message


@contextmanager
def _process(task: Task) -> Iterator[Queue[bytes | None]]:
    """A process at work on a task, and the messages that it sends; it is ended with the block."""
    with subprocess.Popen(  # noqa: S603 (our own program)
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT,
        env=os.environ | _SPARING,
        start_new_session=True,  # an interruption from the keyboard is for this process, which then ends the others
    ) as process:  # fmt: skip
        messages: Queue[bytes | None] = Queue(_AHEAD)
        has_ended = threading.Event()
        given, said = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        taking = threading.Thread(target=_take, args=(said, messages, has_ended), daemon=True)
        try:
            taking.start()
            with suppress(BrokenPipeError):  # it has ended already, as its messages will tell
                pickle.dump(task, given, protocol=5)
                given.close()
            yield messages
        finally:
            has_ended.set()
            process.kill()
            while taking.is_alive():  # it may stand before a full queue
                with suppress(Exception):
                    messages.get_nowait()
                taking.join(0.01)


def _take(out: IO[bytes], messages: Queue[bytes | None], has_ended: threading.Event) -> None:
    """Take what a process sends until it ends; then None."""
    while not has_ended.is_set():
        length = out.read(LENGTH)
        said = out.read(int.from_bytes(length, "big")) if len(length) == LENGTH else b""
        if not said or len(said) < int.from_bytes(length, "big"):
            break
        messages.put(said)
    messages.put(None)
