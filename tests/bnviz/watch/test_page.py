"""The page on this machine: it shows what is new, and nobody else's page can read it."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlsplit

import pytest
from PIL import Image

from bnviz.errors import UserError
from bnviz.watch.page import HOST, Board, Shown, served
from tests.bnviz.browser import MISSING, chromium


def picture(color: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (32, 18), color).save(file, format="PNG")
    return file.getvalue()


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def address(board: Board) -> Iterator[str]:
    with served(board, 0) as found:
        yield found


def get(address: str, path: str, host: str = "") -> tuple[int, bytes]:
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_it_is_served_to_this_machine_alone(address: str) -> None:
    assert urlsplit(address).hostname == HOST == "127.0.0.1"
    port = urlsplit(address).port
    assert get(address, "/state?after=-1")[0] == 200
    assert get(address, "/state?after=-1", host=f"localhost:{port}")[0] == 200
    for host in ("evil.example", f"evil.example:{port}", ""):
        assert get(address, "/state?after=-1", host=host or "x")[0] == 403
    for path in ("/../page.py", "/etc/passwd", "/picture.png", "/nothing"):
        assert get(address, path)[0] == 404


def test_a_question_is_answered_as_soon_as_there_is_something_new(board: Board, address: str) -> None:
    number = json.loads(get(address, "/state?after=-1")[1])["number"]
    answers: list[dict[str, object]] = []
    asking = Thread(
        target=lambda: answers.append(json.loads(get(address, f"/state?after={number}")[1])), daemon=True
    )
    asking.start()
    asking.join(0.3)
    assert asking.is_alive()
    board.show(Shown("Valley/home", "png", picture("red")))
    asking.join(10)
    (answer,) = answers
    assert (answer["title"], answer["error"], answer["busy"]) == ("Valley/home", "", False)
    assert get(address, f"/{answer['picture']}")[1] == picture("red")


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"--port {port}: Address already in use"), served(Board(), port):
            pass


def ask(address: str) -> None:
    with suppress(OSError):  # it may have ended before it is asked
        get(address, "/state?after=0")


def test_nothing_is_left_when_it_ends(board: Board) -> None:
    with served(board, 0) as address:
        waiting = Thread(target=ask, args=(address,), daemon=True)
        waiting.start()
    waiting.join(10)
    assert not waiting.is_alive()
    with pytest.raises(OSError):
        get(address, "/")


@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_the_page_shows_what_is_new_by_itself(board: Board, address: str) -> None:
    with chromium() as page:
        page.be_offline(False)
        page.open(address)
        page.wait("return document.querySelector('h1').textContent === 'waiting for a change'")
        board.show(Shown("Valley/home", "png", picture("red")))
        page.wait("return document.querySelector('img')?.naturalWidth === 32")
        first = page.run("return document.querySelector('img').src")
        board.show(replace(board.shown, error="words/en.toml: <b> is wrong"))
        said = page.wait("return !document.querySelector('#error').hidden && document.body.innerText")
        assert "words/en.toml: <b> is wrong" in said
        assert page.run("return document.querySelector('img').src") == first
        board.show(Shown("Bowl/home", "png", picture("blue")))
        page.wait("return document.querySelector('img')?.alt === 'Bowl/home'")
        assert page.run("return document.querySelector('#error').hidden")
        assert all(request.startswith((address, "data:")) for request in page.requests())
        assert page.complaints() == []
