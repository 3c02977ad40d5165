"""The one place that reads settings: environment, then `.env`, then defaults.

A wrong value stops the start with one sentence. What a merchant may change later (shop name, sender, …) has its
first value here and lives in the store afterwards: see `services/profile.py`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from dotenv import dotenv_values

from services import logs
from services.errors import Misconfigured
from services.language import LANGUAGES
from services.money import is_currency


@dataclass(frozen=True)
class Settings:
    """Every setting, checked. Empty text means "not set"."""

    store: str
    files: str
    backups: str
    public_url: str
    secret: str
    api_key: str
    sendgrid_api_key: str
    sendgrid_url: str
    sendgrid_webhook_key: str
    shopify_webhook_secret: str
    woocommerce_webhook_secret: str
    ecwid_client_secret: str
    shop_name: str
    merchant_email: str
    sender_email: str
    language: str
    currency: str
    time_zone: str
    cooling_off: int
    memory: str
    threads: int
    log: logs.Kind
    s3_endpoint: str
    s3_region: str
    s3_key_id: str
    s3_secret_key: str
    s3_session_token: str


def _text(value: str) -> str:
    return value


def _email(value: str) -> str:
    if value and (value.count("@") != 1 or value.startswith("@") or value.endswith("@") or " " in value):
        raise ValueError
    return value


def _url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError
    return value.rstrip("/")


def _one_of(*known: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in known:
            raise ValueError
        return value

    return check


def _currency(value: str) -> str:
    if not is_currency(value.upper()):
        raise ValueError
    return value.upper()


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError
    return value


def _seconds(value: str) -> int:
    seconds = int(value)
    if not 0 <= seconds <= 86_400:
        raise ValueError
    return seconds


def _memory(value: str) -> str:
    number, unit = value[:-2], value[-2:].upper()
    if unit not in ("MB", "GB") or int(number) <= 0:
        raise ValueError
    return value


def _threads(value: str) -> int:
    if not 1 <= int(value) <= 256:
        raise ValueError
    return int(value)


def _files(value: str) -> str:
    scheme, has_scheme, rest = value.partition("://")
    if has_scheme and (scheme != "s3" or not rest.strip("/")):
        raise ValueError
    return value


def _store(value: str) -> str:
    if not value or value.endswith("/"):
        raise ValueError
    return value


# field -> (name outside, default, check, what it takes)
KNOWN: dict[str, tuple[str, str, Callable[[str], Any], str]] = {
    "store": ("COMPTOIR_STORE", "var/shop.duckdb", _store, "a file, ducklake:postgres:<libpq words>, or md:<name>"),
    "files": ("COMPTOIR_FILES", "var/files", _files, "a folder, or s3://…"),
    "backups": ("COMPTOIR_BACKUPS", "", _text, "a folder"),
    "public_url": ("COMPTOIR_PUBLIC_URL", "http://localhost:8501", _url, "an http or https address"),
    "secret": ("COMPTOIR_SECRET", "", _text, "any long secret text"),
    "api_key": ("COMPTOIR_API_KEY", "", _text, "any long secret text"),
    "sendgrid_api_key": ("SENDGRID_API_KEY", "", _text, "a key of your SendGrid account"),
    "sendgrid_url": ("COMPTOIR_SENDGRID_URL", "https://api.sendgrid.com", _url, "an http or https address"),
    "sendgrid_webhook_key": ("SENDGRID_WEBHOOK_KEY", "", _text, "the verification key of the event webhook"),
    "shopify_webhook_secret": ("SHOPIFY_WEBHOOK_SECRET", "", _text, "the app's client secret"),
    "woocommerce_webhook_secret": ("WOOCOMMERCE_WEBHOOK_SECRET", "", _text, "the webhook's secret"),
    "ecwid_client_secret": ("ECWID_CLIENT_SECRET", "", _text, "the app's client secret"),
    "shop_name": ("COMPTOIR_SHOP_NAME", "My shop", _text, "any text"),
    "merchant_email": ("COMPTOIR_MERCHANT_EMAIL", "", _email, "one e-mail address"),
    "sender_email": ("COMPTOIR_SENDER_EMAIL", "", _email, "one e-mail address"),
    "language": ("COMPTOIR_LANGUAGE", "en", _one_of(*LANGUAGES), "en or fr"),
    "currency": ("COMPTOIR_CURRENCY", "EUR", _currency, "an ISO 4217 code such as EUR"),
    "time_zone": ("COMPTOIR_TIME_ZONE", "UTC", _zone, "an IANA name such as Europe/Paris"),
    "cooling_off": ("COMPTOIR_COOLING_OFF", "300", _seconds, "seconds, 0 to 86400"),
    "memory": ("COMPTOIR_MEMORY", "200MB", _memory, "a size for the engine such as 200MB or 2GB"),
    "threads": ("COMPTOIR_THREADS", "2", _threads, "a number of threads for the engine, 1 to 256"),
    "log": ("COMPTOIR_LOG", "auto", _one_of(*logs.KINDS), "auto, json or plain"),
    "s3_endpoint": ("AWS_ENDPOINT_URL", "", _url, "an http or https address"),
    "s3_region": ("AWS_REGION", "", _text, "a region such as eu-west-3"),
    "s3_key_id": ("AWS_ACCESS_KEY_ID", "", _text, "the id of a key"),
    "s3_secret_key": ("AWS_SECRET_ACCESS_KEY", "", _text, "the key itself"),
    "s3_session_token": ("AWS_SESSION_TOKEN", "", _text, "the token of a key that lasts for a while"),
}


def read_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Settings from the environment, then `folder/.env`, then defaults. Raises `Misconfigured` with one sentence."""
    home = folder or Path.cwd()
    given = {**dotenv_values(home / ".env"), **(os.environ if environment is None else environment)}
    values = {field: _checked(field, given) for field in KNOWN}
    values["secret"] = values["secret"] or _kept_secret(home / "var" / "secret")
    return Settings(**values)


def _checked(field: str, given: Mapping[str, str | None]) -> Any:
    name, default, check, takes = KNOWN[field]
    value = (given.get(name) or "").strip() or default
    try:
        return check(value)
    except ValueError as error:
        shown = "a value that does not fit" if "KEY" in name or "SECRET" in name else f"“{value}”"
        raise Misconfigured(f"The setting {name} is {shown}; it takes {takes}.") from error


def _kept_secret(file: Path) -> str:
    """The secret made once for this installation; readable by its owner only."""
    try:
        if file.exists():
            return file.read_text(encoding="ascii").strip()
        file.parent.mkdir(parents=True, exist_ok=True)
        made = secrets.token_urlsafe(48)
        file.touch(mode=0o600)
        file.write_text(made, encoding="ascii")
        return made
    except OSError as error:
        raise Misconfigured(
            f"The setting COMPTOIR_SECRET is not set, and none can be kept in {file}: {error.strerror}."
        ) from error
