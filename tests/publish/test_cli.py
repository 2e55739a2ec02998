"""The command: what it makes, and what it answers to mistakes."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publish import cli, discover, doctor
from publish.errors import SceneFailed


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, arguments, env={"COLUMNS": "400", "NO_COLOR": "1", "TERM": "dumb"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, re.sub(r"\s+", " ", result.output)


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    """The command works in an empty folder, with the example scenes for its scenes."""
    monkeypatch.chdir(tmp_path)
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))
    monkeypatch.setattr(cli, "console", cli.Console(width=400))
    monkeypatch.setattr(cli, "complaints", cli.Console(width=400, stderr=True))


def test_a_scene_becomes_an_mp4_with_captions_beside_it(tmp_path: Path) -> None:
    code, output = run("scene", "Other", "--quality", "low")
    assert code == 0, output
    assert "media/scenes/other.mp4 0:02 min, 1 chapters" in output
    assert {path.name for path in (tmp_path / "media" / "scenes").iterdir()} == {
        "other.mp4",
        "other.srt",
        "other.vtt",
    }


def test_a_film_of_chosen_scenes_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    code, output = run(
        "film",
        "--scenes",
        "Other, Small",
        "--quality",
        "low",
        "--silent",
        "--theme",
        "light",
        "--output",
        "a/b.mp4",
    )
    assert code == 0, output
    assert "3 chapters" in output
    assert (tmp_path / "a" / "b.mp4").exists()


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["scene", "Smal"], "there is no scene 'Smal'"),
        (["scene", "Smal"], "did you mean Small?"),
        (["scene", "Small", "--output", "film.avi"], "--output is film.avi; it must end in .mp4"),
        (["film", "--scenes", ","], "--scenes names no scene; it should be like --scenes Valley,Bowl"),
        (["film", "--scenes", "Small,Small"], "--scenes names Small more than once"),
        (["film", "--workers", "0"], "--workers"),
        (["film", "--quality", "best"], "'best' is not one of 'low', 'medium', 'high'"),
        (["film", "--theme", "pink"], "'pink' is not one of 'dark', 'light'"),
        (["film", "--lesson", "nowhere.toml"], "'nowhere.toml' does not exist"),
        (["frames", "check", "--scenes", "Nobody"], "there is no scene 'Nobody'"),
    ],
)
def test_mistakes_are_answered_with_a_sentence(arguments: list[str], answer: str) -> None:
    code, output = run(*arguments)
    assert code != 0
    assert answer in output
    assert "Traceback" not in output


def test_a_failing_scene_is_named_and_its_traceback_kept_in_a_file(tmp_path: Path) -> None:
    code, output = run("scene", "Broken", "--quality", "low")
    assert code == 1
    assert "scene Broken failed: RuntimeError: the circle does not close" in output
    assert "Traceback" not in output
    assert "Traceback" in (tmp_path / "media" / "failure.log").read_text()
    assert not list((tmp_path / "media" / "scenes").iterdir())


def test_frames_are_renewed_checked_and_shown(tmp_path: Path) -> None:
    assert run("frames", "renew", "--scenes", "Small")[1].endswith("2 controls changed ")
    assert run("frames", "check", "--scenes", "Small") == (0, "2 of 2 beats are as their controls ")
    control = tmp_path / cli.CONTROL / "small"
    (control / "move.png").write_bytes((control / "appear.png").read_bytes())
    code, output = run("frames", "show", "--scenes", "Small")
    assert code == 1
    assert "Small, beat 'move':" in output
    assert (tmp_path / "media" / "differences" / "small" / "move.png").exists()


def test_posters_are_written(tmp_path: Path) -> None:
    code, output = run("posters", "--scenes", "Small")
    assert code == 0
    assert "media/posters/small.png" in output
    assert (tmp_path / "media" / "posters" / "small.png").stat().st_size < 200_000


def test_the_list_shows_scenes_beats_and_durations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover, "scene_names", lambda: ["Small", "Other"])
    code, output = run("list")
    assert code == 0
    for word in ("Small", "appear", "move", "Other", "circle", "film"):
        assert word in output


def test_the_doctor_finds_this_machine_healthy() -> None:
    code, output = run("doctor")
    assert code == 0, output
    assert "missing" not in output


def test_the_doctor_names_what_is_missing_and_what_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = doctor.metadata.version

    def version(name: str) -> str:
        if name == "scipy":
            raise doctor.metadata.PackageNotFoundError(name)
        return "0.21.0" if name == "manim" else installed(name)

    monkeypatch.setattr(doctor.metadata, "version", version)
    code, output = run("doctor")
    assert code == 1
    rows = {row.what.split()[0]: row for row in doctor.examine(Path.cwd()) if not row.fine}
    assert set(rows) == {"manim", "scipy"}
    assert rows["scipy"].found == "not installed"
    assert rows["manim"].found == "0.21.0"
    assert rows["manim"].mend == "sh publish/setup.sh voice"
    assert "sh publish/setup.sh voice" in output


def test_the_doctor_names_the_system_s_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_has_library", lambda name: False)
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    mends = {row.what: row.mend for row in doctor.examine(Path.cwd()) if not row.fine}
    assert mends["cairo's headers"] == "apt-get install -y --no-install-recommends libcairo2-dev"
    assert mends["pango's headers"] == "apt-get install -y --no-install-recommends libpango1.0-dev"
    assert mends["the font Lato"] == "sh publish/setup.sh voice"


def test_without_the_voice_the_film_says_that_it_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "missing_voice", lambda: ["hibari-tts"])
    monkeypatch.setattr(
        "publish.film.make_film", lambda *_: (_ for _ in ()).throw(SceneFailed("x", "enough"))
    )
    assert (
        "The film will be silent: hibari-tts not installed. Mend it with: sh publish/setup.sh voice"
        in run("film", "--scenes", "Small")[1]
    )


def test_ctrl_c_ends_every_process_and_leaves_nothing_half_made(tmp_path: Path, examples: Path) -> None:
    program = (
        "from pathlib import Path\n"
        "from publish import cli, discover\n"
        "if __name__ == '__main__':\n"
        "    find = discover.find\n"
        f"    discover.find = lambda name, folder=None: find(name, Path({str(examples)!r}))\n"
        "    cli.app(['film', '--scenes', 'Small,Other', '--output', 'film/film.mp4'])\n"
    )
    (tmp_path / "run.py").write_text(program)
    process = subprocess.Popen(
        [sys.executable, "run.py"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        # A shell's background job ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("film/.rendering-*/*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)  # what a terminal does
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"stopped; films made before are untouched" in output
    assert b"Traceback" not in output
    assert list((tmp_path / "film").iterdir()) == []
    deadline = time.monotonic() + 5
    while running_in(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running_in(process.pid) == []


def running_in(group: int) -> list[str]:
    """The programs of a process group that are still running; the others may not be buried yet."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name, _, rest = path.read_text().rpartition(")")
            state, _, process_group = rest.split()[:3]
            if process_group == str(group) and state != "Z":
                found.append(name)
    return found
