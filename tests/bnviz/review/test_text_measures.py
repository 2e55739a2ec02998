"""Text is measured when a scene is rendered: as its stills say, and without a trace in the film."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz.review import legibility
from bnviz.review.text_measures import HEIGHT, WIDTH, measure_scene
from bnviz.run import discover
from bnviz.run.quality import Quality
from bnviz.run.render import RenderedScene, render_scene
from bnviz.run.stills import beat_stills
from scenes.kit.script.beat import TextMeasure
from scenes.kit.settings import Settings

SILENT = Settings(voice=False)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[RenderedScene, RenderedScene]:
    """The example with a surface, letters and a counter: rendered without and with measuring."""
    source = discover.find("PrintOut", Path(__file__).parents[1] / "examples")
    size, folder = Quality("tiny", 426, 240, 15, 23), tmp_path_factory.mktemp("measured")
    return (
        render_scene(source, SILENT, size, folder / "without"),
        render_scene(source, SILENT, size, folder / "with", measure=measure_scene),
    )


def test_measuring_leaves_no_trace_in_the_film(measured: tuple[RenderedScene, RenderedScene]) -> None:
    without, with_it = measured
    assert with_it.video.read_bytes() == without.video.read_bytes()
    assert [beat.texts for beat in without.beats] == [(), ()]


def test_what_is_measured_is_what_the_stills_say(measured: tuple[RenderedScene, RenderedScene]) -> None:
    _, scene = measured
    source = discover.find("PrintOut", Path(__file__).parents[1] / "examples")
    stills = beat_stills(source, SILENT, WIDTH, HEIGHT, behind=True)
    surface, flat = scene.beats
    assert [text.text for text in surface.texts] == [
        "all 100 rows",
        "0.5 of it",
        "Counter",
        "steps",
        "$ frac(1, 2) $",
    ]
    assert flat.texts == ()
    for beat in scene.beats:
        for one, two in zip(beat.texts, legibility.of_still(stills[beat.name]).texts, strict=True):
            assert numbers(one) == pytest.approx(numbers(two), rel=1e-6)


def numbers(text: TextMeasure) -> list[float]:
    return [*text.box, text.letter_height, text.contrast, text.overlap]
