"""`python -m services send`: the worker's turn, for cron or a second machine."""

from __future__ import annotations

import argparse
import signal
import threading

from services import clock, logs
from services.errors import Invalid, store_errors
from services.language import _
from services.messages import claims, push
from services.messages.push_sending import push_turn, send_some
from services.messages.worker import Worker, courier_of, dismiss, mail_is_set_up, turn
from services.settings import Settings
from services.shop import Shop, opened
from services.upkeep import Turn, Upkeep

HELP = "send the mails and notifications that are due"
PUSH_EVERY = (0.0, 2.0)  # seconds after the start, and between two looks for what is to be pushed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--once", action="store_true", help="send what is due now, then end")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Send what is due now (`--once`), or keep sending until SIGTERM or Ctrl-C."""
    with opened(settings) as shop:
        if not mail_is_set_up(settings, shop.profile()) and not push.browsers(shop):
            raise Invalid(_("Mail is not set up: it takes a SendGrid key and a sender address."))
        if args.once:
            print(_("{count} messages taken.", count=_send_due(shop)))
        else:
            _keep_sending(shop)
    return 0


def _send_due(shop: Shop) -> int:
    """Turn until nothing is due any more; how many messages were taken."""
    courier, taken = courier_of(shop.settings), 0
    started = clock.now()
    try:
        with store_errors():
            claims.recover(shop, started)
        # what is put off during this run is due later than its start, so this ends
        while count := turn(shop, started, courier) + send_some(shop, started):
            taken += count
    finally:
        dismiss(courier)
    return taken


def _keep_sending(shop: Shop) -> None:
    logs.begin(shop.settings.log)
    ends = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_args: ends.set())
    worker, pusher = Worker(shop), Upkeep(shop, [Turn(*PUSH_EVERY, push_turn, alone=False)])
    worker.start()
    pusher.start()
    ends.wait()
    worker.stop()
    pusher.stop()
