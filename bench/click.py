"""Filter clicks in a real browser: from the click to the new table on the screen.

    python -m bench.click --store ADDRESS [--rounds 7]

Clicks heaps of work and a payment method on the order list of a running app, and takes the time inside the page: from
the click to the frame after the number of orders found has changed. The first round asks what was not asked before.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from bench.counter import environment, served

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
HEAPS = ("to_prepare", "all", "awaiting_payment", "all", "on_hold", "all")
_MEASURE = """
(link, found) => new Promise(done => {
    const told = () => found.isConnected ? found.textContent : null;
    const root = found.getRootNode(), before = told(), start = performance.now();
    const watch = new MutationObserver(() => {
        const now = root.querySelector(".found b");
        if (now && now.textContent !== before) {
            watch.disconnect();
            requestAnimationFrame(() => done(performance.now() - start));
        }
    });
    watch.observe(root, {subtree: true, childList: true, characterData: true});
    link.click();
})
"""


def click(page: Page, link: Locator) -> float:
    """Milliseconds from a click on `link` to the new table."""
    found = page.locator(".found b").element_handle()
    took = float(link.element_handle().evaluate(_MEASURE, found))
    page.wait_for_timeout(700)  # the filters beside the table follow
    return took


def rounds_of(page: Page, rounds: int) -> list[tuple[str, list[float]]]:
    """Each click's name with its times, the first round first."""
    took: dict[str, list[float]] = {}
    for _ in range(rounds):
        for turn, heap in enumerate(HEAPS):
            name = heap if heap != "all" else f"all, after {HEAPS[turn - 1]}"
            took.setdefault(name, []).append(click(page, page.locator(f".heaps a.{heap}")))
        for name in ("paid with PayPal", "any method"):
            page.get_by_role("button", name="Payment method").click()
            took.setdefault(name, []).append(click(page, page.get_by_role("menuitemcheckbox", name="PayPal")))
            page.keyboard.press("Escape")
    return list(took.items())


def measured(settings: dict[str, str], port: int, rounds: int) -> list[tuple[str, list[float]]]:
    """Each click's name with its times but the first, on a shop that nobody else holds."""
    with served(settings, port), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
        page.goto(f"http://127.0.0.1:{port}/")
        page.locator("tbody tr").first.wait_for(timeout=60_000)
        page.wait_for_timeout(3000)
        told = [(name, others) for name, (_first, *others) in rounds_of(page, rounds)]
        browser.close()
    return told


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--port", type=int, default=8793)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        began = time.perf_counter()
        with served(environment(asked.store, Path(made)), asked.port), sync_playwright() as play:
            print(f"start to /healthz {time.perf_counter() - began:.1f} s, load {os.getloadavg()[0]:.1f}")
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
            for turn in ("first", "second"):
                began = time.perf_counter()
                page.goto(f"http://127.0.0.1:{asked.port}/")
                page.locator("tbody tr").first.wait_for(timeout=60_000)
                print(f"{turn} screen {time.perf_counter() - began:.2f} s")
            page.wait_for_timeout(3000)
            print("\n| click | first ms | median ms of the others | least ms |\n| --- | ---: | ---: | ---: |")
            for name, (first, *others) in rounds_of(page, asked.rounds):
                print(f"| {name} | {first:.0f} | {statistics.median(others):.0f} | {min(others):.0f} |")
            browser.close()
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
