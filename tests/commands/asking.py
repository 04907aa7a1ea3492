"""Asking the server of the preview, as a browser or something worse does."""

from __future__ import annotations

import http.client
import socket


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port: int, path: str, host: str = "127.0.0.1", method: str = "GET", part: str = "", origin: str = "") -> tuple[int, str, bytes]:
    """The answer to a request that is sent as it is written here: status, type and body. `origin` is what a browser says of who asks."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host)
    if part:
        connection.putheader("Range", part)
    if origin:
        connection.putheader("Sec-Fetch-Site", origin)
    connection.endheaders()
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, answer.getheader("Content-Type", ""), data
