"""Charts in a real browser: from the click to the last chart, and from a click on a bar to the charts that follow it.

    python -m bench.charts --store ADDRESS [--rounds 7]

Goes from Sales to the Overview of a running app, and clicks a payment method there; takes the time until every chart
of the screen shows what is asked and nothing waits to be drawn. *After a change*: an order was changed right before, so
that every figure is asked anew; *again*: nothing has changed since.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.click import ARGUMENTS
from bench.counter import Counter, environment, served

# Every chart of the overview is drawn, of what is asked now, and nothing of what was asked before stands beside it.
_DRAWN = """
before => {
    const charts = ["curve", "products", "methods", "countries"].map(
        name => document.querySelector(`.st-key-figure_overview_${name} .js-plotly-plot`));
    const app = document.querySelector('[data-testid="stApp"]');
    const isDrawn = location.pathname.endsWith("/overview") && charts.every(chart => chart && chart.data)
        && JSON.stringify(charts[0].data.map(line => line.y)) !== before
        && app.dataset.testScriptState === "notRunning" && !document.querySelector('[data-stale="true"]');
    return isDrawn && Date.now() - Number(sessionStorage.getItem("clicked"));
}
"""
# When the mouse went down, kept by the browser, as a click may lead to another page.
_WATCH = """
document.addEventListener("mousedown", () => sessionStorage.setItem("clicked", Date.now()), true)
"""
_CURVE = """
() => JSON.stringify(document.querySelector(".st-key-figure_overview_curve .js-plotly-plot").data.map(line => line.y))
"""


def timed(page: Page, click: Callable[[], None], before: str = "") -> float:
    """Milliseconds from a click until all charts of the overview are drawn, the curve no longer as `before`."""
    click()
    took = page.wait_for_function(_DRAWN, arg=before, polling="raf", timeout=60_000)
    return float(took.json_value())


def opened(page: Page) -> float:
    """The overview, by its link on another screen."""
    page.get_by_role("link", name="Sales", exact=True).last.click()
    page.locator(".js-plotly-plot").first.wait_for()
    page.wait_for_timeout(1500)
    return timed(page, page.get_by_role("link", name="Overview", exact=True).last.click)


def narrowed(page: Page) -> float:
    """A click on the longest bar of the payment methods; it is taken back afterwards."""
    box = page.locator(".st-key-figure_overview_methods .js-plotly-plot .bars .point path").first.bounding_box()
    assert box
    before = page.evaluate(_CURVE)
    page.wait_for_timeout(800)
    took = timed(page, lambda: page.mouse.click(box["x"] + 12, box["y"] + box["height"] / 2), before)
    page.go_back()
    page.wait_for_timeout(2000)
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--port", type=int, default=8794)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as made,
        served(environment(asked.store, Path(made)), asked.port) as pid,
        sync_playwright() as play,
    ):
        orders = Counter(asked.port, pid).orders(fulfilment_status="awaiting_processing", limit=200)["orders"]
        waiting = [str(one["id"]) for one in orders]  # type: ignore[attr-defined]
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
        page.add_init_script(_WATCH)
        page.goto(f"http://127.0.0.1:{asked.port}/overview")
        page.wait_for_function(_DRAWN, arg="", timeout=60_000)
        print(f"load {os.getloadavg()[0]:.1f} at the start\n")
        print("| click | after a change: median ms | least ms | again: median ms | least ms |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, click in (("overview, from the click to the last chart", opened), ("a bar that filters", narrowed)):
            click(page)
            after, again = [], []
            for _ in range(asked.rounds):
                api = Counter(asked.port, pid)  # between two clicks a connection is let go
                api.ask("POST", f"/api/v1/orders/{waiting.pop()}/actions/mark_processing", {})
                after.append(click(page))
                again.append(click(page))
            told = (statistics.median(after), min(after), statistics.median(again), min(again))
            print(f"| {name} | {' | '.join(f'{ms:.0f}' for ms in told)} |", flush=True)
        browser.close()
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
