"""Where a browser wants its push: an address that somebody gave us, so it may lead nowhere inside."""

from __future__ import annotations

import http.client
import ipaddress
import socket
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

CONNECT_WITHIN, ANSWER_WITHIN = 4.0, 6.0  # seconds
LONGEST = 2000  # characters

# Only tests set this: their push service is on this machine, and speaks plain HTTP.
is_local_allowed = False


def is_fitting(endpoint: str) -> bool:
    """Whether an address may be one of a push service: https, on its usual port, and no address of a private net."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint or not host:
        return False
    if is_local_allowed:
        return parts.scheme in ("http", "https")
    is_plain = parts.username is None and parts.password is None and port in (None, 443)
    return parts.scheme == "https" and is_plain and "." in host.strip(".") and not _is_inside(host)


def connection(endpoint: str) -> http.client.HTTPConnection:
    """A connection to a push service, not yet opened. Names are looked up once, and what they lead to is what is
    called: a name that leads inside is refused with `OSError`."""
    parts = urlsplit(endpoint)
    if parts.scheme != "https":
        return http.client.HTTPConnection(parts.netloc, timeout=CONNECT_WITHIN)
    proxy = getproxies().get("https", "")
    if proxy and not proxy_bypass(parts.netloc):  # then the names are the proxy's to judge
        through = http.client.HTTPSConnection(urlsplit(proxy).netloc or proxy, timeout=CONNECT_WITHIN)
        through.set_tunnel(parts.netloc)
        return through
    direct = http.client.HTTPSConnection(parts.netloc, timeout=CONNECT_WITHIN)
    direct._create_connection = _called  # type: ignore[attr-defined]
    return direct


def _called(address: tuple[str, int], timeout: float, source: tuple[str, int] | None = None) -> socket.socket:
    """A socket to a public address that a name leads to."""
    host, port = address
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or any(_is_inside(one) for one in found):
        raise OSError(f"{host} leads to an address that is not public")
    return socket.create_connection((found[0], port), timeout, source)


def _is_inside(host: str) -> bool:
    """Whether an address is one of a private net; a name is none."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return not address.is_global or address.is_multicast
