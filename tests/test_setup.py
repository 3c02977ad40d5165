"""Setting up: exact versions, one sentence when Python is too old, nothing to do the second time."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LISTS = ("requirements.txt", "requirements-test.txt", "constraints.txt")


def pins(name: str) -> dict[str, str]:
    """Package (its name as one is compared with another) -> version."""
    found = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-r ")):
            package, version = line.split("==")
            found[re.sub(r"[-_.]+", "-", package.split("[")[0]).lower()] = version
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_version_is_exact(name: str) -> None:
    assert all(re.fullmatch(r"\d[\w.]*", version) for version in pins(name).values())


def test_the_constraints_hold_every_package_at_the_version_that_is_asked_for() -> None:
    known = pins("constraints.txt")
    asked = pins("requirements.txt") | pins("requirements-test.txt")
    assert {name: known.get(name) for name in asked} == asked
    assert len(known) > len(asked)


@pytest.mark.parametrize("name", [*LISTS, "Makefile", "scripts/setup.sh", ".ci/run"])
def test_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "index-url" not in text
    assert "find-links" not in text


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The project's folder on a machine of its own, with a space in its name and no git."""
    folder = tmp_path / "my shop"
    (folder / "scripts").mkdir(parents=True)
    for name in (*LISTS, "scripts/setup.sh"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def set_up(folder: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "scripts/setup.sh", "requirements.txt"], cwd=folder, capture_output=True, text=True, timeout=30,
        env={"PATH": str(programs)},
    )  # fmt: skip


def programs(folder: Path, python: str) -> Path:
    """A machine that has what a shell needs, and this for Python."""
    there = folder / "programs"
    there.mkdir()
    for name in ("dirname", "cat", "cksum", "mkdir", "rm"):
        found = shutil.which(name)
        assert found
        (there / name).symlink_to(found)
    (there / "python3").write_text(python, encoding="utf-8")
    (there / "python3").chmod(0o755)
    return there


def test_a_python_that_is_too_old_is_one_clear_sentence(bare: Path, tmp_path: Path) -> None:
    old = '#!/bin/sh\n[ "$1" = --version ] && { echo "Python 3.9.2"; exit 0; }\nexit 1\n'
    said = set_up(bare, programs(tmp_path, old))
    assert said.returncode == 1
    assert "needs Python 3.11 or newer; found: Python 3.9.2" in said.stderr
    assert not (bare / ".venv").exists()


def test_packages_are_installed_once(bare: Path, tmp_path: Path) -> None:
    """A stand-in for Python writes down what it is asked to do."""
    asked = tmp_path / "asked"
    stand_in = f"""#!/bin/sh
echo "$*" >> '{asked}'
if [ "$1" = -m ] && [ "$2" = venv ]; then mkdir -p .venv/bin; cat "$0" > .venv/bin/python; chmod +x .venv/bin/python; fi
exit 0
"""
    there = programs(tmp_path, stand_in)
    chmod = shutil.which("chmod")
    assert chmod
    (there / "chmod").symlink_to(chmod)
    assert set_up(bare, there).returncode == 0
    first = asked.read_text()
    assert "-m venv .venv" in first
    assert "pip install" in first
    assert "-r requirements.txt -c constraints.txt" in first
    assert set_up(bare, there).returncode == 0
    assert asked.read_text() == first
    (bare / "constraints.txt").write_text("duckdb==1.5.6\n", encoding="utf-8")
    assert set_up(bare, there).returncode == 0
    assert asked.read_text().count("pip install") == 2
