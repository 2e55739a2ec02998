"""Two standardized features say more and more the same: the cloud tilts, and the bowl becomes a valley."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import (
    RIGHT,
    FadeIn,
    FadeOut,
    FadeTransform,
    Mobject,
    UpdateFromAlphaFunc,
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
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME, SMALL, Formula, Text
from scenes.kit.script.magnitude import r_style
from scenes.kit.surface.trough.arrow import Ends, LyingArrow
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.floor_names import along_edge
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import HALF_WIDTH, SHALLOW, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.tilting_cloud import TiltingCloud

TILTS = (0.0, 0.5, 0.9, TILTED)
MARGIN = 0.88  # of the way to the rim, where the start lies at most
LENGTH = 1.4  # from the minimum to a cut, over the bowl's half-width
DRIFT = 9.0  # degrees that the viewer walks while something is said
JUMPS, EASE = 6, 3.0  # jumps made one by one; then the steps go with this power of the time
NAMED = 0.42  # height of a line of names, in picture units


class Correlation(BeatScene):
    """Scene 9: what standardizing does not do."""

    poster = "descent"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The cloud at every correlation shown, and the condition number it leaves."""
        clouds = {f"r={r:g}": data_tables.rows(lesson.correlated(r).data) for r in TILTS}
        left = [lesson.correlated_condition_number(r) for r in TILTS]
        return {**clouds, "condition": {"r": np.array(TILTS), "condition_number": np.array(left)}}

    def construct(self) -> None:
        """The cloud and its bowl, the tilt, the crawl, and what has not changed."""
        self.r = ValueTracker(self.lesson.correlation)
        self.tilted = self.lesson.correlated(TILTED)
        self.begin()
        self.tilt()
        self.descend()
        self.see_what_is_left()

    def begin(self) -> None:
        """The standardized rows at the left, their loss at the right."""
        with self.beat("bowl") as beat:
            self.show_heading()
            self.view = self.framed(self.lesson.correlation)
            self.trough = Trough(lambda: self.window(self.r.get_value()), self.view, follows=(self.r,))
            self.cloud = TiltingCloud(self.lesson, self.r, self.cloud_box)
            self.names = self.names_of("")
            self.play(FadeIn(self.trough), *map(FadeIn, self.weights()), run_time=0.5)
            self.play(FadeIn(self.cloud.frame(), self.cloud.dots(), self.names), run_time=0.5)
            self.drift(beat.time_left)
            beat.next_sentence()
            self.play(FadeIn(self.correlation()), run_time=0.5)
            self.drift(beat.time_left)

    def tilt(self) -> None:
        """Round without a correlation; then the features come to say the same."""
        with self.beat("tilt") as beat:
            self.condition = self.condition_number()
            self.play(FadeIn(self.condition), run_time=0.4)
            self.play(self.r.animate.set_value(TILTS[0]), run_time=max(beat.time_left, 1.5))
            beat.next_sentence()
            back = self.view.animate.become(self.framed(TILTED))  # the valley is longer than the bowl
            self.play(self.r.animate.set_value(TILTS[2]), back, run_time=max(beat.time_left, 2.0))
            beat.next_sentence()
            self.play(self.r.animate.set_value(TILTS[3]), run_time=1.5)
            along = LyingArrow(self.trough, self.along).show(0)
            self.add(along)
            self.play(along.animate.show(1), run_time=max(beat.time_left - 0.4, 1.2))
            self.play(FadeOut(along), run_time=0.4)

    def descend(self) -> None:
        """A ball in this valley: a few jumps, then the rest ever faster."""
        with self.beat("descent") as beat:
            clock, run = ValueTracker(0), np.asarray(self.tilted.descent.points)
            last = len(run) - 1
            ball, trail = CutBall(self.trough, run, clock), RunTrail(self.trough, run, clock)
            self.steps = self.count(clock, last)
            self.play(FadeOut(self.condition), FadeIn(ball, self.steps), run_time=0.5)
            self.add(trail, ball)
            for _ in range(min(JUMPS, last)):
                self.play(clock.animate.increment_value(1), run_time=0.45)
            beat.next_sentence()
            first = int(clock.get_value())

            def rest(it: Mobject, alpha: float) -> None:
                assert isinstance(it, ValueTracker)
                step = first + (last - first) * alpha**EASE
                it.set_value(last if alpha >= 1 else first + 2 * int((step - first) / 2))

            if first < last:
                time = max(beat.time_left, 4.0)
                self.play(UpdateFromAlphaFunc(clock, rest, run_time=time, rate_func=linear))

    def see_what_is_left(self) -> None:
        """Each feature for itself is as it was; the valley stays."""
        with self.beat("left") as beat:
            rulers, measured = self.cloud.rulers(), self.names_of("measures_")
            share = max(beat.time_left / 2 - 0.1, 1.0)
            for ruler, name, measure in zip(rulers, self.names, measured, strict=True):
                self.play(FadeIn(ruler), FadeTransform(name, measure), run_time=0.5)
                swelling = ruler.animate(rate_func=there_and_back).set_stroke(width=9.0)
                self.play(swelling, run_time=share - 0.5)
            beat.next_sentence()
            self.drift(beat.time_left, 2 * DRIFT)

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
        """Where the surface is: within the picture, with room for the names of the weights."""
        return self.places.picture.part(left=0.04, right=0.96, bottom=0.1)

    def framed(self, r: float) -> Viewpoint:
        """Where the loss at a correlation is seen from as large as there is room."""
        return framed(self.window(r), self.shape_box, self.azimuth)

    def drift(self, run_time: float, turn: float = DRIFT) -> None:
        """The viewer walks a little, there or back, as long as something is said."""
        if run_time > 0.3:
            now = float(np.degrees(self.view.points[0, 0]))
            goal = self.azimuth + (turn if now <= self.azimuth + 0.1 else 0.0)
            self.play(self.view.animate.look(azimuth=goal), run_time=run_time)

    # -- the surface -----------------------------------------------------------------------------------------
    def window(self, r: float) -> CutWindow:
        """The loss at a correlation, cut at one height and drawn to one scale at every one.

        The bowl without a correlation is as wide as any shape; the start lies below the rim at every tilt.
        """
        stage = self.lesson.correlated(r)
        return CutWindow(stage.loss, self.level, self.scale, SHALLOW * HALF_WIDTH, LENGTH * HALF_WIDTH)

    @cached_property
    def level(self) -> float:
        """The height at which every loss is cut. It is linear in r, so the two ends are enough."""
        ends = [self.lesson.correlated(r) for r in (min(TILTS[0], self.lesson.correlation), TILTED)]
        ends.append(self.lesson.correlated(max(TILTED, self.lesson.correlation)))
        return max(float(stage.loss.excess(stage.start)) for stage in ends) / MARGIN**2

    @cached_property
    def scale(self) -> float:
        """Units of space for one of a weight: the bowl without a correlation has the usual half-width."""
        curvature = float(self.lesson.correlated(TILTS[0]).spectrum.eigenvalues[-1])
        return HALF_WIDTH / float(np.sqrt(2 * self.level / curvature))

    @cached_property
    def azimuth(self) -> float:
        """Along the valley that comes, from the side on which the start lies on the far wall."""
        window = self.window(TILTED)
        turned, start = window.azimuth(), window.ground(np.asarray(self.tilted.start))
        towards = np.array([np.cos(np.radians(turned)), np.sin(np.radians(turned))])
        return turned if start @ towards <= 0 else turned + 180

    def weights(self) -> list[Mobject]:
        """The two weights' names along the floor."""
        keys, colors = ("weight_a_scaled", "weight_b_scaled"), feature_colors()
        return [
            along_edge(
                typography.name(self.words.label(key), color), self.trough.floor, axis, follows=(self.r,)
            )
            for axis, (key, color) in enumerate(zip(keys, colors, strict=True))
        ]

    def along(self) -> Ends:
        """Along the valley's bottom: more of one weight, less of the other."""
        window = self.trough.window
        flat = window.directions[0] * 0.8 * window.length / window.scale
        return window.loss.minimizer - flat, window.loss.minimizer + flat

    # -- figures and names -----------------------------------------------------------------------------------
    def correlation(self) -> VGroup:
        """r, as it grows."""
        sign = Formula("r =", KEY)
        figure = Counter(self.r, r_style(self.lesson.correlation, 2), KEY)
        figure.shift(sign[1].get_right() + 0.3 * RIGHT - figure.corner)
        figure.shift([0.0, sign[0].get_bottom()[1] - figure.corner[1], 0.0])
        return self.figure_box.put(VGroup(sign, figure), 0.0, 1.0)

    def condition_number(self) -> VMobject:
        """The condition number at the correlation that is shown."""
        figure = Counter(self.r, ".1f", KEY, value=self.lesson.correlated_condition_number)
        return self.lower(key_figure(figure, self.words.label("condition_number"), NAME))

    def count(self, clock: ValueTracker, last: int) -> VMobject:
        """The steps that the ball has made."""
        steps = self.tilted.steps or last
        figure = Counter(
            clock,
            "d",
            KEY,
            self.theme.ball,
            value=lambda step: float(steps if step >= last else np.floor(step)),
        )
        return self.lower(key_figure(figure, self.words.label("steps_taken", steps=float(steps)), NAME))

    def lower(self, figure: VMobject) -> VMobject:
        """A figure in the place of the one that changes."""
        return self.figure_box.put(figure, 0.0, 0.0)

    def names_of(self, kind: str) -> VGroup:
        """What the features are called, below the square and above it; or their means and spreads."""
        data: Stage = self.lesson.standardized
        made = VGroup()
        for feature, (letter, color) in enumerate(zip("ab", feature_colors(), strict=True)):
            mean, std = float(data.data.means[feature]), float(data.data.stds[feature])
            ways = [self.words.label(f"{kind}{letter}{form}", mean=mean, std=std) for form in ("", "_short")]
            text: Text = fitted(ways, self.cloud_box.width, color, NAME, SMALL)
            fit_width(text, self.cloud_box.width)
            square = self.cloud.frame()[0]
            y = square.get_bottom()[1] - 0.2 - NAMED if feature == 0 else square.get_top()[1] + 0.14
            typography.align_baseline(text, float(y), left=float(square.get_left()[0]))
            made.add(text)
        return made
