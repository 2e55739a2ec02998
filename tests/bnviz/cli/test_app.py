"""The command: what it makes, and what it answers to mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import av
import numpy as np
import pytest
import srt
from av.stream import Disposition

from bnviz import doctor
from bnviz.cli import app, frames
from bnviz.errors import SceneFailed
from bnviz.installation import install
from bnviz.posters import readme_table
from bnviz.review import captions
from bnviz.review.measurement import problems
from bnviz.run import discover
from scenes.kit import theme
from scenes.kit.script.captions import Cue
from tests.bnviz.commands import run


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    """The command works in an empty folder, with the example scenes for its scenes."""
    monkeypatch.chdir(tmp_path)
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))
    monkeypatch.setattr(app, "console", app.terminal(width=400))
    monkeypatch.setattr(app, "complaints", app.terminal(width=400, stderr=True))


def test_a_scene_becomes_an_mp4_with_captions_beside_it(tmp_path: Path) -> None:
    code, output = run("scene", "Other", "--quality", "low")
    assert code == 0, output
    assert "media/scenes/other.mp4 0:02 min, 1 chapter," in output
    assert {path.name for path in (tmp_path / "media" / "scenes").iterdir()} == {
        "other.description.txt",
        "other.mp4",
        "other.srt",
        "other.vtt",
    }


def test_a_scene_may_be_as_large_as_a_television(tmp_path: Path) -> None:
    code, output = run("scene", "Other", "--quality", "4k", "--silent")
    assert code == 0, output
    with av.open(tmp_path / "media" / "scenes" / "other-silent.mp4") as film:
        video = film.streams.video[0]
        assert (video.width, video.height, video.average_rate) == (3840, 2160, 60)


def test_a_film_of_chosen_scenes_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    code, output = run("film", "--scenes", "Other, Small", "--quality", "low", "--output", "a/b.mp4")
    assert code == 0, output
    assert ", 1 chapter," in output
    with av.open(tmp_path / "a" / "b.mp4") as film:
        assert [stream.type for stream in film.streams] == ["video", "audio", "subtitle", "data"]
        titles = [chapter["metadata"]["title"] for chapter in film.chapters()]
    assert titles == ["Small"]  # no chapter is shorter than ten seconds
    said = [cue.content for cue in srt.parse((tmp_path / "a" / "b.srt").read_text(encoding="utf-8"))]
    assert said == ["Here is a circle.", "A square & its <\u2060side>.", "It moves."]


def test_a_silent_light_film_shows_its_captions_as_long_as_they_need(tmp_path: Path) -> None:
    code, output = run("film", "--scenes", "Small,Other", "--quality", "low", "--silent", "--theme", "light")
    assert code == 0, output
    path = tmp_path / "media" / "film" / "valley-to-bowl-small-other-light-silent.mp4"
    cues = list(srt.parse(path.with_suffix(".srt").read_text(encoding="utf-8")))
    made = [Cue(cue.start.total_seconds(), cue.end.total_seconds(), cue.content) for cue in cues]
    assert [cue.text for cue in made] == ["A square & its <\u2060side>.", "It moves.", "Here is a circle."]
    assert problems(captions.checks(made)) == []
    with av.open(path) as film:
        assert [stream.type for stream in film.streams] == ["video", "subtitle", "data"]
        (subtitles,) = film.streams.subtitles
        assert subtitles.disposition & Disposition.default  # nothing is said, so they are shown unasked
        corners = [frame.to_ndarray(format="rgb24", threads=1)[:20, :20] for frame in film.decode(video=0)]
    light = theme.named("light").background.to_int_rgb()
    assert np.abs(np.array(corners) - np.array(light)).max() < 6


def test_a_scene_is_silent_and_light_likewise(tmp_path: Path) -> None:
    code, output = run("scene", "Other", "--quality", "low", "--silent", "--theme", "light")
    assert code == 0, output
    path = tmp_path / "media" / "scenes" / "other-light-silent.mp4"
    with av.open(path) as film:
        assert [stream.type for stream in film.streams] == ["video", "subtitle", "data"]
        corner = next(film.decode(video=0)).to_ndarray(format="rgb24", threads=1)[:20, :20]
    assert corner.mean() > 200


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["scene", "Smal"], "there is no scene 'Smal'"),
        (["scene", "Smal"], "did you mean Small?"),
        (["scene", "Small", "--output", "film.avi"], "--output is film.avi; it must end in .mp4"),
        (["film", "--scenes", ","], "--scenes names no scene; it should be like --scenes Valley,Bowl"),
        (["film", "--scenes", "Smal,Other"], "there is no scene 'Smal'"),
        (["film", "--scenes", "Small,Othr"], "did you mean Other?"),
        (["film", "--scenes", "Small,Small"], "--scenes names Small more than once"),
        (["film", "--workers", "0"], "--workers"),
        (["film", "--quality", "best"], "'best' is not one of 'low', 'medium', 'high'"),
        (["film", "--theme", "pink"], "'pink' is not one of 'dark', 'light'"),
        (["film", "--lesson", "nowhere.toml"], "'nowhere.toml' does not exist"),
        (["frames", "check", "--scenes", "Nobody"], "there is no scene 'Nobody'"),
        (["slides", "--format", "odp"], "'odp' is not one of 'html', 'pptx', 'pdf'"),
        (
            ["slides", "--scenes", "Other", "--quality", "low", "--loop", "Other/x"],
            "--loop names Other/x; the",
        ),
        (["slides", "--scenes", "Nobody"], "there is no scene 'Nobody'"),
        (["slides", "--format", "pdf", "--one-file"], "--one-file is about the HTML, which --format leaves"),
        (
            ["slides", "--scenes", "Other", "--speaker", "Ada\nLovelace"],
            "must be one line, without control characters",
        ),
        (
            ["slides", "--scenes", "Other", "--event", "ก"],
            "--event cannot be written in the PDF: no font of English",
        ),
        (["clip", "Small/move", "--once"], "--once is for a GIF"),
        (["clip", "Smal/move"], "there is no scene 'Smal'"),
        (["clip", "Small/mov"], "Small has no beat 'mov'; did you mean Small/move?"),
        (["clip", "Small", "--format", "gif", "--voice"], "--voice: a GIF has no sound"),
        (["clip", "Small", "--output", "a.avi"], "--output is a.avi; it must end in .mp4, .gif, .webm, .mov"),
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
    assert "Traceback" in (tmp_path / "media" / "failure.log").read_text(encoding="utf-8")
    assert not list((tmp_path / "media" / "scenes").iterdir())


def test_frames_are_renewed_checked_and_shown(tmp_path: Path) -> None:
    assert run("frames", "renew", "--scenes", "Small")[1].endswith("2 controls changed ")
    assert run("frames", "check", "--scenes", "Small") == (0, "2 of 2 beats are as their controls ")
    control = tmp_path / frames.CONTROL / "small"
    (control / "move.png").write_bytes((control / "appear.png").read_bytes())
    code, output = run("frames", "show", "--scenes", "Small")
    assert code == 1
    assert "Small, beat 'move':" in output
    assert (tmp_path / "media" / "differences" / "small" / "move.png").exists()


def test_a_beat_becomes_a_gif(tmp_path: Path) -> None:
    code, output = run(
        "clip", "Small/move", "--format", "gif", "--width", "160", "--theme", "light", "--loop"
    )
    assert code == 0, output
    assert re.search(r"media/clips/small-move-light-loop\.gif 1\.\d s, 160x90, 20 frames a second, 0", output)
    assert (tmp_path / "media" / "clips" / "small-move-light-loop.gif").exists()


def test_slides_are_written_in_the_formats_asked_for(tmp_path: Path) -> None:
    code, output = run(
        "slides", "--scenes", "Other", "--quality", "low", "--format", "pdf", "--format", "html"
    )
    assert code == 0, output
    assert "media/slides-other/valley-to-bowl.pdf 1 slides" in output
    assert {path.suffix for path in (tmp_path / "media" / "slides-other").iterdir()} == {
        ".html",
        ".json",
        ".pdf",
        "",
    }


def test_posters_are_written(tmp_path: Path) -> None:
    code, output = run("posters", "--scenes", "Small")
    assert code == 0
    assert "media/posters/small.png" in output
    assert (tmp_path / "media" / "posters" / "small.png").stat().st_size < 200_000


def test_posters_are_shown_in_the_readme_but_not_the_light_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discover.scenes, "ORDER", ("Small", "Other"))
    readme = tmp_path / "README.md"
    readme.write_text(f"{readme_table.BEGIN}\n{readme_table.END}\n", encoding="utf-8")
    assert run("posters", "--theme", "light", "--scenes", "Small")[0] == 0
    assert (tmp_path / "media" / "posters-light" / "small.png").exists()
    assert "small" not in readme.read_text(encoding="utf-8")
    monkeypatch.setattr("bnviz.posters.overview.contents_table", lambda sources, settings: str(len(sources)))
    code, output = run("posters")
    assert code == 0 and output.endswith("README.md changed "), output
    assert readme.read_text(encoding="utf-8") == f"{readme_table.BEGIN}\n2\n{readme_table.END}\n"


def test_where_says_a_scene_s_file_alone(examples: Path) -> None:
    code, output = run("where", "Small")
    assert code == 0 and Path(output.strip()).samefile(examples / "small.py")


def test_the_list_shows_scenes_beats_and_durations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover, "scene_names", lambda: ["Small", "Other"])
    code, output = run("list", "--silent")
    assert code == 0
    for word in ("Small", "appear", "move", "Other", "circle", "cut short", "~"):
        assert word in output
    assert "~ silent lengths, reckoned from the words: all of them" in output
    code, exact = run("list", "--silent", "--exact")
    assert code == 0 and "~" not in exact
    monkeypatch.setattr("bnviz.workers.pool._place", None)  # nothing is run
    assert run("list", "--silent") == (0, exact)
    code, spoken = run("list")  # what is known of the film without a voice
    assert code == 0 and "~ silent lengths, as the silent film has them: all of them" in spoken


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
    assert rows["manim"].fix == install(again=True)
    assert install(again=True) in output


def test_the_doctor_names_the_system_s_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_has_library", lambda name: False)
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    mends = {row.what: row.fix for row in doctor.examine(Path.cwd()) if not row.fine}
    assert mends["cairo's headers"] == "apt-get install -y --no-install-recommends libcairo2-dev"
    assert mends["pango's headers"] == "apt-get install -y --no-install-recommends libpango1.0-dev"
    assert mends["the font Lato"] == install(again=True)


def test_without_the_voice_the_film_says_that_it_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "missing_voice", lambda: ["hibari-tts"])
    monkeypatch.setattr(
        "bnviz.film.make.make_film", lambda *_: (_ for _ in ()).throw(SceneFailed("x", "enough"))
    )
    assert (
        f"The film will be silent: hibari-tts not installed. Mend it with: {install('voice')}"
        in run("film", "--scenes", "Small")[1]
    )
