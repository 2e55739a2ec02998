"""What standardizing leaves: the cloud tilts, the bowl turns back into a valley, a ball crawls in it."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from manim import LEFT, RIGHT, FadeIn, GrowFromCenter, Mobject, ValueTracker, VGroup, linear, there_and_back

from bn_math import Lesson
from bn_math.lesson.correlating import TILTED
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME, SMALL, Formula, Text
from scenes.kit.script.magnitude import r_style
from scenes.kit.surface.trough.floor_names import along_edge
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.race.race_map import from_above
from scenes.pieces.tilting.cloud import TiltingCloud
from scenes.pieces.tilting.loss import TiltingLoss
from scenes.pieces.tilting.run import leaps
from scenes.pieces.trough.leaps import Goal, LeapingBall

LEANING, CLOSE = 0.5, 0.85  # the correlations to which the cloud leans when r is named, and on its way
SEEN = 4  # leaps that are seen one by one
APART = 18.0  # pixels at 1080p: leaps to and fro that are nearer are a veil
RADIUS = 0.15  # of the ball, in units of space
BIG = 1.4 * KEY  # size of the steps
NAMED = 0.42  # height of a line of names, in picture units


class Correlation(BeatScene):
    """Scene 9: what standardizing does not do."""

    poster = "descent"
    begins_on: ClassVar[str | None] = "bowl_from_above"
    ends_on: ClassVar[str | None] = "tilted_valley"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The cloud at every correlation shown, and the condition number it leaves."""
        tilts = (lesson.correlation, LEANING, TILTED)
        clouds = {f"r={r:g}": data_tables.rows(lesson.correlated(r).data) for r in tilts}
        left = [lesson.correlated_condition_number(r) for r in tilts]
        return {**clouds, "condition": {"r": np.array(tilts), "condition_number": np.array(left)}}

    def construct(self) -> None:
        """The bowl and its cloud; the tilt; a ball in what has become of the bowl."""
        self.tilted, self.loss = self.lesson.correlated(TILTED), TiltingLoss(self.lesson, 0.0, TILTED)
        self.begin_on_the_bowl()
        self.say_what_r_is()
        self.tilt()
        self.crawl()
        self.hand_over(self.trough)

    def begin_on_the_bowl(self) -> None:
        """Just what the race ends on: the bowl from straight above."""
        self.view = from_above(self.lesson.standardized, self.places.second)
        self.r = r = ValueTracker(self.lesson.correlation)
        self.trough = Trough(lambda: self.loss.window(r.get_value()), self.view, follows=(r, self.loss.own))
        self.add(self.trough)

    def say_what_r_is(self) -> None:
        """The standardized rows at the left, their loss at the right; the cloud begins to lean."""
        with self.beat("bowl") as beat:
            self.show_heading()
            goal = self.loss.framed(LEANING, self.shape_box)
            self.play(self.view.animate.become(goal), self.loss.own.animate.set_value(1), run_time=1.5)
            self.cloud = TiltingCloud(self.lesson, self.r, self.cloud_box)
            frame, dots = self.cloud.frame(), self.cloud.dots()
            shown = (frame, dots, self.names_of(frame), *self.weight_names())
            self.play(*map(FadeIn, shown), run_time=0.5)
            beat.next_sentence()
            self.play(FadeIn(self.correlation()), run_time=0.4)
            self.play(self.r.animate.set_value(LEANING), run_time=max(beat.time_left, 2.0))

    def tilt(self) -> None:
        """The features come to say the same, and the bowl becomes a valley."""
        with self.beat("tilt") as beat:
            back = self.view.animate.become(self.loss.framed(TILTED, self.shape_box))  # longer than the bowl
            self.play(self.r.animate.set_value(CLOSE), back, run_time=max(beat.time_left, 2.0))
            beat.next_sentence()
            self.play(self.r.animate.set_value(TILTED), run_time=max(beat.time_left, 1.6))

    def crawl(self) -> None:
        """Each feature by itself has its spread; in the valley that stays a ball takes its time."""
        with self.beat("descent") as beat:
            for ruler in self.cloud.rulers():
                self.play(GrowFromCenter(ruler), run_time=0.8)
            clock, steps = ValueTracker(0), leaps(self.tilted.descent.steps)
            count, last = self.count(clock, steps), len(steps) - 1
            self.play(*map(FadeIn, (*self.ball(clock, steps), count)), run_time=0.4)
            one_by_one = clock.animate(rate_func=linear).set_value(min(SEEN, last))
            self.play(one_by_one, run_time=max(beat.time_left, 1.8))
            beat.next_sentence()
            on = clock.animate(rate_func=linear).set_value(last)
            self.play(on, run_time=max(beat.time_left, 3.0))
            self.play(count.animate(rate_func=there_and_back).scale(1.3, about_edge=LEFT), run_time=1.0)

    # -- a ball ----------------------------------------------------------------------------------------------
    def ball(self, clock: ValueTracker, steps: Array) -> tuple[Mobject, ...]:
        """A ball at the start, the dot that it is to reach, and its way. Its clock counts leaps."""
        run = np.asarray(self.tilted.descent.points)[steps.astype(int)]
        run = run if len(run) > 1 else np.repeat(run, 2, axis=0)
        goal, ball = (
            Goal(self.trough, self.tilted.loss.minimizer),
            LeapingBall(self.trough, run, clock, RADIUS),
        )
        return goal, RunTrail(self.trough, run, clock, told_apart=APART), ball

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

    # -- figures and names -----------------------------------------------------------------------------------
    def weight_names(self) -> list[Mobject]:
        """The two weights' names along the floor."""
        return [
            along_edge(
                typography.name(self.words.label(key), color),
                self.trough.floor,
                axis,
                follows=(self.r, self.view),
            )
            for axis, (key, color) in enumerate(zip(("weight_a", "weight_b"), feature_colors(), strict=True))
        ]

    def correlation(self) -> VGroup:
        """r, as it grows."""
        sign, figure = Formula("r =", KEY), Counter(self.r, r_style(self.lesson.correlation, 2), KEY)
        figure.shift(sign[1].get_right() + 0.3 * RIGHT - figure.corner)
        figure.shift([0.0, sign[0].get_bottom()[1] - figure.corner[1], 0.0])
        return self.figure_box.put(VGroup(sign, figure), 0.0, 1.0)

    def count(self, clock: ValueTracker, reached: Array) -> VGroup:
        """The steps that the ball has made, at the bottom; ``reached`` says how many after each leap."""
        last, steps = float(len(reached) - 1), self.tilted.steps or self.tilted.descent.steps

        def made(leap: float) -> float:
            done = float(np.interp(leap, np.arange(len(reached)), reached))
            return float(steps if leap > last - 1e-6 else np.floor(done + 1e-6))

        figure = Counter(clock, "d", BIG, self.theme.ball, value=made)
        name = self.words.label("steps_taken", steps=float(steps))
        return self.figure_box.put(furniture(key_figure(figure, name, NAME)), 0.0, 0.0)

    def names_of(self, frame: VGroup) -> VGroup:
        """What the features are called: below the square at its right end, and above it."""
        made, square = VGroup(), frame[0]
        for feature, (letter, color) in enumerate(zip("ab", feature_colors(), strict=True)):
            ways = [self.words.label(f"{letter}{form}") for form in ("", "_short")]
            text: Text = fitted(ways, self.cloud_box.width, color, NAME, SMALL)
            fit_width(text, self.cloud_box.width)
            lies = feature == self.cloud.order[0]
            y = square.get_bottom()[1] - 0.2 - NAMED if lies else square.get_top()[1] + 0.14
            typography.align_baseline(text, float(y), left=float(square.get_left()[0]))
            if lies:
                text.shift([float(square.get_right()[0] - text.get_right()[0]), 0.0, 0.0])
            made.add(text)
        return made
