"""Steps needed against the learning rate: the cliff past which a descent explodes, and where it stands."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    BackgroundRectangle,
    Circle,
    Create,
    Cross,
    Dot,
    FadeIn,
    GrowFromPoint,
    Mobject,
    Rectangle,
    Triangle,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
    smooth,
)

from bn_math import GradientDescent, Lesson, descend
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.marks import dimension
from scenes.kit.charts.rate_chart import Cliff, RateChart, RateCurve, steps_up_to_the_cliff
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.typography import SMALL
from scenes.kit.script import numbers

SIZE, CORNER = (8.2, 5.0), (-1.95, -2.55)  # of the chart, and where its axes cross
ROOM = 10.0  # the chart goes so many times beyond the largest learning rate tried
ROWS = (1.2, -0.3, -2.2, -2.9)  # where the figures stand, from the top
MEASURE = 0.84  # how high in the chart the two cliffs are compared
PAST = 1.25  # times the cliff's learning rate: the descent that is shown to explode
JUMPS, FIRST = 6, 0.1  # how many jumps of it are shown; where it starts, as a share of the cut's half width
JUMP_TIME = 0.5
CUT, HALF, TALL = (4.0, -1.1), 2.0, 3.45  # the cut's lowest point, half its width, and how high its ends are
FRAME, UNDER = 0.34, 0.85  # its panel goes so far beyond it at the sides, and below it
BESIDE = (0.45, 0.35)  # from a cliff to the panel at its right, and at its left
FARTHEST = 1.1  # a cliff that stands farther to the right has the panel at its left
APART = 2.75  # cliffs nearer than this have no room for their labels side by side


class LearningRates(BeatScene):
    """Scene 10: learning rates."""

    poster = "reach"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The steps at every learning rate; inf where the descent never arrives."""
        stages = (lesson.raw, lesson.standardized)
        steps = {stage.name: stage.steps_against(lesson.rates) for stage in stages}
        return {"steps": {"learning_rate": lesson.rates, **steps}}

    def construct(self) -> None:
        """Too small, too large, and how far the cliff moves."""
        self.stages = (self.lesson.raw, self.lesson.standardized)
        self.colors = (self.theme.valley, self.theme.bowl)
        data = [steps_up_to_the_cliff(stage, self.lesson.rates) for stage in self.stages]
        lowest, highest = self.lesson.settings.learning_rates
        most = max(float(steps[0]) for _, steps in data)
        names = self.words.label("rate"), self.words.label("steps")
        self.chart = RateChart((lowest, ROOM * highest), most, SIZE, names)
        self.chart.shift(layout.at(*CORNER) - self.chart.at(lowest, 1.0))
        self.chart.stay_inside()
        self.curves = [
            RateCurve(self.chart, *item, color) for item, color in zip(data, self.colors, strict=True)
        ]
        self.descend_faster()
        self.explode()
        self.move_the_cliff()

    def descend_faster(self) -> None:
        """The raw curve falls to its best point."""
        with self.beat("too-small") as beat:
            subject = typography.label(self.words.label("subject"))
            heading = layout.heading(typography.title(self.words.title), subject)
            curve, count = self.curves[0], self.count(0)
            self.play(FadeIn(heading, self.chart), run_time=0.7)
            self.play(FadeIn(curve, count), run_time=0.4)
            self.play(curve.draw(float(np.sqrt(self.best(0) * curve.rates[0])), beat.time_left))
            beat.next_sentence()
            self.play(curve.draw(self.best(0), max(beat.time_left - 0.6, 1.0)))
            ring = self.ring(0)
            name = typography.label(self.words.label("theory"))
            key = layout.place(VGroup(ring[0].copy(), name).arrange(buff=0.2), layout.LEFT_EDGE, ROWS[2])
            self.play(FadeIn(ring, scale=1.8), FadeIn(key), run_time=0.6)

    def explode(self) -> None:
        """The cliff, and a descent just past it, in a cut across the valley."""
        with self.beat("too-large") as beat:
            self.play(self.curves[0].draw(self.curves[0].rates[-1], 0.9))
            self.raw_cliff, self.raw_limit = self.cliff(0), self.limit(0)
            self.raise_cliff(self.raw_cliff, self.raw_limit)
            clock = ValueTracker(0)
            rate = PAST * self.stages[0].spectrum.largest_stable_learning_rate
            cut, ball, trail, losses = self.cut(rate, clock)
            where = self.chart.at(rate, 1.0)
            cross = Cross(Dot(where, 0.11), stroke_color=self.theme.alarm, stroke_width=6, scale_factor=1.0)
            past = typography.label(self.words.label("past", rate=rate), self.theme.text)
            sign = VGroup(cross.copy(), past).arrange(buff=0.2)
            spec = numbers.spec_for(float(losses.max()), 3)
            counter = Counter(
                clock, spec, color=self.theme.alarm, value=lambda jumps: float(losses[int(jumps)])
            )
            growth = key_figure(counter, self.words.label("loss"))
            note = layout.column(growth, sign, top=ROWS[1], gap=0.3)
            self.play(FadeIn(cross, cut, note, trail, ball), run_time=0.6)
            beat.next_sentence()
            time = max(JUMPS * JUMP_TIME, beat.time_left - 0.8)
            self.play(clock.animate(run_time=time, rate_func=linear).set_value(JUMPS))
            self.exploded = (cross, cut, note, trail, ball)

    def move_the_cliff(self) -> None:
        """The standardized curve, its cliff, and how far the two are apart."""
        with self.beat("reach") as beat:
            curve, count = self.curves[1], self.count(1)
            self.fade_out(*self.exploded, run_time=0.4)
            self.play(FadeIn(curve, count), run_time=0.3)
            self.play(curve.draw(self.best(1), 2.5))
            self.play(curve.draw(curve.rates[-1], 0.8))
            cliff = self.cliff(1)
            if self.apart < APART:
                is_inner = self.foot(0) <= self.foot(1)
                leaves = [self.raw_cliff.label] if is_inner else []
                self.fade_out(self.raw_limit, self.raw_cliff.hatching, *leaves, run_time=0.3)
                cliff.label.set_opacity(float(is_inner))
            units = typography.label(self.words.label("units"), size=SMALL)
            layout.place(units, layout.LEFT_EDGE, ROWS[3])
            self.raise_cliff(cliff, self.limit(1), units)
            span = self.span()
            self.play(Create(span[0]), run_time=0.8)
            self.play(FadeIn(span[1:], shift=0.15 * UP), run_time=0.5)
            beat.next_sentence()
            self.play(FadeIn(self.ring(1), scale=1.8), run_time=0.6)

    # -- the chart -------------------------------------------------------------------------------------------
    def best(self, index: int) -> float:
        """The learning rate that theory calls the best."""
        return self.stages[index].spectrum.best_learning_rate

    def count(self, index: int) -> VGroup:
        """The steps at the tip of a curve, which stops counting at the best point."""
        curve, until = self.curves[index], self.curves[index].share_at(self.best(index))
        figure = Counter(
            curve.clock, color=self.colors[index], value=lambda share: curve.steps_at(min(share, until))
        )
        name = typography.label(self.words.label(f"{self.stages[index].name}_steps"))
        figure = VGroup(figure, name.next_to(figure, DOWN, buff=0.16, aligned_edge=LEFT))
        layout.place(figure, layout.LEFT_EDGE, ROWS[index])
        return figure

    def ring(self, index: int) -> VGroup:
        """A curve's best point, and a ring round it."""
        steps = self.curves[index].steps_at(self.curves[index].share_at(self.best(index)))
        point = Dot(radius=0.1, color=self.colors[index])
        ring = VGroup(Circle(0.2, color=self.theme.text, stroke_width=3), point)
        return ring.move_to(self.chart.at(self.best(index), steps))

    def cliff(self, index: int) -> Cliff:
        """The wall at the largest stable learning rate."""
        rate = self.stages[index].spectrum.largest_stable_learning_rate
        return self.chart.cliff(
            rate, self.colors[index], self.words.label("diverges"), [curve.places for curve in self.curves]
        )

    def raise_cliff(self, cliff: Cliff, *notes: Mobject) -> None:
        """The wall grows from the axis; then what is behind it is hatched."""
        self.play(GrowFromPoint(cliff.wall, cliff.wall.get_start()), run_time=0.4)
        self.play(FadeIn(cliff.hatching, lag_ratio=0.05), FadeIn(cliff.label, *notes), run_time=0.5)

    def limit(self, index: int) -> typography.Text:
        """Where the cliff stands, written above it."""
        stage = self.stages[index]
        text = typography.Text(self.words.label(f"{stage.name}_limit"), color=self.colors[index])
        rate = stage.spectrum.largest_stable_learning_rate
        text.next_to(self.chart.at(rate, self.chart.top), UP, buff=0.2, aligned_edge=LEFT)
        return text.shift(min(layout.RIGHT_EDGE - text.get_right()[0], 0.0) * RIGHT)

    @property
    def apart(self) -> float:
        """How far apart the two cliffs stand in the picture."""
        return abs(self.foot(1) - self.foot(0))

    def foot(self, index: int) -> float:
        """How far right a cliff stands in the picture."""
        rate = self.stages[index].spectrum.largest_stable_learning_rate
        return float(self.chart.at(rate, 1.0)[0])

    def span(self) -> VGroup:
        """A measure between the two cliffs, and how many times farther the second is."""
        start, end = (
            self.chart.at(stage.spectrum.largest_stable_learning_rate, self.chart.top**MEASURE)
            for stage in self.stages
        )
        line = dimension(start, end, self.theme.text)
        ratio = typography.figure(self.words.label("ratio"), self.theme.bowl, 72)
        meaning = typography.label(self.words.label("larger"), self.theme.text)
        words = (
            VGroup(ratio, meaning).arrange(DOWN, buff=0.25, aligned_edge=LEFT).next_to(line, DOWN, buff=0.3)
        )
        if self.apart < APART:
            words.next_to(line, RIGHT, buff=0.35).shift(0.4 * UP)
            if words.get_right()[0] > layout.RIGHT_EDGE:
                words.next_to(line, LEFT, buff=0.35)
            return VGroup(line, *map(self.over_the_curves, (ratio, meaning)))
        beside = line.get_right()[0] - 0.3 - words.get_right()[0]  # away from the curve, if there is room
        words.shift(max(beside, 0.0) * RIGHT)
        return VGroup(line, *map(self.over_the_curves, (ratio, meaning)))

    def over_the_curves(self, words: Mobject) -> Mobject:
        """Words with a piece of background, where a curve goes through them."""
        (left, low), (right, high) = words.get_corner(DOWN + LEFT)[:2], words.get_corner(UP + RIGHT)[:2]
        for curve in self.curves:
            x = np.linspace(left - 0.1, right + 0.1, 40)
            inside = (x >= curve.places[0, 0]) & (x <= curve.places[-1, 0])
            y = np.interp(x, curve.places[:, 0], curve.places[:, 1])
            if (inside & (y > low - 0.1) & (y < high + 0.1)).any():
                patch = BackgroundRectangle(words, color=self.theme.background, fill_opacity=1, buff=0.06)
                return VGroup(patch, words)
        return words

    def panel(self) -> tuple[float, float]:
        """Where the middle of the cut stands, and half its width: in a panel right of the cliff, or left."""
        cliff = self.foot(0)
        if cliff <= FARTHEST:
            half = min(HALF, (layout.RIGHT_EDGE - cliff - BESIDE[0]) / 2 - FRAME)
            return max(CUT[0], layout.RIGHT_EDGE - half - FRAME) if half < HALF else CUT[0], half
        right = min(cliff - BESIDE[1], self.raw_limit.get_left()[0] - 0.15)
        half = min(HALF, (right - CORNER[0] - 0.15) / 2 - FRAME)
        return right - half - FRAME, half

    # -- the explosion ---------------------------------------------------------------------------------------
    def cut(self, rate: float, clock: ValueTracker) -> tuple[VGroup, VGroup, VMobject, Array]:
        """The valley cut across, in a panel, and a descent along it at ``rate``: ball, trail, and losses.

        Where the descent leaves the panel, an arrow stands for it.
        """
        loss = self.stages[0].loss
        steep = self.stages[0].spectrum.eigenvectors[:, 1]
        reach = float(np.linalg.norm(np.asarray(self.stages[0].start) - loss.minimizer))
        run = descend(loss, loss.minimizer + FIRST * reach * steep, GradientDescent(rate), JUMPS)
        rim = float(loss.value(loss.minimizer + reach * steep)) - loss.minimum
        middle, half = self.panel()

        def place(weights: Array) -> Array:
            across = (weights - loss.minimizer) @ steep / reach
            height = (loss.value(weights) - loss.minimum) / rim
            return np.stack([middle + half * across, CUT[1] + TALL * height, 0 * across], axis=-1)

        line = VMobject(stroke_color=self.theme.muted, stroke_width=4)
        line.set_points_as_corners(place(loss.minimizer + np.linspace(-1, 1, 81)[:, None] * reach * steep))
        panel = Rectangle(width=2 * (half + FRAME), height=TALL + UNDER, stroke_width=2)
        panel.set_fill(self.theme.panel, 1).set_stroke(self.theme.rule)
        panel.move_to(layout.at(middle, CUT[1] + (TALL - UNDER) / 2))
        name = typography.label(self.words.label("cut")).next_to(layout.at(middle, CUT[1]), DOWN, buff=0.25)
        stops, top = place(run.points), CUT[1] + TALL
        ball = Dot(radius=0.15, color=self.theme.ball)
        trail = VMobject(stroke_color=self.theme.alarm, stroke_width=4)
        last = next((jump for jump in range(JUMPS) if stops[jump + 1][1] > top), JUMPS - 1)
        direction = stops[last + 1] - stops[last]
        leaves = stops[last] + direction * min((top - stops[last][1]) / direction[1], 1.0)
        tip = Triangle(color=self.theme.alarm, fill_opacity=1).scale_to_fit_height(0.24)
        tip.rotate(np.arctan2(direction[1], direction[0]) - PI / 2).move_to(leaves)
        beyond = typography.label(self.words.label("beyond"), self.theme.alarm, SMALL)
        beyond.next_to(tip, UP, buff=0.12)
        beyond.shift(min(panel.get_right()[0] - beyond.get_right()[0], 0.0) * RIGHT)
        sign = VGroup(tip, beyond)

        def update(_: VMobject) -> None:
            done = min(int(clock.get_value()), JUMPS - 1)
            share = smooth(clock.get_value() - done)
            here = (1 - share) * stops[done] + share * stops[done + 1]
            gone = here[1] > top or done > last
            trail.set_points_as_corners(np.vstack([stops[: min(done, last) + 1], leaves if gone else here]))
            ball.move_to(leaves if gone else here).set_opacity(float(not gone))
            sign.set_opacity(float(gone))

        follow(trail, (clock,), update)
        follow(ball, (clock,), lambda _: None)
        follow(sign, (clock,), lambda _: None)
        return VGroup(panel, line, name), VGroup(sign, ball), trail, np.asarray(run.losses)
