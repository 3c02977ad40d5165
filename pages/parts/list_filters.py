"""What narrows the order list, as data for the browser: heaps of work, search box, filters with counts, the filter in
words. Every choice carries the address of the list as it would be: a choice is a link."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from data.filters import Condition, Field, Filter
from pages.parts.list_address import ListView
from services.language import _, number
from services.orders.finding import Choice
from services.orders.todo import Heap, Todo
from services.orders.views import Counted
from services.query import Misread, in_words, write
from services.query.wording import field_name, value_name

AT_HAND = (Field.PAYMENT_METHOD, Field.MONTH, Field.PAYMENT, Field.FULFILMENT)
FURTHER = (
    Field.SHIPPING_METHOD,
    Field.COUNTRY,
    Field.KIND,
    Field.TAG,
    Field.COUPON,
    Field.LANGUAGE,
    Field.CURRENCY,
    Field.SOURCE,
)
IN_FORM = (Field.PLACED, Field.TOTAL, Field.PRODUCT, Field.SKU)
MOST_CHOICES = 200
FILES = ("csv", "xlsx", "json", "parquet")


def todo_name(todo: Todo) -> str:
    """What people call a heap of work."""
    return {
        Todo.TO_PREPARE: _("To prepare"),
        Todo.AWAITING_PAYMENT: _("Awaiting payment"),
        Todo.ON_HOLD: _("On hold"),
        Todo.LATE: _("Late"),
        Todo.GIVE_BACK: _("Money to give back"),
        Todo.LOST_MAIL: _("Mail did not arrive"),
        Todo.ALL: _("All"),
    }[todo]


def heaps(view: ListView, filter: Filter | None, counted: list[Heap]) -> list[dict[str, Any]]:
    """The heaps of work; the one whose filter is in force is marked. No filter: the query is not understood."""
    return [
        {
            "key": heap.todo.value,
            "title": todo_name(heap.todo),
            "count": number(heap.count),
            "none": heap.count == 0,
            "href": replace(view, q=write(heap.filter), page=1).link,
            "on": filter is not None and set(heap.filter.conditions) == set(filter.conditions),
        }
        for heap in counted
        if heap.count or heap.todo not in (Todo.LOST_MAIL, Todo.GIVE_BACK)  # rare, and then urgent
    ]


def groups(view: ListView, filter: Filter, counted: dict[Field, list[Choice]]) -> list[dict[str, Any]]:
    """A group for each field with its choices."""
    return [_group(view, filter, field, choices) for field, choices in counted.items()]


def _group(view: ListView, filter: Filter, field: Field, choices: list[Choice]) -> dict[str, Any]:
    chosen = filter.choices(field)
    known = {choice.value for choice in choices}
    shown = [choice for choice in choices if choice.value]
    if field is Field.MONTH:
        shown.sort(key=lambda choice: choice.value, reverse=True)
    shown += [Choice(value, "", 0) for value in chosen if value not in known]
    return {
        "field": field.value,
        "title": field_name(field),
        "chosen": len(chosen),
        "choices": [
            {
                "title": value_name(field, choice.value, choice.label),
                "count": number(choice.count),
                "on": choice.value in chosen,
                "href": view.searched(filter.with_choices(field, _toggled(chosen, choice.value))).link,
            }
            for choice in shown[:MOST_CHOICES]
        ],
    }


def _toggled(chosen: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)


def said(view: ListView, filter: Filter, counted: dict[Field, list[Choice]]) -> list[dict[str, str]]:
    """The filter in words, part by part, with the address of the list without the part."""
    names = {field: {choice.value: choice.label for choice in choices} for field, choices in counted.items()}
    return [{"text": part.text, "href": view.searched(part.without).link} for part in in_words(filter, names)]


def search_box(filter: Filter) -> dict[str, str]:
    """What stands in the box (free words), and the rest of the query that stands beside it as filters."""
    words = Filter(tuple(kept for kept in filter.conditions if kept.field is None))
    rest = Filter(tuple(kept for kept in filter.conditions if kept.field is not None))
    return {"text": write(words), "rest": write(rest)}


def further_chosen(filter: Filter) -> int:
    """How many conditions come from the *More* menu."""
    inside = (*FURTHER, *IN_FORM)
    return sum(condition.field in inside for condition in filter.conditions)


def mistake(view: ListView, error: Misread) -> dict[str, str]:
    """What is said under the box about a query that is not understood."""
    return {
        "sentence": error.sentence,
        "proposal": error.proposal,
        "href": replace(view, q=error.proposal, page=1).link if error.proposal else "",
    }


def narrowed(filter: Filter, field: Field, asked: Condition | None) -> Filter:
    """The filter with what it asks of a field replaced."""
    rest = filter.without_field(field)
    return Filter((*rest.conditions, asked)) if asked else rest


def saved_view(view: ListView, kept: Counted) -> dict[str, str]:
    """An entry of the menu of saved views."""
    return {
        "id": kept.view.id,
        "name": kept.view.name,
        "count": "—" if kept.count is None else number(kept.count),
        "href": replace(view, q=kept.view.query, page=1).link,
        "drop": _("Delete “{name}”", name=kept.view.name),
    }


def exports(view: ListView) -> list[dict[str, str]]:
    """Files of everything that matches."""
    titles = {"csv": "CSV", "xlsx": "Excel", "json": "JSON", "parquet": "Parquet"}
    return [
        {"title": titles[kind], "href": f"/export/orders.{kind}" + (f"?{urlencode({'q': view.q})}" if view.q else "")}
        for kind in FILES
    ]
