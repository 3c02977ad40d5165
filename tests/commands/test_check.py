"""`check` as it is typed: what is wrong and how to mend it, `--repair`, and the end of the log that was noted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from data import intake
from data.checks import NAMES
from services import soundness_words
from services.__main__ import main
from services.language import use
from services.settings import Settings
from services.shop import opened
from services.soundness import NOTED
from tests.data.orders import ZONE, draft, rows


@pytest.fixture
def kept(embedded_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A store on a file with one order."""
    for name, value in {
        "STORE": embedded_settings.store, "FILES": embedded_settings.files, "TIME_ZONE": ZONE,
        "SECRET": "a secret for tests only",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"COMPTOIR_{name}", value)
    with opened(embedded_settings) as shop, shop.store.write() as write:
        intake.add(write, rows(draft(1)), ZONE)
    return embedded_settings


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = main(["check", "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_what_follows_from_facts_is_mended_and_checked_again(
    kept: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(kept) as shop, shop.store.write() as write:
        write.execute("update orders set paid = 7")
    assert main(["check"]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        "paid is the sum of payments: 1 row is wrong (#1001)",
        "  What was paid is not the sum of the payments. `python -m services check --repair` works it out anew.",
    ]
    code, answer = told(capsys, "--repair")
    assert (code, answer["ok"], answer["wrong"]) == (0, True, [])
    assert answer["mended"] == ["due_is_what_is_left_to_pay", "orders_have_their_card", "paid_is_the_sum_of_payments"]
    assert told(capsys, "--repair")[1]["mended"] == []


def test_the_end_of_the_log_that_was_noted_is_found_again_or_not(
    kept: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    noted = told(capsys)[1]["log"]
    with opened(kept) as shop, shop.store.write() as write:
        intake.add(write, rows(draft(2)), ZONE)
    code, answer = told(capsys, "--noted", noted)
    assert (code, answer["log"].partition(":")[0], answer["checks"][-1]) == (0, "2", {"name": NOTED, "rows": 0})
    with opened(kept) as shop, shop.store.write() as write:  # all of the past made anew, as its chain
        write.execute("update order_events set actor = 'Bob'")
        write.execute("delete from event_links")
    code, answer = told(capsys, "--noted", noted)
    assert (code, [one["name"] for one in answer["wrong"]]) == (1, [NOTED])
    assert main(["check", "--noted", "somewhere"]) == 1
    assert "is not the end of a log" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_check_says_what_is_wrong_and_how_to_mend_it(language: str) -> None:
    with use(language):
        said = {name: soundness_words.wrong(name) for name in (*NAMES, NOTED)}
        assert [name for name, words in said.items() if words == name.replace("_", " ")] == []
        assert len(set(said.values())) == len(said)
        assert all(soundness_words.mending(name).endswith(".") for name in said)
