"""Opening the shop at the start, and what the process does for itself."""

from __future__ import annotations

import asyncio
import socket

import pytest
import uvicorn

from data import import_runs
from data.ids import new_id
from services import clock
from services.imports import history
from services.imports.result import RunState
from services.shop import Shop, put_current
from services.web import running
from services.web.middleware import CutQuietly
from services.web.running import (
    CUT_AFTER,
    RUNNING,
    STOP_WITHIN,
    answer_at_once,
    open_or_exit,
    serving,
    wait_briefly_at_the_end,
)


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.4", "shop.example.com"])
def test_a_public_address_is_refused_until_there_are_accounts(capsys: pytest.CaptureFixture[str], address: str) -> None:
    with pytest.raises(SystemExit) as ended:
        open_or_exit(address)
    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        f"The server address is “{address}”; until there are accounts, Comptoir serves on 127.0.0.1 only.\n"
    )


def test_this_machines_address_opens_the_shop(shop: Shop) -> None:
    assert open_or_exit("127.0.0.1") is shop
    assert open_or_exit("localhost") is shop


def test_an_import_that_a_killed_process_left_is_marked_at_the_start(shop: Shop) -> None:
    row = dict.fromkeys(("file_hash", "source", "mapping_json"), "") | {
        "id": new_id(),
        "started_at": clock.now(),
        "state": RunState.RUNNING.value,
        "actor": "import",
        "file_name": "orders.csv",
        "format": "shopify",
    }
    with shop.store.write() as write:
        import_runs.start(write, row)
    open_or_exit("127.0.0.1")
    assert [run.state for run in history.history(shop)] == [RunState.INTERRUPTED]


def test_a_store_that_cannot_be_opened_ends_the_start_with_one_line(
    shop: Shop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_current(None)
    monkeypatch.setenv("COMPTOIR_STORE", f"{shop.settings.files}/../../")
    with pytest.raises(SystemExit):
        open_or_exit("127.0.0.1")
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "COMPTOIR_STORE" in told


def test_the_worker_runs_while_pages_are_served_and_no_longer(shop: Shop) -> None:
    async def one_day() -> None:
        assert not RUNNING.is_working
        async with serving(shop):
            assert RUNNING.is_working
        assert not RUNNING.is_working

    asyncio.run(one_day())
    running.gc.unfreeze()


def test_listening_sockets_pass_on_that_answers_leave_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()):
        answer_at_once()
        accepted, _address = listening.accept()
        with accepted, socket.create_connection(listening.getsockname()):
            later, _address = listening.accept()
            with later:
                assert later.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_a_stop_does_not_wait_for_slow_downloads() -> None:
    server = uvicorn.Server(uvicorn.Config("app:app"))
    wait_briefly_at_the_end()
    assert server.config.timeout_graceful_shutdown == CUT_AFTER
    assert CUT_AFTER + STOP_WITHIN < 5


def test_a_request_cut_at_the_end_leaves_no_traceback() -> None:
    async def cut(_scope: object, _receive: object, _send: object) -> None:
        raise asyncio.CancelledError

    asyncio.run(CutQuietly(cut)({"type": "http"}, None, None))  # type: ignore[arg-type]
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(CutQuietly(cut)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
