"""A provider, and shops whose mail is set up to go to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from services.shop import Shop
from tests.messages import judging, provider


@pytest.fixture
def sendgrid() -> Iterator[provider.Provider]:
    """A stand-in for SendGrid; a request that its description forbids fails the test."""
    with provider.serving() as serving:
        serving.judges.append(judging.faults)
        yield serving
        assert serving.faults == []


@pytest.fixture
def mailing(shop: Shop, sendgrid: provider.Provider) -> Shop:
    """A shop whose mails go to `sendgrid`."""
    return set_up(shop, sendgrid)


@pytest.fixture
def any_mailing(any_shop: Shop, sendgrid: provider.Provider) -> Shop:
    """The same, once on each home."""
    return set_up(any_shop, sendgrid)


def set_up(shop: Shop, sendgrid: provider.Provider) -> Shop:
    shop.settings = replace(shop.settings, sendgrid_api_key="SG.test", sendgrid_url=sendgrid.url)
    return shop
