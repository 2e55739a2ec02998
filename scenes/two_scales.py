"""The data: a table of two features and a target, what they span, and the loss of a guess at the weights."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    Mobject,
    ValueTracker,
    VGroup,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.scatter import Scatter, powers_of
from scenes.kit.charts.table import NumberColumn, cell, column_style, ellipsis_below, ruled
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted, fitted_formula
from scenes.kit.lettering.typography import FIGURE, HEADING, Formula
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import Magnitude, short
from scenes.pieces.ledger import Ledger
from scenes.pieces.row_dots import RowDots

ROWS, WORKED = 5, 3  # how many rows the table shows, and how many of them are worked out
WIDTH, TALL = 10.0, 4.3  # of the scatter plot, before both axes are drawn to one scale
SQUARE = 4.0  # height of the plot to scale, at most
PLOT = (1.05, -0.5)  # its middle
LOW = -1.0  # where the axis of the strip lies at most, so that there is room for the ratio below it
DIGITS, FORMULA, RATIO = 44.0, 50.0, 88.0
HEAD_WIDTH, BESIDE_ROWS = 2.25, 1.8  # of a column's name, and of the one beside the rows' numbers
FORMS = ("", "_short")  # of a column's name
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
            go_on = self.lesson.data.count > ROWS
            self.rows_go_on = VGroup(
                *(ellipsis_below(it, 0.5 * typography.em(DIGITS)) if go_on else VGroup() for it in self.table)
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
            moves = self.dots.move(strip.places())
            self.play(FadeOut(stretched.upright_marks(strip)), run_time=0.4)
            self.play(*stretched.transform_to(strip), *moves, FadeIn(note), run_time=1.8)
            measures = VGroup(*(self.measure(strip, feature) for feature in (strip.narrow, strip.wide)))
            for line, words in measures:
                self.play(GrowFromCenter(line), FadeIn(words), run_time=0.7)
            squares = strip.squares(self.theme.valley)
            ratio = self.words.label("ratio", ratio=short(self.lesson.span_ratio, ".1f"))
            figure = key_figure(typography.figure(ratio, self.theme.valley, RATIO), self.words.label("spans"))
            if strip.axes.get_bottom()[1] > LOW:
                figure[1].set_x(figure[0].get_x())
                figure.move_to(layout.at(strip.axes.get_x(), -2.75))
            else:  # there is no room below
                figure.move_to(layout.at(layout.LEFT_EDGE, -2.75), aligned_edge=LEFT)
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
                self.lesson.raw.loss,
                progress,
                self.weights,
                WORKED,
                LEDGER_LEFT,
                LEDGER_RIGHTS,
                0.75,
                name,
                (self.words.label("formula_a"), self.words.label("formula_b")),
                lambda power: self.words.label("in_powers", power=power),
            )
            guess, best, *weights = self.weight_figures(progress)
            self.play(FadeOut(self.picture), run_time=0.5)
            self.play(FadeIn(ledger.a, ledger.b, ledger.rule), FadeIn(guess, *weights), run_time=0.6)
            self.play(FadeIn(prediction, ledger.predicted, shift=RIGHT * 0.15), run_time=0.8)
            self.add(*self.name_of_the_target(loss))
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
            (np.arange(1.0, data.count + 1), "row", palette.muted, -1.0),
            (data.features[:, 0], "a", palette.feature_a, 1.1),
            (data.features[:, 1], "b", palette.feature_b, 3.6),
            (data.target, "y", palette.text, 6.1),
        ]
        made = VGroup()
        for values, key, color, right in kinds:
            power = Magnitude() if key == "row" else Magnitude.of(values)
            spec = column_style(power.share(1.0) * values)
            cells = [cell(power.share(value), spec, DIGITS, color) for value in values[:ROWS]]
            head = fitted(self.names_of(key), BESIDE_ROWS if key == "a" else HEAD_WIDTH, color, HEADING)
            made.add(NumberColumn(head, cells, right, 1.9, self.unit_of(power)))
        return made

    def names_of(self, key: str) -> tuple[str, ...]:
        """What a column is called, and the same in fewer letters."""
        return (
            (self.words.label(key),)
            if key == "row"
            else tuple(self.words.label(f"{key}{it}") for it in FORMS)
        )

    def unit_of(self, power: Magnitude) -> typography.Text | None:
        """The words that say in which power of ten numbers are given; None if they are given as they are."""
        if not power.power:
            return None
        return typography.label(self.words.label("in_powers", power=power.markup), size=typography.SMALL)

    def key_figures(self) -> VGroup:
        """How many rows there are, and the largest value of each feature."""
        data = self.lesson.data
        made = [key_figure(typography.figure(numbers.write(data.count)), self.words.label("rows"))]
        for feature, (color, key) in enumerate(zip(self.colors, ("largest_a", "largest_b"), strict=True)):
            largest = typography.figure(self.written(feature, data.highs[feature]), color)
            made.append(key_figure(largest, self.words.label(key)))
        return layout.column(*made, top=1.55)

    def written(self, feature: int, value: float) -> str:
        """A value or a span of a feature, as its column is written."""
        power = powers_of(self.lesson.data)[feature]
        return power.write(value, column_style(power.share(1.0) * self.lesson.data.features[:, feature]))

    # -- the strip -------------------------------------------------------------------------------------------
    def scatter(self, to_scale: bool) -> Scatter:
        """The axes, stretched or to scale."""
        names = [self.words.label(key) for key in ("axis_a", "axis_b")]
        for feature, power in enumerate(powers_of(self.lesson.data)):
            if power.power:
                names[feature] += ", " + self.words.label("in_powers", power=power.markup)
        axes = Scatter(self.lesson.data, (names[0], names[1]), WIDTH, SQUARE if to_scale else TALL, to_scale)
        return axes.shift(np.array([*PLOT, 0.0]) - axes.axes.get_center())

    def fly_from_the_table(self, axes: Scatter) -> None:
        """A dot for every row flies out of the table to its place."""
        features = self.table[1:3]
        rows = [VGroup(*cells).get_center() for cells in zip(*(it.cells for it in features), strict=True)]
        places = axes.places()
        starts = rows + [self.rows_go_on.get_center()] * (len(places) - len(rows))
        self.dots = RowDots(starts[: len(places)], radius=0.055, color=self.theme.text)
        self.play(FadeIn(self.dots.set_fill(opacity=0.85)), run_time=0.3)
        flights = self.dots.fly(places, lag_ratio=0.012, run_time=2.2)
        table = VGroup(self.table, self.rule, self.rows_go_on, self.figures)
        self.play(FadeOut(table, run_time=0.6), flights, FadeIn(axes))

    def measure(self, axes: Scatter, feature: int) -> VGroup:
        """A dimension line for what a feature spans, and the words for it."""
        line, side = axes.span_line(feature), axes.side(feature)
        span = self.written(feature, self.lesson.data.spans[feature])
        room = line.get_left()[0] - 0.25 - layout.LEFT_EDGE if side is LEFT else WIDTH
        text = fitted(
            [
                self.words.label(way, name=self.words.label(f"{'ab'[feature]}{form}"), span=span)
                for form in FORMS
                for way in ("spans_of", "spans_below")
            ],
            room,
            self.colors[feature],
        )
        return VGroup(line, text.next_to(line, side, buff=0.25))

    # -- the loss --------------------------------------------------------------------------------------------
    def weights(self, progress: float) -> Array:
        """The weights, on the straight line from the guess to the minimizer."""
        guess, best = self.guess, self.lesson.raw.loss.minimizer
        return np.asarray(guess + progress * (best - guess))

    @cached_property
    def guess(self) -> Array:
        """Powers of ten near the best weights, so that a prediction is easily checked: one and one, or so."""
        best = np.abs(self.lesson.raw.loss.minimizer)
        return np.asarray(10.0 ** np.round(np.log10(np.where(best > 0, best, 1.0))))

    def formulas(self) -> tuple[Formula, Formula]:
        """The prediction, and the loss in parts."""
        prediction = fitted_formula(self.words.label("prediction"), layout.RIGHT_EDGE - LEDGER_LEFT, FORMULA)
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

    def name_of_the_target(self, loss: Formula) -> list[Mobject]:
        """What y stands for, unless the target is called so."""
        target = self.lesson.data.target_name
        if self.lesson.settings.labels.name(target) == "y":
            return []
        room = layout.RIGHT_EDGE - loss.get_right()[0] - 0.4
        name = fitted(self.names_of("named"), room)
        return [typography.align_baseline(name, loss.get_center()[1] - 0.1, right=layout.RIGHT_EDGE)]

    def weight_figures(self, progress: ValueTracker) -> list[Mobject]:
        """What they are, before and after, and the two weights as they change."""
        figures = [self.weight_figure(feature, progress) for feature in (0, 1)]
        layout.column(*figures, top=0.85)
        states = [typography.label(self.words.label(key), self.theme.text) for key in ("guess", "best")]
        return [
            *(typography.align_baseline(state, 1.35, left=layout.LEFT_EDGE) for state in states),
            *figures,
        ]

    def weight_figure(self, feature: int, progress: ValueTracker) -> VGroup:
        """One of the two weights as it changes, and what it is called."""
        ends = [float(self.weights(end)[feature]) for end in (0.0, 1.0)]
        power = Magnitude.of(ends)
        largest = max(power.share(abs(end)) for end in ends)
        spec = f".{min(max(2 - int(np.floor(np.log10(largest))), 2), 4) if largest < 1e3 else 0}f"

        def value(at: float) -> float:
            return power.share(float(self.weights(at)[feature]))

        figure = Counter(progress, spec, FIGURE, self.colors[feature], value=value)
        key = f"weight_{'ab'[feature]}"
        ways = [self.words.label(f"{key}{form}") for form in ("", "_in_two")]
        if power.power:
            ways = [f"{way}, {self.words.label('in_powers', power=power.markup)}" for way in ways]
        figure.name = ways[0]
        name = fitted(ways, LEDGER_LEFT - 0.9 - layout.LEFT_EDGE)
        return VGroup(figure, name.next_to(figure, DOWN, buff=0.16, aligned_edge=LEFT))
