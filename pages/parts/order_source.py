"""What came from outside for an order, as it came: for the curious, and for whoever checks a mapping."""

from __future__ import annotations

import json
from html import escape

import streamlit as st

from services.language import _
from services.orders import reading
from services.orders.order import Order
from services.shop import Shop


def show(shop: Shop, order: Order) -> None:
    """Draw it, folded away; nothing where nothing came from outside."""
    raws = reading.raws(shop, order.id)
    if not raws:
        return
    with st.container(key="card_source"), st.expander(_("As it came from the source")):
        said = "".join(f"<div>{escape(name)}: {escape(word)}</div>" for name, word in order.source_status.items())
        st.html(f"<div class='ct-quiet'>{escape(order.source)} · {escape(order.source_id)}{said}</div>")
        for raw in raws:
            st.code(_laid_out(raw["raw"]), language="json", wrap_lines=True, height=320)


def _laid_out(raw: str) -> str:
    """JSON with its lines indented; anything else as it is."""
    try:
        return json.dumps(json.loads(raw), indent=2, ensure_ascii=False)
    except ValueError:
        return raw
