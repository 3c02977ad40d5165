"""The log: what a line says, and what it never says."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from data.errors import StoreUnreachable
from services import logs
from services.errors import Invalid, Unavailable

HOSTILE = "Robert'); drop table orders;-- <script>"
MAIL = "ines.kaba@example.com"


def line(message: str, *given: object, name: str = "comptoir", error: BaseException | None = None) -> dict[str, object]:
    """What is written of a record."""
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.WARNING, "x.py", 1, message, given, trace)
    said: dict[str, object] = json.loads(logs.Json().format(record))
    return said


def failed(error: BaseException) -> BaseException:
    """The error with a way that it came."""
    try:
        raise error
    except BaseException as caught:
        return caught


def test_a_line_says_when_how_bad_where_from_and_what() -> None:
    said = line("%d message(s) %s; see Messages.", 3, "failed")
    assert (said["level"], said["logger"], said["message"]) == (
        "warning",
        "comptoir",
        "3 message(s) failed; see Messages.",
    )
    assert str(said["at"]).endswith("Z")


def test_lines_of_one_request_bear_its_id() -> None:
    with logs.about("abc"):
        assert line("x")["request"] == "abc"
    assert "request" not in line("x")


@pytest.mark.parametrize("given", ["", "a b", "a\nb", "x" * 65, MAIL, "é"])
def test_an_id_that_could_hold_anything_is_replaced(given: str) -> None:
    assert logs.new_id(given) != given


def test_an_id_of_the_callers_own_is_kept() -> None:
    assert logs.new_id("7f3a-Z_1.2") == "7f3a-Z_1.2"


def test_a_failure_is_told_by_its_kind_and_place_not_by_its_words() -> None:
    said = line("A screen could not be drawn", error=failed(ValueError(HOSTILE + MAIL)))
    assert said["error"] == "ValueError"
    assert any("tests/test_logs.py" in place and "failed" in place for place in said["where"])  # type: ignore[attr-defined]
    assert "Robert" not in json.dumps(said)
    assert "ines" not in json.dumps(said)


def test_an_error_of_the_store_says_its_sentence_without_what_was_filled_in() -> None:
    error = Unavailable(f"The file {HOSTILE} is away.")
    error.__cause__ = StoreUnreachable("The file {path} is away.", path=HOSTILE)
    assert line("left for later: %s", error)["message"] == "left for later: Unavailable: The file {path} is away."


def test_an_error_among_the_words_is_told_by_its_kind() -> None:
    assert line("left for later: %s", Invalid(f"“{HOSTILE}” does not fit"))["message"] == "left for later: Invalid"


def test_an_address_is_masked_wherever_it_turns_up() -> None:
    assert line(f"<{MAIL}> and %s", MAIL)["message"] == "<…@…> and …@…"


def test_what_other_programs_say_of_an_error_is_left_out() -> None:
    said = line(f"Task exception was never retrieved\nfuture: exception=ValueError('{HOSTILE}')", name="asyncio")
    assert said["message"] == "Task exception was never retrieved"
    assert "Robert" not in json.dumps(line(f"Task done, exception=ValueError('{HOSTILE}')", name="asyncio"))


@pytest.mark.parametrize(("kind", "is_json"), [("json", True), ("plain", False), ("auto", True)])
def test_the_setting_says_in_which_form(
    kind: logs.Kind, is_json: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    logs.begin(kind)
    logs.begin(kind)
    logs.event("request", route="/d/{token}", status=200)
    (written,) = capsys.readouterr().err.splitlines()
    if is_json:
        assert json.loads(written)["route"] == "/d/{token}"
    else:
        assert written.endswith("info comptoir request route=/d/{token} status=200")


def test_lines_of_the_server_go_the_same_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    server = logging.getLogger("uvicorn.error")
    monkeypatch.setattr(server, "handlers", [logging.StreamHandler(sys.stderr)])
    monkeypatch.setattr(server, "propagate", False)
    logs.begin("json")
    server.warning("Invalid HTTP request received.")
    assert [json.loads(one)["logger"] for one in capsys.readouterr().err.splitlines()] == ["uvicorn.error"]
