"""One mini-batch standardized: less its mean, over its spread; then the formula, then every batch."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Dot,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    TransformFromCopy,
    ValueTracker,
    VGroup,
)

from scenes.kit import layout, numbers, typography
from scenes.kit.beats import BeatScene
from scenes.kit.canvas import Array
from scenes.kit.charts import RealLine
from scenes.kit.cloud import Cloud, Place
from scenes.kit.counter import Counter, key_figure
from scenes.kit.space import follow
from scenes.kit.typography import SMALL

LEFT_END, RIGHT_END = -1.7, layout.RIGHT_EDGE  # of the two lines
HEIGHTS = (1.15, -1.65)  # of the lines of A and B
SIGMA = 1.12  # how long one sigma is on the standardized line
SIGMAS = 3  # how many of them it shows to each side
TOP, BOTTOM = 1.45, -2.75  # of the lanes of all batches


class Standardize(BeatScene):
    """Scene 4: standardizing."""

    poster = "divide"

    def construct(self) -> None:
        """A batch, its two steps, the formula, all batches."""
        self.features = self.lesson.data.features[self.lesson.batches[0]]
        self.inks = (self.theme.feature_a, self.theme.feature_b)
        self.centred, self.divided, self.zoomed = (ValueTracker(0) for _ in range(3))
        self.show_a_batch()
        self.center()
        self.divide()
        self.write_the_formula()
        self.show_every_batch()

    def show_a_batch(self) -> None:
        """Two lines with one scale: A huddles together, B is spread wide."""
        with self.beat("batch") as beat:
            self.heading = layout.heading(
                typography.title(self.words.title), typography.label(self.words.label("first_batch"))
            )
            self.raw_lines = VGroup(*(self.raw_line(feature) for feature in range(2)))
            self.names = VGroup(*map(self.name, range(2)))
            self.clouds = [self.cloud(feature) for feature in range(2)]
            self.measures = VGroup(*(self.measure(feature) for feature in range(2)))
            count = typography.figure(numbers.write(len(self.features)))
            self.count = layout.place(key_figure(count, self.words.label("rows")), layout.LEFT_EDGE, 1.35)
            self.play(FadeIn(self.heading, self.count, self.raw_lines, self.names), run_time=0.6)
            drops = [FadeIn(dot, shift=DOWN * 0.3) for cloud in self.clouds for dot in cloud.dots]
            self.play(LaggedStart(*drops, lag_ratio=0.05), run_time=1.4)
            beat.next_sentence()
            marks = [FadeIn(cloud.bar, cloud.tick) for cloud in self.clouds]
            self.play(*marks, FadeIn(self.measures), run_time=0.8)
            self.add(*self.clouds)

    def center(self) -> None:
        """Both clouds slide until their means stand at 0."""
        with self.beat("center") as beat:
            self.steps = VGroup(
                *(typography.Text(self.words.label(key), typography.HEADING) for key in ("first", "second"))
            )
            layout.column(*self.steps, top=1.35, gap=0.75)
            self.play(FadeOut(self.count), FadeIn(self.steps[0]), run_time=0.5)
            self.play(self.centred.animate.set_value(1), run_time=max(beat.time_left, 2.0))

    def divide(self) -> None:
        """The ruler is sigma now, each feature its own; both clouds get the width 1."""
        with self.beat("divide") as beat:
            self.play(self.steps[0].animate.set_color(self.theme.muted), FadeIn(self.steps[1]), run_time=0.5)
            self.sigma_lines = VGroup(*(self.sigma_line(feature) for feature in range(2)))
            self.play(
                self.divided.animate.set_value(1),
                run_time=max(beat.time_left, 2.0),
            )
            beat.next_sentence()
            self.zoom_in()

    def zoom_in(self) -> None:
        """The dots stay what they are; the lines are drawn larger, the same for both."""
        self.play(FadeOut(self.raw_lines), run_time=0.3)
        self.play(self.zoomed.animate.set_value(1), run_time=1.3)
        self.play(FadeIn(self.sigma_lines), run_time=0.4)

    def write_the_formula(self) -> None:
        """The same once more, each part of the formula lit while it acts; then eps."""
        with self.beat("formula") as beat:
            formula = typography.Formula(self.words.label("formula"), 54)
            layout.place(formula, layout.LEFT_EDGE, 1.35)
            lit, plain = self.theme.ball, self.theme.text
            self.fade_out(self.steps, self.sigma_lines, run_time=0.3)
            self.play(self.zoomed.animate.set_value(0), FadeIn(formula), FadeIn(self.raw_lines), run_time=0.5)
            self.play(*(it.animate.set_value(0) for it in (self.divided, self.centred)), run_time=0.7)
            for part, tracker in (("mean", self.centred), ("spread", self.divided)):
                self.play(formula.select(part).animate.set_color(lit), run_time=0.3)
                self.play(tracker.animate.set_value(1), run_time=1.1)
                self.play(formula.select(part).animate.set_color(plain), run_time=0.3)
            self.zoom_in()
            beat.next_sentence()
            eps = typography.label(self.words.label("eps"), size=typography.LABEL)
            eps.next_to(formula, DOWN, buff=0.6, aligned_edge=LEFT)
            self.play(formula.select("eps").animate.set_color(lit), FadeIn(eps), run_time=0.6)
            self.formula = VGroup(formula, eps)

    def show_every_batch(self) -> None:
        """All batches, as they come and standardized, a lane for each."""
        with self.beat("every-batch") as beat:
            self.fade_out(
                self.heading[1], self.formula, self.sigma_lines, self.names, self.measures, *self.clouds
            )
            low, high = self.lesson.data.lows.min(), self.lesson.data.highs.max()
            span = (float(low - 0.05 * (high - low)), float(high + 0.05 * (high - low)))
            standardized = np.concatenate(self.lesson.standardized_batches)
            reach = float(np.abs(standardized).max()) * 1.05
            left = self.panel(span, layout.LEFT_EDGE + 0.7, -1.25, "as_they_come")
            panels = [
                self.panel((-reach, reach), x, x + 3.25, key, color)
                for x, key, color in zip(
                    (-0.4, RIGHT_END - 3.25), ("a_ready", "b_ready"), self.inks, strict=True
                )
            ]
            raw = self.lanes(
                (left[0], left[0]), [self.lesson.data.features[rows] for rows in self.lesson.batches]
            )
            ready = self.lanes((panels[0][0], panels[1][0]), self.lesson.standardized_batches)
            lanes, right = self.lane_numbers(), VGroup(*panels)
            self.play(FadeIn(left, lanes), LaggedStart(*map(FadeIn, raw), lag_ratio=0.08), run_time=1.4)
            self.play(FadeIn(right), run_time=0.4)
            beat.next_sentence()
            flights = [TransformFromCopy(old, new) for old, new in zip(raw, ready, strict=True)]
            self.play(LaggedStart(*flights, lag_ratio=0.25), run_time=max(beat.time_left, 3.0))

    # -- one batch -------------------------------------------------------------------------------------------
    def raw_span(self, values: Array) -> tuple[float, float]:
        """From the least to the largest value that is shown, as they come or less their means."""
        centred = values - values.mean(axis=0)
        low, high = min(values.min(), centred.min()), max(values.max(), centred.max())
        room = 0.04 * (high - low)
        return float(low - room), float(high + room)

    def raw_line(self, feature: int) -> RealLine:
        """A line in the data's own units, the same for both features."""
        span = self.raw_span(self.features)
        line = RealLine(span, RIGHT_END - LEFT_END, numbers.ticks(*span, 5).tolist())
        return line.shift(layout.at(LEFT_END, HEIGHTS[feature]) - line.at(span[0]))

    def sigma_line(self, feature: int) -> RealLine:
        """A line in sigmas, its zero in the middle."""
        marks = list(range(-SIGMAS, SIGMAS + 1))
        line = RealLine((-SIGMAS, SIGMAS), 2 * SIGMAS * SIGMA, marks)
        line.shift(layout.at((LEFT_END + RIGHT_END) / 2, HEIGHTS[feature]) - line.at(0))
        unit = typography.label(self.words.label("in_sigmas"), size=SMALL)
        line.names.add(unit.next_to(line.numbers, DOWN, buff=0.2))
        return line

    def name(self, feature: int) -> typography.Text:
        """The feature's name, at the left above its line."""
        name = typography.Text(self.words.label(("a", "b")[feature]), typography.FIGURE, self.inks[feature])
        return name.move_to(layout.at(LEFT_END + 0.1, HEIGHTS[feature] + 0.95))

    def cloud(self, feature: int) -> Cloud:
        """The batch's values of a feature, wherever the two trackers have them."""
        values, ready = self.features[:, feature], self.lesson.standardized_batches[0][:, feature]
        raw, sigma = self.raw_lines[feature], self.sigma_line(feature)
        cloud = Cloud(values, raw.at, self.inks[feature], radius=0.115)

        def update(_: object) -> None:
            done, near = self.divided.get_value(), self.zoomed.get_value()
            centred = values - self.centred.get_value() * values.mean()
            # Both places are linear in the value, so the marks stay the mean and the SD on the way.
            place: Place = lambda v: (1 - near) * raw.at(v) + near * sigma.at(v)  # noqa: E731
            cloud.put((1 - done) * centred + done * ready, place)

        follow(cloud, (self.centred, self.divided, self.zoomed), update)
        return cloud

    def measure(self, feature: int) -> VGroup:
        """The mean and the standard deviation of what the line shows, as they are at any moment."""
        values, ready = self.features[:, feature], self.lesson.standardized_batches[0][:, feature]
        mean = Counter(
            self.centred, ".2f", typography.HEADING, value=lambda share: (1 - share) * values.mean()
        )
        spread = Counter(
            self.divided,
            ".2f",
            typography.HEADING,
            value=lambda done: (1 - done) * values.std() + done * ready.std(),
        )
        row = VGroup()
        for key, counter in (("mean", mean), ("spread", spread)):
            name = typography.label(self.words.label(key), size=36)
            row.add(VGroup(name, counter))
        y = HEIGHTS[feature] + 0.95
        for (name, counter), x in zip(row, (LEFT_END + 0.9, LEFT_END + 3.7), strict=True):
            typography.stand(name, y - 0.12, left=x)
            counter.shift(layout.at(name.get_right()[0] + 0.25, y - 0.12) - counter.corner)
        return row

    # -- all batches -----------------------------------------------------------------------------------------
    def panel(
        self,
        span: tuple[float, float],
        left: float,
        right: float,
        key: str,
        color: ManimColor | None = None,
    ) -> VGroup:
        """A line below the lanes, and what they show above them."""
        line = RealLine(span, right - left, numbers.ticks(*span, 4).tolist())
        line.shift(layout.at(left, BOTTOM) - line.at(span[0]))
        name = typography.stand(typography.label(self.words.label(key), color), TOP + 0.25, left=left)
        return VGroup(line, name)

    def lanes(
        self, lines: tuple[RealLine, RealLine], batches: list[Array] | tuple[Array, ...]
    ) -> list[VGroup]:
        """The dots of every batch in its lane, those of A over the first line, a little above those of B."""
        pitch = (TOP - BOTTOM - 0.3) / len(batches)
        radius = min(0.07, 0.2 * pitch)
        made = []
        for lane, values in enumerate(batches):
            y = TOP - (lane + 0.5) * pitch
            dots = VGroup()
            for feature, (color, side) in enumerate(zip(self.inks, (0.17, -0.17), strict=True)):
                for value in values[:, feature]:
                    at = layout.at(lines[feature].at(value)[0], y + side * pitch)
                    dots.add(Dot(at, radius, color=color, fill_opacity=0.75))
            made.append(dots)
        return made

    def lane_numbers(self) -> VGroup:
        """The batches' numbers, as many as there is room for."""
        count = len(self.lesson.batches)
        pitch = (TOP - BOTTOM - 0.3) / count
        every = int(np.ceil(0.36 / pitch))
        made = VGroup()
        for lane in range(0, count, every):
            number = typography.label(numbers.write(lane + 1), size=SMALL)
            made.add(number.move_to(layout.at(layout.LEFT_EDGE + 0.3, TOP - (lane + 0.5) * pitch), RIGHT))
        return made
