"""The server: waitress in this process, and a worker in one of its own, started again when it ends."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from urllib.parse import urlsplit

import waitress
from django.core.wsgi import get_wsgi_application
from django.db import connections
from waitress.server import BaseWSGIServer, MultiSocketServer

from probata.model.errors import SetupError
from probata.review.behind import LOCAL, believing
from probata.review.serving import PUBLIC, address, prepare
from probata.review.warming import warm
from probata.store.opening import Casebook

_AGAIN = 5.0  # seconds before a worker that ended is started again


def serve(opened: Casebook, host: str, port: int, threads: int, behind: str, worker: bool) -> int:
    """Serve a casebook until stopped; returns the exit status. Raises SetupError where the port is taken."""
    from probata.review.pages import setup

    served = prepare(opened)
    needs_first = setup.is_needed()
    connections.close_all()
    application = believing(get_wsgi_application(), behind, address())
    options: dict[str, object] = {"host": host, "port": port, "threads": threads, "ident": None}
    options["clear_untrusted_proxy_headers"] = False  # done by what is wrapped around the application
    try:
        server = waitress.create_server(application, **options)
    except OSError as error:
        advice = "Stop the other program, or give another --port."
        raise SetupError("port", f"{host}:{port}", f"cannot be listened on: {error.strerror}.", advice) from None
    at = typed(host, _port(server))
    print(f"Probata serves {served.folder} on {at}", flush=True)
    if address():
        at = f"{address()}/"
        print(f"People reach it at {at}", flush=True)
        if doubt := _doubt(address(), behind):
            print(f"probata: {doubt}", file=sys.stderr, flush=True)
    if needs_first:
        print(f"Nobody can sign in yet. Make the first administrator here: {at}setup/{setup.TOKEN}/", flush=True)
    print("Ctrl-C stops it.", flush=True)
    threading.Thread(target=warm, daemon=True).start()  # beside: nobody waits for the address
    stop = threading.Event()
    if worker:
        threading.Thread(target=_work, args=(served, stop), daemon=True).start()
    try:
        with suppress(KeyboardInterrupt):
            server.run()
    finally:
        stop.set()
        server.close()
    return 0


def typed(host: str, port: int) -> str:
    """The address to type for a host and port; that of IPv6 stands in brackets, and this machine has a name, since
    browsers keep passkeys for names and never for numbers."""
    host = "localhost" if host == "127.0.0.1" else host
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _doubt(url: str, behind: str) -> str:
    """What of these settings is hardly meant; "" when nothing is."""
    parts = urlsplit(url)
    if parts.scheme == "https" and not behind:
        return (
            f"{PUBLIC} is https, but no proxy is named: give its address with --behind, else browsers are not told to "
            "keep to TLS, and throttling takes all people for one."
        )
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        return f"{PUBLIC} is http: passwords and reports cross the network in the clear. Use a proxy with TLS."
    return ""


def _port(server: MultiSocketServer | BaseWSGIServer) -> int:
    """The port that was given, or that the system chose."""
    if isinstance(server, MultiSocketServer):
        return int(server.effective_listen[0][1])
    return int(server.effective_port)


def _work(book: Casebook, stop: threading.Event) -> None:
    """Keep a worker alive until told to stop."""
    while not stop.is_set():
        command = [sys.executable, "-m", "probata", "work", "--casebook", str(book.folder), "--with-parent"]
        worker = subprocess.Popen(command, stdin=subprocess.PIPE)
        while worker.poll() is None and not stop.wait(0.5):
            pass
        if worker.poll() is None:
            worker.terminate()
            worker.wait()
        stop.wait(_AGAIN)
