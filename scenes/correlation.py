"""What standardizing leaves: the cloud tilts, the bowl becomes a valley; beside it the bowl, for a race."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from manim import (
    RIGHT,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    Line,
    Mobject,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
    there_and_back,
)

from bn_math import Lesson
from bn_math.lesson.correlating import TILTED
from bn_math.lesson.stage import Stage
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME, SMALL, Formula, Text
from scenes.kit.script.magnitude import r_style
from scenes.kit.surface.trough.arrow import LyingArrow
from scenes.kit.surface.trough.floor_names import along_edge
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.race.race_map import from_above
from scenes.pieces.tilting.cloud import TiltingCloud
from scenes.pieces.tilting.half import halves
from scenes.pieces.tilting.loss import TiltingLoss
from scenes.pieces.tilting.run import Run, Side, leaps
from scenes.pieces.trough.leaps import Goal, LeapingBall

TILTS = (0.0, 0.5, TILTED)
BESIDE = 54.0  # size of r where two shapes are told apart by it, and the steps are the figures
LEAP = 0.8  # seconds for a leap that is home at once
APART = 18.0  # pixels at 1080p: leaps to and fro that are nearer are a veil
DRIFT = 10.0  # degrees that the viewer walks at the end
RADIUS = 0.15  # of the ball, in units of space
NAMED = 0.42  # height of a line of names, in picture units


class Correlation(BeatScene):
    """Scene 9: what standardizing does not do."""

    poster = "descent"
    begins_on: ClassVar[str | None] = "bowl_from_above"
    ends_on: ClassVar[str | None] = "tilted_valley"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The cloud at every correlation shown, and the condition number it leaves."""
        clouds = {f"r={r:g}": data_tables.rows(lesson.correlated(r).data) for r in TILTS}
        left = [lesson.correlated_condition_number(r) for r in TILTS]
        return {**clouds, "condition": {"r": np.array(TILTS), "condition_number": np.array(left)}}

    def construct(self) -> None:
        """The bowl and its cloud, the tilt, balls in the valley and in the bowl, what has not changed."""
        self.tilted, self.halves = self.lesson.correlated(TILTED), halves(self.places)
        self.loss = TiltingLoss(self.lesson, TILTS[0], TILTED)
        self.begin_on_the_bowl()
        self.say_what_r_is()
        self.tilt()
        self.race()
        self.see_what_is_left()
        self.hand_over(self.left.trough)

    def begin_on_the_bowl(self) -> None:
        """Just what the race ends on: the bowl from straight above."""
        above = from_above(self.lesson.standardized, self.places.second)
        self.left = self.side(self.lesson.correlation, above)
        self.r, self.view = self.left.r, self.left.view
        self.add(self.left.trough)

    def say_what_r_is(self) -> None:
        """The standardized rows at the left, their loss at the right; the cloud begins to lean."""
        with self.beat("bowl") as beat:
            self.show_heading()
            goal = self.loss.framed(TILTS[1], self.shape_box)
            self.play(self.view.animate.become(goal), self.loss.own.animate.set_value(1), run_time=1.5)
            self.cloud = TiltingCloud(self.lesson, self.r, self.cloud_box)
            frame, dots = self.cloud.frame(), self.cloud.dots()
            self.rows = [frame, dots, self.names_of(frame)]
            self.weights = self.weight_names()
            self.play(*map(FadeIn, (*self.rows, *self.weights)), run_time=0.5)
            beat.next_sentence()
            self.figures = [self.correlation(self.r, self.figure_box)]
            self.play(FadeIn(self.figures[0]), run_time=0.4)
            self.play(self.r.animate.set_value(TILTS[1]), run_time=max(beat.time_left, 2.0))

    def tilt(self) -> None:
        """The features come to say the same; how much more sharply the valley bends across than along."""
        with self.beat("tilt") as beat:
            back = self.view.animate.become(self.loss.framed(TILTED, self.shape_box))  # longer than the bowl
            self.play(self.r.animate.set_value(TILTED), back, run_time=max(beat.time_left, 3.0))
            beat.next_sentence()
            self.figures.append(self.condition_number())
            arrows = [LyingArrow(self.left.trough, ends).show(0) for ends in self.loss.ways(TILTED)]
            share = max(beat.time_left / 2 - 0.4, 1.0)
            for arrow, more in zip(arrows, ([FadeIn(self.figures[1], run_time=0.4)], []), strict=True):
                self.add(arrow)
                self.play(arrow.animate(run_time=share).show(1), *more)
            if beat.time_left > 0:
                self.pause(min(beat.time_left, 0.5))
            self.play(*map(FadeOut, arrows), run_time=0.3)

    def race(self) -> None:
        """Beside it the same without the correlation: there, one step does. Here it takes its time."""
        with self.beat("descent") as beat:
            views = [self.loss.framed(TILTED, half.shape, with_floor=False) for half in self.halves]
            aside = self.view.animate(run_time=1.0).become(views[0])
            gone = (*self.figures, *self.rows, *self.weights)
            floor = self.left.trough.floor.animate(run_time=0.6).set_opacity(0)
            self.play(aside, floor, *(FadeOut(it, run_time=0.4) for it in gone))
            twin = self.side(TILTED, views[1])
            twin.trough.floor.set_opacity(0)
            self.sides = self.left, twin
            named = zip(self.sides, self.halves, strict=True)
            self.signs = [self.correlation(side.r, half.words, BESIDE) for side, half in named]
            self.play(FadeIn(twin.trough), *map(FadeIn, self.signs), run_time=0.4)
            round_view = self.loss.framed(TILTS[0], self.halves[1].shape, with_floor=False)
            self.play(twin.r.animate.set_value(TILTS[0]), twin.view.animate.become(round_view), run_time=1.0)
            self.runs = [self.ball_in(which) for which in (0, 1)]
            self.play(*(FadeIn(part) for run in self.runs for part in run.parts), run_time=0.3)
            self.pause(max(beat.time_left - LEAP - 0.4, 0.0))
            self.play(self.runs[1].clock.animate.set_value(self.last_leap(1)), run_time=LEAP)
            beat.next_sentence()
            far = self.runs[0].clock.animate(rate_func=linear).set_value(self.last_leap(0))
            self.play(far, run_time=max(beat.time_left, 3.5))
            counts = [
                run.count.animate(rate_func=there_and_back).scale(1.2, about_edge=RIGHT) for run in self.runs
            ]
            self.play(*counts, run_time=1.3)

    def see_what_is_left(self) -> None:
        """The valley and its rows again: each feature by itself has its spread, and the valley stays."""
        with self.beat("left") as beat:
            other, own = self.runs[1], self.runs[0]
            gone = (self.sides[1].trough, *self.signs, *other.parts, own.count)
            nearer = self.view.animate(run_time=1.0).become(self.loss.framed(TILTED, self.shape_box))
            floor = self.left.trough.floor.animate(run_time=1.0).set_opacity(1)
            self.play(nearer, floor, *(FadeOut(it, run_time=0.4) for it in gone))
            frame, dots, _ = self.rows
            self.figures = [
                self.correlation(self.r, self.figure_box),
                self.count(0, own.clock, self.figure_box),
            ]
            self.play(*map(FadeIn, (*self.rows, *self.figures)), run_time=0.4)
            for ruler in self.cloud.rulers():
                self.play(GrowFromCenter(ruler), run_time=0.7)
                swelling = ruler.animate(rate_func=there_and_back).set_stroke(width=11.0)
                self.play(swelling, run_time=0.5)
            turned = self.view.animate.look(azimuth=self.loss.azimuth + DRIFT)
            self.play(turned, run_time=max(beat.time_left + 0.8, 2.0))

    # -- a ball ----------------------------------------------------------------------------------------------
    def ball_in(self, which: int) -> Run:
        """A ball at the start of a shape, the dot that it is to reach, its steps. Its clock counts leaps."""
        stage, side = self.stages[which], self.sides[which]
        clock, run = ValueTracker(0), np.asarray(stage.descent.points)[self.steps[which].astype(int)]
        run = run if len(run) > 1 else np.repeat(run, 2, axis=0)
        goal = Goal(side.trough, stage.loss.minimizer)
        ball = LeapingBall(side.trough, run, clock, RADIUS)
        trail = RunTrail(side.trough, run, clock, told_apart=APART)
        count = self.count(which, clock, self.halves[which].words, 1.0)
        return Run(clock, count, (goal, trail, ball, count))

    @property
    def stages(self) -> tuple[Stage, Stage]:
        """The losses of both sides: with the correlation, and without."""
        return self.tilted, self.lesson.correlated(TILTS[0])

    @cached_property
    def steps(self) -> list[Array]:
        """For both sides the steps that are reached after each leap."""
        return [leaps(stage.descent.steps) for stage in self.stages]

    def last_leap(self, which: int) -> int:
        """How many leaps a ball makes."""
        return len(self.steps[which]) - 1

    # -- where things stand ----------------------------------------------------------------------------------
    @cached_property
    def column(self) -> Box:
        """The side, down to the foot; beside the picture it goes up to where the heading was."""
        side, foot, whole = self.places.side, self.places.foot, self.places.whole
        top = side.top if side.is_wide else whole.top
        return Box(side.left, side.right, min(side.bottom, foot.bottom), top)

    @cached_property
    def figure_box(self) -> Box:
        """Where r stands, at the top, and the figure that changes, at the bottom."""
        box = self.column
        return box.part(left=0.44) if box.is_wide else box

    @cached_property
    def cloud_box(self) -> Box:
        """Where the square is, with its rulers: there is a line for a name above it and one below."""
        box = self.column
        box = box.part(right=0.4) if box.is_wide else box.part(bottom=0.24, top=1 - 0.85 / box.height)
        return Box(box.left, box.right, box.bottom + NAMED, box.top - NAMED)

    @cached_property
    def shape_box(self) -> Box:
        """Where the surface is while it is alone."""
        return self.places.picture.part(left=0.04, right=0.96, bottom=0.04)

    # -- the surfaces ----------------------------------------------------------------------------------------
    def side(self, r: float, view: Viewpoint) -> Side:
        """A shape at a correlation that can change."""
        tracker = ValueTracker(r)
        trough = Trough(lambda: self.loss.window(tracker.get_value()), view, follows=(tracker, self.loss.own))
        return Side(tracker, view, trough)

    def weight_names(self) -> list[Mobject]:
        """The two weights' names along the floor."""
        return [
            along_edge(
                typography.name(self.words.label(key), color),
                self.left.trough.floor,
                axis,
                follows=(self.r, self.view),
            )
            for axis, (key, color) in enumerate(zip(("weight_a", "weight_b"), feature_colors(), strict=True))
        ]

    # -- figures and names -----------------------------------------------------------------------------------
    def correlation(self, r: ValueTracker, box: Box, size: float = KEY) -> VGroup:
        """r, as it grows."""
        sign = Formula("r =", size)
        figure = Counter(r, r_style(self.lesson.correlation, 2), size)
        figure.shift(sign[1].get_right() + 0.3 * RIGHT - figure.corner)
        figure.shift([0.0, sign[0].get_bottom()[1] - figure.corner[1], 0.0])
        return box.put(VGroup(sign, figure), 0.0, 1.0)

    def condition_number(self) -> VMobject:
        """The condition number at the correlation that is shown."""
        figure = Counter(self.r, "d", KEY, value=self.lesson.correlated_condition_number)
        return self.figure_box.put(key_figure(figure, self.words.label("condition_number"), NAME), 0.0, 0.0)

    def count(self, which: int, clock: ValueTracker, box: Box, x: float = 0.0) -> VMobject:
        """The steps that a ball has made."""
        stage, leaps = self.stages[which], np.arange(len(self.steps[which]))
        last, steps = float(leaps[-1]), stage.steps or stage.descent.steps

        def made(leap: float) -> float:
            done = float(np.interp(leap, leaps, self.steps[which]))
            return float(steps if leap > last - 1e-6 else np.floor(done + 1e-6))

        figure = Counter(clock, "d", KEY, self.theme.ball, value=made, align_right=True)
        figure.name = self.words.label("steps_taken", steps=float(steps))
        name = typography.name(figure.name, self.theme.muted)
        base = figure.corner
        typography.align_baseline(name, float(base[1]), left=float(base[0]) + 0.2)
        room = Line(base - [figure.width_of(steps), 0.0, 0.0], base, stroke_width=0)  # of the last number
        return box.put(VGroup(room, figure, name), x, 1.0 if x else 0.0)

    def names_of(self, frame: VGroup) -> VGroup:
        """What the features are called: below the square at its right end, and above it."""
        made, square = VGroup(), frame[0]
        for feature, (letter, color) in enumerate(zip("ab", feature_colors(), strict=True)):
            ways = [self.words.label(f"{letter}{form}") for form in ("", "_short")]
            text: Text = fitted(ways, self.cloud_box.width, color, NAME, SMALL)
            fit_width(text, self.cloud_box.width)
            y = square.get_bottom()[1] - 0.2 - NAMED if feature == 0 else square.get_top()[1] + 0.14
            typography.align_baseline(text, float(y), left=float(square.get_left()[0]))
            if feature == 0:
                text.shift([float(square.get_right()[0] - text.get_right()[0]), 0.0, 0.0])
            made.add(text)
        return made
