"""What listens at ``--scheduler`` may be anything: it is asked first, and the answer is a sentence."""

from __future__ import annotations

import http.server
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import distributed
import pytest
from typer.testing import CliRunner

from bnviz.cli.app import app
from bnviz.errors import SceneFailed, UserError
from bnviz.workers import scheduler
from bnviz.workers.pool import Done, Task, run_tasks
from bnviz.workers.scheduler import CERTIFICATES, require_scheduler
from tests.bnviz.dask_processes import PATIENCE, a_scheduler, a_worker, running

pytestmark = pytest.mark.xdist_group("cluster")
Answer = Callable[[socket.socket], None]
SILENT, WRONG = "says nothing that a scheduler would", "does not speak as Dask does"


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "CONNECT", 0.3)
    monkeypatch.setattr(scheduler, "TIMEOUT", 1)


@contextmanager
def listening(answer: Answer) -> Iterator[str]:
    """Somebody who answers each connection in this way, and keeps it open; yields the address."""
    kept = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    kept.append(server.accept()[0])
                    answer(kept[-1])
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    for one in kept:
        one.close()


def echo(one: socket.socket) -> None:
    while said := one.recv(4096):
        one.sendall(said)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda one: None, SILENT),
        (lambda one: one.sendall(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), WRONG),
        (lambda one: one.sendall(b"220 mail.example.org ESMTP\r\n"), WRONG),
        (lambda one: one.sendall(bytes(4096)), WRONG),
        (lambda one: one.sendall(b"\xff" * 4096), WRONG),
        (echo, WRONG),
        (lambda one: one.close(), ""),
    ],
)
def test_whatever_listens_there_is_told_as_no_scheduler(answer: Answer, why: str) -> None:
    with (
        listening(answer) as address,
        pytest.raises(UserError, match=f"^--scheduler {address}: no Dask scheduler answers there .*{why}"),
    ):
        require_scheduler(address)


@pytest.mark.usefixtures("soon")
def test_a_web_server_is_told_as_no_scheduler() -> None:
    class Quiet(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(UserError, match="no Dask scheduler answers there .* 8787 is only its web page"):
            require_scheduler(f"tcp://127.0.0.1:{server.server_port}")
        server.shutdown()


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("host", ["127.0.0.1:1", "no-such-host.invalid:8786"])
def test_where_nobody_listens_the_reason_is_told(host: str) -> None:
    with pytest.raises(UserError, match=r"no Dask scheduler answers there .* \(.+\); start one with: dask"):
        require_scheduler(f"tcp://{host}")


def test_it_takes_less_than_ten_seconds() -> None:
    assert scheduler.CONNECT < scheduler.TIMEOUT <= 5


@pytest.mark.parametrize(
    "address",
    [
        *("", "8786", "host", "host:8786", "tcp://", "tcp://:8786", "tcp://host", "tcp://host:port"),
        *("tcp://host:0", "tcp://host:99999", "tcp://[::1:8786", "tcp://a b:8786", "tcp://host:8786/path"),
        *("tcp://me@host:8786", "ftp://host:8786", "http://host:8787", "inproc://host:1", "tcp://h\n:1"),
    ],
)
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(UserError, match=r"^--scheduler is .* it must be like tcp://host:8786, or tls://host"):
        require_scheduler(address)


@pytest.mark.parametrize("command", ["film", "slides", "page"])
def test_what_renders_scenes_asks_the_scheduler_first(
    command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bnviz.workers.process.perform", None)  # nothing can be rendered
    said = CliRunner().invoke(app, [command, "--scenes", "Valley", "--scheduler", "tcp://host"])
    assert said.exit_code == 1
    assert "--scheduler is 'tcp://host'; it must be like" in " ".join(said.output.split())


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "distributed.comm", raising=False)
    with pytest.raises(UserError, match=r"^--scheduler needs Dask .* sh bnviz/setup\.sh voice cluster"):
        require_scheduler("tcp://127.0.0.1:8786")


def test_a_worker_s_address_is_told(tmp_path: Path) -> None:
    with a_scheduler(tmp_path) as (_, client), a_worker(client, "--no-nanny"):
        (worker,) = client.scheduler_info()["workers"]
        assert require_scheduler(str(client.scheduler.address)) is distributed
        with pytest.raises(UserError, match=f"^--scheduler {worker}: .*it is a Worker"):
            require_scheduler(worker)


def shout(text: bytes, report: object) -> bytes:
    if not text:
        raise ValueError("nothing to shout")
    return text.upper()


@pytest.fixture
def certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An authority and a key, where Dask's variables name them; returns a worker's options for them."""
    made = distributed.Security.temporary()
    authority, key = tmp_path / "ca.pem", tmp_path / "key.pem"
    authority.write_text(made.tls_ca_file, encoding="utf-8")
    key.write_text(made.tls_client_key, encoding="utf-8")
    name_certificates(monkeypatch, authority, key)
    return ["--tls-ca-file", str(authority), "--tls-cert", str(authority), "--tls-key", str(key)]


def name_certificates(monkeypatch: pytest.MonkeyPatch, authority: Path, key: Path) -> None:
    """In the variables, and as Dask has read them when it was imported."""
    import dask

    for name, path in zip(CERTIFICATES, (authority, authority, key), strict=True):
        monkeypatch.setenv(name, str(path))
    dask.config.refresh()


@pytest.fixture(autouse=True)
def dask_s_own_settings_afterwards() -> Iterator[None]:
    import dask

    before = dict(os.environ)
    yield
    for name in CERTIFICATES:
        if name not in before:
            os.environ.pop(name, None)
    dask.config.refresh()


def test_tls_works_as_the_documentation_says(
    certificates: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "scheduler.json"
    options = ["--protocol", "tls", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with (
        running(["scheduler", *certificates, *options, "--scheduler-file", str(file)]),
        distributed.Client(scheduler_file=str(file), timeout=PATIENCE, set_as_default=False) as client,
        a_worker(client, "--no-nanny", *certificates),
    ):
        address = str(client.scheduler.address)
        assert address.startswith("tls://")
        (done,) = run_tasks([Task("One", shout, (b"over tls",), returns_bytes=True)], 1, address)
        assert done == Done("One", b"OVER TLS", "")
        with pytest.raises(SceneFailed, match=r"^scene One failed: ValueError: nothing to shout .* tls://"):
            list(run_tasks([Task("One", shout, (b"",), returns_bytes=True)], 1, address))
        with pytest.raises(UserError, match="no Dask scheduler answers there"):
            require_scheduler(address.replace("tls://", "tcp://"))
        another = distributed.Security.temporary()
        (tmp_path / "other.pem").write_text(another.tls_ca_file, encoding="utf-8")
        (tmp_path / "other-key.pem").write_text(another.tls_client_key, encoding="utf-8")
        name_certificates(monkeypatch, tmp_path / "other.pem", tmp_path / "other-key.pem")
        with pytest.raises(UserError, match="no Dask scheduler answers there"):
            require_scheduler(address)


def test_tls_without_certificates_names_what_they_are_named_by() -> None:
    with pytest.raises(UserError, match=f"tls needs certificates; .*{', '.join(CERTIFICATES)}, see docs/"):
        require_scheduler("tls://127.0.0.1:8786")


def test_certificates_that_are_not_there_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name_certificates(monkeypatch, tmp_path / "none.pem", tmp_path / "none.pem")
    with pytest.raises(UserError, match="^--scheduler tls://host:1: Dask's certificates cannot be read"):
        require_scheduler("tls://host:1")
