"""Two standardized features say more and more the same: the cloud tilts, and the bowl becomes a valley."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import (
    LEFT,
    FadeIn,
    Group,
    Line,
    Mobject,
    Square,
    ValueTracker,
    VGroup,
    VMobject,
    there_and_back,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.features import feature_colors
from scenes.kit.charts.marks import dimension
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.typography import SMALL, Formula
from scenes.kit.script.magnitude import r_style
from scenes.kit.surface.contours import ContourShadow, IsoLines
from scenes.kit.surface.cut import Cut
from scenes.kit.surface.floor import DEPTH, FloorGrid, FloorNumbers
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow
from scenes.pieces.row_dots import RowDots

TILTS = (0.0, 0.5, 0.9, 0.99)
SIDE = 3.3  # of the square that the cloud is drawn in
CLOUD = (-4.1, -0.8)  # its middle
ROOM = 4.2  # for what the rulers measure
CONDITION = -3.7  # where the condition number stands, beside r
GAP = 0.28  # from the square to the rulers beside it
TOP = 1.6  # height of the steepest surface's rim


class Correlation(BeatScene):
    """Scene 11: what standardizing leaves."""

    poster = "left"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The cloud at every correlation shown, and the condition number it leaves."""
        clouds = {f"r={r:g}": data_tables.rows(lesson.correlated(r).data) for r in TILTS}
        left = [lesson.correlated_condition_number(r) for r in TILTS]
        return {**clouds, "condition": {"r": np.array(TILTS), "condition_number": np.array(left)}}

    def construct(self) -> None:
        """The cloud and its bowl, the tilt, and what has not changed."""
        self.r = ValueTracker(self.lesson.correlation)
        self.view = Viewpoint(azimuth=118, center=(1.7, 0.2), scale=1.13)
        self.begin()
        self.tilt()
        self.see_what_is_left()

    def begin(self) -> None:
        """The standardized data at the left, their loss at the right."""
        with self.beat("bowl"):
            subtitle = typography.label(self.words.label("standardized"), self.theme.bowl)
            heading = layout.heading(typography.title(self.words.title), subtitle)
            land = self.landscape()
            correlation, condition = self.figures()
            self.add(*land)
            frame = FadeIn(heading, self.frame(), *self.rulers, *self.measures)
            self.play(frame, *map(FadeIn, land), run_time=0.7)
            self.play(FadeIn(self.cloud(), correlation, condition), run_time=0.7)

    def tilt(self) -> None:
        """The features come to say the same."""
        with self.beat("tilt") as beat:
            self.play(self.r.animate.set_value(TILTS[0]), run_time=max(0.7 * beat.time_left, 1.2))
            beat.next_sentence()
            self.play(self.r.animate.set_value(TILTS[1]), run_time=max(beat.time_left, 1.4))
            beat.next_sentence()
            run_time = max(beat.time_left / 2, 1.4)
            for r in TILTS[2:]:
                self.play(self.r.animate.set_value(r), run_time=run_time)

    def see_what_is_left(self) -> None:
        """Each feature for itself is as it was; the valley lies across."""
        with self.beat("left") as beat:
            for ruler, name in zip(self.rulers, self.measures, strict=True):
                swelling = name.animate(rate_func=there_and_back).scale(1.16)
                self.play(ruler.animate.set_stroke(width=6.0), swelling, run_time=1.2)
            beat.next_sentence()
            flat = self.lesson.correlated(TILTS[-1]).spectrum.eigenvectors[:, 0]
            cut = Cut(self.surface, self.window(TILTS[-1]), flat, self.theme.text, dash=(14, 10))
            cut.show(0.0)
            self.add(cut)
            self.play(cut.animate.show(1.0), FadeIn(self.note(cut)), run_time=1.4)

    # -- the cloud -------------------------------------------------------------------------------------------
    @cached_property
    def unit(self) -> float:
        """How long a sigma is in the picture, so that the cloud stays in its square at every tilt."""
        clouds = [self.lesson.correlated(r).data.features for r in np.linspace(-1, 1, 41)]
        return SIDE / 2 / (1.05 * float(np.abs(clouds).max()))

    def at(self, a: float, b: float) -> Array:
        """The point of the picture for (A, B), both in sigmas and to one scale."""
        return layout.at(CLOUD[0] + self.unit * a, CLOUD[1] + self.unit * b)

    def frame(self) -> VGroup:
        """The square, its two axes through the means, and their names."""
        square = Square(SIDE, color=self.theme.grid, stroke_width=2.0).move_to(self.at(0, 0))
        half = SIDE / 2 / self.unit
        axes = VGroup(
            Line(self.at(-half, 0), self.at(half, 0)), Line(self.at(0, -half), self.at(0, half))
        ).set_stroke(self.theme.rule, 2.0)
        return VGroup(square, axes)

    def cloud(self) -> Mobject:
        """A dot for every row, where the correlation puts it."""

        def places() -> list[Array]:
            rows = self.lesson.correlated(self.r.get_value()).data.features
            return [self.at(a, b) for a, b in rows]

        def update(it: Mobject) -> None:
            assert isinstance(it, RowDots)
            it.put(places())

        return follow(RowDots(places(), 0.055, self.theme.bowl), (self.r,), update)

    @cached_property
    def rulers(self) -> tuple[VGroup, VGroup]:
        """One spread to each side of the mean, along both edges of the square, with a mark at the mean."""
        edge, tick = SIDE / 2 + GAP, 0.1
        made = []
        for feature, color in enumerate(feature_colors()):
            mean, std = (
                float(values[feature])
                for values in (self.lesson.standardized.data.means, self.lesson.standardized.data.stds)
            )
            direction = np.eye(3)[feature]
            side = self.at(0, 0) - edge * np.eye(3)[1 - feature]
            low, middle, high = (side + self.unit * (mean + sign * std) * direction for sign in (-1, 0, 1))
            across = tick * np.eye(3)[1 - feature]
            ruler = dimension(low, high, color)
            made.append(ruler.add(Line(middle - across, middle + across, color=color, stroke_width=3.0)))
        return made[0], made[1]

    @cached_property
    def measures(self) -> VGroup:
        """What the rulers measure."""
        data, colors = self.lesson.standardized.data, feature_colors()
        below, above = (
            fitted(
                [
                    self.words.label(
                        key + form, mean=float(data.means[feature]), std=float(data.stds[feature])
                    )
                    for form in ("", "_short")
                ],
                ROOM,
                colors[feature],
                SMALL,
            )
            for feature, key in enumerate(("measures_a", "measures_b"))
        )
        typography.align_baseline(below, CLOUD[1] - SIDE / 2 - GAP - 0.42, left=CLOUD[0] - SIDE / 2)
        typography.align_baseline(above, CLOUD[1] + SIDE / 2 + 0.17, left=layout.LEFT_EDGE)
        return VGroup(below, above)

    # -- the surface -----------------------------------------------------------------------------------------
    def window(self, r: float) -> LossWindow:
        """The loss at a correlation: the same weights and the same height for a loss at every one."""
        stage, steepest = self.lesson.correlated(r), self.lesson.correlated(TILTS[-1])
        share = stage.spectrum.eigenvalues[-1] / steepest.spectrum.eigenvalues[-1]
        return LossWindow.around(stage.loss, np.asarray(stage.start), top=TOP * float(share))

    def landscape(self) -> list[Mobject]:
        """Floor, surface and lines. The loss is linear in r, so two surfaces are enough for all of them."""
        level, steep = (LossSurface(self.window(r), self.view) for r in (TILTS[0], TILTS[-1]))
        self.surface = LossSurface(self.window(TILTS[-1]), self.view)

        def update(it: Mobject) -> None:
            assert isinstance(it, LossSurface)
            share = (self.r.get_value() - TILTS[0]) / (TILTS[-1] - TILTS[0])
            it.points = level.points + share * (steep.points - level.points)
            it.slopes = level.slopes + share * (steep.slopes - level.slopes)

        follow(self.surface, (self.r, self.view), update)
        window, names = self.window(TILTS[-1]), ("weight_a_scaled", "weight_b_scaled")
        numbers = FloorNumbers(window, self.view, (self.words.label(names[0]), self.words.label(names[1])))
        ground = Group(FloorGrid(window, self.view), numbers, ContourShadow(self.surface, DEPTH))
        return [ground, self.surface, IsoLines(self.surface)]

    def note(self, cut: Cut) -> VGroup:
        """What the line along the valley is."""
        words = typography.label(self.words.label("along"), self.theme.text, SMALL)
        typography.align_baseline(words, layout.TOP_EDGE - 0.36, right=layout.RIGHT_EDGE)
        return VGroup(cut.sample().next_to(words, LEFT, buff=0.25), words)

    def figures(self) -> tuple[VMobject, VMobject]:
        """The correlation above the cloud, and the condition number beside the surface."""
        sign = Formula("r =", typography.FIGURE)
        typography.align_baseline(sign, CLOUD[1] + SIDE / 2 + 0.78, left=layout.LEFT_EDGE)
        correlation = Counter(self.r, r_style(self.lesson.correlation, 2))
        correlation.shift(sign.get_right() + np.array([0.28, 0, 0]) - correlation.corner)
        correlation.shift([0, CLOUD[1] + SIDE / 2 + 0.78 - correlation.corner[1], 0])
        kappa = Counter(self.r, ".1f", value=self.lesson.correlated_condition_number)
        condition = key_figure(kappa, self.words.label("condition_number"))
        left = max(CONDITION, correlation.corner[0] + correlation.width_of(self.lesson.correlation) + 0.3)
        condition.shift([left - kappa.corner[0], correlation.corner[1] - kappa.corner[1], 0])
        return VGroup(sign, correlation), condition
