"""The worker: takes what is due from the outbox, has it sent, writes what became of it."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

from data import sending
from data.store import Row
from services import clock, language
from services.errors import store_errors
from services.messages import claims, enclosing, letter, results, unsealing
from services.messages.courier import Courier
from services.messages.kinds import Channel
from services.messages.states import MessageState
from services.messages.wording import line
from services.profile import Profile, profile
from services.settings import Settings
from services.shop import Shop

log = logging.getLogger("comptoir.mail")

POLL, POLL_SHARED = 0.5, 1.0  # seconds between two looks at the outbox; on a store beside us a look costs more
RECOVER_EVERY = 30.0  # seconds between two looks for dead holders' claims
LONGEST_BACK_OFF = 30.0  # seconds between two tries of a store that fails
ANSWER_GRACE, CUT_GRACE = 2.5, 1.0  # seconds that a stop waits for an answer, then for its absence to be written


def mail_is_set_up(settings: Settings, profile: Profile) -> bool:
    """Whether mails leave at all: there is a key, and an address they come from."""
    return bool(settings.sendgrid_api_key and profile.sender_email)


def may_send(settings: Settings, profile: Profile) -> bool:
    """Whether mails leave now: they are set up, and the shop is not frozen."""
    return mail_is_set_up(settings, profile) and not profile.rule("is_frozen")


def courier_of(settings: Settings) -> Courier:
    """A courier to the mail service of these settings."""
    return Courier(settings.sendgrid_api_key, settings.sendgrid_url)


def turn(shop: Shop, now: datetime, courier: Courier | None = None) -> int:
    """Send one group of what is due at `now`; how many were taken. Without a key or sender, or while the shop is
    frozen, none: mails then stay waiting and can be read. Raises `Unavailable` when the store fails; what was in hand
    is judged by recovery, unless the same `courier` comes back and can still write it."""
    if not shop.settings.sendgrid_api_key:
        return 0
    with store_errors():
        with shop.store.read() as read:
            due = sending.next_due(read, MessageState.WAITING, Channel.EMAIL)
            the_profile = profile(read, shop.settings)
        is_due = due is not None and due <= now and may_send(shop.settings, the_profile)
        if not is_due and not (courier and courier.unsettled):
            return 0
        with language.use(the_profile.language):
            if courier:
                return _turn(shop, the_profile, now, courier)
            own = courier_of(shop.settings)
            try:
                return _turn(shop, the_profile, now, own)
            finally:
                dismiss(own)


def _turn(shop: Shop, the_profile: Profile, now: datetime, courier: Courier) -> int:
    started = time.monotonic()
    write_left(shop, courier, now)
    if courier.is_resting or not may_send(shop.settings, the_profile):
        return 0
    most = max(courier.pace, claims.group(shop))
    taken = claims.take(shop, now, most=most)
    courier.pace = min(2 * most, claims.MOST) if len(taken) == most else 0
    rows: list[Row] = []
    try:
        rows = claims.hand(shop, taken, the_profile.sender_email, now) if taken else []
        contact = line(str(the_profile.rule("contact_email")))
        rows = [row | {"reply_to": contact} for row in enclosing.enclosed(shop, rows)]
        fates = unsealing.send(shop, courier, rows, letter.shop_name(the_profile)) if rows else []
        courier.unsettled.append((rows, fates))
    finally:
        # what has a fate is held until that is written
        claims.release(set(taken) - {row["id"] for done, _fates in courier.unsettled for row in done})
    write_left(shop, courier, now + timedelta(seconds=time.monotonic() - started))
    return len(taken)


def write_left(shop: Shop, courier: Courier, now: datetime) -> None:
    """Write the results that a courier holds; it keeps what the store does not take."""
    while courier.unsettled:
        rows, fates = courier.unsettled[0]
        states = results.settle(shop, rows, fates, now) if rows else []
        courier.unsettled.pop(0)
        claims.release([row["id"] for row in rows])
        for state in (MessageState.FAILED, MessageState.UNSURE):
            if count := states.count(state):
                log.warning("%d message(s) %s; see Messages.", count, state)


def dismiss(courier: Courier) -> None:
    """Hang up, and let go of what could not be written: recovery judges it."""
    claims.release([row["id"] for rows, _fates in courier.unsettled for row in rows])
    courier.close()


class Worker:
    """The background thread that sends."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="messages", daemon=True)
        self._courier: Courier | None = None
        self._is_failing = False

    def start(self) -> None:
        """Begin; what a dead worker left is judged first."""
        self._thread.start()

    def stop(self) -> None:
        """End within four seconds, also in the middle of a request: then its fate is what is known by then."""
        self._ends.set()
        if self._thread.is_alive():
            self._thread.join(ANSWER_GRACE)
        if self._thread.is_alive() and self._courier:
            self._courier.cut()
            self._thread.join(CUT_GRACE)

    @property
    def is_alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        courier = self._courier = courier_of(self._shop.settings)
        poll = POLL if self._shop.store.home.is_embedded else POLL_SHARED
        recover_at, back_off = 0.0, poll
        try:
            while not self._ends.is_set():
                try:
                    if time.monotonic() >= recover_at:
                        with store_errors():
                            claims.recover(self._shop, clock.now())
                        recover_at = time.monotonic() + RECOVER_EVERY
                    is_busy = turn(self._shop, clock.now(), courier) > 0
                    self._fares_well()
                    back_off = poll
                except Exception as error:  # the thread must outlive whatever a turn meets
                    self._fares_ill(error)
                    is_busy, back_off = False, min(back_off * 2, LONGEST_BACK_OFF)
                if not is_busy:
                    self._ends.wait(back_off)
        finally:
            self._leave(courier)

    def _leave(self, courier: Courier) -> None:
        """Write what is known at the end."""
        try:
            write_left(self._shop, courier, clock.now())
        except Exception as error:
            self._fares_ill(error)
        dismiss(courier)

    def _fares_well(self) -> None:
        if self._is_failing:
            self._is_failing = False
            log.warning("The message worker works again.")

    def _fares_ill(self, error: Exception) -> None:
        """Log the first failure of a row of them."""
        if not self._is_failing and not self._ends.is_set():
            self._is_failing = True
            log.error("The message worker cannot work just now and will try again: %s", error)
