"""The data: a table of two features and a target, what they span, and the loss of a guess at the weights."""

from __future__ import annotations

from collections.abc import Callable
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
    Line,
    Mobject,
    Rectangle,
    ReplacementTransform,
    ValueTracker,
    VGroup,
)

from scenes.kit import layout, numbers, typography
from scenes.kit.beats import BeatScene, Narration
from scenes.kit.canvas import Array
from scenes.kit.charts import Chart
from scenes.kit.counter import Counter, key_figure
from scenes.kit.marks import dimension
from scenes.kit.numbers import ticks
from scenes.kit.table import NumberColumn, cell, decimals
from scenes.kit.typography import FIGURE, HEADING, LABEL, Formula

ROWS, WORKED = 5, 3  # how many rows the table shows, and how many of them are worked out
GUESS = np.array([1.0, 1.0])  # so that a prediction is easily checked: it is A + B
WIDTH, TALL = 10.3, 4.3  # of the scatter plot, before both axes are drawn to one scale
PLOT = (1.2, -0.5)  # its middle
DIGITS, FORMULA, RATIO = 44.0, 50.0, 88.0
MOST_SQUARES = 60  # more would be a hatching
LEDGER_LEFT, LEDGER_RIGHTS = -1.9, (-1.0, 0.65, 2.35, 4.05, layout.RIGHT_EDGE)


class TwoScales(BeatScene):
    """Scene 2: the data and the loss."""

    poster = "scales"

    def construct(self) -> None:
        """The table, the strip, the loss."""
        self.inks = (self.theme.feature_a, self.theme.feature_b)
        self.names = (self.words.label("a"), self.words.label("b"))
        self.show_the_table()
        self.draw_to_scale()
        self.weigh()

    def show_the_table(self) -> None:
        """A few rows; then the largest value of each feature, beside its column."""
        with self.beat("table") as beat:
            self.heading = layout.heading(typography.title(self.words.title))
            self.table = self.columns()
            self.dots_below = self.ellipsis()
            largest = [
                key_figure(
                    typography.figure(numbers.write(high, decimals(column)), ink), self.words.label(key)
                )
                for high, column, ink, key in zip(
                    self.lesson.data.highs,
                    self.lesson.data.features.T,
                    self.inks,
                    ("largest_a", "largest_b"),
                    strict=True,
                )
            ]
            count = key_figure(
                typography.figure(numbers.write(self.lesson.data.count)), self.words.label("rows")
            )
            self.figures = layout.column(count, *largest, top=1.55)
            self.play(FadeIn(self.heading), run_time=0.5)
            rows = [VGroup(*(column.cells[row] for column in self.table)) for row in range(ROWS)]
            heads = VGroup(*(column.head for column in self.table), self.rule)
            self.play(
                FadeIn(heads),
                LaggedStart(
                    *(FadeIn(row, shift=UP * 0.15) for row in [*rows, self.dots_below]), lag_ratio=0.25
                ),
                FadeIn(count),
                run_time=1.6,
            )
            beat.next_sentence()
            for figure in largest:
                self.play(FadeIn(figure, shift=RIGHT * 0.15), run_time=0.7)

    def draw_to_scale(self) -> None:
        """The rows become dots; each axis fills the picture at first, then both are drawn to one scale."""
        with self.beat("scales") as beat:
            wide = int(np.argmax(self.lesson.data.spans))
            stretched, strip = self.chart(wide, to_scale=False), self.chart(wide, to_scale=True)
            dots = self.fly_from_the_table(stretched, wide)
            beat.next_sentence()
            self.flatten(stretched, strip, dots, wide, beat)
            beat.next_sentence()
            measures = self.measures(strip, wide)
            for measure in measures:
                self.play(GrowFromCenter(measure[0]), FadeIn(measure[1]), run_time=0.9)
            squares = self.squares(strip, wide)
            ratio = self.words.label("ratio", ratio=self.lesson.span_ratio)
            figure = key_figure(typography.figure(ratio, self.theme.valley, RATIO), self.words.label("spans"))
            layout.place(figure, strip.axes.get_left()[0], -1.75)
            self.play(
                FadeIn(squares, lag_ratio=0.3, run_time=1.5), FadeIn(figure, shift=UP * 0.15, run_time=0.6)
            )
            self.picture = VGroup(strip, squares, dots, measures, figure, self.note)

    def weigh(self) -> None:
        """Prediction, miss, square, mean, for a guess at the weights; then the weights go to the best."""
        with self.beat("loss") as beat:
            self.way = ValueTracker(0.0)
            prediction, loss = self.formulas()
            a, b, predicted, target, squared = self.ledger()
            mean = self.mean(squared)
            guess, best, *weights = self.weights()
            self.play(FadeOut(self.picture), run_time=0.5)
            self.play(FadeIn(a, b, self.rule), FadeIn(guess, *weights), run_time=0.6)
            self.play(FadeIn(prediction, predicted, shift=RIGHT * 0.15), run_time=0.8)
            beat.next_sentence()
            self.play(FadeIn(loss.select("miss"), target, shift=RIGHT * 0.15), run_time=0.8)
            self.play(FadeIn(loss.select("square"), squared, shift=RIGHT * 0.15), run_time=0.8)
            beat.next_sentence()
            self.play(FadeIn(loss.select("mean"), mean[0]), Create(mean[1]), run_time=0.8)
            self.play(FadeIn(loss.select("name"), mean[2:], shift=RIGHT * 0.15), run_time=0.8)
            beat.next_sentence()
            self.play(self.way.animate(run_time=max(beat.time_left - 0.5, 2.0)).set_value(1.0))
            self.play(FadeOut(guess), FadeIn(best), run_time=0.5)

    # -- the table --
    def columns(self) -> VGroup:
        """Row numbers, A, B and y."""
        data, look = self.lesson.data, self.theme
        kinds = [
            (np.arange(1.0, ROWS + 1), ".0f", "row", look.muted, -1.0),
            (data.features[:, 0], "", "a", look.feature_a, 1.1),
            (data.features[:, 1], "", "b", look.feature_b, 3.6),
            (data.target, "", "y", look.text, 6.1),
        ]
        made = VGroup()
        for values, spec, key, ink, right in kinds:
            cells = [cell(value, spec or decimals(values), DIGITS, ink) for value in values[:ROWS]]
            head = typography.label(self.words.label(key), ink, LABEL if key == "row" else HEADING)
            made.add(NumberColumn(head, cells, right, top=1.9, pitch=0.72))
        ends = made.get_left()[0], made.get_right()[0]
        self.rule = Line([ends[0], 1.68, 0], [ends[1], 1.68, 0], color=look.rule, stroke_width=2.0)
        return made

    def ellipsis(self) -> VGroup:
        """Three dots under every column: the rows go on."""
        marks = VGroup()
        for column in self.table:
            x, y = (
                column.cells.get_right()[0] - 0.5 * typography.em(DIGITS),
                column.cells.get_bottom()[1] - 0.42,
            )
            marks.add(
                *(Dot([x, y - step * 0.14, 0], radius=0.03, color=self.theme.muted) for step in range(3))
            )
        return marks

    # -- the strip --
    def chart(self, wide: int, to_scale: bool) -> Chart:
        """The scatter plot's axes, the wider feature lying."""
        data, narrow = self.lesson.data, 1 - wide
        room = 0.03 * data.spans
        if to_scale:
            room[narrow] = 0.4 * room[wide]
        low, high = data.lows - room, data.highs + room
        unit = min(WIDTH / (high - low)[wide], TALL / (high - low)[narrow])
        width, height = (unit * (high - low)[[wide, narrow]]) if to_scale else (WIDTH, TALL)
        chart = Chart(
            (low[wide], high[wide]),
            (low[narrow], high[narrow]),
            width,
            height,
            ticks(low[wide], high[wide], 5).tolist(),
            [] if to_scale else ticks(low[narrow], high[narrow], 4).tolist(),
            self.names[wide],
            "" if to_scale else self.names[narrow],
            x_color=self.inks[wide],
            y_color=self.inks[narrow],
        )
        return chart.shift(np.array([*PLOT, 0.0]) - chart.axes.get_center())

    def fly_from_the_table(self, chart: Chart, wide: int) -> VGroup:
        """A dot for every row flies out of the table to its place."""
        dots, places = VGroup(), self.places(chart, wide)
        for row in range(len(places)):
            source = (
                VGroup(*(column.cells[row] for column in self.table[1:3])) if row < ROWS else self.dots_below
            )
            dots.add(Dot(source.get_center(), radius=0.055, color=self.theme.text).set_fill(opacity=0.85))
        table = VGroup(self.table, self.rule, self.dots_below, self.figures)
        self.play(FadeIn(dots), run_time=0.3)
        flights = [dot.animate(path_arc=0.5).move_to(place) for dot, place in zip(dots, places, strict=True)]
        self.play(
            FadeOut(table, run_time=0.6), LaggedStart(*flights, lag_ratio=0.012, run_time=2.2), FadeIn(chart)
        )
        return dots

    def places(self, chart: Chart, wide: int) -> list[Array]:
        """Where every row lies in ``chart``."""
        return [chart.at(row[wide], row[1 - wide]) for row in self.lesson.data.features]

    def flatten(self, stretched: Chart, strip: Chart, dots: VGroup, wide: int, beat: Narration) -> None:
        """The narrower feature's axis shrinks until a unit of it is as long as one of the other."""
        lost = len(strip.numbers)
        upright = VGroup(stretched.grid[lost:], stretched.numbers[lost:], stretched.names[1])
        self.note = typography.label(self.words.label("to_scale"))
        self.note.next_to(self.heading, DOWN, buff=0.22, aligned_edge=LEFT)
        self.play(FadeOut(upright), run_time=0.5)
        self.play(
            ReplacementTransform(stretched.axes, strip.axes),
            ReplacementTransform(VGroup(*stretched.grid[:lost]), strip.grid),
            ReplacementTransform(VGroup(*stretched.numbers[:lost]), strip.numbers),
            ReplacementTransform(VGroup(stretched.names[0]), strip.names),
            *(dot.animate.move_to(place) for dot, place in zip(dots, self.places(strip, wide), strict=True)),
            run_time=max(min(beat.time_left, 2.5), 1.5),
        )
        self.play(FadeIn(self.note), run_time=0.4)

    def measures(self, chart: Chart, wide: int) -> VGroup:
        """A dimension line for what each feature spans."""
        data, narrow = self.lesson.data, 1 - wide
        (left, low), (right, high) = [edges[[wide, narrow]] for edges in (data.lows, data.highs)]
        above = UP * (chart.axes.get_top()[1] + 0.35 - chart.at(left, high)[1])
        beside = RIGHT * (chart.axes.get_left()[0] - 0.35 - chart.at(left, low)[0])
        made = VGroup()
        for axis, start, end, away, side in (
            (narrow, chart.at(left, low), chart.at(left, high), beside, LEFT),
            (wide, chart.at(left, high), chart.at(right, high), above, UP),
        ):
            span = numbers.write(data.spans[axis], decimals(data.features[:, axis]))
            line = dimension(start + away, end + away, self.inks[axis])
            words = self.words.label("spans_of", name=self.names[axis], span=span)
            made.add(
                VGroup(line, typography.Text(words, HEADING, self.inks[axis]).next_to(line, side, buff=0.25))
            )
        return made

    def squares(self, chart: Chart, wide: int) -> VGroup:
        """What the narrower feature spans, squared, again and again along the wider one."""
        data = self.lesson.data
        side, ink = data.spans[1 - wide], self.theme.valley
        made = VGroup()
        if self.lesson.span_ratio > MOST_SQUARES:
            return made
        edges = np.append(np.arange(data.lows[wide], data.highs[wide], side), data.highs[wide])
        for left, right in zip(edges[:-1], edges[1:], strict=True):
            foot, head = chart.at(left, data.lows[1 - wide]), chart.at(right, data.highs[1 - wide])
            box = Rectangle(color=ink, width=(head - foot)[0], height=(head - foot)[1], stroke_width=2.0)
            made.add(box.move_to((foot + head) / 2))
        return made.set_z_index(-1)  # behind the dots

    # -- the loss --
    def guess(self, way: float) -> Array:
        """The weights, on the straight line from the guess to the minimizer."""
        return GUESS + way * (self.lesson.raw.loss.minimizer - GUESS)

    def formulas(self) -> tuple[Formula, Formula]:
        """The prediction, and the loss in parts."""
        prediction = Formula("hat(y) = {{ w_A A : a }} + {{ w_B B : b }}", FORMULA)
        for part, ink in zip("ab", self.inks, strict=True):
            prediction.select(part).set_color(ink)
        loss = Formula(
            "{{ J(w) : name }} {{ = 1/n sum : mean }} "
            "{{ paren.l hat(y) - y paren.r : miss }}{{ zwj^2 : square }}",
            FORMULA,
        )
        loss.select("name").set_color(self.theme.valley)
        typography.stand(prediction, self.heading[0].get_bottom()[1], left=LEDGER_LEFT)
        typography.stand(loss, self.heading[0].get_bottom()[1] - 1.05, left=LEDGER_LEFT)
        return prediction, loss

    def ledger(self) -> list[NumberColumn]:
        """A few rows worked out: A, B, the prediction, the target, and the squared miss."""
        data, look, rows = self.lesson.data, self.theme, range(WORKED)
        spec = decimals(data.target)

        def live(row: int, spec: str, value: Callable[[float], float]) -> Counter:
            return Counter(self.way, spec, HEADING, look.text, value, align_right=True)

        def predict(row: int, way: float) -> float:
            return float(data.features[row] @ self.guess(way))

        def square(row: int, way: float) -> float:
            return (predict(row, way) - float(data.target[row])) ** 2

        feature_cells = [
            [cell(value, decimals(column), HEADING, ink) for value in column[:WORKED]]
            for column, ink in zip(data.features.T, self.inks, strict=True)
        ]
        columns = [
            (Formula("A", HEADING, self.inks[0]), feature_cells[0]),
            (Formula("B", HEADING, self.inks[1]), feature_cells[1]),
            (Formula("hat(y)", HEADING), [live(row, spec, partial(predict, row)) for row in rows]),
            (Formula("y", HEADING), [cell(value, spec, HEADING) for value in data.target[:WORKED]]),
            (Formula("(hat(y) - y)^2", HEADING), [live(row, ".2f", partial(square, row)) for row in rows]),
        ]
        made = [
            NumberColumn(head, cells, right, top=0.75, pitch=0.72)
            for (head, cells), right in zip(columns, LEDGER_RIGHTS, strict=True)
        ]
        self.rule = Line(
            [LEDGER_LEFT, 0.5, 0], [LEDGER_RIGHTS[-1], 0.5, 0], color=look.rule, stroke_width=2.0
        )
        return made

    def mean(self, column: NumberColumn) -> VGroup:
        """Three dots under the squared misses, a rule, and J, their mean over all rows."""
        right, y = column.get_right()[0], column.get_bottom()[1] - 0.3
        dots = VGroup(
            *(Dot([right - 0.5, y - step * 0.14, 0], 0.03, color=self.theme.muted) for step in range(3))
        )
        rule = Line(
            [LEDGER_LEFT, y - 0.55, 0],
            [LEDGER_RIGHTS[-1], y - 0.55, 0],
            color=self.theme.rule,
            stroke_width=2,
        )
        j = Counter(self.way, ".2f", FIGURE, self.theme.valley, self.loss_at, align_right=True)
        j.shift(np.array([LEDGER_RIGHTS[-1], y - 1.25, 0]) - j.corner)
        name = typography.label(self.words.label("mean"))
        typography.stand(name, j.corner[1], left=LEDGER_LEFT)
        return VGroup(dots, rule, j, name)

    def loss_at(self, way: float) -> float:
        """J where the weights are."""
        return float(self.lesson.raw.loss.value(self.guess(way)))

    def weights(self) -> list[Mobject]:
        """What they are, before and after, and the two weights as they change."""
        figures = [
            key_figure(
                Counter(self.way, ".2f", FIGURE, ink, value=partial(self.weight, axis)),
                self.words.label(key),
            )
            for axis, (ink, key) in enumerate(zip(self.inks, ("weight_a", "weight_b"), strict=True))
        ]
        layout.column(*figures, top=0.85)
        states = [typography.label(self.words.label(key), self.theme.text) for key in ("guess", "best")]
        return [*(typography.stand(state, 1.35, left=layout.LEFT_EDGE) for state in states), *figures]

    def weight(self, axis: int, way: float) -> float:
        """One of the two weights."""
        return float(self.guess(way)[axis])
