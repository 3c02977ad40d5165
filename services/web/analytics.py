"""`GET /api/v1/analytics/{name}`, as JSON or as a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from services import analytics
from services import shop as shops
from services.analytics import Answer
from services.analytics.files import csv_bytes, parquet_bytes
from services.web.json_answer import JsonAnswer
from services.web.keyed import KeyedRoute
from services.web.parameters import AnalyticsParameters, FigureParameters
from services.web.shapes import AnalyticAnswer

CSV, PARQUET = "text/csv; charset=utf-8", "application/vnd.apache.parquet"

router = APIRouter(prefix="/v1/analytics", tags=["Figures"], route_class=KeyedRoute)

Name = Annotated[str, Path(max_length=100, examples=["revenue_by_month"])]
Asked = Annotated[AnalyticsParameters, Query()]
Chosen = Annotated[FigureParameters, Query()]


@router.get("", summary="Figures of one's own choice", response_model=AnalyticAnswer, operation_id="ask_analytics")
def ask_analytics(asked: Chosen) -> Response:
    """Any figures by anything that they can be told apart by, of the orders that match."""
    return JsonAnswer(analytics.as_json(analytics.ask(shops.current(), asked.asked())))


@router.get(
    ".csv", summary="Chosen figures as CSV", response_class=Response, responses={200: {"content": {"text/csv": {}}}}
)
def ask_csv(asked: Chosen) -> Response:
    """The rows of the same as CSV."""
    return _file(csv_bytes(analytics.ask(shops.current(), asked.asked())), "figures.csv", CSV)


@router.get(
    ".parquet",
    summary="Chosen figures as Parquet",
    response_class=Response,
    responses={200: {"content": {PARQUET: {}}}},
)
def ask_parquet(asked: Chosen) -> Response:
    """The rows of the same as Parquet."""
    return _file(parquet_bytes(analytics.ask(shops.current(), asked.asked())), "figures.parquet", PARQUET)


@router.get(
    "/{name}.csv", summary="Figures as CSV", response_class=Response, responses={200: {"content": {"text/csv": {}}}}
)
def get_csv(name: Name, asked: Asked) -> Response:
    """The rows of an answer as CSV."""
    return _file(csv_bytes(_answer(name, asked)), f"{name}.csv", CSV)


@router.get(
    "/{name}.parquet",
    summary="Figures as Parquet",
    response_class=Response,
    responses={200: {"content": {PARQUET: {}}}},
)
def get_parquet(name: Name, asked: Asked) -> Response:
    """The rows of an answer as Parquet."""
    return _file(parquet_bytes(_answer(name, asked)), f"{name}.parquet", PARQUET)


@router.get("/{name}", summary="Figures", response_model=AnalyticAnswer, operation_id="get_analytics")
def get_analytics(name: Name, asked: Asked) -> Response:
    """Figures of the orders that match: what they mean, what they cover, and the SQL that made them."""
    return JsonAnswer(analytics.as_json(_answer(name, asked)))


def _answer(name: str, asked: AnalyticsParameters) -> Answer:
    return analytics.answer(shops.current(), name, asked.filter(), asked.clock, asked.currency)


def _file(content: bytes, name: str, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
