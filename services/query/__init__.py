"""The query language: one for the search box, the API's `q`, the command line's `--where` and saved views.

`parse(text)` makes a filter or says where it does not understand; `write(filter)` is its inverse; `in_words(filter)`
says a filter to people, part by part.
"""

from services.query.mistakes import Misread
from services.query.parsing import parse
from services.query.wording import Part, in_words
from services.query.writing import write

__all__ = ["Misread", "Part", "in_words", "parse", "write"]
