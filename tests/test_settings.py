"""Settings: read in one place, each of them documented, a wrong one named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.errors import Misconfigured
from services.settings import KNOWN, read_settings

EXAMPLE = (Path(__file__).parent.parent / ".env.example").read_text(encoding="utf-8")


@pytest.mark.parametrize("field", KNOWN)
def test_every_setting_stands_in_the_example_with_its_default_and_a_line_of_help(field: str) -> None:
    name, default, _check, _takes = KNOWN[field]
    stands = re.search(rf"^# (?P<help>.+)\n# {name}=(?P<value>.*)$", EXAMPLE, re.MULTILINE)
    assert stands, f"{name} is missing in .env.example"
    assert stands["value"] == default
    assert len(stands["help"]) > 20


def test_the_example_names_no_setting_that_is_not_read() -> None:
    named = set(re.findall(r"^# ([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert named == {name for name, *_rest in KNOWN.values()}


def test_the_environment_counts_more_than_the_file_and_the_file_more_than_the_default(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COMPTOIR_LANGUAGE=fr\nCOMPTOIR_CURRENCY=CHF\n", encoding="utf-8")
    settings = read_settings({"COMPTOIR_CURRENCY": "USD", "COMPTOIR_SECRET": "s"}, tmp_path)
    assert (settings.currency, settings.language, settings.time_zone) == ("USD", "fr", "UTC")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMPTOIR_LANGUAGE", "de"),
        ("COMPTOIR_CURRENCY", "EURO"),
        ("COMPTOIR_TIME_ZONE", "Paris"),
        ("COMPTOIR_COOLING_OFF", "soon"),
        ("COMPTOIR_COOLING_OFF", "-1"),
        ("COMPTOIR_PUBLIC_URL", "localhost:8501"),
        ("COMPTOIR_SENDER_EMAIL", "no reply"),
        ("COMPTOIR_MEMORY", "lots"),
        ("COMPTOIR_THREADS", "0"),
    ],
)
def test_a_wrong_value_is_one_sentence_with_the_setting_what_it_got_and_what_it_takes(
    name: str, value: str, tmp_path: Path
) -> None:
    with pytest.raises(Misconfigured) as stopped:
        read_settings({name: value, "COMPTOIR_SECRET": "s"}, tmp_path)
    takes = next(takes for known, _default, _check, takes in KNOWN.values() if known == name)
    assert name in stopped.value.sentence
    assert value in stopped.value.sentence
    assert takes in stopped.value.sentence
    assert "\n" not in stopped.value.sentence


def test_the_secret_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    first = read_settings({}, tmp_path).secret
    assert len(first) > 40
    assert read_settings({}, tmp_path).secret == first
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o077 == 0
