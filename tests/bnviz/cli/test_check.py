"""``bnviz check``: a film that is right passes, and each kind of fault is named and ends in exit code 1."""

from __future__ import annotations

import json
import re
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from bnviz.cli import app
from bnviz.cli.common import console
from bnviz.media import caption_files
from bnviz.media.loudness import loudness
from bnviz.run import discover
from scenes.kit.script.captions import Cue
from tests.bnviz.films import moving, write_film

Sine = Callable[..., np.ndarray]
RIGHT = 10 ** (-16 / 20)  # the amplitude of a 997 Hz sine with -16 LUFS on two channels
ALL = ("pace", "stillness", "flashes", "legibility", "captions", "loudness")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(console, "width", 400)  # else as wide as when it was imported
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))


def check(*arguments: str) -> tuple[int, str, str]:
    """Exit code, report and what is told meanwhile."""
    done = CliRunner().invoke(app.app, ["check", *arguments], env={"NO_COLOR": "1"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, re.sub(r"[ \t]+", " ", done.stdout), done.stderr


def report(*arguments: str) -> tuple[int, dict[tuple[str, str], dict[str, Any]]]:
    """Exit code, and the checks of ``--json`` by subject and name."""
    code, output, _ = check(*arguments, "--json")
    data = json.loads(output)
    assert data["is_beyond"] == (code == 1)
    return code, {(item["subject"], item["name"]): item for item in data["checks"]}


def test_a_film_that_is_right_passes_and_is_not_rendered_twice() -> None:
    code, output, told = check("Right")
    assert code == 0, output
    assert output.endswith("nothing is beyond its limit\n")
    assert "BEYOND" not in output
    for subject in ALL:
        assert re.search(rf"│ {subject} │.*│ ok │", output), subject
    assert "narration of a scene" in output and "words/min" in output
    code, found = report("Right")
    assert code == 0
    assert all(item["unmeasured"] is None for item in found.values())
    letters = found["legibility", "letter height at 480p"]["worst"]
    assert (letters["scene"], letters["beat"], letters["about"]) == ("Right", "move", "text 'left or right'")
    assert letters["value"] == pytest.approx(32 * 0.72 * 480 / 1080, abs=0.5)  # Lato's capitals and ascenders
    assert "Right: " in told and "kept from before" in check("Right")[2]


@pytest.mark.parametrize(
    ("scene", "fault"),
    [
        ("Flashing", r"flashes: Flashing, beat 'flash', \d\.\d s: flashes in a second [45], must be at most"),
        ("Frozen", r"stillness: Frozen, beat 'stand', \d\.\d s: still with nothing said 5\.\d s, must be"),
        ("Tiny", r"legibility: Tiny, beat 'print', \d\.\d s, text 'Small print': letter height at 480p 6"),
    ],
)  # fmt: skip
def test_a_fault_of_a_scene_is_named_with_its_place(scene: str, fault: str) -> None:
    code, output, _ = check(scene, "--silent")
    assert code == 1
    assert re.search(fault, output), output
    assert len(re.findall("BEYOND", output)) == 1
    assert output.endswith("1 of 29 checks are beyond their limit\n")


def film_of(path: Path, sound: np.ndarray | None = None, *cues: Cue) -> str:
    write_film(path, moving(6), sound)
    if cues:
        path.with_suffix(".srt").write_text(caption_files.as_srt(cues), encoding="utf-8")
    return str(path)


SAID = Cue(0.0, 4.0, "A slow rise in gray."), Cue(4.0, 6.0, "It ends here.")


def test_a_bare_film_that_is_right_passes_and_says_what_needs_the_scenes(tmp_path: Path, sine: Sine) -> None:
    film = film_of(tmp_path / "film.mp4", sine(997, 6, RIGHT), *SAID)
    code, output, _ = check(film)
    assert code == 0, output
    assert "not checked: pace and surfaces and legibility, which only the scenes tell" in output
    code, found = report(film)
    assert code == 0
    missing = {subject for (subject, _), item in found.items() if item["unmeasured"] == "needs the scenes"}
    assert missing == {"pace", "surfaces", "legibility"}
    assert found["loudness", "film"]["worst"]["value"] == pytest.approx(-16, abs=0.2)


def test_a_film_that_is_too_loud_is_named(tmp_path: Path, sine: Sine) -> None:
    sound = sine(997, 6, 0.8)
    code, output, _ = check(film_of(tmp_path / "film.mp4", sound, *SAID))
    assert code == 1
    level = loudness(np.stack([sound, sound], axis=1), 48_000)
    assert f"loudness: film {level:.1f} LUFS, must be -16.5 to -15.5 LUFS" in output


def test_captions_that_are_too_fast_are_named(tmp_path: Path, sine: Sine) -> None:
    fast = Cue(4.0, 5.5, "It ends here, and much sooner than anybody can read.")
    code, found = report(film_of(tmp_path / "film.mp4", sine(997, 6, RIGHT), SAID[0], fast))
    assert code == 1
    speed = found["captions", "reading speed"]
    assert speed["is_beyond"] and speed["beyond"][0]["second"] == 4.0
    assert speed["worst"]["value"] == pytest.approx(len(fast.text) / 1.5, rel=0.01)
    assert [key for key, item in found.items() if item["is_beyond"] and key[0] != "captions"] == []


def test_a_bare_film_that_stands_still_in_silence_or_flashes_is_named(tmp_path: Path, sine: Sine) -> None:
    silence = np.concatenate([sine(997, 2, RIGHT), np.zeros(5 * 48_000, np.float32)])
    still = write_film(tmp_path / "still.mp4", [*moving(2), *[200] * 50], silence)
    code, found = report(str(still))
    assert code == 1 and found["stillness", "still with nothing said"]["worst"]["value"] > 4.5
    flashing = write_film(tmp_path / "flashes.mp4", [*moving(2), *[250, 10] * 10], sine(997, 4, RIGHT))
    code, found = report(str(flashing))
    assert code == 1 and found["flashes", "flashes in a second"]["worst"]["value"] == 5


def test_what_a_film_lacks_is_said(tmp_path: Path) -> None:
    code, output, _ = check(film_of(tmp_path / "film.mp4"))
    assert "there are no captions" in output and "there is no sound" in output
    assert (code, "stillness" in output) == (0, True)


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        (
            "nowhere.mp4",
            "there is no film nowhere.mp4; name a film's file, or scenes: bnviz check Valley,Bowl",
        ),
        ("text.mp4", "text.mp4 cannot be read as a film"),
        ("Nobody", "there is no scene 'Nobody'"),
        ("Right,Right", "bnviz check names Right more than once"),
        (",", "bnviz check names no scene; it should be like bnviz check Valley,Bowl"),
    ],
)
def test_mistakes_are_answered_with_a_sentence(what: str, answer: str) -> None:
    Path("text.mp4").write_text("no film at all", encoding="utf-8")
    code, _, told = check(what)
    assert code == 1
    assert answer in " ".join(told.split())
    assert "Traceback" not in told


def test_a_recording_is_no_film(tmp_path: Path, sine: Sine) -> None:
    with wave.open(str(tmp_path / "voice.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(bytes(9600))
    code, _, told = check("voice.wav")
    assert code == 1 and "voice.wav has no pictures" in told


def test_a_film_that_was_cut_off_is_told(tmp_path: Path, sine: Sine) -> None:
    """Its index is whole, and what that names is not there."""
    whole = write_film(tmp_path / "film.mkv", moving(3), sine(997, 3, RIGHT))
    (tmp_path / "cut.mkv").write_bytes(whole.read_bytes()[:700])
    code, _, told = check("cut.mkv")
    assert code == 1 and "cut.mkv" in told and "Traceback" not in told
