"""What moves, what stands still, and that pictures of what stands still are never stale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import (
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Dot,
    FadeIn,
    Group,
    LaggedStart,
    Mobject,
    Square,
    ValueTracker,
    VGroup,
    VMobject,
    Wait,
    linear,
)

from scenes.kit.beats import BeatScene
from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.canvas import Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.drawing.layers import FEW, Layer, moving_members, split
from scenes.kit.surface.viewpoint import Viewpoint

Make = Callable[..., BeatScene]


def dot(*sources: Mobject) -> Dot:
    """A dot that follows its sources."""
    made: Any = Dot()
    return follow(made, sources, lambda it: it) if sources else made


def moving(scene: BeatScene, *animations: Any) -> list[int]:
    """The places in the scene of what moves."""
    found = moving_members(scene.mobjects, animations)
    return [place for place, mobject in enumerate(scene.mobjects) if mobject in found]


# -- what moves -----------------------------------------------------------------------------------------
def test_a_follower_is_still_while_its_sources_rest(still_scene: Make) -> None:
    clock, scene, other = ValueTracker(0), still_scene(), Dot()
    scene.add(dot(clock), Dot(), other)
    assert moving(scene, other.animate.shift([1, 0, 0]).build()) == [2]


def test_a_follower_moves_when_its_source_does_and_what_lies_above_it_does_not(still_scene: Make) -> None:
    clock, scene = ValueTracker(0), still_scene()
    scene.add(Dot(), dot(clock), Dot())
    assert moving(scene, clock.animate.set_value(1).build()) == [1]


@pytest.mark.parametrize("group", [AnimationGroup, LaggedStart])
def test_a_source_may_be_animated_within_a_group_within_a_group(group: Any, still_scene: Make) -> None:
    clock, other, scene = ValueTracker(0), Dot(), still_scene()
    scene.add(Dot(), dot(clock))
    inner = group(clock.animate.set_value(1).build(), other.animate.shift([1, 0, 0]).build())
    assert moving(scene, inner) == moving(scene, AnimationGroup(Wait(), group(Wait(), inner))) == [1]
    assert moving(scene, AnimationGroup(Wait(), group(Wait(), other.animate.shift([1, 0, 0]).build()))) == []


def test_what_follows_a_follower_moves_with_it(still_scene: Make) -> None:
    clock, scene = ValueTracker(0), still_scene()
    middle = dot(clock)
    scene.add(Dot(), dot(middle), middle)
    assert moving(scene, clock.animate.set_value(1).build()) == [1, 2]
    assert moving(scene, Dot().animate.shift([1, 0, 0]).build()) == []


def test_what_follows_a_part_of_a_follower_moves_with_it(still_scene: Make) -> None:
    clock, scene = ValueTracker(0), still_scene()
    part = Dot()
    whole = follow(VGroup(part), (clock,), lambda it: it)
    scene.add(dot(part), Dot(), whole)
    assert moving(scene, clock.animate.set_value(1).build()) == [0, 2]


def test_one_of_several_sources_is_enough(still_scene: Make) -> None:
    view, clock, scene = Viewpoint(), ValueTracker(0), still_scene()
    scene.add(dot(view, clock))
    assert moving(scene, view.animate.look(azimuth=3).build()) == [0]
    assert moving(scene, clock.animate.set_value(3).build()) == [0]
    assert moving(scene, ValueTracker(0).animate.set_value(3).build()) == []


def test_an_updater_without_named_sources_always_moves(still_scene: Make) -> None:
    scene, restless = still_scene(), Dot()
    restless.add_updater(lambda it: it)
    scene.add(Dot(), restless)
    assert moving(scene, Wait()) == [1]


def test_a_follower_inside_a_group_is_found_and_its_parts_with_it(still_scene: Make) -> None:
    clock, scene = ValueTracker(0), still_scene()
    whole = follow(VGroup(Dot()), (clock,), lambda it: it)
    group = Group(Dot(), whole)
    scene.add(Dot(), group)
    found = moving_members(scene.mobjects, [clock.animate.set_value(1).build()])
    assert list(found) == [whole, whole[0]]


def test_what_fades_in_moves(still_scene: Make) -> None:
    scene, new = still_scene(), Dot()
    scene.add(Dot(), new)
    assert moving(scene, FadeIn(new)) == [1]


# -- what a play shows ----------------------------------------------------------------------------------
class Plate(Painted):
    """A translucent square that paints itself."""

    def __init__(self, side: float) -> None:
        super().__init__()
        self.points = np.zeros((1, 3))
        self.side, self.paintings = side, 0

    def paint(self, canvas: Canvas) -> None:
        self.paintings += 1
        square = self.side / 2 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) + self.points[0, :2]
        canvas.fill(square, Dot().get_color(), 0.5 * self.opacity)


def many(count: int = FEW + 3, height: float = 0.0) -> VGroup:
    """Still squares side by side, more than are worth a picture, translucent."""
    return VGroup(*(Square(0.8, fill_opacity=0.4).move_to([0.4 * n - 3, height, 0]) for n in range(count)))


def frames(scene: BeatScene, *animations: Animation) -> list[tuple[Any, Any]]:
    """Every frame of a play, and the same moment drawn whole by Manim's own way from nothing."""
    found: list[tuple[Any, Any]] = []
    scene.renderer.skip_animations = False
    shown = scene.renderer.render

    def keep(scene: Any, time: float, moving: Any = None) -> None:
        shown(scene, time, moving)
        fresh = KitCamera(background_color=scene.theme.background)
        fresh.capture_mobjects(scene.mobjects)
        found.append((scene.camera.pixel_array.copy(), fresh.pixel_array))

    scene.renderer.render = keep
    scene.play(*animations, run_time=0.4)
    assert len(found) == 6
    return found


def assert_nothing_is_stale(pairs: list[tuple[Any, Any]]) -> None:
    for drawn, fresh in pairs:
        np.testing.assert_allclose(drawn.astype(int), fresh.astype(int), atol=2)
    assert (pairs[0][0] != pairs[-1][0]).any()


def below_between_and_above(scene: BeatScene, mover: Mobject) -> tuple[VGroup, VGroup]:
    between, last = many(), Square(fill_opacity=1)
    scene.add(many(height=0.3), mover, between, follow(Dot(), (mover,), lambda it: it.match_x(mover)), last)
    return between, VGroup(last)


CHANGES: dict[str, Callable[[Any], Any]] = {
    "moved": lambda it: it.shift(RIGHT + UP),
    "turned": lambda it: it.rotate(1.0),
    "another color": lambda it: it.set_color("#FF0000"),
    "another opacity": lambda it: it.set_opacity(0.2),
    "another stroke": lambda it: it.set_stroke("#00FF00", width=12.0),
    "a stroke behind": lambda it: it.set_stroke("#00FF00", width=12.0, background=True),
    "a gradient": lambda it: it.set_color_by_gradient("#FF0000", "#0000FF"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_seen_with_still_things_below_between_and_above(
    change: str, still_scene: Make
) -> None:
    scene, mover = still_scene(), Square(fill_opacity=0.5)
    below_between_and_above(scene, mover)
    assert_nothing_is_stale(frames(scene, CHANGES[change](mover.animate(rate_func=linear)).build()))


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_still_in_one_play_and_changed_before_the_next_is_seen_changed(
    change: str, still_scene: Make
) -> None:
    scene, mover = still_scene(), Square(fill_opacity=0.5)
    between, _ = below_between_and_above(scene, mover)
    frames(scene, mover.animate.shift(UP).build())
    CHANGES[change](between)
    assert_nothing_is_stale(frames(scene, mover.animate.shift(RIGHT).build()))


def test_a_painted_thing_above_what_moves_is_painted_once(still_scene: Make) -> None:
    scene, mover, plate = still_scene(), Square(fill_opacity=0.5), Plate(2.0)
    scene.add(mover, plate)
    first, *_ = found = frames(scene, mover.animate.shift(RIGHT).build())
    assert_nothing_is_stale(found)
    assert plate.paintings == 1 + len(found)  # the others are those of the test's own camera
    plate.side = 1.0
    assert (frames(scene, mover.animate.shift(RIGHT).build())[0][0] != first[0]).any()


def test_a_painted_thing_that_fades_is_painted_anew(still_scene: Make) -> None:
    scene, plate = still_scene(), Plate(2.0)
    scene.add(many(), plate, many(height=1.0))
    assert_nothing_is_stale(frames(scene, plate.animate.set_opacity(0.0).build()))


def test_a_still_thing_s_moving_part_moves_alone(still_scene: Make) -> None:
    scene, whole, part = still_scene(), Square(3.0, fill_opacity=0.5), Square(1.0, fill_opacity=0.5)
    scene.add(whole.add(Square(0.5), part, *many()))
    assert_nothing_is_stale(frames(scene, part.animate.shift(RIGHT).build()))


def test_what_has_no_outline_at_first_is_seen_when_it_has(still_scene: Make) -> None:
    scene, clock = still_scene(), ValueTracker(0)

    def grow(line: Any) -> None:
        if clock.get_value() > 0:
            line.set_points_as_corners([[0, 0, 0], [clock.get_value(), 0, 0]])

    scene.add(Square(), follow(VMobject(stroke_width=20), (clock,), grow), *many(height=2.0))
    assert_nothing_is_stale(frames(scene, clock.animate.set_value(3).build()))


def test_what_gets_a_new_part_while_it_moves_shows_it(still_scene: Make) -> None:
    scene, clock = still_scene(), ValueTracker(0)
    group = follow(
        VGroup(), (clock,), lambda it: it.add(Dot([clock.get_value(), 0, 0])) if clock.get_value() else it
    )
    scene.add(group, *many(height=2.0))
    assert_nothing_is_stale(frames(scene, clock.animate.set_value(3).build()))


def test_what_stands_further_back_stays_there(still_scene: Make) -> None:
    scene = still_scene()
    places = (0, -3, 1, -2)
    movers = VGroup(*(Square(fill_opacity=1, color="#FF0000").set_z_index(place) for place in places))
    heights = zip((0.0, 0.3, 0.6, -0.3, -0.6), (-2, 1, 0, -1, -3), strict=True)
    scene.add(movers, *(many(height=height).set_z_index(place) for height, place in heights))
    assert_nothing_is_stale(frames(scene, movers.animate.shift(RIGHT).build()))


def test_where_nothing_moves_all_is_drawn_once() -> None:
    camera, still = KitCamera(), [Square(), Dot()]
    (layer,), below = split(still, [], camera)
    assert isinstance(layer, Layer) and layer.row == still and below == []


def test_a_still_picture_is_drawn_once_over_nothing(still_scene: Make) -> None:
    scene = still_scene()
    scene.add(many(), Plate(2.0), Dot())
    fresh = KitCamera(background_color=scene.theme.background)
    fresh.capture_mobjects(scene.mobjects)
    scene.renderer.skip_animations = False
    scene.wait(1.0, frozen_frame=True)
    np.testing.assert_array_equal(scene.camera.pixel_array, fresh.pixel_array)


# -- updaters -------------------------------------------------------------------------------------------
def test_an_updater_runs_at_every_frame_only_while_its_source_moves(still_scene: Make) -> None:
    scene, clock, other, calls = still_scene(), ValueTracker(0), ValueTracker(0), list[float]()
    scene.add(follow(Dot(), (clock,), lambda it: calls.append(float(clock.get_value()))))
    calls.clear()
    frames(scene, other.animate.set_value(1).build())
    resting = len(calls)
    frames(scene, clock.animate.set_value(1).build())
    assert 0 < resting <= 2  # at the beginning and at the end
    assert len(calls) - resting >= 6
    assert calls[-1] == 1


def test_a_row_is_drawn_without_what_belongs_to_it() -> None:
    camera = KitCamera(background_opacity=0)
    whole = Square(1.0, fill_opacity=1).add(Square(4.0, fill_opacity=1))
    camera.capture_mobjects([Layer([whole], camera, kept=False)])
    alone = KitCamera(background_opacity=0)
    alone.capture_mobjects([Square(1.0, fill_opacity=1)])
    np.testing.assert_array_equal(camera.pixel_array, alone.pixel_array)
