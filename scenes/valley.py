"""Down the valley: what the ball does, how long that takes, which weight is late, and why it has to be so."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    DL,
    RIGHT,
    FadeIn,
    FadeOut,
    Group,
    Mobject,
    ValueTracker,
    config,
    smooth,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import short
from scenes.kit.surface.trough.arrow import LyingArrow, downhill
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.pieces.share_bar import figure_named
from scenes.pieces.trough.bending_circle import BendingCircle
from scenes.pieces.trough.close_up import CloseUp
from scenes.pieces.trough.edge_names import edge_names
from scenes.pieces.trough.half_rate import HalfRate, slow_color, steep_color
from scenes.pieces.trough.minimum import named_minimum
from scenes.pieces.trough.parked import LENGTH, Parked
from scenes.pieces.trough.retreat import Retreat
from scenes.pieces.trough.small_circle import in_a_glass
from scenes.pieces.trough.two_ways import TwoWays, faster

FIRST_JUMPS = 3  # that are made one by one
DRIFT = 7.0  # degrees by which the viewer walks while something is said
ASIDE = 44.0  # degrees off the trough's axis, where both circles are seen
SHARED_STEPS = 120
WHOLE_RATE = 2.0  # of a step at half the rate: what the step was before
AWAITED = 0.45  # seconds that the descent goes on after the question how long it takes
LARGER = 1.5  # how many times as large the count is in the end
BREATH, HELD = 5.0, 1.6  # degrees and seconds in which the large circle is looked at
BIG = 1.4 * KEY


class Valley(BeatScene):
    """Scene 5: the valley."""

    poster = "descent"
    begins_on: ClassVar[str | None] = "ball_at_start"
    ends_on: ClassVar[str | None] = "parked_valley"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The trough, the descent, the one at half the rate, and the curvatures."""
        half = data_tables.descent(lesson.raw, lesson.raw.half_rate_descent)
        return {**data_tables.landscape(lesson.raw), "half-rate": half}

    def construct(self) -> None:
        """From wall to wall; home; what it takes so long for; why that takes so long; back to the start."""
        self.stage = self.lesson.raw
        self.parked = Parked.in_place(self.stage.loss, self.stage.descent.points, self.places.picture)
        self.trough, self.view, self.clock = self.parked.trough, self.parked.view, self.parked.clock
        self.home_view = self.view.copy()
        self.add(self.view, self.trough, self.parked.ball)
        self.leap_from_wall_to_wall()
        self.run_home()
        if self.tells("fair"):
            self.see_what_takes_so_long()
        self.compare_the_bends()
        self.go_back_to_the_start()
        self.hand_over(*self.parked)

    def leap_from_wall_to_wall(self) -> None:
        """Where home is; downhill; the first jumps, each with its arrow."""
        parked = self.parked
        with self.beat("descent") as beat:
            self.pause(1 / config.frame_rate)  # just what the scene before ends on
            self.show_heading()
            self.names = edge_names(self.words, self.trough, self.above_the_side(), DRIFT)
            self.goal = (parked.home, named_minimum(self.trough, self.words.label("home"))[1])
            self.count = self.step_counter()
            parked.arrow.show(0)
            self.add(parked.arrow, parked.ball)
            self.play(parked.arrow.animate.show(1), run_time=1.0)
            self.play(*map(FadeIn, (self.count, *self.goal, *self.names)), run_time=0.5)
            self.drift(beat.time_left - 0.9, DRIFT)
            self.trail = RunTrail(self.trough, parked.run, self.clock)
            self.add(self.trail, parked.ball)
            self.leap(0)
            beat.next_sentence()
            jumps = range(1, min(FIRST_JUMPS, self.last))
            for jump in jumps:
                self.leap(jump, beat.time_left / (len(jumps) + 1 - jump))

    def run_home(self) -> None:
        """The rest of the way, ever faster, and what is left of it under a glass that comes closer."""
        with self.beat("home") as beat:
            glass = self.glass()
            if self.clock.get_value() < self.last:
                self.play(faster(self.clock, self.last, beat.time_left + AWAITED), *map(FadeIn, glass))
            else:
                self.play(*map(FadeIn, glass), run_time=0.5)
                self.drift(beat.time_left, DRIFT)
            beat.next_sentence()
            corner = self.count.get_corner(DL)
            larger = 1.0 if self.places.side.is_wide else LARGER
            self.play(self.count.animate.scale(larger, about_point=corner), run_time=0.5)
            self.drift(max(beat.time_left, 0.9), DRIFT)
            self.shown = Group(*glass, self.count, self.trail, self.parked.ball)

    def see_what_takes_so_long(self) -> None:
        """At half the rate one step brings the loss down, and leaves most of one way."""
        with self.beat("fair") as beat:
            half = HalfRate(self.lesson, self.trough)
            bar = half.bar(self.words, self.places.side)
            self.play(FadeOut(self.shown), *map(FadeIn, (half.ball, bar)), run_time=0.5)
            self.add(half.step, half.ball)
            self.play(half.step.animate.show(WHOLE_RATE), run_time=0.6)
            self.play(half.step.animate.show(1), run_time=0.8)
            self.add(half.trail, half.ball)
            self.play(half.clock.animate.set_value(1), FadeOut(half.step), run_time=1.2)
            beat.next_sentence()
            self.add(half.way, half.ball)
            count = self.step_counter(half.clock)
            self.play(FadeOut(bar), half.way.animate.show(0.8), FadeIn(count), run_time=0.6)
            steps = self.stage.half_rate_steps or self.last
            self.play(faster(half.clock, steps, max(beat.time_left, 1.8)))
            self.shown = Group(half.trail, half.way, half.ball, count)

    def compare_the_bends(self) -> None:
        """Two circles that bend as the valley does; then one rate for both."""
        with self.beat("why") as beat:
            aside = framed(self.trough.window, self.places.picture, self.trough.window.azimuth(ASIDE))
            gone = (self.shown, *self.names, *self.goal)
            self.play(*map(FadeOut, gone), self.view.animate.become(aside), run_time=1.2)
            across, along = self.circles()
            self.draw(across, max(beat.time_left, 1.5))
            beat.next_sentence()
            self.see_the_large_one(across, along, beat.time_left)
            beat.next_sentence()
            self.shown = Group(*self.step_at_one_rate(beat.time_left))

    def see_the_large_one(self, across: BendingCircle, along: BendingCircle, time_left: float) -> None:
        """The viewer steps back until the circle along closes; the small one stays, in a glass."""
        self.draw(along, 0.6, across.drawn)
        retreat = Retreat(along, self.view, self.places.picture)
        glass, below = in_a_glass(self.trough, self.places.side, steep_color(self.lesson), self.words)
        self.play(FadeIn(glass), FadeIn(below), run_time=0.4)
        self.play(retreat.go(max(time_left - 1.0, 2.1)))
        times = self.how_many_times(along)
        self.play(FadeIn(times, scale=1.3), run_time=0.4)
        turned = float(np.degrees(self.view.points[0, 0])) + BREATH
        self.play(self.view.animate.look(azimuth=turned), run_time=HELD)
        retreat.far = self.view.copy()
        gone = (along, across, glass, below)
        self.play(FadeOut(times, run_time=0.3), retreat.back(self.home_view, 1.0), *map(FadeOut, gone))

    def go_back_to_the_start(self) -> None:
        """The ball is parked where it began, with its arrow."""
        parked = self.parked
        self.clock.set_value(0)
        parked.arrow.show(0)
        self.add(*parked)
        home = self.view.animate.become(self.home_view)
        self.play(FadeOut(self.shown), FadeIn(parked.ball), home, run_time=0.6)
        self.play(parked.arrow.animate.show(1), run_time=0.8)

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

    def leap(self, jump: int, run_time: float = 0.0) -> None:
        """One step: where downhill is, then as far as the rate says."""
        arrow: Mobject = self.parked.arrow
        if jump > 0:
            ends = downhill(self.stage.loss, self.parked.run[jump], LENGTH / self.trough.window.scale)
            arrow = LyingArrow(self.trough, ends).show(0)
            self.add(arrow, self.parked.ball)
            self.play(arrow.animate.show(1), run_time=0.4)
        self.play(self.clock.animate.set_value(jump + 1), FadeOut(arrow), run_time=max(run_time - 0.4, 0.9))

    def draw(self, circle: BendingCircle, run_time: float, length: float | None = None) -> None:
        """A pen draws a circle, or as much of it as ``length``, from the lowest point to both sides."""
        whole = 2 * np.pi * circle.radius
        self.add(circle)
        grow = circle.length.animate(run_time=run_time, rate_func=smooth)
        self.play(grow.set_value(whole if length is None else min(length, whole)))

    def step_at_one_rate(self, run_time: float) -> list[Mobject]:
        """Two balls at one rate: across it leaps to the other wall, along it crawls; then ever faster."""
        rate = self.stage.spectrum.best_learning_rate
        colors = slow_color(self.lesson), steep_color(self.lesson)
        two = TwoWays(self.trough, rate, SHARED_STEPS, colors)
        spot, figures = self.goal[0], self.shared_figures(two)
        names = two.names(self.words)
        self.play(*map(FadeIn, (spot, *two.balls, *names, figures[0])), run_time=0.5)
        self.add(*two.shown)
        self.play(two.way.animate(run_time=0.6).show(1))
        for jump in range(2):
            seen = [FadeIn(figures[1], run_time=0.4)] if jump == 1 else []
            self.play(two.clock.animate(run_time=0.8).set_value(jump + 1), *seen)
        self.play(faster(two.clock, SHARED_STEPS, max(run_time - 2.7, 1.6)))
        return [*figures, *names, *two.shown]

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

    def step_counter(self, clock: ValueTracker | None = None) -> Mobject:
        """The steps that the ball has made; of how many, where they are not drawn to the end."""
        counter = Counter(clock or self.clock, size=KEY, color=self.theme.ball, value=np.floor)
        steps = float(self.last if self.stage.steps is None else self.stage.steps)
        name = "steps_taken" if steps == self.last else "steps_drawn"
        figure = furniture(key_figure(counter, self.words.label(name, steps=steps), NAME))
        return self.side()[0].put(figure, 0.0, 1.0)

    def glass(self) -> tuple[CloseUp, Mobject]:
        """A glass over the lowest point, and how many times it enlarges."""
        box, window = self.side()[1], self.trough.window
        radius = min(box.height, 0.5 * box.width) / 2
        center = (box.left + radius, box.center[1])
        glass = CloseUp(window, self.parked.run, self.clock, center, radius, self.stage.tolerance / 10)
        times = Counter(self.clock, size=typography.FIGURE, value=lambda _: glass.enlarged)
        figure = key_figure(times, self.words.label("enlarged"), NAME)
        return glass, figure.next_to([center[0] + radius, center[1], 0.0], RIGHT, buff=0.25)

    def circles(self) -> tuple[BendingCircle, BendingCircle]:
        """Across and along, not yet drawn."""
        across = BendingCircle(self.trough, 1, ValueTracker(0.01), steep_color(self.lesson))
        along = BendingCircle(self.trough, 0, ValueTracker(0.01), slow_color(self.lesson), dash=(18.0, 12.0))
        return across, along

    def how_many_times(self, along: BendingCircle) -> Mobject:
        """How many times as large the circle along is, in the middle of it."""
        ratio = self.words.label("times", times=short(self.stage.spectrum.condition_number))
        figure = key_figure(typography.figure(ratio, size=BIG), self.words.label("radius_along"), NAME)
        flat = self.view.project(along.line())[:, :2]
        middle = (flat.min(axis=0) + flat.max(axis=0)) / 2
        figure.set_color(slow_color(self.lesson))
        figure[1].set_x(figure[0].get_x())
        return figure.move_to([*middle, 0.0])

    def shared_figures(self, two: TwoWays) -> list[Mobject]:
        """The steps of both, and how much of the way along one goes that is right across."""
        side, percent = self.places.side, numbers.write(self.stage.percent_along_by_a_step, "2s")
        width = (0.45 if side.is_wide else 1.0) * side.width
        steps = Counter(two.clock, size=KEY, color=self.theme.ball, value=np.floor)
        share = typography.figure(self.words.label("percent", percent=percent), slow_color(self.lesson), KEY)
        found = [
            furniture(key_figure(steps, self.words.label("steps_taken", steps=float(SHARED_STEPS)), NAME)),
            figure_named(share, self.words.label("step_along"), width),
        ]
        side.stack(*found, gap=0.6)
        return found
