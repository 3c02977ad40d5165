"""A process that reads its share of a large file, beside the one that keeps what it reads.

It is given a task on its standard input and answers with messages on its standard output, each with its length before
it. It knows nothing of the store, and ends by itself when nobody listens any more.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from typing import BinaryIO

from services.imports.shares import LENGTH, Message, answers


def main() -> None:
    """Read a task, answer, end."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what some library prints is no message
    gc.set_threshold(100_000, 50, 50)  # millions of short-lived rows, none of them in a cycle
    task = pickle.load(sys.stdin.buffer)  # noqa: S301 (written by the process that started this one)
    try:
        for message in answers(task):
            _send(out, message)
    except BrokenPipeError:  # whoever asked is gone
        os._exit(1)
    out.close()


def _send(out: BinaryIO, message: Message) -> None:
    said = pickle.dumps(message, protocol=5)
    out.write(len(said).to_bytes(LENGTH, "big"))
    out.write(said)
    out.flush()


if __name__ == "__main__":
    main()
