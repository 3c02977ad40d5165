"""Numbers of orders in paths: shops write what they like, also a slash (`2026/0042`)."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class NumberConvertor(Convertor[str]):
    """Anything, slashes too, up to where a path goes on with what an order has."""

    regex = r"(?:(?!/(?:actions|papers)/)[\s\S])+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("order", NumberConvertor())

# The place of an id or number in a path.
ASKED = "{id_or_number:order}"
