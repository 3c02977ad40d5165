"""Every screen drawn as Streamlit draws it, without a browser: `python -m bench.screens [rounds]` on the store that
COMPTOIR_STORE names. One line of JSON for each: its name, milliseconds of each round, and what went wrong.

The first drawing is not counted. Half of the rounds come right after an order was changed, so that what is remembered
does not hold; they are told apart as `after`.
"""

from __future__ import annotations

import json
import logging
import sys
import time

from streamlit.testing.v1 import AppTest

from pages.parts.places import CUSTOMER, FOLDER, ORDER, places
from services import shop as shops
from services.orders import acting
from services.orders.acting import Request
from services.orders.finding import View, find
from services.orders.statuses import ActionName
from services.people import MERCHANT


def main(rounds: int) -> None:
    """Draw and print."""
    logging.disable(logging.CRITICAL)
    shop = shops.current()
    newest = find(shop, View(), with_sums=False).rows
    for place in places():
        if place is CUSTOMER:
            continue  # it needs a customer's mark; bench.counter asks one order, which is what it is made of
        app = AppTest.from_file(str(FOLDER / "_shell.py"), default_timeout=120)
        if place is ORDER:
            app.query_params["id"] = newest[5]["id"]
        if place.path:
            app.switch_page(place.file)
        app.run()
        times: dict[str, list[float]] = {"again": [], "after": []}
        for turn in range(2 * rounds):
            if turn % 2:
                request = Request(ActionName.ADD_NOTE, newest[0]["id"], None, {"text": "Checked by the bench."})
                acting.do(shop, request, MERCHANT)
            began = time.perf_counter()
            app.run()
            times["after" if turn % 2 else "again"].append((time.perf_counter() - began) * 1000)
        wrong = "; ".join(str(one.value) for one in app.exception)
        print(json.dumps({"screen": place.file.removesuffix(".py"), **times, "wrong": wrong}), flush=True)
    shop.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
