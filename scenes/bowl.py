"""On the bowl the ball is home after seven hops; and which half of standardizing did it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    Animation,
    Arrow,
    FadeIn,
    FadeOut,
    Group,
    GrowArrow,
    ValueTracker,
    VGroup,
    linear,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.pieces.shot import halves
from scenes.pieces.shot.counted import below_counts, glass_over_home, named_count
from scenes.pieces.shot.lying_ellipse import LyingEllipse, nearest_lying
from scenes.pieces.shot.moments import Moments, shape_box, words_box
from scenes.pieces.shot.small_valley import SmallValley
from scenes.pieces.shot.weight_names import weight_names
from scenes.pieces.trough.leaps import LeapingBall
from scenes.pieces.trough.parked import Parked, window_of

DRIFT = 5.0  # degrees that the viewer walks
BARE = 2  # hops that are seen without a glass
HOP, REST, NEARER = 0.7, 0.2, 0.25  # seconds: a hop, before the next one, and for the glass to come nearer
SHORTER = 0.5  # seconds for a hop under the glass
NEAR = 1.2  # seconds in which the viewer comes near, before the ball goes


class Bowl(BeatScene):
    """Scene 7: the bowl."""

    poster = "before"
    begins_on: ClassVar[str | None] = "parked_bowl"
    ends_on: ClassVar[str | None] = "bowl_from_above"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The bowl, the descent, and the curvatures."""
        return data_tables.landscape(lesson.standardized)

    def construct(self) -> None:
        """One breath, and the ball goes, hop by hop; how many it was before; what each half does."""
        self.stage = self.lesson.standardized
        self.begin_on_the_parked_ball()
        self.descend()
        self.remember_the_valley()
        self.take_the_halves_apart()
        self.see_it_from_above()
        self.hand_over(self.trough)

    def begin_on_the_parked_ball(self) -> None:
        """Just what the shot ends on."""
        window = window_of(self.stage.loss, self.stage.start)
        self.view = Moments(self.lesson, shape_box(self.places)).viewpoint(1.0)
        self.home_azimuth = float(self.view.points[0, 0])
        self.parked = Parked(window, self.view, self.stage.descent.points)
        self.trough, self.clock = self.parked.trough, self.parked.clock
        self.ball = LeapingBall(self.trough, self.parked.run, self.clock, self.parked.ball.radius)
        self.parked.ball = self.ball
        self.weights = weight_names(self.words, self.trough, ValueTracker(1.0), words_box(self.places))
        self.add(*self.parked, *self.weights)

    def descend(self) -> None:
        """One breath, then hop by hop; from the third on under a glass, which is set anew for every hop."""
        with self.beat("descent") as beat:
            self.show_heading()
            self.count = self.step_counter()
            near = framed(self.trough.window, self.near_box(), self.azimuth, with_floor=False)
            gone = (FadeOut(it, run_time=0.8) for it in self.weights)
            come_near = self.view.animate(run_time=NEAR).become(near)
            self.play(FadeIn(self.count, run_time=0.4), come_near, *gone)
            self.trail = RunTrail(self.trough, self.parked.run, self.clock)
            self.add(self.trail, self.parked.home, self.ball)
            for hop in range(min(self.last, BARE)):
                self.play(self.hop(), *([FadeOut(self.parked.arrow)] if hop == 0 else []))
                self.pause(REST)
            beat.next_sentence()
            self.glass = Group()
            if self.last > BARE:
                self.go_on_under_a_glass(beat.time_left)
            beat.next_sentence()
            self.play(self.ripple(), self.drift(max(beat.time_left, 1.2)))

    def go_on_under_a_glass(self, run_time: float) -> None:
        """Out of home comes a glass, and each hop in it begins at its rim; a long descent is sped up."""
        zoom = ValueTracker(BARE)
        self.glass = glass_over_home(self.places, self.stage, self.trough, self.clock, zoom, self.hops)
        if not self.hops:
            self.play(FadeIn(self.glass), run_time=0.5)
            self.play(self.race(), run_time=max(run_time, 3.5))
            return
        self.glass[0].grow(0.0)
        self.play(self.glass[0].animate.grow(1.0), run_time=0.8)
        for hop in range(BARE, self.last):
            if hop > BARE:
                self.play(zoom.animate.set_value(hop), run_time=NEARER)
            self.play(self.hop(SHORTER))
        self.pause(REST)

    def remember_the_valley(self) -> None:
        """The valley beside it once more, small, and its count, as large; then a breath."""
        with self.beat("before") as beat:
            valley = self.valley = SmallValley(self.lesson.raw, below_counts(self.places))
            before = self.count_before(valley)
            shown = () if self.places.side.is_wide else tuple(valley)  # in a square there is no room
            bare = self.trough.floor.animate.set_opacity(0.0)
            self.play(FadeOut(self.glass), *map(FadeIn, (before, *shown)), bare, run_time=0.5)
            self.play(valley.go(max(beat.time_left, 2.2)))
            self.shown = Group(self.count, before, *shown[1:])

    def take_the_halves_apart(self) -> None:
        """The bowl from above, and beside it the raw needle; centred, divided, and both come out of that."""
        with self.beat("parts") as beat:
            compared = halves.laid_out(self.lesson, self.words, self.places.whole)
            (raw, (*_, raw_name)), (both, (*ratio, both_name)) = compared["raw"], compared["standardized"]
            above = self.view.animate.look(
                self.lying(self.azimuth), 0.0, 0.0, (both.middle[0], both.middle[1]), self.scale_of(both)
            )
            gone = (self.shown, self.trail, self.ball, self.parked.home)
            self.play(above, self.trough.animate.set_opacity(0.0), *map(FadeOut, gone), run_time=1.2)
            what = typography.name(self.words.label("condition"), self.theme.muted)
            self.places.whole.put(what, 0.0, 1.0)
            self.play(*map(FadeIn, (what, raw_name)), run_time=0.3)
            self.lay_flat(raw, max(beat.time_left, 1.0))
            beat.next_sentence()
            compared["centered"][0].time.set_value(1.0)  # on its way it would be shorter, and longer again
            arrows = [self.come_out_of(raw, compared["centered"], max(beat.time_left, 1.6))]
            beat.next_sentence()
            arrows.append(self.come_out_of(raw, compared["scaled"], max(beat.time_left, 1.6)))
            beat.next_sentence()
            arrows.append(halves.arrow_between(compared["centered"][0], both))
            self.play(GrowArrow(arrows[-1]), run_time=0.5)
            arrows.append(
                self.come_out_of(
                    compared["scaled"][0], (both, VGroup(*ratio, both_name)), max(beat.time_left, 1.8)
                )
            )
            self.play(self.trough.animate.set_opacity(1.0), run_time=0.4)
            self.remove(both)
            if beat.next_sentence():
                small = (compared["raw"][0], compared["centered"][0], *arrows[:1], *arrows[2:3])
                dimmed = (part.animate.fade(0.7) for part in small)
                self.play(*dimmed, run_time=max(beat.time_left, 1.0))
            compared["raw"] = raw, VGroup(raw_name)
            parts = (part for pair in compared.values() for part in pair if part is not both)
            self.shown = Group(what, *arrows, *parts)

    def see_it_from_above(self) -> None:
        """The bowl from straight above, large, which the next scene begins with."""
        above = framed(self.trough.window, self.places.second, azimuth=-90.0, zenith=0.0, perspective=0.0)
        floor = self.trough.floor.animate.set_opacity(1.0)
        gone = FadeOut(self.shown, run_time=0.4)
        self.play(gone, self.view.animate.become(above), floor, run_time=1.3)

    # -- what moves --
    def lay_flat(self, raw: LyingEllipse, run_time: float) -> None:
        """The small valley is seen from above, and becomes its outline; without it, the outline grows."""
        view, window = self.valley.view, self.valley.trough.window
        if self.valley.trough not in self.mobjects:
            self.play(raw.show(0.0).animate.show(1.0), run_time=run_time)
            return
        x, y = window.directions[0]
        here = float(np.degrees(view.points[0, 0]))
        turned = nearest_lying(float(np.degrees(np.arctan2(y, x))), here)
        scale = raw.length / 2 / window.length
        above = view.animate.look(turned, 0.0, 0.0, (raw.middle[0], raw.middle[1]), scale)
        self.play(above, run_time=0.7 * run_time)
        self.play(FadeOut(self.valley.trough), FadeIn(raw), run_time=0.3 * run_time)

    def hop(self, run_time: float = HOP) -> Animation:
        """One step through the air."""
        now = round(self.clock.get_value())
        return self.clock.animate(run_time=run_time).set_value(now + 1).build()

    def race(self) -> Animation:
        """The rest of a long descent."""
        return self.clock.animate(rate_func=lambda t: t**3).set_value(self.last).build()

    def ripple(self) -> Animation:
        """Rings spread from home."""
        return self.parked.home.animate(rate_func=linear, run_time=1.4).ripple().build()

    def drift(self, run_time: float) -> Animation:
        """The viewer walks a little to and fro, as long as something is said."""
        middle = float(np.degrees(self.home_azimuth))
        goal = middle + DRIFT if self.azimuth < middle + DRIFT / 2 else middle
        return self.view.animate(run_time=run_time).look(azimuth=goal).build()

    def come_out_of(self, source: LyingEllipse, goal: halves.Compared, run_time: float) -> Arrow:
        """An arrow leads from one ellipse to where another begins as that, and takes its own shape."""
        ellipse, words = goal
        arrow = halves.arrow_between(source, ellipse)
        changes = 0.6 * run_time * (1 - ellipse.time.get_value())
        each = (run_time - changes) / 2
        self.play(GrowArrow(arrow), run_time=each)
        self.add(ellipse.show(0.0))
        words[0].update()
        self.play(ellipse.animate.show(1.0), FadeIn(words), run_time=each)
        if changes > 0:
            self.play(ellipse.time.animate.set_value(1.0), run_time=changes)
        return arrow

    # -- the pieces --
    def near_box(self) -> Box:
        """Where the bowl stands while the ball hops: beside the counts, its floor beyond the frame."""
        picture = self.places.picture
        return picture.part(left=0.07, right=0.97, bottom=0.06, top=0.95)

    @property
    def hops(self) -> bool:
        """Whether the steps are so few that each is seen."""
        return self.lesson.story.standardized_takes_a_few_hops

    @property
    def last(self) -> int:
        """The last step that is drawn."""
        return len(self.parked.run) - 1

    @property
    def azimuth(self) -> float:
        """Where the viewer stands, in degrees."""
        return float(np.degrees(self.view.points[0, 0]))

    def lying(self, near: float) -> float:
        """Where a viewer stands who sees the flat direction lie across the picture, nearest to ``near``."""
        x, y = self.trough.window.directions[0]
        return nearest_lying(float(np.degrees(np.arctan2(y, x))), near)

    def scale_of(self, ellipse: LyingEllipse) -> float:
        """The viewer's scale at which the bowl is as long as ``ellipse``."""
        return float(ellipse.length / 2 / self.trough.seen().solid.inner.half_axes[0])

    def step_counter(self) -> VGroup:
        """The steps that the ball has made, in the ball's color."""
        steps = float(self.last if self.stage.steps is None else self.stage.steps)
        name = self.words.label("steps_bowl" if steps == self.last else "steps_drawn", steps=steps)
        return named_count(self.places, self.clock, steps, self.theme.ball, name, 0)

    def count_before(self, valley: SmallValley) -> VGroup:
        """The steps that it took on the raw data, in the valley's color, as large."""
        steps = float(self.lesson.raw.steps or 0)
        name = self.words.label("steps_valley", steps=steps)
        each = steps / max(valley.last, 1)
        return named_count(self.places, valley.clock, steps, self.theme.valley, name, 1, each)
