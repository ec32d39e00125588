"""What asks a server as a browser does, with headers that a proxy, or whoever pretends to be one, would add."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from typing import Any
from urllib.parse import urlencode

from review.harness import PASSWORD

NAME = "probata.example.org"
URL = f"https://{NAME}"


class Browser:
    """Requests to a server with headers of one's own, with the cookies that it gave."""

    def __init__(self, at: str, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.at, self.jar, self.token, self.cookies = at, dict[str, str](), "", list[str]()

    def ask(self, path: str, fields: dict[str, str] | None = None, /, **headers: str) -> Any:
        """An answer, with its text in `text`."""
        connection = http.client.HTTPConnection(self.at, timeout=30)
        if self.tls:
            plain = socket.create_connection(("127.0.0.1", int(self.at.rpartition(":")[2])), timeout=30)
            connection.sock = self.tls.wrap_socket(plain, server_hostname=NAME)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.jar.items())
        body = urlencode(fields) if fields is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if body is None else "POST", path, body, sent)
        answer: Any = connection.getresponse()
        answer.text = answer.read().decode()
        self.cookies = answer.headers.get_all("Set-Cookie") or []
        for cookie in self.cookies:
            name, _, value = cookie.split(";")[0].partition("=")
            self.jar[name] = value
        connection.close()
        return answer

    def sign_in(self, alias: str = "Basim", password: str = PASSWORD, /, **headers: str) -> Any:
        """Open the page of signing in, send its form."""
        if not self.token:
            page = self.ask("/account/login/", **{k: v for k, v in headers.items() if k != "Origin"})
            self.token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[0]
        fields = {"csrfmiddlewaretoken": self.token, "login": alias, "password": password}
        return self.ask("/account/login/?next=/reports/", fields, **headers)
