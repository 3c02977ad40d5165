"""Commands of a shop whose store the running app holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from services import running_app
from services.shop import Shop
from tests.orders.sample import draft, keep
from tests.web.conftest import KEY, Web
from tests.web.serving import ROOT, Process
from tests.web.test_actions import BODY


def command(store: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of the shop whose app runs."""
    told = {**os.environ, "COMPTOIR_STORE": str(store), "COMPTOIR_SECRET": "for tests only"}
    line = [sys.executable, "-m", "services", *words]
    return subprocess.run(line, cwd=ROOT, env=told, capture_output=True, text=True, check=False)


def test_check_backup_and_export_go_through_the_app_that_holds_the_store(tmp_path: Path) -> None:
    store = tmp_path / "shop.duckdb"
    with Process(store) as running:
        running.until_ready()
        assert httpx.post(f"{running.url}/api/v1/orders", headers=KEY, json=BODY).status_code == 201
        checked = command(store, "check", "--json")
        assert (checked.returncode, checked.stderr) == (0, "")
        assert json.loads(checked.stdout)["ok"] is True
        saved = command(store, "backup", str(tmp_path / "backup"), "--json")
        assert (saved.returncode, json.loads(saved.stdout)["orders"]) == (0, 1)
        assert (tmp_path / "backup" / "orders.parquet").exists()
        assert command(store, "export", "--to", str(tmp_path / "orders.csv")).returncode == 0
        refused = command(store, "demo", "--orders", "10")
        assert refused.returncode == 1
        assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize("shown", ["", "wrong", "é"])
def test_without_the_token_there_is_nothing(web: Web, shown: str) -> None:
    told = {"X-Comptoir-Token": shown.encode()} if shown else {}
    assert web.get("/command/check", headers=told).status_code == 404


def test_with_the_token_the_checks_are_told(web: Web, shop: Shop) -> None:
    keep(shop, draft())
    told = {"X-Comptoir-Token": running_app.token(shop.settings.secret)}
    found = web.get("/command/check", headers=told).json()
    assert {one["rows"] for one in found["checks"]} == {0}
    assert found["head"].startswith("1:")
    assert web.get("/command/backup?folder=here", headers=told).status_code == 422
    assert web.get("/command/nothing", headers=told).status_code == 422
