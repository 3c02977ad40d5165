"""A shared store whose files lie on a bucket, and what is said when its files cannot be reached or written."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import boto3
import duckdb
import psycopg
import pytest
from moto.server import ThreadedMotoServer

from data import intake, lake_upkeep
from data.errors import StoreError, StoreFull, StoreReadOnly, StoreUnreachable
from data.home import Home
from data.sentences import sentence
from data.store import Store
from services.settings import Settings
from services.shop import Shop, home_of, open_shop
from tests.conftest import NOW
from tests.data.orders import ZONE, draft, rows
from tests.data.test_store import names, put

pytestmark = pytest.mark.postgres

KEY = {"aws_access_key_id": "a key", "aws_secret_access_key": "its secret", "region_name": "eu-west-3"}
BUCKET = "files-of-a-shop"


@pytest.fixture
def service() -> Iterator[ThreadedMotoServer]:
    """An S3 service of this machine, with a bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    place = {"LocationConstraint": KEY["region_name"]}
    boto3.client("s3", endpoint_url=address(server), **KEY).create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration=place
    )
    yield server
    server.stop()


def address(server: ThreadedMotoServer) -> str:
    host, port = server.get_host_and_port()
    return f"http://{host}:{port}"


@pytest.fixture
def on_bucket(shared_settings: Settings, service: ThreadedMotoServer) -> Settings:
    """Settings of an empty shop whose files lie on the bucket."""
    told = replace(
        shared_settings,
        files=f"s3://{BUCKET}/shop",
        s3_endpoint=address(service),
        s3_region=KEY["region_name"],
        s3_key_id=KEY["aws_access_key_id"],
        s3_secret_key=KEY["aws_secret_access_key"],
    )
    with psycopg.connect(Home(told.store, "").postgres) as con:
        con.execute("update ducklake_metadata set value = %s where key = 'data_path'", [f"{told.files}/"])
    return told


def test_orders_are_written_to_a_bucket_read_back_put_together_and_let_go(
    on_bucket: Settings, service: ThreadedMotoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lake_upkeep, "WAITING", 1)
    monkeypatch.setattr(lake_upkeep, "SCATTERED", ((1 << 20, 2),))
    shop = open_shop(on_bucket)
    for nth in range(2):
        with shop.store.write() as write:
            intake.add(write, rows(draft(nth)), ZONE)
        assert shop.store.catalogue
        done = lake_upkeep.tend(shop.store, shop.store.catalogue, NOW)
    assert "put together order_lines" in done
    lying = boto3.client("s3", endpoint_url=address(service), **KEY)
    there = [one["Key"] for one in lying.list_objects_v2(Bucket=BUCKET)["Contents"]]
    assert all(key.startswith("shop/") for key in there)
    lake_upkeep.tend(shop.store, shop.store.catalogue, NOW + timedelta(days=20_000))
    assert len(lying.list_objects_v2(Bucket=BUCKET)["Contents"]) < len(there)
    shop.close()
    again = Store(home_of(on_bucket))
    with again.read() as read:
        assert [row["number"] for row in read.rows("select number from orders order by number")] == [
            "#1000", "#1001"
        ]  # fmt: skip
    again.close()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Could not connect to server error for HTTP PUT to 'http://127.0.0.1:1/b/x.parquet'", StoreUnreachable),
        ("HTTP GET error on 'https://b.example.com/x.parquet' (HTTP 403)", StoreUnreachable),
        ('Cannot open file "/srv/files/x.parquet": Read-only file system', StoreReadOnly),
        ('Cannot open file "/srv/files/x.parquet": Permission denied', StoreReadOnly),
        ('Could not write file "/srv/files/x.parquet": No space left on device', StoreFull),
    ],
)
def test_what_the_files_say_is_a_sentence_without_their_names(said: str, kind: type[StoreError]) -> None:
    told = sentence(duckdb.IOException(f"IO Error: {said}"))
    assert type(told) is kind
    assert "x.parquet" not in str(told)


def test_a_bucket_without_a_key_is_one_sentence(shared_settings: Settings) -> None:
    with pytest.raises(StoreError, match="AWS_ACCESS_KEY_ID"):
        Store(home_of(replace(shared_settings, files=f"s3://{BUCKET}/shop", s3_key_id="")))


def test_a_folder_that_cannot_be_written_changes_nothing_and_is_used_again_when_it_can(shared_shop: Shop) -> None:
    folder = Path(shared_shop.settings.files)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main").write_text("in the way of the folders of all tables")
    with pytest.raises(StoreReadOnly, match="cannot be written"), shared_shop.store.write() as write:
        put(write, "lost")
    assert names(shared_shop) == []
    (folder / "main").unlink()
    with shared_shop.store.write() as write:
        put(write, "kept")
    assert names(shared_shop) == ["kept"]


def test_a_full_disk_of_the_files_changes_nothing_and_works_again_with_room(shared_shop: Shop) -> None:
    raw = "uuid(), '2026-03-14', repeat(uuid()::varchar, 20)"
    many = f"insert into order_raws (order_id, happened_at, raw) select {raw} from range(2000)"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))  # bytes of any one file
    try:
        with pytest.raises(StoreFull, match="disk is full"), shared_shop.store.write() as write:
            put(write, "lost")
            write.execute(many)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with shared_shop.store.write() as write:
        put(write, "kept")
        write.execute(many)
    assert names(shared_shop) == ["kept"]
