"""`python -m services work`: what the app does beside its pages, as a process of its own.

For a machine of a shared store that serves nobody: mails and notifications, jobs, webhooks that other processes have
kept, and what is due by itself. Unlike `send` it does not mind that mail is not set up yet.
"""

from __future__ import annotations

import argparse
import signal
import threading

from services import logs
from services.inbox.digesting import Digester
from services.jobs.running import Runner
from services.language import _
from services.messages.push_sending import push_turn
from services.messages.worker import Worker
from services.settings import Settings
from services.shop import Shop, opened
from services.upkeep import Turn, Upkeep
from services.version import VERSION

HELP = "send mails, do jobs and what is due by itself, until it is stopped: a worker of a shared store"
PUSH_EVERY = (1.0, 2.0)  # seconds after the start, and between two looks for what is to be pushed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no options."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Work until SIGTERM or Ctrl-C."""
    with opened(settings) as shop:
        logs.begin(settings.log)
        logs.event("started", version=VERSION, store=shop.store.home.name)
        print(_("Working on {store}. Ctrl-C ends it.", store=shop.store.home.name), flush=True)
        ends = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_args: ends.set())
        _work(shop, ends)
    return 0


def _work(shop: Shop, ends: threading.Event) -> None:
    worker, upkeep, runner, digester = Worker(shop), Upkeep(shop), Runner(shop), Digester(shop)
    pusher = Upkeep(shop, [Turn(*PUSH_EVERY, push_turn, alone=False)])
    for thread in (worker, upkeep, runner, digester, pusher):
        thread.start()
    ends.wait()
    runner.end()
    worker.stop()
    for waiting in (digester, pusher, upkeep, runner):
        waiting.stop(0.5)
