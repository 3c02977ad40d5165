"""The command line: plain words, one clear line for a fault, exit code 0 or 1, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from services.commands.line import COMMANDS, main
from services.settings import read_settings
from services.shop import open_shop

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Commands run in a folder of their own, with nothing from the machine's environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPTOIR_STORE", str(tmp_path / "shop.duckdb"))
    monkeypatch.setenv("COMPTOIR_SECRET", "a secret for tests only")
    for name in ("COMPTOIR_LANGUAGE", "COMPTOIR_MEMORY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, what was said, and the fault."""
    try:
        code = main(list(words))
    except SystemExit as end:
        code = int(end.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "--help")
    assert code == 0
    assert all(name in out for name in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["demo", "--orders", "many"],
        ["demo", "--orders", "0"],
        ["demo", "--until", "2026-13-01"],
        ["demo", "--until", "1999-01-01"],
        ["export"],
        ["export", "--to", "orders.pdf"],
        ["export", "--to", "orders.csv"],
        ["export", "--to", "orders.csv", "--rows", "customers"],
    ],
)
def test_a_fault_of_the_user_s_is_one_line_and_a_1(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = said(capsys, *words)
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_a_wrong_setting_stops_every_command_with_its_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPTOIR_CURRENCY", "FRANCS")
    code, _, err = said(capsys, "demo", "--orders", "5")
    assert code == 1
    assert "COMPTOIR_CURRENCY" in err
    assert "FRANCS" in err


def test_the_demo_says_what_it_made_and_can_be_exported(capsys: pytest.CaptureFixture[str], own_folder: Path) -> None:
    code, out, _ = said(capsys, "demo", "--orders", "30", "--until", "2026-03-14")
    assert code == 0
    assert "30" in out
    for name in ("a.csv", "a.xlsx", "a.json", "a.parquet"):
        code, out, _ = said(capsys, "export", "--to", name, "--json")
        assert code == 0
        assert json.loads(out)["bytes"] == (own_folder / name).stat().st_size


def test_the_demo_is_made_only_where_there_is_no_store_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert "30" in said(capsys, "demo", "--orders", "30", "--when-new")[1]
    assert said(capsys, "demo", "--orders", "40", "--when-new") == (0, "", "")
    assert len(exported(capsys)) == 30


def test_an_export_takes_the_query_language_and_says_where_it_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "demo", "--orders", "60", "--until", "2026-03-14")
    some = exported(capsys, "--where", "payment_method:paypal")
    assert {order["payment_method"] for order in some} == {"paypal"}
    code, _, err = said(capsys, "export", "--to", "a.json", "--where", "colour:red")
    assert code == 1
    assert "colour" in err


def test_a_failed_export_leaves_the_file_as_it_was(capsys: pytest.CaptureFixture[str], own_folder: Path) -> None:
    said(capsys, "demo", "--orders", "5")
    (own_folder / "kept.csv").write_text("mine")
    assert said(capsys, "export", "--to", "kept.csv", "--where", "colour:red")[0] == 1
    assert said(capsys, "export", "--to", "nowhere/kept.csv")[0] == 1
    assert (own_folder / "kept.csv").read_text() == "mine"
    assert [file.name for file in own_folder.iterdir() if "part" in file.name] == []


def test_faults_are_said_in_the_shop_s_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPTOIR_LANGUAGE", "fr")
    assert "Il n’y a pas encore de base" in said(capsys, "export", "--to", "a.csv")[2]


def test_a_store_that_another_process_holds_is_refused_with_a_sentence(own_folder: Path) -> None:
    held = open_shop(read_settings(folder=own_folder))
    try:
        for words in (["demo", "--orders", "5"], ["export", "--to", "a.csv"]):
            run = subprocess.run(
                [sys.executable, "-m", "services", *words], cwd=own_folder, capture_output=True, text=True, timeout=60,
                env={"PYTHONPATH": str(ROOT), "COMPTOIR_STORE": held.settings.store, "PATH": "/usr/bin:/bin"},
            )  # fmt: skip
            assert run.returncode == 1, run.stderr
            assert "in use by another process" in run.stderr
            assert len(run.stderr.strip().splitlines()) == 1
    finally:
        held.close()


def exported(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    code, _, err = said(capsys, "export", "--to", "found.json", *words)
    assert code == 0, err
    found: list[dict[str, str]] = json.loads(Path("found.json").read_text(encoding="utf-8"))
    return found
