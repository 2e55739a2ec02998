"""One mini-batch standardized: less its mean, over its spread; then the formula, then every batch."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    BackgroundRectangle,
    Create,
    DashedLine,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    Mobject,
    ValueTracker,
    VGroup,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.cloud import Cloud
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.typography import FIGURE, HEADING, LABEL
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import Magnitude
from scenes.pieces.batches.axis_names import axis_names
from scenes.pieces.batches.batch_panel import batch_panel, reached, roomy
from scenes.pieces.batches.measures import Measure
from scenes.pieces.ruler import Ruler

LEFT_END, RIGHT_END = -1.5, layout.RIGHT_EDGE  # of the two lines
HEIGHTS = (0.95, -2.05)  # of the lines of A and B
ABOVE = (1.4, 0.85)  # of the figures, seen from their line
LETTER = 0.6  # the width of a name that stands at the left of its line
REACH = 3.5  # how many sigmas the standardized lines show to each side, at least
DOT = 0.11
RAW, READY = (layout.LEFT_EDGE + 0.75, -0.45), (0.95, layout.RIGHT_EDGE)  # all batches: from where to where


class Standardize(BeatScene):
    """Standardizing."""

    poster = "divide"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The rows, before and after, and the statistics of each mini-batch."""
        return {"rows": data_tables.dealt(lesson), "batches": data_tables.batches(lesson)}

    def construct(self) -> None:
        """A batch, its two steps, the formula, all batches."""
        rows = self.lesson.data.features[self.lesson.batches.rows[0]]
        self.power = Magnitude.of(rows.ravel())
        self.features = rows * self.power.share(1.0)
        self.colors = (self.theme.feature_a, self.theme.feature_b)
        self.units = np.sqrt(rows.var(axis=0) + self.lesson.settings.eps) * self.power.share(1.0)
        self.centred, self.divided, self.zoomed = (ValueTracker(0) for _ in range(3))
        self.show_a_batch()
        self.center()
        self.divide()
        self.write_the_formula()
        self.show_every_batch()

    def show_a_batch(self) -> None:
        """Two lines with one scale: A huddles together, B is spread wide."""
        with self.beat("batch"):
            self.subject = typography.label(self.words.label("first_batch"))
            heading = layout.heading(typography.title(self.words.title), self.subject)
            self.rulers = [self.ruler(feature) for feature in range(2)]
            self.clouds = [self.cloud(feature) for feature in range(2)]
            self.measures = [self.measure(feature) for feature in range(2)]
            self.names = VGroup(*(self.name(feature) for feature in range(2)))
            count = typography.figure(numbers.write(len(self.features)))
            count = layout.place(key_figure(count, self.words.label("rows")), layout.LEFT_EDGE, 1.35)
            self.play(FadeIn(heading, *self.rulers, self.names), run_time=0.6)
            drops = [FadeIn(dot, shift=DOWN * 0.3) for cloud in self.clouds for dot in cloud.dots]
            fall = LaggedStart(*drops, lag_ratio=0.1, run_time=1.6)
            self.play(FadeIn(count, run_time=0.5), fall)
            for feature in range(2):
                self.play(*self.appear(feature, "bar", 1), *self.appear(feature, "tick", 0), run_time=0.9)
            self.add(*self.clouds)
            self.count = count

    def center(self) -> None:
        """Both clouds slide until their means stand at 0."""
        with self.beat("center") as beat:
            self.steps = VGroup(*(self.step(key) for key in ("first", "second")))
            layout.column(*self.steps, top=1.45, gap=0.8)
            self.zero = self.guide(0)
            self.play(FadeOut(self.count), FadeIn(self.steps[0]), run_time=0.4)
            self.play(Create(self.zero), run_time=0.6)
            self.play(self.centred.animate.set_value(1), run_time=max(beat.time_left, 1.8))

    def divide(self) -> None:
        """Both clouds get the width 1, which is seen only from nearer: both lines zoom in alike."""
        with self.beat("divide") as beat:
            self.play(self.steps[0].animate.set_color(self.theme.muted), FadeIn(self.steps[1]), run_time=0.5)
            self.play(self.divided.animate.set_value(1), run_time=max(beat.time_left, 2.0))
            beat.next_sentence()
            self.zoom_in()
            self.sides = VGroup(self.guide(-1), self.guide(1))
            self.play(*map(Create, self.sides), run_time=0.7)

    def zoom_in(self) -> None:
        """The dots stay what they are; both lines are seen from nearer."""
        self.play(self.zoomed.animate.set_value(1), run_time=1.3)

    def write_the_formula(self) -> None:
        """The same once more, each part of the formula lit while it acts; then eps."""
        with self.beat("formula") as beat:
            formula = typography.Formula(self.words.label("formula"), FIGURE)
            layout.place(formula, layout.LEFT_EDGE, 1.5)
            self.begin_again(formula)
            for part, tracker in (("mean", self.centred), ("spread", self.divided)):
                self.play(formula.select(part).animate.set_color(self.theme.ball), run_time=0.3)
                self.play(tracker.animate.set_value(1), run_time=1.0)
                self.play(formula.select(part).animate.set_color(self.theme.text), run_time=0.2)
            self.zoom_in()
            beat.next_sentence()
            eps = self.about_eps().next_to(formula, DOWN, buff=0.6, aligned_edge=LEFT)
            self.play(formula.select("eps").animate.set_color(self.theme.ball), FadeIn(eps[0]), run_time=0.6)
            self.pause(beat.time_left - 2.2)
            self.play(FadeIn(eps[1:]), run_time=0.6)
            self.formula = VGroup(formula, eps)

    def begin_again(self, formula: Mobject) -> None:
        """The batch as it came: a clean cut, for a way back would look like a relapse."""
        picture = [*self.clouds, *self.rulers, *self.measures]
        self.fade_out(self.steps, self.sides, *picture, run_time=0.3)
        for tracker in (self.zoomed, self.divided, self.centred):
            tracker.set_value(0)
        for part in picture:
            part.update()
        self.add(*self.rulers, *self.measures, *self.clouds)
        self.play(*map(FadeIn, picture), FadeIn(formula), run_time=0.5)

    def show_every_batch(self) -> None:
        """All batches, as they come and standardized, a lane for each."""
        with self.beat("every-batch") as beat:
            self.fade_out(
                self.formula, self.zero, self.names, self.subject, *self.clouds, *self.rulers, *self.measures
            )
            subject = typography.label(self.words.label("all_batches")).move_to(self.subject, LEFT)
            before = [self.lesson.data.features[rows] for rows in self.lesson.batches.rows]
            after = list(self.lesson.batches.standardized)
            left, raw = batch_panel(before, RAW, self.words, "as_they_come")
            right, ready = batch_panel(after, READY, self.words, "standardized")
            self.play(FadeIn(subject, left, self.legend()), run_time=0.5)
            self.play(LaggedStart(*(FadeIn(lane[0]) for lane in raw), lag_ratio=0.1), run_time=1.0)
            marks = [GrowFromCenter(mark) for lane in raw for mark in lane[1]]
            self.play(LaggedStart(*marks, lag_ratio=0.05), run_time=1.2)
            self.play(FadeIn(right), run_time=0.4)
            arrivals = [FadeIn(lane, shift=RIGHT * 0.3) for lane in ready]
            self.play(LaggedStart(*arrivals, lag_ratio=0.2), run_time=max(beat.time_left, 2.0))

    # -- one batch -------------------------------------------------------------------------------------------
    def ruler(self, feature: int) -> Ruler:
        """A line that shows every value as it comes and less its mean, and from nearer a few sigmas."""
        centred = self.features - self.features.mean(axis=0)
        span = roomy(np.concatenate([reached(self.features), reached(centred)]))
        reach = max(REACH, float(np.abs(self.lesson.batches.standardized[0]).max()) + 0.2)
        unit = self.words.label("in_sigmas")
        in_power = self.words.label("in_power", power=self.power.markup) if self.power.power else ""
        return Ruler(self.zoomed, (LEFT_END, RIGHT_END), HEIGHTS[feature], span, reach, unit, in_power)

    def factor(self, feature: int) -> float:
        """What a feature is multiplied by: 1, on the way to 1 / sigma."""
        share = float(self.divided.get_value())
        return 1 - share + share / float(self.units[feature])

    def cloud(self, feature: int) -> Cloud:
        """The batch's values of a feature, wherever the trackers have them."""
        values, ruler = self.features[:, feature], self.rulers[feature]
        cloud = Cloud(values, ruler.at, self.colors[feature], DOT)

        def update(_: Mobject) -> None:
            cloud.put(self.factor(feature) * (values - self.centred.get_value() * values.mean()), ruler.at)

        follow(cloud, (self.centred, self.divided, self.zoomed), update)
        return cloud

    def name(self, feature: int) -> VGroup:
        """The feature's name at the left of its line; a long one above it, where lines pass behind it."""
        key, color = ("a", "b")[feature], self.colors[feature]
        name = typography.Text(self.words.label(key), FIGURE, color)
        if name.width <= LETTER:
            return VGroup(name.move_to(layout.at(LEFT_END - 0.4, HEIGHTS[feature])))
        room = self.measures[feature][0].get_left()[0] - 0.3 - LEFT_END
        name = fitted(axis_names(self.words, key, Magnitude()), room, color, HEADING)
        typography.align_baseline(name, HEIGHTS[feature] + ABOVE[0], left=LEFT_END)
        ground = BackgroundRectangle(name, color=self.theme.background, fill_opacity=1, buff=0.08)
        return VGroup(ground, name).set_z_index(1)

    def measure(self, feature: int) -> VGroup:
        """The mean and the standard deviation of what is seen, at any moment."""
        mean, std = (float(measure(self.features[:, feature])) for measure in (np.mean, np.std))

        def mean_at(share: float) -> float:
            return (1 - share) * mean * self.factor(feature)

        def spread_at(share: float) -> float:
            return std * (1 - share + share / float(self.units[feature]))

        figures = [Measure(self.centred, mean_at, std), Measure(self.divided, spread_at, std)]
        left = RIGHT_END - max(2.3, *(figure.room + 1.2 for figure in figures))
        rows = VGroup()
        for key, figure, above in zip(("mean", "spread"), figures, ABOVE, strict=True):
            y = HEIGHTS[feature] + above
            name = typography.align_baseline(typography.label(self.words.label(key)), y, left=left)
            row = VGroup(name, figure.put(layout.at(RIGHT_END, y)))
            if left < RIGHT_END - 2.3:  # where a guide may pass
                ground = BackgroundRectangle(name, color=self.theme.background, fill_opacity=1, buff=0.05)
                row = row.add_to_back(ground).set_z_index(1)
            rows.add(row)
        return rows

    def appear(self, feature: int, mark: str, row: int) -> list[GrowFromCenter | FadeIn]:
        """A cloud's bar or tick grows, and its figure comes with it."""
        return [GrowFromCenter(getattr(self.clouds[feature], mark)), FadeIn(self.measures[feature][row])]

    def guide(self, value: float) -> Mobject:
        """A dashed line from A's line down to B's, at a value."""
        ruler, ends = self.rulers[0], (HEIGHTS[0] - 0.6, HEIGHTS[1] + 0.75)
        line = DashedLine(*(layout.at(0.0, y) for y in ends), dash_length=0.09, color=self.theme.muted)
        return follow(line.set_stroke(width=2.5), (self.zoomed,), lambda it: it.set_x(ruler.x(value)))

    # -- the words -------------------------------------------------------------------------------------------
    def step(self, key: str) -> VGroup:
        """What is done, and the same as a formula."""
        name = typography.Text(self.words.label(key), HEADING)
        term = typography.Formula(self.words.label(f"{key}_term"), HEADING)
        return VGroup(name, term.next_to(name, DOWN, buff=0.28, aligned_edge=LEFT))

    def about_eps(self) -> VGroup:
        """How small it is, and what is left of the root in a batch without spread."""
        spread = float(np.std(np.zeros_like(self.features)))
        root = float(np.sqrt(spread**2 + self.lesson.settings.eps))
        size = typography.Text(self.words.label("eps"), HEADING, self.theme.ball)
        why = typography.label(self.words.label("no_spread"), size=LABEL)
        formula = typography.Text(self.words.label("root", spread=spread, root=root), HEADING)
        return VGroup(size, why, formula).arrange(DOWN, buff=0.35, aligned_edge=LEFT)

    # -- all batches -----------------------------------------------------------------------------------------
    def legend(self) -> VGroup:
        """Which color is which feature: A lies above B in every lane."""
        items = VGroup()
        for key, color in zip(("a", "b"), self.colors, strict=True):
            name = fitted(axis_names(self.words, key, Magnitude()), 3.8, color, HEADING)
            items.add(VGroup(Dot(radius=0.1, color=color), name).arrange(buff=0.18))
        return items.arrange(buff=0.6).move_to(layout.at(layout.RIGHT_EDGE, self.subject.get_y()), RIGHT)
