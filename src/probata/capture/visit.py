"""A visit: one page loaded in the browser, every request of it made by us, recorded, and counted against the limits."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag

from probata.acquire.httpmessage import entity
from probata.capture.addresses import Addresses
from probata.capture.devtools import Answer, Browser
from probata.capture.limits import Limits
from probata.capture.wire import Exchange, exchange
from probata.model.errors import InputError

_METHODS = ("GET", "HEAD")  # what else a page sends changes something somewhere, and is not sent
_SHOWN = ("text/html", "application/xhtml+xml", "text/plain", "image/")  # what the browser is given as a page
_QUIET = 0.8  # seconds without a request after which a loaded page is held to be complete
_AT_ONCE = 6  # requests under way, as browsers allow for one server
_LEFT_OUT = frozenset(
    {"content-encoding", "transfer-encoding", "content-length", "content-security-policy-report-only"}
)
_TRY = "Try again; if it happens again, the page brings the browser down."
_MOST_NAMED = 200  # addresses named among what was not saved; the rest are counted


@dataclass(slots=True)
class Visit:
    """What came of a visit. `page` is the answer that the address led to, over `hops` redirects."""

    asked: str
    exchanges: list[Exchange] = field(default_factory=list)
    page: Exchange | None = None
    hops: int = 0
    title: str = ""
    screenshot: bytes = b""
    rendered: str = ""
    missing: list[tuple[str, str]] = field(default_factory=list)  # an address, and why it was not saved
    more_missing: int = 0
    answers: int = 0
    size: int = 0  # bytes of all answers
    notes: list[str] = field(default_factory=list)
    error: InputError | None = None


class Visitor:
    """Visits pages with one browser, each in a context of its own: no cookie or cache is carried over."""

    def __init__(self, browser: Browser, addresses: Addresses, limits: Limits) -> None:
        self._browser, self._addresses, self._limits = browser, addresses, limits

    def visit(self, url: str) -> Visit:
        """Load a page and all it shows; what fails is told in the result."""
        context = ""
        try:
            context = self._browser.call("Target.createBrowserContext", disposeOnDetach=True)["browserContextId"]
            target = self._browser.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
            session = self._browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            run = _Run(self._browser, self._addresses, self._limits, url, session)
            try:
                return run.through()
            finally:
                run.end()
        except TimeoutError:
            out = Visit(url)
            out.error = InputError("browser", url, "could not be loaded: the browser gave no answer.", _TRY)
            return out
        finally:
            self._browser.handle = lambda _event: None
            if context:
                self._browser.send("Target.disposeBrowserContext", browserContextId=context)


class _Run:
    """One visit while it goes on."""

    def __init__(self, browser: Browser, addresses: Addresses, limits: Limits, url: str, session: str) -> None:
        self.out = Visit(url)
        self._browser, self._addresses, self._limits, self._session = browser, addresses, limits, session
        self._until = time.monotonic() + limits.seconds
        self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._under_way = 0
        self._last = time.monotonic()
        self._loaded = self._failed = False
        self._count = 0
        self._hops: dict[str, int] = {}
        self._frame = ""
        self._refused: dict[str, InputError] = {}
        self._events: dict[str, Callable[[Answer, str], None]] = {
            "Fetch.requestPaused": self._asked,
            "Fetch.authRequired": self._no_password,
            "Target.attachedToTarget": self._attached,
            "Page.loadEventFired": self._complete,
            "Page.javascriptDialogOpening": self._no_dialog,
        }

    def through(self) -> Visit:
        """Load, wait until it is quiet, take the picture."""
        self._browser.handle = self._handle
        self._prepare(self._session, page=True)
        self._browser.call("Page.enable", session=self._session)
        self._browser.call("Browser.setDownloadBehavior", behavior="deny")
        tree = self._browser.call("Page.getFrameTree", session=self._session)
        self._frame = tree["frameTree"]["frame"]["id"]
        self._browser.send("Page.navigate", self._navigated, self._session, url=self.out.asked)
        done = self._browser.pump(self._settled, self._until - min(10.0, self._limits.seconds / 4))
        out = self.out
        if not done and not self._failed:
            out.notes.append("the page was still loading when the time was over; it is saved as it then was")
        if out.page is None:
            out.error = self._refused.get("page") or InputError(
                "slow", out.asked, "was not loaded in time.", "Try again, or give it more --seconds."
            )
        elif self._failed:
            media = out.page.said.media or "of no type"
            out.notes.append(f"it is {media}, not a web page: saved as it is, without a picture")
        else:
            self._picture()
        return out

    def end(self) -> None:
        """Ask for nothing more."""
        self._until = 0.0
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _handle(self, event: Answer) -> None:
        if act := self._events.get(event.get("method", "")):
            act(event.get("params") or {}, event.get("sessionId", ""))

    def _prepare(self, session: str, *, page: bool) -> None:
        send = self._browser.send
        send("Fetch.enable", None, session, patterns=[{"urlPattern": "*"}])
        send("Network.enable", None, session)
        send("Network.setBypassServiceWorker", None, session, bypass=True)
        send("Network.setUserAgentOverride", None, session, userAgent=self._browser.agent)
        send("Target.setAutoAttach", None, session, autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        if not page:
            send("Runtime.runIfWaitingForDebugger", None, session)

    def _attached(self, event: Answer, _session: str) -> None:
        """Frames of other sites and workers are processes of their own: what they ask for comes by us too."""
        self._prepare(event["sessionId"], page=False)

    def _complete(self, _event: Answer, session: str) -> None:
        self._loaded |= session == self._session

    def _navigated(self, answer: Answer) -> None:
        if (answer.get("result") or {}).get("errorText") or answer.get("error"):
            self._failed = True

    def _no_dialog(self, _event: Answer, session: str) -> None:
        self._browser.send("Page.handleJavaScriptDialog", None, session, accept=False)

    def _no_password(self, event: Answer, session: str) -> None:
        refusal = {"response": "CancelAuth"}
        self._browser.send(
            "Fetch.continueWithAuth", None, session, requestId=event["requestId"], authChallengeResponse=refusal
        )

    def _settled(self) -> bool:
        if self._under_way:
            return False
        return self._failed or (self._loaded and time.monotonic() - self._last > _QUIET)

    def _asked(self, event: Answer, session: str) -> None:
        """A page asks for something: it is fetched by us, or refused with the reason."""
        request, paused = event["request"], event["requestId"]
        url = urldefrag(request["url"])[0]
        main = event.get("resourceType") == "Document" and event.get("frameId") == self._frame
        self._last = time.monotonic()
        chain = event.get("networkId") or paused
        self._hops[chain] = hops = self._hops.get(chain, -1) + 1
        problem = self._problem(url, request["method"], hops)
        if problem:
            self._refuse(url, problem, main, paused, session)
            return
        self._count += 1
        self._under_way += 1
        if main:
            self.out.hops = hops

        def with_cookies(answer: Answer) -> None:
            cookies = (answer.get("result") or {}).get("cookies") or []
            headers = [(k, v) for k, v in request["headers"].items() if k.lower() != "cookie"]
            if cookies:
                headers.append(("Cookie", "; ".join(f"{c['name']}={c['value']}" for c in cookies)))
            try:
                work = self._pool.submit(
                    exchange, url, request["method"], headers, self._addresses, self._limits, self._until
                )
            except RuntimeError:  # the visit is over
                return
            work.add_done_callback(
                lambda done: self._browser.events.put(lambda: self._fetched(done, url, main, paused, session))
            )

        self._browser.send("Network.getCookies", with_cookies, session, urls=[url])

    def _problem(self, url: str, method: str, hops: int) -> str | None:
        """In words, why a request is not made; None when it is."""
        if not url.startswith(("http://", "https://")):
            return "is no http or https address"
        if method not in _METHODS:
            return f"is a {method} request, which is not sent"
        if hops > self._limits.redirects:
            return f"redirects more than {self._limits.redirects} times"
        if self._count >= self._limits.requests:
            return f"is beyond the {self._limits.requests:,} requests of a page"
        if self.out.size >= self._limits.total:
            return f"is beyond the {self._limits.total / 1e6:,.0f} MB of a page"
        return None

    def _refuse(self, url: str, why: str | InputError, main: bool, paused: str, session: str) -> None:
        self._browser.send("Fetch.failRequest", None, session, requestId=paused, errorReason="BlockedByClient")
        error = why if isinstance(why, InputError) else InputError("refused", url, f"{why}.", "Check the address.")
        if main and self.out.page is None:
            self._refused["page"] = error
            self._failed = True
        elif len(self.out.missing) < _MOST_NAMED:
            self.out.missing.append((url, error.problem.rstrip(".")))
        else:
            self.out.more_missing += 1

    def _fetched(self, done: Future[Exchange], url: str, main: bool, paused: str, session: str) -> None:
        self._under_way -= 1
        self._last = time.monotonic()
        if done.cancelled():
            return
        error = done.exception()
        if isinstance(error, InputError):
            self._refuse(url, error, main, paused, session)
            return
        if error:
            raise error
        got = done.result()
        self.out.size += len(got.body)
        self.out.exchanges.append(got)
        self.out.answers += 1
        try:
            body = entity(got.body, got.said, self._limits.largest, url) if got.body else b""
        except InputError as damaged:
            self._refuse(url, damaged, main, paused, session)
            return
        redirect = 300 <= got.said.status < 400 and "location" in got.said.headers
        if main and not redirect:
            self.out.page = got
            shown = got.said.media.startswith(_SHOWN) or not got.said.media
            if not shown or got.said.headers.get("content-disposition", "").lower().startswith("attachment"):
                self._failed = True
                self._browser.send("Fetch.failRequest", None, session, requestId=paused, errorReason="Aborted")
                return
        self._answer(got, body, paused, session)

    def _answer(self, got: Exchange, body: bytes, paused: str, session: str) -> None:
        lines = [line.partition(b":") for line in got.head.splitlines()[1:]]
        headers = [
            {"name": name.strip().decode("latin-1"), "value": value.strip().decode("latin-1")}
            for name, colon, value in lines
            if colon and name.strip().lower().decode("latin-1") not in _LEFT_OUT
        ]
        self._browser.send(
            "Fetch.fulfillRequest",
            None,
            session,
            requestId=paused,
            responseCode=got.said.status,
            responseHeaders=headers,
            body=base64.b64encode(body).decode(),
        )

    def _picture(self) -> None:
        """The whole page as a picture, and its markup as it was rendered."""
        out, call, session = self.out, self._browser.call, self._session
        try:
            history = call("Page.getNavigationHistory", self._left(), session)
            entry: dict[str, Any] = history["entries"][history["currentIndex"]]
            out.title = " ".join(str(entry.get("title") or "").split())[:1000]
            size = call("Page.getLayoutMetrics", self._left(), session)["cssContentSize"]
            tall = max(900, min(int(size["height"]), self._limits.tall))
            view = {"width": 1280, "height": tall, "deviceScaleFactor": 1, "mobile": False}
            call("Emulation.setDeviceMetricsOverride", self._left(), session, **view)  # what loads late loads now
            self._last = time.monotonic()
            self._browser.pump(self._settled, min(self._until, time.monotonic() + 8.0))
            size = call("Page.getLayoutMetrics", self._left(), session)["cssContentSize"]
            if size["height"] > self._limits.tall:
                out.notes.append(f"the picture shows the first {self._limits.tall:,} of {size['height']:,.0f} pixels")
            box = {"x": 0, "y": 0, "width": 1280, "height": max(1, min(size["height"], self._limits.tall)), "scale": 1}
            shot = call(
                "Page.captureScreenshot", self._left(), session, format="png", clip=box, captureBeyondViewport=True
            )
            out.screenshot = base64.b64decode(shot["data"])
            root = call("DOM.getDocument", self._left(), session, depth=0)["root"]["nodeId"]
            out.rendered = str(call("DOM.getOuterHTML", self._left(), session, nodeId=root)["outerHTML"])
        except (TimeoutError, KeyError, ValueError):
            if not out.screenshot:
                out.notes.append("no picture: the page kept the browser too busy to draw it")

    def _left(self) -> float:
        return max(2.0, min(15.0, self._until - time.monotonic()))
