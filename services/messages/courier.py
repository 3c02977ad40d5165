"""A courier: what a worker carries from turn to turn. Connections to the provider, a rest that it asked for, and
results that could not be written yet."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue

from data.store import Row
from services import language
from services.language import _
from services.messages.sendgrid_edge import NotSent, SendGridEdge

LONGEST_ROUND = 30.0  # seconds for a group, whatever the provider does; then its connections are cut
AFTER_CUT = 0.5  # seconds in which cut requests say how far they came
LONGEST_REST = 60.0  # seconds in which nothing is sent after "too many requests"

Fate = str | NotSent  # the provider's id for a message it took, or why it did not
Answers = SimpleQueue[tuple[int, Fate]]


class Courier:
    """Sends messages side by side, each over a connection of its own that is kept for the next."""

    def __init__(self, api_key: str, url: str) -> None:
        self._address = (api_key, url)
        self._edges: list[SendGridEdge] = []
        self._cut_at: float | None = None
        self._rests_until = 0.0
        self.pace = 0  # how many messages the next turn takes, when there is a queue
        self.unsettled: list[tuple[list[Row], list[Fate]]] = []

    @property
    def is_resting(self) -> bool:
        """The provider asked for a pause that is not over."""
        return time.monotonic() < self._rests_until

    def send(self, rows: Sequence[Row], sender_name: str) -> list[Fate]:
        """Send a group of messages of the outbox at once; their fates in the same order."""
        answers: Answers = SimpleQueue()
        while len(self._edges) < len(rows):
            self._edges.append(SendGridEdge(*self._address))
        for index, row in enumerate(rows):
            # threads that nobody waits for at the end of the process: a name server may keep one for half a minute
            threading.Thread(
                target=_send,
                args=(self._edges[index], index, row, sender_name, language.current(), answers),
                name="mail",
                daemon=True,
            ).start()
        fates = self._gathered(answers, len(rows))
        asked = [fate.retry_after or 1.0 for fate in fates if isinstance(fate, NotSent) and fate.is_busy]
        if asked:
            self._rests_until = time.monotonic() + min(max(asked), LONGEST_REST)
        return fates

    def cut(self) -> None:
        """Break off every request under way, from any thread; their fate is what is known then."""
        self._cut_at = time.monotonic()
        for edge in self._edges:
            edge.cut()

    def close(self) -> None:
        """Hang up."""
        for edge in self._edges:
            edge.close()
        self._edges = []

    def _gathered(self, answers: Answers, count: int) -> list[Fate]:
        fates: dict[int, Fate] = {}
        started = time.monotonic()
        while len(fates) < count:
            with suppress(Empty):
                index, fate = answers.get(timeout=0.1)
                fates[index] = fate
            if self._cut_at is None and time.monotonic() > started + LONGEST_ROUND:
                self.cut()
            if self._cut_at is not None and time.monotonic() > self._cut_at + AFTER_CUT:
                break
        if self._cut_at is not None:
            self._edges, self._cut_at = [], None
        silent = NotSent(_("No answer from the mail service") + ".", may_be_taken=True)
        return [fates.get(index, silent) for index in range(count)]


def _send(edge: SendGridEdge, index: int, row: Row, sender_name: str, speak: str, answers: Answers) -> None:
    with language.use(speak):
        try:
            answers.put((index, edge.send(row, sender_name)))
        except NotSent as reason:
            answers.put((index, reason))
