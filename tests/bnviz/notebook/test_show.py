"""A scene or a beat as a video: what it holds, what it ends on, and that it is not rendered twice."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest

import bnviz
from bn_math import Lesson
from bnviz.errors import UserError
from bnviz.notebook import show as module
from bnviz.notebook.video import Video
from bnviz.run import discover
from bnviz.run.stills import beat_stills
from scenes.kit.settings import Settings
from tests.bnviz.conftest import EXAMPLES


def frames(video: Video) -> list[np.ndarray]:
    with av.open(io.BytesIO(video.movie)) as opened:
        return [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]


def cues(video: Video) -> list[str]:
    """What its captions say, each of them at a time that the video has."""
    blocks = [block.partition("\n") for block in video.captions.strip().split("\n\n")[1:]]
    for times, _, _ in blocks:
        start, end = (60 * float(it.split(":")[1]) + float(it.split(":")[2]) for it in times.split(" --> "))
        assert 0 <= start < end <= video.seconds
    return [text for _, _, text in blocks]


@pytest.mark.usefixtures("small")
def test_a_beat_ends_on_its_still_without_a_curtain() -> None:
    shown = bnviz.show("Small/move")
    still = beat_stills(discover.find("Small", EXAMPLES), Settings(voice=False), 854, 480)["move"].picture
    assert np.abs(frames(shown)[-1].astype(int) - still).mean() < 2
    assert len(frames(shown)) == round(15 * shown.seconds)
    assert (shown.what, shown.title, cues(shown)) == ("Small/move", "Small: It moves", ["It moves."])
    assert shown.alt == "Small: It moves. It moves."


@pytest.mark.usefixtures("small")
def test_a_scene_has_all_its_beats_one_after_the_other() -> None:
    whole = bnviz.show("Small")
    assert cues(whole) == ["A square &amp; its &lt;side&gt;.", "It moves."]
    assert (whole.what, whole.title) == ("Small", "Small")
    one, two = bnviz.show("Small/appear"), bnviz.show("Small/move")
    assert len(frames(whole)) == len(frames(one)) + len(frames(two))
    assert 'aria-label="Small: A square. A square &amp; its &lt;side&gt;."' in one._repr_html_()


@pytest.mark.usefixtures("small")
def test_what_is_kept_is_not_rendered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A beat is taken from its whole scene, where that is there, else from what was kept of it alone."""
    from bnviz.film import make

    rendered: list[tuple[str, ...]] = []
    render = make.render_missing

    def counting(missing, *rest):
        rendered.extend(source.beats for source in missing)
        return render(missing, *rest)

    monkeypatch.setattr(make, "render_missing", counting)
    first, again = bnviz.show("Small/move"), bnviz.show("Small/move")
    assert rendered == [("move",)] and again == first
    bnviz.show("Small")
    from_whole = bnviz.show("Small/appear")
    assert rendered == [("move",), ()]
    assert cues(from_whole) == ["A square &amp; its &lt;side&gt;."]
    assert {path.suffix for path in Path("media/cache").iterdir()} == {".scene", ".lengths"}
    bnviz.show("Small/move", cache="elsewhere")
    assert len(rendered) == 3 and Path("elsewhere").is_dir()


@pytest.mark.usefixtures("small")
def test_a_narrated_one_is_heard_and_its_captions_wait() -> None:
    silent, spoken = bnviz.show("Small/move"), bnviz.show("Small/move", voice=True)
    for video, streams in ((silent, ["video"]), (spoken, ["video", "audio"])):
        with av.open(io.BytesIO(video.movie)) as opened:
            assert [stream.type for stream in opened.streams] == streams
    assert spoken.has_voice and not silent.has_voice
    assert " default " in silent._repr_html_() and " default " not in spoken._repr_html_()


def test_no_voice_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.doctor, "missing_voice", lambda: ["hibari-tts"])
    with pytest.raises(UserError, match="^voice is True, which needs hibari-tts: .*voice"):
        bnviz.show("Valley", voice=True)


@pytest.mark.parametrize(
    ("what", "options", "sentence"),
    [
        ("Vally", {}, "there is no scene 'Vally' in .*; did you mean Valley"),
        ("Valley/desent", {}, "Valley has no beat 'desent'; did you mean Valley/descent?"),
        ("Valley/", {}, "'Valley/' names no beat; Valley has: descent, "),
        (7, {}, "7 must be a scene or a beat in quotes, such as 'Valley/descent'"),
        ("Valley", {"quality": "best"}, "quality is 'best'; it must be low, medium, high or 4k"),
        ("Valley", {"theme": "pink"}, "theme is 'pink'; it must be one of dark, light"),
        ("Valley", {"language": "xx"}, "language"),
        ("Valley", {"lesson": "nowhere.csv"}, "lesson: .*nowhere.csv"),
        ("Valley", {"lesson": 3}, "lesson is 3; it must be a Lesson, or the path of a file that holds one"),
        ("Valley", {"cache": ""}, "cache is ''; it must be the path of a folder"),
    ],
)
def test_a_mistake_is_a_sentence(what: str, options: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserError, match=f"^{sentence}"):
        bnviz.show(what, **options)


def test_what_is_not_true_of_the_data_is_not_shown() -> None:
    one_batch = Lesson.article(batch_size=100)
    with pytest.raises(UserError, match="^what Standardize/every-batch tells is not true of these data"):
        bnviz.show("Standardize/every-batch", lesson=one_batch)
