"""A page on this machine alone that shows the latest picture, or what keeps it from being made.

It asks again and again whether there is something new, and is answered when there is. Nothing else is served,
and only to who calls this machine by its own name: a page from elsewhere cannot read it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from threading import Condition, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bnviz.errors import UserError

HOST = "127.0.0.1"
PATIENCE = 20.0  # seconds after which a question is answered although nothing has changed
FILES = {"/": ("watch.html", "text/html"), "/watch.js": ("watch.js", "text/javascript")}
FILES["/watch.css"] = ("watch.css", "text/css")
MOST = 2000  # characters of a request's path
TYPES = {"png": "image/png", "mp4": "video/mp4"}


@dataclass(frozen=True)
class Shown:
    """What is to be seen: the picture of ``title``, a sentence on what is wrong, or work under way."""

    title: str
    ending: str = "png"
    content: bytes = b""
    error: str = ""
    is_busy: bool = False


@dataclass
class Board:
    """What is shown now; ``number`` grows with every change, ``picture`` is the one its picture came with."""

    shown: Shown = field(default_factory=lambda: Shown(""))
    number: int = 0
    picture: int = 0
    is_over: bool = False
    changed: Condition = field(default_factory=Condition)

    def show(self, shown: Shown) -> None:
        """From now on this."""
        with self.changed:
            self.number += 1
            if shown.content is not self.shown.content:
                self.picture = self.number
            self.shown = shown
            self.changed.notify_all()

    def finish(self) -> None:
        """Nothing more comes: who waits is answered."""
        with self.changed:
            self.is_over = True
            self.changed.notify_all()

    def after(self, number: int) -> tuple[int, Shown]:
        """What is shown as soon as it is not what had ``number``, or some time later."""
        with self.changed:
            self.changed.wait_for(lambda: self.is_over or self.number != number, PATIENCE)
            return self.number, self.shown


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away while it is answered is no error."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@contextmanager
def served(board: Board, port: int) -> Iterator[str]:
    """Serve a page about ``board`` while the block runs; gives its address. Port 0 is any that is free.

    Raises:
        UserError: the port is taken, or may not be used.
    """
    handler = type("Handler", (_Handler,), {"board": board})
    try:
        server = _Server((HOST, port), handler)
    except OSError as error:
        raise UserError(
            f"--port {port}: {error.strerror}; name another, or leave it out for any that is free"
        ) from error
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        board.finish()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    board: Board
    timeout = 60  # seconds without a word

    def do_GET(self) -> None:  # noqa: N802  that is how it is found
        """Answer with the page, what is to be seen now, or the picture."""
        if self.headers.get("Host", "").rsplit(":", 1)[0] not in (HOST, "localhost") or len(self.path) > MOST:
            self.send_error(403)
            return
        address = urlsplit(self.path)
        if address.path in FILES:
            name, kind = FILES[address.path]
            self._send(resources.files("bnviz.watch").joinpath("web", name).read_bytes(), kind)
        elif address.path == "/state":
            number, shown = self.board.after(_number(address.query))
            state: dict[str, Any] = {"number": number, "title": shown.title, "error": shown.error}
            state |= {"busy": shown.is_busy, "picture": ""}
            if shown.content:
                state["picture"] = f"picture.{shown.ending}?{self.board.picture}"
            self._send(json.dumps(state).encode(), "application/json")
        elif address.path.startswith("/picture.") and self.board.shown.content:
            shown = self.board.shown
            self._send(shown.content, TYPES[shown.ending])
        else:
            self.send_error(404)

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src 'self' data:")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing of what is asked for."""


def _number(query: str) -> int:
    try:
        return int(parse_qs(query).get("after", ["-1"])[0])
    except ValueError:
        return -1
