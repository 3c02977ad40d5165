"""Lines and quantities to choose in a sheet: a field with plus and minus for each line, wide enough for a thumb."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.parts.escaping import md
from services.language import _, number
from services.orders.order import Line, Order


def lines(order: Order, left: Callable[[Line], Decimal], label: str) -> dict[str, Any]:
    """Quantities by line, when the merchant wants less than everything; nothing while the box `label` is not ticked,
    or where only one thing is left to choose."""
    some = [line for line in order.lines if left(line) > 0]
    if sum((left(line) for line in some), Decimal(0)) <= 1 or not st.checkbox(label, key="sheet_part"):
        return {}
    picked = []
    for line in some:
        most = left(line)
        step = 1.0 if most == most.to_integral_value() else 0.001
        said = _("{name}: {most} of {ordered}", name=_named(line), most=number(most), ordered=number(line.quantity))
        count = st.number_input(
            md(said),
            min_value=0.0,
            max_value=float(most),
            value=float(most),
            step=step,
            format="%.0f" if step == 1.0 else "%.3f",
            key=f"sheet_line_{line.id}",
        )
        if count:
            exact = Decimal(str(count))
            picked.append({"line_id": line.id, "quantity": int(exact) if exact == int(exact) else float(exact)})
    return {"lines": picked}


def _named(line: Line) -> str:
    return f"{line.name} · {line.sku}" if line.sku else line.name
