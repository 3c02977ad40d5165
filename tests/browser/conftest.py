"""The app as a person meets it: started once on a port of its own with a demo shop, looked at in a real Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 60  # seconds until the app answers, on a machine that does much else
ORDERS = 300
API_KEY = "a key for tests only"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A browser; skipped with a reason where there is none, unless everything is required."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if not found:
        reason = "Chromium is not installed: browser tests did not run (apt-get install chromium)"
        if os.environ.get("COMPTOIR_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app answers; its shop is the demo with `ORDERS` orders."""
    folder = tmp_path_factory.mktemp("app")
    environment = {name: value for name, value in os.environ.items() if "COMPTOIR" not in name and "KEY" not in name}
    environment |= {
        "COMPTOIR_STORE": str(folder / "shop.duckdb"),
        "COMPTOIR_FILES": str(folder / "files"),
        "COMPTOIR_SECRET": "a secret for tests only",
        "COMPTOIR_API_KEY": API_KEY,
        "COMPTOIR_SHOP_NAME": "Chez Élise",
        "COMPTOIR_TIME_ZONE": "Europe/Paris",
    }
    made = [sys.executable, "-m", "services", "demo", "--orders", str(ORDERS), "--seed", "7"]
    subprocess.run(made, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=PATIENCE)
    port = _free_port()
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
             "--server.address", "127.0.0.1", "--server.headless", "true"],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", running, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.send_signal(signal.SIGTERM)
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of its own for each test: no cookie, no kept choice."""
    opened = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The Orders screen, drawn. A script error or a forbidden request on the way fails the test."""
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    opened.goto(address)
    opened.wait_for_selector("tbody tr")
    yield opened
    assert faults == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if running.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"The app did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")
