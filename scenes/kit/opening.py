"""How a loss surface enters: it rises from the plane of its weights, and the camera walks round it."""

from __future__ import annotations

from manim import FadeIn, ManimColor, Mobject

from scenes.kit.beats import BeatScene, Narration
from scenes.kit.lettering import layout, typography
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.viewpoint import Viewpoint

BEFORE, AFTER = 122, 144  # degrees from which the surface is seen when it enters, and then


def viewpoint() -> Viewpoint:
    """Where every surface is looked at from when it enters: it has the right two thirds of the picture."""
    return Viewpoint(azimuth=BEFORE, center=(2.3, 0.36), scale=1.22)


def enter(
    scene: BeatScene, beat: Narration, landscape: Landscape, subject: str, color: ManimColor
) -> tuple[Mobject, Mobject]:
    """Title and map appear, the map rises, the camera turns; the loss at the rim is written beside it.

    Returns the heading and the loss at the rim.
    """
    heading = layout.heading(typography.title(scene.words.title), typography.label(subject, color))
    landscape.surface.set_lift(0.0)
    scene.add(*landscape)
    scene.play(*map(FadeIn, (heading, *landscape)), run_time=0.8)
    scene.play(landscape.rise(run_time=1.6))
    beat.next_sentence()
    turn = landscape.view.animate.look(azimuth=AFTER)
    scene.play(turn, run_time=max(beat.time_left - 0.4, 1.5))
    weights = landscape.rim_weights
    loss = scene.words.label("loss_at_the_rim", loss=float(landscape.window.loss.value(weights)))
    rim = landscape.mark_rim(typography.label(loss, size=typography.SMALL), weights)
    scene.play(FadeIn(rim), run_time=0.4)
    return heading, rim
