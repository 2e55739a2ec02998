"""The data: one row, the table, its rows as dots, and what is left of the picture once both axes agree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import (
    DOWN,
    LEFT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    ManimColor,
    Rectangle,
    RoundedRectangle,
    Transform,
    ValueTracker,
    VGroup,
    there_and_back,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.features import powers_of
from scenes.kit.charts.table import NumberColumn, cell, column_style, ellipsis_below
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.script.magnitude import Magnitude, short
from scenes.pieces.rows.feature_plane import FeaturePlane, RowCloud, strip
from scenes.pieces.rows.plane_axes import PlaneAxis, SpanBar
from scenes.pieces.rows.row_one import LINE, RowOne
from scenes.pieces.rows.spread_bars import THICK, SpreadBars

ROWS = 6  # that the table shows at most
DIGITS = 46.0  # size of its numbers
NAMED_AT = (0.35, 0.5, 0.8)  # of the sentence: the two features and the target
SWELLS = 1.3  # a number that is named
FORMS = ("", "_short")  # of a column's name
NUMBERS = 0.55  # height of the lower axis's numbers, in picture units
WHOLE = 10  # a ratio from which on decimals say nothing


class TwoScales(BeatScene):
    """Scene 2: the data."""

    poster = "scales"
    begins_on = "row_one"
    ends_on = "strip"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The rows."""
        return {"rows": data_tables.rows(lesson.data)}

    def construct(self) -> None:
        """One row, all rows, a dot for each, both axes to one scale, the two spreads."""
        self.row = RowOne(self.places.whole.at())
        self.add(self.row)
        self.show_the_table()
        self.draw_to_scale()
        self.compare_the_spreads()
        self.keep_the_strip()

    def show_the_table(self) -> None:
        """Row 1's dot becomes a row of numbers; then there are more of them."""
        with self.beat("table") as beat:
            length = beat.time_left
            self.show_heading()
            self.table = self.columns()
            row = VGroup(*(column.cells[0] for column in self.table))
            self.play(
                Transform(self.row.ring, self.frame_round(row)),
                self.row.dot.animate.move_to(row).scale(0.3).set_opacity(0),
                FadeIn(row, target_position=self.row.place, scale=0.2),
                run_time=1.1,
            )
            for column, (share, after) in zip(self.table, pairwise((*NAMED_AT, 1.0)), strict=True):
                self.pause(beat.time_left - (1 - share) * length)
                heads = [FadeIn(it, shift=0.1 * UP) for it in column if it is not column.cells]
                swells = column.cells[0].animate(rate_func=there_and_back).scale(SWELLS)
                self.play(*heads, swells, run_time=max((after - share) * length, 0.5))
            beat.next_sentence()
            others = zip(*(column.cells[1:] for column in self.table), strict=True)
            self.lines = [VGroup(*line) for line in others]
            come = [FadeIn(line, shift=0.3 * DOWN) for line in (*self.lines, self.rows_go_on)]
            self.play(LaggedStart(*come, lag_ratio=0.4), run_time=max(beat.time_left, 1.6))

    def draw_to_scale(self) -> None:
        """The rows become dots; each axis fills the picture at first, then both are drawn to one scale."""
        with self.beat("scales") as beat:
            share = ValueTracker(0.0)
            plane = FeaturePlane(self.lesson.data, self.plot)
            self.axes = VGroup(*(PlaneAxis(plane, share, lies) for lies in (True, False)))
            self.names = self.axis_names(plane)
            self.cloud = RowCloud(plane)
            self.fall_out_of_the_table(max(beat.time_left, 2.8))
            beat.next_sentence()
            self.spans = VGroup(*(SpanBar(plane, share, lies) for lies in (True, False)))
            half = max(0.5 * beat.time_left, 0.8)
            for bar in self.spans:
                self.play(Create(bar), run_time=half)
            beat.next_sentence()
            follow(self.cloud, (share,), lambda _: self.cloud.put(share.get_value()))
            self.play(share.animate.set_value(1.0), run_time=max(beat.time_left, 2.4))
            self.cloud.clear_updaters()

    def compare_the_spreads(self) -> None:
        """A bar for each spread, taken from the rows; the small one is laid along the large one."""
        with self.beat("spreads") as beat:
            plane = FeaturePlane(self.lesson.data, self.upper)
            self.play(*map(FadeOut, (*self.axes, *self.spans, *self.names)), run_time=0.4)
            self.play(*self.moves_to(RowCloud(plane, share=1.0)), run_time=1.0)
            bars = SpreadBars(plane, (0.56 if self.lower.is_wide else 0.44) * self.lower.width)
            low, high = np.argsort(self.lesson.data.stds)
            taken = [bars.in_the_plane(feature) for feature in (high, low)]
            half = max(0.5 * beat.time_left, 0.7)
            for bar, side in zip(taken, (LEFT, DOWN), strict=True):
                self.play(GrowFromEdge(bar, side), run_time=half)
            beat.next_sentence()
            left = self.lower.at(0.03, 0.56)
            below = left - [0, 1.1 * THICK, 0]
            goals = [bars.lying(high, left), bars.lying(low, below)]
            labels = self.spread_names(goals, (high, low))
            for bar, goal, label in zip(taken, goals, labels, strict=True):
                self.play(Transform(bar, goal), FadeIn(label), run_time=0.9)
            laid = bars.laid_along(below)
            if len(laid) > 1:
                self.play(LaggedStart(*map(FadeIn, laid[1:]), lag_ratio=0.5), run_time=1.6)
            figure = self.ratio()
            self.play(FadeIn(figure, shift=0.15 * UP), run_time=0.5)
            self.gone = [*taken, *labels, *laid[1:], figure]

    def keep_the_strip(self) -> None:
        """The rows alone are left, on one scale, in the middle of the picture."""
        self.play(
            *map(FadeOut, self.gone),
            *self.moves_to(strip(self.lesson.data, self.places)),
            run_time=1.0,
        )
        self.hand_over(self.cloud)

    # -- the table -------------------------------------------------------------------------------------------
    def columns(self) -> list[NumberColumn]:
        """The two features and the target, each with its first rows; and whether there are more."""
        data, room = self.lesson.data, self.places.whole
        room = room.part(0.1, 0.9) if room.is_wide else room
        self.rows_go_on = VGroup()
        made = []
        for k, (values, key, color) in enumerate(
            [
                (data.features[:, 0], "a", self.theme.feature_a),
                (data.features[:, 1], "b", self.theme.feature_b),
                (data.target, "y", self.theme.text),
            ]
        ):
            power = Magnitude.of(values)
            spec = column_style(power.share(1.0) * values)
            cells = [cell(power.share(value), spec, DIGITS, color) for value in values[:ROWS]]
            place = room.part(k / 3, (k + 1) / 3)
            head = self.fitted_name(key, 0.9 * place.width, color)
            column = NumberColumn(head, cells, place.at(0.86)[0], room.at(0, 0.74)[1], self.unit_of(power))
            made.append(column)
            if data.count > ROWS:
                self.rows_go_on.add(ellipsis_below(column, 0.5 * typography.em(DIGITS)))
        return made

    def fitted_name(self, key: str, width: float, color: ManimColor) -> typography.Text:
        """What a column is called, in fewer letters where it has to be."""
        ways = [self.words.label(f"{key}{form}") for form in FORMS]
        name = fitted(ways, width, color, typography.NAME, typography.NAME)
        layout.fit_width(name, width)
        return name

    def unit_of(self, power: Magnitude) -> typography.Text | None:
        """The words that say in which power of ten numbers are given; None if they are given as they are."""
        if not power.power:
            return None
        return typography.name(self.words.label("in_powers", power=power.markup), self.theme.muted)

    def frame_round(self, row: VGroup) -> RoundedRectangle:
        """Row 1's ring, drawn out to hold its numbers."""
        width, height = row.width + 0.7, row.height + 0.32
        frame = RoundedRectangle(corner_radius=height / 2, width=width, height=height, stroke_width=LINE)
        return frame.set_color(self.theme.text).move_to(row)

    # -- the plane -------------------------------------------------------------------------------------------
    @property
    def plot(self) -> Box:
        """Where the rows are drawn, with room for the axes' numbers and names."""
        whole = self.places.whole
        return whole.part(0.07 if whole.is_wide else 0.14, 1.0, 0.2, 0.88)

    def axis_names(self, plane: FeaturePlane) -> list[typography.Text]:
        """What the axes are called: below the one, above the other."""
        box, whole, made = plane.box, self.places.whole, []
        for feature in plane.order:
            power, key = powers_of(self.lesson.data)[feature], "ab"[feature]
            ways = [self.words.label(f"axis_{key}"), self.words.label(f"{key}_short")]
            if power.power:
                ways = [f"{way}, {self.words.label('in_powers', power=power.markup)}" for way in ways]
            color = (self.theme.feature_a, self.theme.feature_b)[feature]
            made.append(fitted(ways, 0.9 * box.width, color, typography.NAME, typography.NAME))
            layout.fit_width(made[-1], box.width)
        Box(box.left, box.right, whole.bottom, box.bottom - NUMBERS).put(made[0])
        whole.put(made[1], 0, 1)
        return made

    def fall_out_of_the_table(self, duration: float) -> None:
        """Every row shrinks to a dot, and the dots fall to their places."""
        places = self.cloud.plane.places(0.0)
        first = VGroup(*(column.cells[0] for column in self.table))
        starts = [line.get_center() for line in self.lines]
        rest = len(places) - 1 - len(starts)
        if rest:
            left, right = self.rows_go_on.get_left(), self.rows_go_on.get_right()
            starts += list(left + np.linspace(0, 1, rest)[:, None] * (right - left))
        others, row = self.cloud.others.put(starts), self.cloud.first.put(first.get_center())
        heads = [it for column in self.table for it in column if it is not column.cells]
        shrunk = [FadeOut(line, scale=0.2) for line in (first, *self.lines, self.rows_go_on)]
        self.play(
            *shrunk,
            *map(FadeOut, heads),
            Transform(self.row.ring, row.ring),
            FadeIn(others),
            FadeIn(row.dot),
            run_time=0.6,
        )
        self.remove(self.row)
        self.add(row)
        there = row.copy().put(places[0])
        fall = others.fly(places[1:], 0.02, duration - 0.6)
        row_falls = Transform(row, there, path_arc=0.5, run_time=1.2)
        self.play(fall, row_falls, FadeIn(self.axes), *map(FadeIn, self.names))
        self.remove(others, row)
        self.add(self.cloud)

    def moves_to(self, there: RowCloud) -> list[Animation]:
        """The rows go to where those of another cloud are."""
        return [Transform(self.cloud.others, there.others), Transform(self.cloud.first, there.first)]

    # -- the spreads -----------------------------------------------------------------------------------------
    @property
    def upper(self) -> Box:
        """Where the rows are while their spreads are compared."""
        return self.places.whole.part(bottom=0.5)

    @property
    def lower(self) -> Box:
        """Where the two bars lie, and the figure beside them."""
        return self.places.whole.part(top=0.4)

    def spread_names(self, bars: Sequence[Rectangle], features: Sequence[int]) -> list[typography.Text]:
        """What the bars are, above the upper one and below the lower one."""
        made = []
        for bar, feature, way in zip(bars, features, (UP, DOWN), strict=True):
            ways = [self.words.label(f"spread_{'ab'[feature]}{form}") for form in FORMS]
            color = (self.theme.feature_a, self.theme.feature_b)[feature]
            text = fitted(ways, 0.6 * self.lower.width, color, typography.NAME, typography.NAME)
            made.append(text.next_to(bar, way, buff=0.25, aligned_edge=LEFT))
        return made

    def ratio(self) -> VGroup:
        """How many times as far the one feature spreads."""
        ratio = self.lesson.data.spread_ratio
        written = self.words.label("ratio", ratio=short(ratio, ".0f" if ratio >= WHOLE else ".1f"))
        figure = key_figure(
            typography.figure(written, size=typography.KEY), self.words.label("spreads"), typography.NAME
        )
        return self.lower.part(left=0.6).put(figure, 0.5, 0.5)
