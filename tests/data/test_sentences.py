"""Errors of the engine as sentences: translated, without passwords, without the engine's own type names."""

from __future__ import annotations

import re

import duckdb
import pytest

from data.errors import QueryRefused, StoreBusy, StoreError, StoreFull, StoreTooSmall, StoreUnreachable
from data.home import without_password
from data.sentences import engine_errors, sentence
from services.errors import Unavailable, store_errors
from services.language import LANGUAGES, catalogue, set_language
from services.shop import Shop
from tests.data.sentences import said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_store_is_in_the_catalogues(language: str) -> None:
    known = catalogue(language)
    for template in said():
        translated = known.get(template)
        assert isinstance(translated, str), template
        assert set(re.findall(r"{\w+}", translated)) == set(re.findall(r"{\w+}", template))


def test_the_edge_says_it_in_the_language_in_use() -> None:
    set_language("fr")
    try:
        with pytest.raises(Unavailable, match=r"^La base a refusé une question.: no table x$"), store_errors():
            raise QueryRefused("The store refused a question: {first}", first="no table x")
    finally:
        set_language("en")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ('IO Error: Could not write all bytes to file "x": No space left on device', StoreFull),
        ('IO Error: Could not write all bytes to file "x": File too large', StoreFull),
        ('IO Error: Unable to connect to Postgres at "dbname=x": connection to server failed', StoreUnreachable),
        ("IO Error: Failed to execute query: server closed the connection unexpectedly", StoreUnreachable),
        ("TransactionContext Error: Transaction conflict on table orders", StoreBusy),
        ("Binder Error: Referenced column x not found", QueryRefused),
    ],
)
def test_the_engines_words_become_one_kind_of_error(words: str, kind: type[StoreError]) -> None:
    assert type(sentence(duckdb.Error(words))) is kind


def test_an_engine_out_of_memory_says_which_setting_to_raise() -> None:
    with pytest.raises(StoreTooSmall, match="COMPTOIR_MEMORY"), engine_errors():
        raise duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block")


@pytest.mark.parametrize(
    "words",
    [
        "dbname=shop password=hunter2 host=db",
        "dbname=shop password='hunter2 too' host=db",
        "postgres://me:hunter2@db/shop",
    ],
)
def test_a_password_is_never_shown(words: str) -> None:
    assert "hunter2" not in without_password(words)
    assert "db" in without_password(words)


def test_a_wrong_question_is_refused_with_the_engines_reason_and_the_store_goes_on(any_shop: Shop) -> None:
    with any_shop.store.read() as read, pytest.raises(QueryRefused, match="nowhere"):
        read.rows("select * from nowhere")
    with any_shop.store.read() as read, pytest.raises(QueryRefused):
        read.rows("select cast(number as integer) from (values ('x')) t(number)")
    with any_shop.store.read() as read, pytest.raises(QueryRefused):
        list(read.batches("select cast(case when i = 50000 then 'x' else '1' end as integer) from range(60000) r(i)"))
    with any_shop.store.read() as read:
        assert read.value("select 1") == 1
