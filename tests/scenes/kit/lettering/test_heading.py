"""A heading comes at a scene's start, stands for two seconds, and leaves while other things move."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from manim import Dot, Mobject, Square

from scenes.kit.beats import BeatScene
from scenes.kit.lettering import heading
from scenes.kit.lettering.heading import FADES, STANDS

Make = Callable[..., BeatScene]


def drawn(scene: BeatScene) -> list[str]:
    return [type(mobject).__name__ for mobject in scene.mobjects if mobject.family_members_with_points()]


def seen(scene: BeatScene) -> float:
    """How much of the heading is seen now."""
    texts = [mobject for mobject in scene.mobjects if type(mobject).__name__ == "Text"]
    return float(texts[0][0].get_fill_opacity()) if texts else 0.0


@pytest.mark.parametrize(
    ("passed", "expected"),
    [(0, 0), (FADES / 2, 0.5), (FADES, 1), (STANDS, 1), (STANDS + FADES / 2, 0.5), (STANDS + FADES, 0)],
)
def test_it_comes_stands_and_goes(passed: float, expected: float) -> None:
    assert heading.opacity(passed) == pytest.approx(expected)


def test_it_is_not_there_in_a_scene_s_first_frame(still_scene: Make) -> None:
    scene = still_scene()
    scene.show_heading()
    assert drawn(scene) == ["Text"] and seen(scene) == 0


def test_it_leaves_while_something_else_moves(still_scene: Make) -> None:
    scene, dot = still_scene(), Dot()
    scene.show_heading()
    scene.play(dot.animate.shift([1, 0, 0]), run_time=1.0)
    assert seen(scene) == 1
    scene.play(dot.animate.shift([1, 0, 0]), run_time=1.2)
    assert 0 < seen(scene) < 1
    scene.play(dot.animate.shift([1, 0, 0]), run_time=1.0)
    assert drawn(scene) == ["Dot"]
    assert scene.time == pytest.approx(3.2, abs=3 / 15)


def test_it_leaves_in_a_pause_too_and_makes_nothing_longer(still_scene: Make) -> None:
    scene = still_scene()
    scene.show_heading()
    scene.pause(5.0)
    assert drawn(scene) == [] and scene.time == pytest.approx(5, abs=1 / 15)


def test_a_scene_without_one_plays_as_it_would(still_scene: Make) -> None:
    scene = still_scene()
    scene.play(Square().animate.shift([1, 0, 0]), run_time=0.4)
    assert drawn(scene) == ["Square"]


# -- what is handed over -----------------------------------------------------------------------------------
def test_a_scene_ends_on_what_it_hands_over_and_no_curtain_falls(still_scene: Make) -> None:
    scene, kept, other = still_scene(), Square(), Dot()
    scene.add(kept, other)
    scene.hand_over(kept)
    assert drawn(scene) == ["Square"]
    curtains: list[Mobject] = []
    type(scene).ends_on = "square"
    try:
        scene._curtain = lambda: curtains.append(Dot()) or curtains[0]  # type: ignore[method-assign,func-returns-value]
        scene.tear_down()
        assert not curtains
    finally:
        type(scene).ends_on = None


def test_the_last_frame_is_that_after_the_rest_has_gone(still_scene: Make) -> None:
    scene = still_scene()
    scene.add(Square(), kept := Dot())
    scene.hand_over(kept)
    assert scene.time == pytest.approx(0.4 + 1 / 15, abs=1e-6)
