"""How long papers of many orders take: `python -m bench.papers STORE [ORDERS]`."""

from __future__ import annotations

import resource
import sys
import time

from data.filters import Filter
from services import bulk, people
from services.orders.finding import View, find
from services.paper.kinds import Paper
from services.paper.printing import MOST, issue, printed
from services.settings import read_settings
from services.shop import open_shop

PAGE = 200


def main(store: str, count: int) -> None:
    shop = open_shop(read_settings({"COMPTOIR_STORE": store}))
    ids: list[str] = []
    cursor = None
    while len(ids) < count:
        found = find(shop, View(Filter(), size=PAGE, cursor=cursor), with_sums=False)
        ids += [row["id"] for row in found.rows]
        cursor = found.next
    ids = ids[:count]
    assert len(bulk.picked(shop, ids).orders) == count
    for paper in (Paper.LABEL, Paper.LABELS, Paper.PACKING_SLIP, Paper.PICK_LIST, Paper.INVOICE):
        began = time.perf_counter()
        if paper.is_issued:
            issue(shop, paper, ids, people.MERCHANT)
        made = printed(shop, paper, ids)
        took = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count} × {paper}: {took:.1f} s, {len(made.pdf) / 1e6:.1f} MB, {memory:.0f} MB of memory", flush=True)
    shop.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else MOST)
