"""Connections to servers, checked as a browser checks them; nothing here decides to make one.

Only the voice download and the fetching of a web page know this module, and only at the user's
word: a contract holds that.
"""

from __future__ import annotations

import base64
import http.client
import ipaddress
import socket
import ssl
import urllib.request
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

_CERTIFICATES = (  # Debian, Fedora, openSUSE, BSD and macOS
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)

_OUT_OF_DATE = "its certificate is out of date, or the clock of this machine is wrong"
_CERTIFICATE_FAULTS = {  # X509_V_ERR_…, of openssl/x509_vfy.h
    9: _OUT_OF_DATE,
    10: _OUT_OF_DATE,
    62: "its certificate belongs to another server",
    64: "its certificate belongs to another server",
}


def connection_to(url: SplitResult, timeout_s: float) -> http.client.HTTPConnection:
    """Return a connection, not made yet; by way of the system's proxy where there is one."""
    host = url.hostname or ""
    if url.scheme == "http":
        return http.client.HTTPConnection(host, url.port, timeout=timeout_s)
    context = _trusting_context()
    proxy = "" if urllib.request.proxy_bypass(host) else urllib.request.getproxies().get("https")
    if not proxy:
        return http.client.HTTPSConnection(host, url.port, timeout=timeout_s, context=context)
    via = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    connection = http.client.HTTPSConnection(
        via.hostname or "", via.port or 80, timeout=timeout_s, context=context
    )
    headers = {}
    if via.username is not None:
        secret = f"{unquote(via.username)}:{unquote(via.password or '')}".encode()
        headers["Proxy-Authorization"] = f"Basic {base64.b64encode(secret).decode()}"
    connection.set_tunnel(host, url.port or 443, headers)
    return connection


def _trusting_context() -> ssl.SSLContext:
    """Return what certificates are checked against: the system's, wherever it keeps them."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not (paths.cafile or paths.capath):  # a bundle made on another distribution
        for path in map(Path, _CERTIFICATES):
            if path.is_file():
                context.load_verify_locations(path)
                break
    return context


def is_public_peer(connection: http.client.HTTPConnection) -> bool:
    """Whether the other end of an open connection is on the public network.

    By way of a proxy the proxy is the other end; it decides for itself whom it reaches.
    """
    if connection.sock is None or getattr(connection, "_tunnel_host", None):
        return True
    try:
        return ipaddress.ip_address(connection.sock.getpeername()[0].partition("%")[0]).is_global
    except (OSError, ValueError, IndexError):
        return False


def reason_of(error: Exception) -> str:
    """Return why there is no answer, as a short clause."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _CERTIFICATE_FAULTS.get(error.verify_code, "its certificate is not to be trusted")
    if isinstance(error, ssl.SSLError):
        return "no safe connection can be made with its server"
    if isinstance(error, socket.gaierror):
        return "its address can't be found; is there a network"
    if isinstance(error, TimeoutError):
        return "there is no answer"
    if isinstance(error, OSError) and not isinstance(error, http.client.HTTPException):
        return (error.strerror or str(error) or "the connection breaks off").lower()
    return "the connection breaks off"
