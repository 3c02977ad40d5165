"""Secrets at rest: sealed by the shop's own secret, found by their hash, never kept in clear.

Whoever has the store without `COMPTOIR_SECRET` can neither read a code nor guess it from its hash.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.errors import Conflict
from services.language import _

TOKEN_BYTES = 32


def seal(secret: str, text: str) -> str:
    """`text` so that only `unseal` with the same secret reads it."""
    return _box(secret).encrypt(text.encode()).decode()


def unseal(secret: str, sealed: str) -> str:
    """The text again. Raises `Conflict` when it was sealed by another secret, or nothing is there any more."""
    if not sealed:
        raise Conflict(_("This is no longer kept here. Make a new link instead."))
    try:
        return _box(secret).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Conflict(
            _("This was sealed with another COMPTOIR_SECRET. Start Comptoir with that one to read it.")
        ) from error


def new_token() -> str:
    """A token that nobody guesses, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """By what a link is found. A token is too long to guess, so its plain hash tells nothing."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def code_hash(secret: str, code: str) -> str:
    """By what a card is found. A code is short enough to type, so its hash is keyed."""
    return hmac.new(_key(secret, b"gift card codes"), code.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _box(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(secret, b"sealed words")))


@lru_cache(maxsize=16)
def _key(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"comptoir " + purpose).derive(secret.encode())
