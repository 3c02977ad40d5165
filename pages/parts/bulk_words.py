"""A job in words: what it is about, how far it is, what came of it."""

from __future__ import annotations

from datetime import datetime

from services.bulk import Mails
from services.jobs import Job, JobState, Outcome
from services.language import _, n_, number
from services.orders import words
from services.orders.statuses import ActionName


def title(job: Job) -> str:
    """What was asked: "Mark as shipped", "Undo: Mark as shipped"."""
    action = words.action(ActionName(job.about["action"]))
    if job.undoes and job.about.get("about") in set(ActionName):
        return _("Undo: {action}", action=words.action(ActionName(job.about["about"])))
    return action


def state(job: Job) -> str:
    """Where it stands, in a word."""
    return {
        JobState.WAITING: _("Waiting for its turn"),
        JobState.RUNNING: _("Under way"),
        JobState.DONE: _("Done"),
        JobState.STOPPED: _("Stopped"),
        JobState.FAILED: _("Failed"),
        JobState.UNDONE: _("Undone"),
    }[job.state]


def outcome(told: Outcome) -> str:
    """What became of one order, in a word."""
    return {Outcome.DONE: _("Done"), Outcome.REFUSED: _("Left as it is"), Outcome.FAILED: _("Failed")}[told]


def progress(job: Job) -> str:
    """ "4,500 of 10,000 orders"."""
    return n_("{settled} of {count} order", "{settled} of {count} orders", job.item_count, settled=number(job.settled))


def counts(job: Job) -> str:
    """What came of it: how many changed, were left and failed; every number is said."""
    said = [n_("{count} order changed", "{count} orders changed", job.done)]
    if job.refused:
        said.append(n_("{count} left as it is", "{count} left as they are", job.refused))
    if job.failed:
        said.append(n_("{count} failed", "{count} failed", job.failed))
    if job.left and not job.state.is_open:
        said.append(n_("{count} not begun", "{count} not begun", job.left))
    return ", ".join(said) + "."


def mails(told: Mails, now: datetime, leaves_at_all: bool, is_frozen: bool = False) -> str:
    """What becomes of its mails; empty when it makes none. They leave where mail is set up, and not while the shop is
    frozen."""
    said = []
    if told.waiting and not leaves_at_all:
        said.append(_("Mail is not set up: nobody is told."))
    elif told.waiting and is_frozen:
        said.append(
            n_("The shop is frozen: {count} mail waits.", "The shop is frozen: {count} mails wait.", told.waiting)
        )
    elif told.waiting and told.leave_at:
        left = max(0, int((told.leave_at - now).total_seconds()))
        waits = n_("{count} mail leaves in {time}.", "{count} mails leave in {time}.", told.waiting,
                   time=f"{left // 60}:{left % 60:02d}")  # fmt: skip
        leaving = n_("{count} mail is leaving.", "{count} mails are leaving.", told.waiting)
        said.append(waits if left else leaving)
    if told.stopped:
        said.append(n_("{count} mail was stopped.", "{count} mails were stopped.", told.stopped))
    if told.gone:
        said.append(n_("{count} mail has left.", "{count} mails have left.", told.gone))
    if told.failed:
        said.append(n_("{count} mail failed: see Messages.", "{count} mails failed: see Messages.", told.failed))
    return " ".join(said)
