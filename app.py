"""Comptoir as one ASGI app: pages, HTTP routes and the message worker in one process.

`streamlit run app.py` finds the name `app`. Nothing else is kept here: under `python app.py` this file is `__main__`,
so that a page that imported it would get a second copy.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from streamlit import config

from services.running_app import announced
from services.web.middleware import middleware
from services.web.routes import routes
from services.web.running import open_or_exit, serving

shop = open_or_exit(config.get_option("server.address") or "0.0.0.0")  # noqa: S104 - no address means every address


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    with announced(shop.settings, config.get_option("server.port")):
        async with serving(shop):
            yield


app = st.App("pages/_shell.py", lifespan=lifespan, routes=routes(), middleware=middleware())

if __name__ == "__main__":
    app.run()
