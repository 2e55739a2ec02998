"""Down the valley: what the ball does, how long that takes, which weight is late, and why it has to be so."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    RIGHT,
    UP,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    linear,
    smooth,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import short
from scenes.kit.surface.trough.arrow import LyingArrow, downhill
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.pieces.share_bar import figure_named
from scenes.pieces.trough.bending_circle import BendingCircle
from scenes.pieces.trough.close_up import CloseUp
from scenes.pieces.trough.edge_names import edge_names
from scenes.pieces.trough.half_rate import HalfRate
from scenes.pieces.trough.minimum import named_minimum
from scenes.pieces.trough.parked import LENGTH, Parked
from scenes.pieces.trough.retreat import Retreat
from scenes.pieces.trough.two_ways import TwoWays

FIRST_JUMPS = 4  # that are made one by one
DRIFT = 7.0  # degrees by which the viewer walks while something is said
ASIDE = 44.0  # degrees off the trough's axis, where both circles are seen
SHARED_STEPS = 3


class Valley(BeatScene):
    """Scene 5: the valley."""

    poster = "descent"
    begins_on: ClassVar[str | None] = "trough"
    ends_on: ClassVar[str | None] = "parked_valley"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The trough, the descent, the one at half the rate, and the curvatures."""
        half = data_tables.descent(lesson.raw, lesson.raw.half_rate_descent)
        return {**data_tables.landscape(lesson.raw), "half-rate": half}

    def construct(self) -> None:
        """From wall to wall; home; what takes so long; why; and back to the start."""
        self.stage = self.lesson.raw
        self.parked = Parked.in_place(self.stage.loss, self.stage.descent.points, self.places.picture)
        self.trough, self.view, self.clock = self.parked.trough, self.parked.view, self.parked.clock
        self.home_view = self.view.copy()
        self.add(self.view, self.trough)
        self.leap_from_wall_to_wall()
        self.run_home()
        if self.tells("fair"):
            self.see_what_takes_so_long()
        self.compare_the_bends()
        self.go_back_to_the_start()
        self.hand_over(*self.parked)

    def leap_from_wall_to_wall(self) -> None:
        """What a place is; the ball, downhill; the first jumps, each with its arrow."""
        with self.beat("descent") as beat:
            self.show_heading()
            self.names = edge_names(self.words, self.trough, self.above_the_side(), DRIFT)
            self.goal = named_minimum(self.trough, self.words.label("home"))
            self.drift(beat.time_left, DRIFT, *map(FadeIn, self.names))
            beat.next_sentence()
            parked = self.parked
            parked.arrow.show(0)
            parked.below.show(0)
            self.count = self.step_counter()
            self.add(*parked)
            self.play(*map(FadeIn, (parked.ball, parked.home, self.count)), run_time=0.5)
            self.play(parked.arrow.animate.show(1), parked.below.animate.show(1), run_time=1.0)
            self.drift(beat.time_left, -DRIFT)
            beat.next_sentence()
            self.trail = RunTrail(self.trough, parked.run, self.clock)
            self.add(self.trail, parked.ball)
            for jump in range(min(FIRST_JUMPS, self.last)):
                self.leap(jump)
            self.play(*map(FadeIn, self.goal), run_time=0.4)
            self.drift(beat.time_left, DRIFT)

    def run_home(self) -> None:
        """The rest of the way, ever faster, and what is left of it under a glass that comes closer."""
        with self.beat("home") as beat:
            glass = self.glass()
            self.play(*map(FadeIn, glass), run_time=0.5)
            self.drift(beat.time_left, -DRIFT)
            beat.next_sentence()
            if self.clock.get_value() < self.last:
                self.play(self.race(max(beat.time_left, 4.0)))
            else:
                self.drift(beat.time_left, DRIFT)
            self.shown = Group(*glass, self.count, self.trail, self.parked.ball)

    def see_what_takes_so_long(self) -> None:
        """At half the rate one step brings the loss down; the way that is left hardly shrinks."""
        with self.beat("fair") as beat:
            half = HalfRate(self.lesson, self.trough)
            figures = half.figures(self.words, self.places.side)
            self.play(FadeOut(self.shown), FadeIn(half.ball), FadeIn(figures), run_time=0.6)
            self.drift(beat.time_left, DRIFT)
            beat.next_sentence()
            self.add(half.step, half.ball)
            self.play(half.step.animate.show(1), run_time=0.9)
            self.add(half.trail, half.ball)
            self.play(half.clock.animate.set_value(1), FadeOut(half.step), run_time=1.2)
            self.drift(beat.time_left, -DRIFT)
            beat.next_sentence()
            self.add(half.way, half.ball)
            self.play(half.way.animate.show(1), run_time=1.0)
            if half.half_way > 1:
                time = half.clock.animate(rate_func=lambda t: t * t).set_value(half.half_way)
                self.play(time, run_time=max(beat.time_left, 2.5))
            self.shown = Group(figures, half.trail, half.way, half.ball)

    def compare_the_bends(self) -> None:
        """Two circles that bend as the valley does; one rate for both; the ball back at its start."""
        with self.beat("why") as beat:
            aside = framed(self.trough.window, self.places.picture, self.trough.window.azimuth(ASIDE))
            self.fade_out(self.shown, *self.names, *self.goal, self.parked.home, run_time=0.4)
            self.play(self.view.animate.become(aside), run_time=1.2)
            across, along = self.circles()
            rows = self.curvatures()
            self.draw(across, rows[0], max(beat.time_left, 1.5))
            beat.next_sentence()
            self.draw(along, rows[1], 1.5, across.drawn)
            retreat = Retreat(along, self.view, self.places.picture)
            self.play(retreat.go(max(beat.time_left - 0.4, 2.5)))
            dot = self.valley_from_afar()
            self.play(FadeIn(dot), run_time=0.4)
            beat.next_sentence()
            self.play(FadeOut(dot), run_time=0.3)
            self.play(
                retreat.back(self.home_view, 1.4), *(FadeOut(it, run_time=1.4) for it in (along, across))
            )
            two = self.step_at_one_rate(beat.time_left, rows[2])
            self.shown = Group(*rows, *two)

    def go_back_to_the_start(self) -> None:
        """The ball is parked where it began, with its arrow: what becomes of the valley under it?"""
        with self.beat("back") as beat:
            parked = self.parked
            self.fade_out(self.shown, run_time=0.4)
            self.clock.set_value(0)
            self.add(*parked)
            parked.arrow.show(0)
            self.play(FadeIn(parked.ball), FadeIn(parked.home), run_time=0.4)
            self.play(parked.arrow.animate.show(1), run_time=max(beat.time_left, 1.2))

    # -- what moves --
    def drift(self, run_time: float, degrees: float, *also: object) -> None:
        """The viewer walks a little round, as long as something is said."""
        if run_time <= 0.3 and not also:
            return
        middle = float(np.degrees(self.home_view.points[0, 0]))
        here = float(np.degrees(self.view.points[0, 0]))
        goal = middle + degrees if abs(here - middle) < abs(degrees) / 2 else middle
        walk = self.view.animate(run_time=max(run_time, 0.5)).look(azimuth=goal)
        self.play(walk, *also)

    def leap(self, jump: int) -> None:
        """One step: where downhill is, then as far as the rate says."""
        arrow: Mobject = self.parked.arrow
        if jump > 0:
            ends = downhill(self.stage.loss, self.parked.run[jump], LENGTH / self.trough.window.scale)
            arrow = LyingArrow(self.trough, ends).show(0)
            self.add(arrow, self.parked.ball)
            self.play(arrow.animate.show(1), run_time=0.4)
        gone = [FadeOut(arrow)] + ([FadeOut(self.parked.below)] if jump == 0 else [])
        self.play(self.clock.animate.set_value(jump + 1), *gone, run_time=0.9)

    def race(self, run_time: float) -> UpdateFromAlphaFunc:
        """All that is left of the descent, ever faster; of two steps that go to and fro, one is shown."""
        first, last = round(self.clock.get_value()), self.last

        def run(clock: Mobject, alpha: float) -> None:
            assert isinstance(clock, ValueTracker)
            now = first + 2 * int((last - first) * alpha**2 / 2)
            clock.set_value(last if alpha >= 1 else now)

        return UpdateFromAlphaFunc(self.clock, run, run_time=run_time, rate_func=linear)

    def draw(self, circle: BendingCircle, row: Mobject, run_time: float, length: float | None = None) -> None:
        """A pen draws a circle, or as much of it as ``length``, from the lowest point to both sides."""
        whole = 2 * np.pi * circle.radius
        self.add(circle)
        grow = circle.length.animate(run_time=run_time, rate_func=smooth)
        self.play(grow.set_value(whole if length is None else min(length, whole)), FadeIn(row, run_time=0.5))

    def step_at_one_rate(self, run_time: float, row: Mobject) -> list[Mobject]:
        """Two balls at one rate: across it leaps to the other wall, along it hardly moves."""
        two = TwoWays(self.trough, self.stage.spectrum.best_learning_rate, SHARED_STEPS)
        spot = self.goal[0]
        self.play(*map(FadeIn, (spot, *two.balls, row)), run_time=0.5)
        self.add(*two.shown)
        self.play(two.way.animate.show(1), run_time=0.8)
        left = max((run_time - 1.3) / SHARED_STEPS, 1.0)
        for jump in range(SHARED_STEPS):
            self.play(two.clock.animate.set_value(jump + 1), run_time=left)
        return [spot, *two.shown]

    # -- the pieces --
    @property
    def last(self) -> int:
        """The last step that is drawn."""
        return len(self.parked.run) - 1

    def above_the_side(self) -> Box:
        """Where the picture's own words may stand: where figures stand below, not down to them."""
        whole, side = self.places.whole, self.places.side
        return Box(whole.left, whole.right, side.top, whole.top) if side.is_wide else whole

    def side(self) -> tuple[Box, Box]:
        """Beside the picture: the place of figures, and that of the glass."""
        side = self.places.side
        if side.is_wide:
            return side.part(right=0.4), side.part(left=0.46)
        room = Box(side.left, side.right, self.places.foot.bottom, side.top)
        return room.part(bottom=0.62), room.part(top=0.56)

    def step_counter(self) -> Mobject:
        """The steps that the ball has made; of how many, where they are not drawn to the end."""
        counter = Counter(self.clock, size=typography.KEY, color=self.theme.ball, value=np.floor)
        steps = float(self.last if self.stage.steps is None else self.stage.steps)
        name = "steps_taken" if steps == self.last else "steps_drawn"
        figure = key_figure(counter, self.words.label(name, steps=steps), typography.NAME)
        return self.side()[0].put(figure, 0.0, 1.0)

    def glass(self) -> tuple[CloseUp, Mobject]:
        """A glass over the lowest point, and how many times it enlarges."""
        box, window = self.side()[1], self.trough.window
        radius = min(box.height, 0.5 * box.width) / 2
        center = (box.left + radius, box.center[1])
        glass = CloseUp(window, self.parked.run, self.clock, center, radius, self.stage.tolerance / 10)
        times = Counter(self.clock, size=typography.FIGURE, value=lambda _: glass.enlarged)
        figure = key_figure(times, self.words.label("enlarged"), typography.NAME)
        return glass, figure.next_to([center[0] + radius, center[1], 0.0], RIGHT, buff=0.25)

    def circles(self) -> tuple[BendingCircle, BendingCircle]:
        """Across and along, not yet drawn."""
        across = BendingCircle(self.trough, 1, ValueTracker(0.01), self.theme.valley)
        return across, BendingCircle(self.trough, 0, ValueTracker(0.01), self.theme.iso, dash=(18.0, 12.0))

    def valley_from_afar(self) -> Group:
        """Where the shape is when it is too small to be seen, and what it is called."""
        place = [*self.trough.lay(self.stage.loss.minimizer)[0], 0.0]
        name = typography.name(self.words.label("valley_here"), self.theme.valley)
        name.next_to(place, UP, buff=0.3)
        return Group(Dot(place, radius=0.09, color=self.theme.valley), name)

    def curvatures(self) -> list[Mobject]:
        """Both curvatures, and how much of the way along one step goes that is right across."""
        flat, steep = self.stage.spectrum.eigenvalues[[0, -1]]
        percent = numbers.write(self.stage.percent_along_by_a_step, "2s")
        figures = (
            (short(float(steep), "d"), "curvature_across", self.theme.valley),
            (short(float(flat), "2s"), "curvature_along", self.theme.text),
            (percent, "step_along", self.theme.ball),
        )
        side = self.places.side
        found = [
            figure_named(
                typography.figure(text, color, typography.KEY),
                self.words.label(key),
                (0.31 if side.is_wide else 1.0) * side.width,
            )
            for text, key, color in figures
        ]
        side.stack(*found, gap=0.3)
        return found
