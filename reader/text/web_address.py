"""The address of a web page, as somebody wrote it, made fit to be asked for."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_SAFE = "%/:@!$&'()*+,;=~-._"
THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
"""The only hosts that are ever asked without encryption."""


def web_address_from(written: str) -> str | None:
    """Return the address, None where it is none.

    Without encryption only this machine is asked, so http becomes https. Names of users and their
    passwords are no part of it, nor is the place in the page.
    """
    written = written.strip()
    if _ADDRESS.fullmatch(written) is None:
        return None
    try:
        parts = urlsplit(written)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host or host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", host):
        return None
    is_here = host in THIS_MACHINE
    if not is_here and "." not in host and ":" not in host:
        return None
    scheme = "http" if is_here and parts.scheme.lower() == "http" else "https"
    shown_host = f"[{host}]" if ":" in host else host
    if port is not None and not (scheme == "https" and port == 80):
        shown_host = f"{shown_host}:{port}"
    path = quote(parts.path or "/", safe=_SAFE)
    return urlunsplit((scheme, shown_host, path, quote(parts.query, safe=_SAFE + "?"), ""))


def host_of(address: str) -> str:
    """Return the host that an address names, as it is shown to the user."""
    return urlsplit(address).netloc
