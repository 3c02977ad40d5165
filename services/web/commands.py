"""What commands ask of the app that holds their store: `check`, its `repair`, `reconcile` and `backup`. They show a
token made from the shop's secret, which no browser and no other program has."""

from __future__ import annotations

import hmac
from dataclasses import asdict
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services import clock, running_app, soundness
from services import shop as shops
from services.backups import making
from services.commands.reconcile import in_json
from services.errors import Invalid, NotFound, ShopError, store_errors
from services.language import _, use
from services.web.problems import of_shop_error


def answer(request: Request) -> Response:
    """`/command/check?noted=…`, `/command/repair`, `/command/reconcile` and `/command/backup?folder=…`, as JSON."""
    shop = shops.current()
    shown = request.headers.get("x-comptoir-token", "")
    if not hmac.compare_digest(shown.encode(), running_app.token(shop.settings.secret).encode()):
        return of_shop_error(NotFound("There is nothing here."))
    try:
        with use(shop.settings.language), store_errors():
            if request.path_params["name"] in ("check", "repair"):
                does = soundness.look if request.path_params["name"] == "check" else soundness.repair
                return JSONResponse(asdict(does(shop, request.query_params.get("noted", ""))))
            if request.path_params["name"] == "reconcile":
                return JSONResponse(in_json(shop))
            folder = request.query_params.get("folder", "")
            if request.path_params["name"] != "backup" or not Path(folder).is_absolute():
                raise Invalid(_("The command is not understood."))
            return JSONResponse(asdict(making.make(shop, Path(folder), clock.now())))
    except ShopError as error:
        return of_shop_error(error)
