"""What every test may ask for: a fresh store, a fresh shop, one named instant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from services.settings import Settings, read_settings
from services.shop import Shop, open_shop, put_current

NOW = datetime(2026, 3, 14, 9, 26, 53)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a French shop with a store of its own, nothing from the machine's environment."""
    return read_settings(
        {
            "COMPTOIR_STORE": str(tmp_path / "shop.duckdb"),
            "COMPTOIR_FILES": str(tmp_path / "files"),
            "COMPTOIR_SECRET": "a secret for tests only",
            "COMPTOIR_API_KEY": "test-key",
            "COMPTOIR_SHOP_NAME": "Chez Élise",
            "COMPTOIR_MERCHANT_EMAIL": "elise@example.com",
            "COMPTOIR_SENDER_EMAIL": "no-reply@example.com",
            "COMPTOIR_TIME_ZONE": "Europe/Paris",
        },
        tmp_path,
    )


@pytest.fixture
def shop(settings: Settings) -> Iterator[Shop]:
    """An open, empty shop on the embedded store; also the current one of this process."""
    opened = open_shop(settings)
    put_current(opened)
    yield opened
    put_current(None)
    opened.close()
