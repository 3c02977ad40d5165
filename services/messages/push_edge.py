"""Push services of the browsers, reached by the Web Push protocol (RFC 8030): one message, one request.

What is told is sealed for the one browser (RFC 8291), so the service in between cannot read it.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from services import clock
from services.language import _
from services.messages import push_address
from services.messages.push_keys import Keys
from services.messages.sendgrid_edge import NotSent, retry_after
from services.messages.wording import line, shortened

KEPT_FOR = 12 * 3600  # seconds that a push service holds a message for a browser that is off
VALID_FOR = 3600  # seconds that a proof of ours is valid
LARGEST_ANSWER, LONGEST_REASON, LONGEST_ID = 4096, 300, 200
GONE = (404, 410)


class Gone(NotSent):
    """The browser no longer wants push: it is to be forgotten."""


def send(browser: Mapping[str, Any], told: Mapping[str, str], keys: Keys, contact: str) -> str:
    """Push `told` to an enrolled browser; the service's name for the message. Raises `NotSent`, `Gone` among them. It
    never says that a message may have been taken: sent twice, the second takes the place of the first."""
    endpoint = str(browser["endpoint"])
    if not push_address.is_fitting(endpoint):
        raise NotSent(_("The address of this browser is not one of a push service."), permanent=True)
    body, headers = request(browser, told, keys, contact)
    called = push_address.connection(endpoint)
    try:
        called.connect()
        called.sock.settimeout(push_address.ANSWER_WITHIN)
        parts = urlsplit(endpoint)
        called.request("POST", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", body, headers)
        answer = called.getresponse()
        said = answer.read(LARGEST_ANSWER)
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = _("The push service is out of reach") + f" ({type(error).__name__})."
        raise NotSent(reason) from error
    finally:
        called.close()
    return _judged(answer, said)


def request(
    browser: Mapping[str, Any], told: Mapping[str, str], keys: Keys, contact: str
) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a push: sealed for the browser, and signed by the shop."""
    from py_vapid import Vapid02
    from pywebpush import WebPusher, WebPushException

    payload = json.dumps(dict(told), ensure_ascii=False).encode()
    given = {"endpoint": browser["endpoint"], "keys": {"p256dh": browser["p256dh"], "auth": browser["auth"]}}
    parts = urlsplit(str(browser["endpoint"]))
    expires = int(time.time()) + VALID_FOR
    try:
        sealed = bytes(WebPusher(given).encode(payload, "aes128gcm")["body"])
        proof = Vapid02.from_raw(keys.private.encode()).sign(
            {"aud": f"{parts.scheme}://{parts.netloc}", "exp": expires, "sub": contact}
        )
    except (WebPushException, ValueError) as error:
        raise NotSent(_("The keys of this browser cannot be used."), permanent=True) from error
    return sealed, {
        **proof,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_FOR),
        "Urgency": "high",
        "Topic": told["tag"].replace("-", "")[:32],
    }


def _judged(answer: http.client.HTTPResponse, said: bytes) -> str:
    if 200 <= answer.status < 300:
        return shortened(line(answer.headers.get("Location") or ""), LONGEST_ID)
    if answer.status in GONE:
        raise Gone(_("This browser no longer takes push: it was removed."), permanent=True)
    words = line(said.decode("utf-8", "replace"))
    raise NotSent(
        shortened(" ".join([_("The push service answered {status}.", status=answer.status), words]), LONGEST_REASON),
        permanent=not (answer.status == 429 or answer.status >= 500),
        retry_after=retry_after(answer.headers.get("Retry-After"), clock.now()),
    )
