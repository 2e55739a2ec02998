"""What standardizing leaves: the cloud tilts, the bowl becomes a valley; beside it the bowl, for a race."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from manim import (
    RIGHT,
    FadeIn,
    FadeOut,
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
from scenes.kit.lettering.typography import FIGURE, KEY, NAME, SMALL, Formula, Text
from scenes.kit.script.magnitude import r_style
from scenes.kit.surface.trough.arrow import LyingArrow
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.race.race_map import from_above
from scenes.pieces.tilting.cloud import TiltingCloud
from scenes.pieces.tilting.half import halves
from scenes.pieces.tilting.loss import TiltingLoss
from scenes.pieces.trough.leaps import Goal, LeapingBall

TILTS = (0.0, 0.5, TILTED)
SINGLE, LEAPS, LEAP = 8, 44, 0.8  # leaps of one step, all leaps of a long run, seconds for one that is home
APART = 18.0  # pixels at 1080p: leaps to and fro that are nearer are a veil
RADIUS = 0.15  # of the ball, in units of space
NAMED = 0.42  # height of a line of names, in picture units


@dataclass
class Side:
    """One of the two shapes that stand beside each other, its cloud, and its ball with its steps."""

    r: ValueTracker
    view: Viewpoint
    trough: Trough
    cloud: TiltingCloud
    drawn: list[Mobject]


class Correlation(BeatScene):
    """Scene 9: what standardizing does not do."""

    poster = "descent"
    begins_on: ClassVar[str | None] = "bowl_from_above"
    ends_on: ClassVar[str | None] = "valley_and_bowl"

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
        self.part()
        self.see_what_is_left()
        self.hand_over(*(side.trough for side in self.sides))

    def begin_on_the_bowl(self) -> None:
        """Just what the race ends on: the bowl from straight above."""
        self.left = self.side(
            0, self.lesson.correlation, from_above(self.lesson.standardized, self.places.second)
        )
        self.r, self.view = self.left.r, self.left.view
        self.add(self.left.trough)

    def say_what_r_is(self) -> None:
        """The standardized rows at the left, their loss at the right; the cloud tilts a little, and back."""
        with self.beat("bowl") as beat:
            self.show_heading()
            goal = self.loss.framed(TILTS[1], self.shape_box)
            self.play(self.view.animate.become(goal), self.loss.own.animate.set_value(1), run_time=1.5)
            self.names = self.names_of()
            self.play(FadeIn(*self.left.drawn, self.names), run_time=0.5)
            beat.next_sentence()
            self.figures = [self.correlation(self.r, self.figure_box, KEY)]
            self.play(FadeIn(self.figures[0]), run_time=0.4)
            share = max(beat.time_left / 2, 1.2)
            for r in (TILTS[1], TILTS[0]):
                self.play(self.r.animate.set_value(r), run_time=share)

    def tilt(self) -> None:
        """The features come to say the same; how much more sharply the valley bends across than along."""
        with self.beat("tilt") as beat:
            self.figures.append(self.condition_number())
            self.play(FadeIn(self.figures[1]), run_time=0.4)
            back = self.view.animate.become(self.loss.framed(TILTED, self.shape_box))  # longer than the bowl
            self.play(self.r.animate.set_value(TILTED), back, run_time=max(beat.time_left, 3.0))
            beat.next_sentence()
            arrows = [LyingArrow(self.left.trough, ends).show(0) for ends in self.loss.ways(TILTED)]
            share = max(beat.time_left / 2 - 0.2, 1.0)
            for arrow in arrows:
                self.add(arrow)
                self.play(arrow.animate.show(1), run_time=share)
            self.play(*map(FadeOut, arrows), run_time=0.3)

    def part(self) -> None:
        """A twin goes aside and loses its correlation: there, one step does. The other takes its time."""
        with self.beat("descent") as beat:
            twin = self.side(1, TILTED, self.view.copy())
            self.sides = self.left, twin
            self.add(twin.trough, *twin.drawn)
            self.play(*map(FadeOut, (*self.figures, self.names)), run_time=0.3)
            going = [
                side.view.animate.become(self.loss.framed(TILTED, half.shape))
                for side, half in zip(self.sides, self.halves, strict=True)
            ]
            clouds = [side.cloud.gone.animate.set_value(1) for side in self.sides]
            self.play(*going, *clouds, run_time=1.0)
            figures = [
                self.correlation(side.r, half.words, FIGURE)
                for side, half in zip(self.sides, self.halves, strict=True)
            ]
            self.play(*map(FadeIn, figures), run_time=0.2)
            round_view = self.loss.framed(TILTS[0], self.halves[1].shape)
            self.play(twin.r.animate.set_value(TILTS[0]), twin.view.animate.become(round_view), run_time=1.0)
            clocks = [self.ball_in(which) for which in (0, 1)]
            self.play(clocks[1].animate.set_value(self.last_leap(1)), run_time=LEAP)
            beat.next_sentence()
            self.play(
                clocks[0].animate(rate_func=linear).set_value(self.last_leap(0)),
                run_time=max(beat.time_left, 3.5),
            )

    def see_what_is_left(self) -> None:
        """Each feature for itself is alike in both clouds; the valley stays."""
        with self.beat("left") as beat:
            rulers = [side.cloud.rulers() for side in self.sides]
            share = max(beat.time_left / 2 - 0.4, 1.0)
            for pair in zip(*rulers, strict=True):
                self.play(*map(FadeIn, pair), run_time=0.4)
                swelling = (it.animate(rate_func=there_and_back).set_stroke(width=11.0) for it in pair)
                self.play(*swelling, run_time=share)

    # -- a ball ----------------------------------------------------------------------------------------------
    def ball_in(self, which: int) -> ValueTracker:
        """A ball at the start of a shape, the dot that it is to reach, its steps. Its clock counts leaps."""
        stage, side = self.stages[which], self.sides[which]
        clock, run = ValueTracker(0), np.asarray(stage.descent.points)[self.steps[which].astype(int)]
        run = run if len(run) > 1 else np.repeat(run, 2, axis=0)
        goal = Goal(side.trough, stage.loss.minimizer)
        ball = LeapingBall(side.trough, run, clock, RADIUS)
        trail = RunTrail(side.trough, run, clock, told_apart=APART)
        count = self.count(which, clock)
        self.play(*map(FadeIn, (goal, trail, ball, count)), run_time=0.2)
        return clock

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
    def side(self, which: int, r: float, view: Viewpoint) -> Side:
        """A shape and its cloud at a correlation that can change; both begin where the first one's are."""
        tracker = ValueTracker(r)
        cloud = TiltingCloud(self.lesson, tracker, self.cloud_box, self.halves[which].cloud)
        follows = tracker, self.loss.own
        trough = Trough(lambda: self.loss.window(tracker.get_value()), view, follows=follows)
        return Side(tracker, view, trough, cloud, [cloud.frame(), cloud.dots()])

    # -- figures and names -----------------------------------------------------------------------------------
    def correlation(self, r: ValueTracker, box: Box, size: float) -> VGroup:
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

    def count(self, which: int, clock: ValueTracker) -> VMobject:
        """The steps that a ball has made."""
        stage, leaps = self.stages[which], np.arange(len(self.steps[which]))
        last, steps = int(leaps[-1]), stage.steps or stage.descent.steps

        def made(leap: float) -> float:
            return float(steps if leap >= last else np.floor(np.interp(leap, leaps, self.steps[which])))

        figure = Counter(clock, "d", KEY, self.theme.ball, value=made)
        figure.name = self.words.label("steps_taken", steps=float(steps))
        name = typography.name(figure.name, self.theme.muted)
        right = figure.corner[0] + figure.width_of(steps) + 0.2
        typography.align_baseline(name, float(figure.corner[1]), left=float(right))
        return self.halves[which].words.put(VGroup(figure, name), 0.0, 0.0)

    def names_of(self) -> VGroup:
        """What the features are called, below the square and above it."""
        made = VGroup()
        for feature, (letter, color) in enumerate(zip("ab", feature_colors(), strict=True)):
            ways = [self.words.label(f"{letter}{form}") for form in ("", "_short")]
            text: Text = fitted(ways, self.cloud_box.width, color, NAME, SMALL)
            fit_width(text, self.cloud_box.width)
            square = self.left.drawn[0][0]
            y = square.get_bottom()[1] - 0.2 - NAMED if feature == 0 else square.get_top()[1] + 0.14
            typography.align_baseline(text, float(y), left=float(square.get_left()[0]))
            made.add(text)
        return made


def leaps(last: int) -> Array:
    """The steps (n,) at which a run of ``last`` steps is shown after each leap, :data:`LEAPS` at most.

    The first are single steps; each of the others is so many times as long as the one before, and of an odd
    number of steps, so that a run to and fro is still seen to go so.
    """
    ahead = np.arange(1, LEAPS - SINGLE + 1)
    for growth in np.linspace(1.0, 2.0, 200):
        lengths = np.concatenate([np.ones(SINGLE), 2 * np.floor(growth**ahead / 2) + 1])
        steps = np.concatenate([[0.0], np.cumsum(lengths)])
        if steps[-1] >= last:
            break
    return np.append(steps[steps < last], last)
