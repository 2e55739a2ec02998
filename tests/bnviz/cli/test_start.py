"""The command's end by a signal: a sentence and nothing half made, whenever it comes and however often."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bnviz.cli import app, start
from bnviz.cli.start import stoppable
from bnviz.errors import SceneFailed

FILM = """
import sys
from pathlib import Path
from bnviz.cli import start
from bnviz.run import discover
if __name__ == '__main__':
    find = discover.find
    discover.find = lambda name, folder=None: find(name, Path({examples!r}))
    sys.argv[1:] = ['film', '--scenes', 'Small,Other', '--silent', '--output', 'film/film.mp4']
    start.main()
"""
IMPORTING = """
import os, signal, sys
from bnviz.cli import start
class Hook:
    def find_spec(self, name, path=None, target=None):
        if name == 'typer':
            os.kill(os.getpid(), signal.{signal})
sys.meta_path.insert(0, Hook())
start.main()
"""


def started(program: str, folder: Path) -> subprocess.Popen[str]:
    (folder / "run.py").write_text(program, encoding="utf-8")
    (folder / "tmp").mkdir()
    return subprocess.Popen(
        [sys.executable, "run.py"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.getcwd(), "TMPDIR": str(folder / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # A shell's background job ignores Ctrl-C, one under nohup a hang-up, and so would their children.
        preexec_fn=lambda: [signal.signal(item, signal.SIG_DFL) for item in (signal.SIGINT, signal.SIGHUP)],
        encoding="utf-8",
    )


def test_a_closed_terminal_and_five_ctrl_c_end_every_process_and_leave_nothing_half_made(
    tmp_path: Path, examples: Path
) -> None:
    process = started(FILM.format(examples=str(examples)), tmp_path)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("tmp/bnviz-*/videos")) and time.monotonic() < deadline:
        time.sleep(0.1)  # until a scene is being rendered
    for item in (signal.SIGHUP, *[signal.SIGINT] * 5):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, item)  # what a terminal does
        time.sleep(0.05)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 130, output
    assert "stopped; films made before are untouched" in output
    assert "Traceback" not in output
    assert list((tmp_path / "film").iterdir()) == []
    deadline = time.monotonic() + 60  # the fork server's own clearing up takes its time on a busy machine
    while (running_in(process.pid) or left_in(tmp_path / "tmp")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert (running_in(process.pid), left_in(tmp_path / "tmp")) == ([], [])


def test_a_temporary_folder_too_deep_for_a_socket_is_no_hindrance(tmp_path: Path, examples: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    process = started(FILM.format(examples=str(examples)), deep)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    assert (deep / "film" / "film.mp4").exists()
    assert left_in(deep / "tmp") == []


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_while_it_still_imports_is_no_traceback(name: str, tmp_path: Path) -> None:
    process = started(IMPORTING.format(signal=name), tmp_path)
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, output) == (130, "stopped; films made before are untouched\n")


@pytest.fixture
def undisturbed() -> Iterator[None]:
    """Signals as in a terminal, also where the tests themselves run in the background or under nohup."""
    before = {item: signal.getsignal(item) for item in start.SIGNALS}
    for item in before:
        signal.signal(item, signal.default_int_handler if item is signal.SIGINT else signal.SIG_DFL)
    yield
    for item, handler in before.items():
        signal.signal(item, handler)


def test_what_is_ignored_stays_ignored(undisturbed: None) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    with stoppable():
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        os.kill(os.getpid(), signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_several_signals_in_a_row_are_one_wish(undisturbed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(start.time, "monotonic", lambda: now)
    with stoppable():
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        for item in start.SIGNALS:
            now += 0.9 * start.PATIENCE
            os.kill(os.getpid(), item)
        now += start.PATIENCE
        with pytest.raises(KeyboardInterrupt):  # it hangs, and the user insists
            os.kill(os.getpid(), signal.SIGINT)


def left_in(folder: Path) -> list[str]:
    """What we and multiprocessing have left there; onnxruntime keeps a file of its own."""
    return [path.name for path in folder.iterdir() if path.name.startswith(("bnviz-", "pymp-"))]


def running_in(group: int) -> list[str]:
    """The programs of a process group that are still running; the others may not be buried yet."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name, _, rest = path.read_text(encoding="utf-8").rpartition(")")
            state, _, process_group = rest.split()[:3]
            if process_group == str(group) and state != "Z":
                found.append(name)
    return found


def test_what_fails_because_it_was_stopped_is_told_as_stopped(
    undisturbed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signal reaches every process of a terminal, and one that it ended may be told first."""

    def stopped() -> None:
        with contextlib.suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGHUP)
            time.sleep(0.1)
        raise SceneFailed("One", "its process ended with SIGHUP")

    command = typer.Typer(cls=app.Plain)
    command.command()(stopped)
    command.callback()(lambda: None)
    done = CliRunner().invoke(command, ["stopped"])
    assert (done.exit_code, "stopped" in done.stderr, "error" in done.stderr) == (start.STOPPED, True, False)
