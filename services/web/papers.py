"""Papers over HTTP: for the screens under `/paper`, to be opened and printed; for programs under `/api`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from services import people
from services import shop as shops
from services.errors import NotFound, ShopError
from services.language import _, use
from services.orders import reading
from services.orders.body import Body
from services.paper import links
from services.paper.kinds import Paper
from services.paper.printing import MEDIA_TYPE, ON_A_SHEET, Printed, issue, printed
from services.web.bodies import GivenPapers, described
from services.web.given import JsonBody
from services.web.keyed import KeyedRoute
from services.web.order_numbers import ASKED
from services.web.problems import of_shop_error

router = APIRouter(prefix="/v1", tags=["Papers"], route_class=KeyedRoute)

_ANSWER: dict[int | str, dict[str, object]] = {
    200: {"content": {MEDIA_TYPE: {}}, "description": "The file."},
    404: {},
    409: {},
}


@router.post(
    "/papers",
    response_class=Response,
    responses=_ANSWER,
    openapi_extra=described(GivenPapers, required=True),
    summary="Print papers",
    operation_id="print_papers",
)
def print_papers(given: JsonBody) -> Response:
    """One PDF with a paper for each order. Invoices and credit notes that are missing are issued, with their number."""
    body = Body(given)
    paper, asked, skip = body.one_of("paper", Paper), body.texts("orders", required=True), body.whole("skip") or 0
    if paper is None:
        body.fault("paper", _("This is needed."))
    if skip >= ON_A_SHEET:
        body.fault("skip", _("A sheet has {count} labels.", count=ON_A_SHEET))
    body.done()
    shop = shops.current()
    with shop.store.read() as read:
        ids = [reading.find(read, id_or_number, shop.settings.time_zone).id for id_or_number in asked]
    wanted = Paper(paper or "")
    if wanted.is_issued:
        issue(shop, wanted, ids, people.API)
    return _file(printed(shop, wanted, ids, skip=skip))


@router.get(
    f"/orders/{ASKED}/papers/{{paper}}.pdf",
    response_class=Response,
    responses=_ANSWER,
    summary="A paper of an order",
    operation_id="get_paper",
)
def get_paper(id_or_number: Annotated[str, Path(max_length=200)], paper: Paper) -> Response:
    """A paper of one order; an invoice or credit note when it was issued."""
    shop = shops.current()
    return _file(printed(shop, paper, [reading.order(shop, id_or_number).id]))


def show(request: Request) -> Response:
    """`/paper/label.pdf?orders=…&parcel=…&skip=…`: to be looked at in the browser and printed from there."""
    asked = request.query_params
    shop = shops.current()
    try:
        with use(shop.profile().language):
            paper = _paper(request.path_params["paper"])
            skip = int(asked.get("skip", "0")) if asked.get("skip", "0").isdecimal() else 0
            ids = links.orders(asked.get("orders", ""))
            return _file(printed(shop, paper, ids, parcel_id=asked.get("parcel", ""), skip=skip))
    except ShopError as error:
        return of_shop_error(error)


def _paper(name: str) -> Paper:
    if name not in set(Paper):
        raise NotFound(_("There is no such paper."))
    return Paper(name)


def _file(made: Printed) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{made.name}"', "Cache-Control": "no-store"}
    return Response(made.pdf, media_type=MEDIA_TYPE, headers=headers)
