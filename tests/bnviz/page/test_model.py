"""How the page writes times, sizes and colors, and what it makes of a film's chapters."""

from __future__ import annotations

from pathlib import Path

from bnviz.film.chapters import Chapter
from bnviz.film.description import clock
from bnviz.film.timeline import PlacedBeat, PlacedScene, Timeline
from bnviz.page.model import beside, scenes_of, size
from bnviz.run.render import RenderedScene
from scenes.kit.script.beat import Beat
from scenes.kit.script.captions import Cue


def test_times_and_sizes(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 87_000)
    assert size(file) == "87 kB"
    assert (clock(0), clock(125.9), clock(59.9999999)) == ("0:00", "2:05", "1:00")


def test_a_title_beside_its_scene_s() -> None:
    assert beside("Two scales: The data", "Two scales") == "The data"
    assert beside("Why does it work? The debate", "Why does it work?") == "The debate"
    assert beside("Two scales", "Two scales") == ""
    assert beside("x̂ and ŷ", "The bowl") == "x̂ and ŷ"


class Joined(Timeline):
    """A film whose chapters are fewer than its beats."""

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return (Chapter("One: first", 0.0, 12.0),)


def test_beats_of_one_chapter_are_one_paragraph() -> None:
    """A chapter that goes on into the next scene is parted there: every scene has its words."""

    def scene(name: str, first: int, *texts: str) -> PlacedScene:
        beats = []
        for number, text in enumerate(texts):
            start = 3.0 * number
            cue = Cue(start, start + 2, text)
            beats.append(Beat(f"beat{number}", f"title{number}", start, start + 3, (cue,), ()))
        rendered = RenderedScene(name, name, Path(), tuple(beats), 30 * len(beats), 10, (854, 480))
        placed = [
            PlacedBeat(rendered, beat, first, first / 10 + beat.start, first / 10 + beat.end, 0, 30)
            for beat in beats
        ]
        return PlacedScene(rendered, first, tuple(placed))

    plan = Joined((scene("One", 0, "a cat,", "sat\non it"), scene("Two", 60, "and x̂", "stayed.")))
    first, second = scenes_of(plan, ["one", "two"])
    assert [(item.title, item.start, item.text) for item in first.chapters] == [
        ("first", 0.0, "a cat, sat on it.")
    ]
    assert [(item.title, item.start, item.text) for item in second.chapters] == [
        ("title0", 6.0, "and x̂ stayed."),
    ]
