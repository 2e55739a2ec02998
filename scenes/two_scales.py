"""The data: a table of two features and a target, what they span, and the loss of a guess at the weights."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
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
from scenes.kit.charts.scatter import Scatter
from scenes.kit.charts.table import NumberColumn, cell, decimals, ellipsis_below, ruled
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.typography import FIGURE, HEADING, Formula
from scenes.kit.script import numbers
from scenes.pieces.ledger import Ledger

ROWS, WORKED = 5, 3  # how many rows the table shows, and how many of them are worked out
GUESS = np.array([1.0, 1.0])  # so that a prediction is easily checked: it is A + B
WIDTH, TALL = 10.0, 4.3  # of the scatter plot, before both axes are drawn to one scale
PLOT = (1.05, -0.5)  # its middle
DIGITS, FORMULA, RATIO = 44.0, 50.0, 88.0
NAMED_AT = (0.1, 0.5, 0.64, 0.85)  # of the sentence: the rows, A, B and y
LEDGER_LEFT, LEDGER_RIGHTS = -1.9, (-1.0, 0.65, 2.35, 4.05, layout.RIGHT_EDGE)


class TwoScales(BeatScene):
    """Scene 2: the data and the loss."""

    poster = "scales"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The rows, and the loss of the weights."""
        return {"rows": data_tables.rows(lesson.data), "loss": data_tables.surface(lesson.raw)}

    def construct(self) -> None:
        """The table, the strip, the loss."""
        self.colors = (self.theme.feature_a, self.theme.feature_b)
        self.names = (self.words.label("a"), self.words.label("b"))
        self.show_the_table()
        self.draw_to_scale()
        self.weigh()

    def show_the_table(self) -> None:
        """A few rows; beside A and B the largest value of each."""
        with self.beat("table") as beat:
            length = beat.time_left
            self.heading = layout.heading(typography.title(self.words.title))
            self.table = self.columns()
            self.rule = ruled(self.table.get_left()[0], self.table.get_right()[0], 1.68)
            self.rows_go_on = VGroup(
                *(ellipsis_below(column, 0.5 * typography.em(DIGITS)) for column in self.table)
            )
            self.figures = self.key_figures()
            parts = [VGroup(column, dots) for column, dots in zip(self.table, self.rows_go_on, strict=True)]
            parts[0].add(self.rule)
            for part, figure in zip(parts, self.figures, strict=False):
                part.add(figure)
            self.play(FadeIn(self.heading), run_time=0.5)
            for part, share in zip(parts, NAMED_AT, strict=True):
                self.pause(beat.time_left - (1 - share) * length)
                self.play(FadeIn(part, lag_ratio=0.05), run_time=0.6)

    def draw_to_scale(self) -> None:
        """The rows become dots; each axis fills the picture at first, then both are drawn to one scale."""
        with self.beat("scales") as beat:
            stretched, strip = (self.scatter(to_scale) for to_scale in (False, True))
            self.fly_from_the_table(stretched)
            beat.next_sentence()
            note = typography.label(self.words.label("to_scale"))
            note.next_to(self.heading, DOWN, buff=0.22, aligned_edge=LEFT)
            moves = [dot.animate.move_to(at) for dot, at in zip(self.dots, strip.places(), strict=True)]
            self.play(FadeOut(stretched.upright_marks(strip)), run_time=0.4)
            self.play(*stretched.transform_to(strip), *moves, FadeIn(note), run_time=1.8)
            measures = VGroup(*(self.measure(strip, feature) for feature in (strip.narrow, strip.wide)))
            for line, words in measures:
                self.play(GrowFromCenter(line), FadeIn(words), run_time=0.7)
            squares = strip.squares(self.theme.valley)
            ratio = self.words.label("ratio", ratio=self.lesson.span_ratio)
            figure = key_figure(typography.figure(ratio, self.theme.valley, RATIO), self.words.label("spans"))
            figure[1].set_x(figure[0].get_x())
            figure.move_to(layout.at(strip.axes.get_x(), -2.75))
            self.play(
                FadeIn(squares, lag_ratio=0.3, run_time=1.0), FadeIn(figure, shift=UP * 0.15, run_time=0.6)
            )
            self.picture = VGroup(strip, squares, self.dots, measures, figure, note)

    def weigh(self) -> None:
        """Prediction, miss, square, mean, for a guess at the weights; then the weights go to the best."""
        with self.beat("loss") as beat:
            progress = ValueTracker(0.0)
            prediction, loss = self.formulas()
            name = typography.label(self.words.label("mean"))
            ledger = Ledger(
                self.lesson.raw.loss, progress, self.weights, WORKED, LEDGER_LEFT, LEDGER_RIGHTS, 0.75, name
            )
            guess, best, *weights = self.weight_figures(progress)
            self.play(FadeOut(self.picture), run_time=0.5)
            self.play(FadeIn(ledger.a, ledger.b, ledger.rule), FadeIn(guess, *weights), run_time=0.6)
            self.play(FadeIn(prediction, ledger.predicted, shift=RIGHT * 0.15), run_time=0.8)
            beat.next_sentence()
            self.play(FadeIn(loss.select("miss"), ledger.target, shift=RIGHT * 0.15), run_time=0.8)
            self.play(FadeIn(loss.select("square"), ledger.squared, shift=RIGHT * 0.15), run_time=0.8)
            self.play(FadeIn(loss.select("mean"), ledger.rows_go_on), Create(ledger.base_rule), run_time=0.8)
            self.play(FadeIn(loss.select("name"), ledger.mean, shift=RIGHT * 0.15), run_time=0.8)
            beat.next_sentence()
            self.play(progress.animate(run_time=max(beat.time_left - 0.5, 2.0)).set_value(1.0))
            self.play(FadeOut(guess), FadeIn(best), run_time=0.5)

    # -- the table -------------------------------------------------------------------------------------------
    def columns(self) -> VGroup:
        """Row numbers, A, B and y."""
        data, palette = self.lesson.data, self.theme
        kinds = [
            (np.arange(1.0, data.count + 1), ".0f", "row", palette.muted, -1.0),
            (data.features[:, 0], "", "a", palette.feature_a, 1.1),
            (data.features[:, 1], "", "b", palette.feature_b, 3.6),
            (data.target, "", "y", palette.text, 6.1),
        ]
        made = VGroup()
        for values, spec, key, color, right in kinds:
            cells = [cell(value, spec or decimals(values), DIGITS, color) for value in values[:ROWS]]
            head = typography.label(self.words.label(key), color, HEADING)
            made.add(NumberColumn(head, cells, right, top=1.9))
        return made

    def key_figures(self) -> VGroup:
        """How many rows there are, and the largest value of each feature."""
        data = self.lesson.data
        made = [key_figure(typography.figure(numbers.write(data.count)), self.words.label("rows"))]
        for feature, (color, key) in enumerate(zip(self.colors, ("largest_a", "largest_b"), strict=True)):
            largest = numbers.write(data.highs[feature], decimals(data.features[:, feature]))
            made.append(key_figure(typography.figure(largest, color), self.words.label(key)))
        return layout.column(*made, top=1.55)

    # -- the strip -------------------------------------------------------------------------------------------
    def scatter(self, to_scale: bool) -> Scatter:
        """The axes, stretched or to scale."""
        axes = Scatter(self.lesson.data, self.names, WIDTH, TALL, to_scale)
        return axes.shift(np.array([*PLOT, 0.0]) - axes.axes.get_center())

    def fly_from_the_table(self, axes: Scatter) -> None:
        """A dot for every row flies out of the table to its place."""
        features = self.table[1:3]
        rows = [VGroup(*cells).get_center() for cells in zip(*(it.cells for it in features), strict=True)]
        places = axes.places()
        starts = rows + [self.rows_go_on.get_center()] * (len(places) - len(rows))
        self.dots = VGroup(*(Dot(at, radius=0.055, color=self.theme.text) for at in starts))
        self.play(FadeIn(self.dots.set_fill(opacity=0.85)), run_time=0.3)
        flights = [dot.animate(path_arc=0.5).move_to(at) for dot, at in zip(self.dots, places, strict=True)]
        table = VGroup(self.table, self.rule, self.rows_go_on, self.figures)
        self.play(
            FadeOut(table, run_time=0.6), LaggedStart(*flights, lag_ratio=0.012, run_time=2.2), FadeIn(axes)
        )

    def measure(self, axes: Scatter, feature: int) -> VGroup:
        """A dimension line for what a feature spans, and the words for it."""
        data, line = self.lesson.data, axes.span_line(feature)
        span = numbers.write(data.spans[feature], decimals(data.features[:, feature]))
        words = self.words.label("spans_of", name=self.names[feature], span=span)
        text = typography.label(words, self.colors[feature])
        return VGroup(line, text.next_to(line, axes.side(feature), buff=0.25))

    # -- the loss --------------------------------------------------------------------------------------------
    def weights(self, progress: float) -> Array:
        """The weights, on the straight line from the guess to the minimizer."""
        return GUESS + progress * (self.lesson.raw.loss.minimizer - GUESS)

    def formulas(self) -> tuple[Formula, Formula]:
        """The prediction, and the loss in parts."""
        prediction = Formula("hat(y) = {{ w_A A : a }} + {{ w_B B : b }}", FORMULA)
        for part, color in zip("ab", self.colors, strict=True):
            prediction.select(part).set_color(color)
        loss = Formula(
            "{{ J(w) : name }} {{ = 1/n sum : mean }} "
            "{{ paren.l hat(y) - y paren.r : miss }}{{ zwj^2 : square }}",
            FORMULA,
        )
        loss.select("name").set_color(self.theme.valley)
        typography.align_baseline(prediction, self.heading[0].get_bottom()[1], left=LEDGER_LEFT)
        typography.align_baseline(loss, self.heading[0].get_bottom()[1] - 1.05, left=LEDGER_LEFT)
        return prediction, loss

    def weight_figures(self, progress: ValueTracker) -> list[Mobject]:
        """What they are, before and after, and the two weights as they change."""
        figures = [
            key_figure(
                Counter(progress, ".2f", FIGURE, color, value=partial(self.weight, feature)),
                self.words.label(key),
            )
            for feature, (color, key) in enumerate(zip(self.colors, ("weight_a", "weight_b"), strict=True))
        ]
        layout.column(*figures, top=0.85)
        states = [typography.label(self.words.label(key), self.theme.text) for key in ("guess", "best")]
        return [
            *(typography.align_baseline(state, 1.35, left=layout.LEFT_EDGE) for state in states),
            *figures,
        ]

    def weight(self, feature: int, progress: float) -> float:
        """One of the two weights."""
        return float(self.weights(progress)[feature])
