"""A browser of the system, headless, driven over a pipe by its own protocol; it is never downloaded."""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import queue
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from probata.model.errors import SetupError

Answer = dict[str, Any]
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_START = 60.0  # seconds until the browser must have answered
# Nothing of the browser reaches a network: names resolve to nothing, its proxy is nowhere, and what pages ask for is
# fetched by us (visit.py). Its sandbox stays on unless it cannot run.
_FLAGS = (
    "--headless --remote-debugging-pipe --disable-gpu --disable-background-networking --disable-component-update"
    " --disable-sync --disable-extensions --disable-default-apps --disable-domain-reliability --disable-quic"
    " --disable-breakpad --disable-crash-reporter --disable-client-side-phishing-detection --no-first-run"
    " --no-default-browser-check --no-pings --metrics-recording-only --mute-audio --hide-scrollbars"
    " --password-store=basic --use-mock-keychain --force-color-profile=srgb --disable-dev-shm-usage"
    " --force-webrtc-ip-handling-policy=disable_non_proxied_udp --proxy-server=127.0.0.1:9"
    " --proxy-bypass-list=<-loopback> --window-size=1280,900"
    " --disable-features=DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate,AutofillServerCommunication"
).split() + ["--host-resolver-rules=MAP * ~NOTFOUND"]


def program() -> str:
    """The path of a Chromium. Raises SetupError when there is none."""
    for name in (os.environ.get("PROBATA_CHROMIUM", ""), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise SetupError("no-browser", "capture", "needs Chromium.", "Install it; on Debian: apt-get install chromium.")


_AS = (
    "import os, sys; u, g, *c = sys.argv[1:]; os.setgroups([]); os.setgid(int(g)); os.setuid(int(u)); os.execv(c[0], c)"
)


class Browser:
    """A running browser with an empty profile of its own, gone with all its traces when closed.

    `sandboxed` says whether pages run within the browser's sandbox. Root gives it to the user nobody, as no browser
    has a sandbox under root. `gone` says that it ended by itself.
    """

    def __init__(self, *, sandbox: bool = True) -> None:
        self.sandboxed, self.gone = sandbox, False
        self.events: queue.Queue[Callable[[], None] | Answer] = queue.Queue()
        self.handle: Callable[[Answer], None] = lambda _event: None
        self._home = tempfile.mkdtemp(prefix="probata-browser-")
        self._number = 0
        self._waiting: dict[int, Callable[[Answer], None]] = {}
        self._pid, self._to, self._from = _spawned(program(), self._home, sandboxed=self.sandboxed)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            version = self.call("Browser.getVersion", seconds=_START)
        except TimeoutError:
            self.close()
            problem = f"cannot start Chromium{' with its sandbox' if sandbox else ''}."
            raise SetupError("browser", "capture", problem, _advice(sandbox)) from None
        self.name = str(version.get("product", "")).replace("HeadlessChrome", "Chromium").replace("/", " ")
        # as the same browser with a window says; a "headless" one is refused by many sites
        self.agent = str(version.get("userAgent", "")).replace("HeadlessChrome", "Chrome")

    def send(self, method: str, then: Callable[[Answer], None] | None = None, session: str = "", **params: Any) -> None:
        """Ask the browser for something; `then` is given the answer when it comes."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        if then:
            self._waiting[self._number] = then
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self._to, data) :]
        except OSError:  # gone; whoever waits for it runs into their limit of time
            return

    def call(self, method: str, seconds: float = 10.0, session: str = "", **params: Any) -> Answer:
        """Ask and wait, other events handled meanwhile. Raises TimeoutError when no answer comes."""
        found: list[Answer] = []
        self.send(method, found.append, session, **params)
        self.pump(lambda: bool(found), time.monotonic() + seconds)
        if not found:
            raise TimeoutError(method)
        return dict(found[0].get("result") or {})

    def pump(self, done: Callable[[], bool], until: float) -> bool:
        """Handle events until `done`, or until a moment of the monotonic clock; whether it was done."""
        while not done():
            left = until - time.monotonic()
            if left <= 0 or (self.gone and self.events.empty()):
                return False
            try:
                event = self.events.get(timeout=min(left, 0.1))
            except queue.Empty:
                continue
            if callable(event):
                event()
            elif (number := event.get("id")) is not None:
                if then := self._waiting.pop(number, None):
                    then(event)
            else:
                self.handle(event)
        return True

    def close(self) -> None:
        """End the browser, all its processes, and remove its profile; once closed, it stays so."""
        if self._pid == 0:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        self._pid = 0
        os.close(self._to)
        self._reader.join(5)
        os.close(self._from)
        shutil.rmtree(self._home, ignore_errors=True)

    def _read(self) -> None:
        buffer = bytearray()
        while True:
            try:
                part = os.read(self._from, 1 << 20)
            except OSError:
                part = b""
            if not part:
                self.gone = True
                return
            buffer += part
            if b"\0" not in part:
                continue
            *messages, rest = bytes(buffer).split(b"\0")
            buffer = bytearray(rest)
            for message in messages:
                self.events.put(json.loads(message))


def _advice(sandboxed: bool) -> str:
    if sandboxed:
        return "Install chromium-sandbox, or run in a container of its own with --no-sandbox."
    return "Try `chromium --headless --dump-dom about:blank` and see what it says."


def _spawned(path: str, home: str, *, sandboxed: bool) -> tuple[int, int, int]:
    """The browser's process, and the ends of the pipes to and from it, which it expects as files 3 and 4."""
    pipes = [*os.pipe(), *os.pipe()]
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 20) for fd in pipes]  # clear of 3 and 4
    for fd in pipes:
        os.close(fd)
    its_in, our_out, our_in, its_out = high
    command = [path, *_FLAGS, f"--user-data-dir={home}", *([] if sandboxed else ["--no-sandbox"]), "about:blank"]
    if os.getuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(home, user.pw_uid, user.pw_gid)
        command = [sys.executable, "-ISc", _AS, str(user.pw_uid), str(user.pw_gid), *command]
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR")}
    actions: list[tuple[Any, ...]] = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, its_in, 3),
        (os.POSIX_SPAWN_DUP2, its_out, 4),
    ]
    env = {**kept, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
    pid = os.posix_spawn(command[0], command, env, file_actions=actions, setpgroup=0)
    os.close(its_in)
    os.close(its_out)
    return pid, our_out, our_in
