"""The command line: finds the command's file, reads settings, and turns every fault into one line and a 1.

A command is a file of this folder with `HELP`, `add_arguments(parser)` and `run(args, settings) -> exit code`. Its
module is loaded only when it is asked for, so that `--help` and small commands start at once.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import NoReturn

from services import language
from services.errors import ShopError, store_errors
from services.language import _
from services.settings import read_settings

# command -> its module; `import` is a word of Python, so its file has another name
COMMANDS = {
    "import": "import_",
    "import-tracking": "import_tracking",
    "export": "export",
    "demo": "demo",
    "backup": "backup",
    "restore": "restore",
    "drill": "drill",
    "move": "move",
    "check": "check",
    "reconcile": "reconcile",
    "send": "send",
    "work": "work",
}


class _Parser(argparse.ArgumentParser):
    """argparse, but a wrong call is one line and exit code 1 like any other fault of the user's."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}. --help shows what it takes.", file=sys.stderr)
        raise SystemExit(1)


def main(words: list[str]) -> int:
    """Run the command line; the exit code. Faults of the user's are one line on stderr."""
    parser = _parser(words)
    args = parser.parse_args(words)
    try:
        with store_errors():
            settings = read_settings()
            language.set_language(settings.language)
            return int(args.module.run(args, settings))
    except ShopError as error:
        return _fault(error.sentence)
    except KeyboardInterrupt:
        return _fault(_("Stopped. What was already committed is kept."))
    except BrokenPipeError:
        # the reader of our output went away (`… | head`): nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def say(text: str, *, machine: dict[str, object] | None = None, as_json: bool = False) -> None:
    """What a command answers: `text` for people, or `machine` as one line of JSON when `--json` was given."""
    print(json.dumps(machine, ensure_ascii=False) if as_json and machine is not None else text)


def _fault(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return 1


def _parser(words: list[str]) -> _Parser:
    parser = _Parser(prog="python -m services", description="Comptoir, the counter behind an online shop.")
    asked = next((word for word in words if not word.startswith("-")), None)
    commands = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")
    for name, file in COMMANDS.items():
        if (asked in COMMANDS and name != asked) or not find_spec(f"services.commands.{file}"):
            continue
        module = importlib.import_module(f"services.commands.{file}")
        one = commands.add_parser(name, help=_help(module), description=_help(module))
        one.set_defaults(module=module)
        module.add_arguments(one)
    return parser


def _help(module: ModuleType) -> str:
    """The command in one line: its HELP, else the first line of its docstring."""
    return getattr(module, "HELP", None) or (module.__doc__ or "").strip().split("\n")[0]
