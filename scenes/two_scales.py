"""The data: one row, its dot, all dots, what is left once both axes agree, and how far the rows lie apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    DashedLine,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    Line,
    Rectangle,
    Transform,
    ValueTracker,
    VGroup,
    there_and_back,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.features import feature_colors, powers_of
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.pieces.rows.feature_plane import FeaturePlane, RowCloud, strip
from scenes.pieces.rows.plane_axes import OneStep, PlaneAxis
from scenes.pieces.rows.row_one import RowOne
from scenes.pieces.rows.row_table import RowTable
from scenes.pieces.rows.spread_bars import SpreadBars
from scenes.pieces.rows.spread_count import SpreadCount
from scenes.pieces.rows.spread_squares import EVEN, NEAR, OUT, SHUT, SpreadSquares

NAMED_AT = (0.5, 0.8)  # of the sentence: the two features
SHOWN_AT = (0.3, 0.62)  # of the sentence: a step on the one axis, and on the other
SWELLS = 1.25  # a number that is named
FORMS = ("", "_short")  # of a bar's name
BREATH = 0.6  # seconds for which the mean square stands
FILLS = 0.7  # of its room, by what is enlarged
NUMBERS = 0.55  # height of the lower axis's numbers, in picture units


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
        """One row, its dot, all dots, both axes to one scale, the two spreads."""
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
            room = self.places.whole
            self.table = RowTable(
                self.lesson.data, self.words, room.part(0.16, 0.84) if room.is_wide else room
            )
            row = self.table.first
            self.play(
                Transform(self.row.ring, self.table.frame()),
                self.row.dot.animate.move_to(row).scale(0.3).set_opacity(0),
                FadeIn(row, target_position=self.row.place, scale=0.2),
                *(FadeIn(it, shift=0.1 * UP) for it in self.table.heads),
                run_time=0.9,
            )
            self.lines = self.table.others
            come = [FadeIn(line, shift=0.3 * DOWN) for line in (*self.lines, self.table.rows_go_on)]
            self.play(LaggedStart(*come, lag_ratio=0.25), run_time=0.8)
            for number, share in zip(row, NAMED_AT, strict=True):
                self.pause(beat.time_left - (1 - share) * length)
                self.play(number.animate(rate_func=there_and_back).scale(SWELLS), run_time=0.4)

    def draw_to_scale(self) -> None:
        """The rows become dots; each axis fills the picture at first, then both are drawn to one scale."""
        with self.beat("scales") as beat:
            share = ValueTracker(0.0)
            plane = FeaturePlane(self.lesson.data, self.plot)
            self.axes = VGroup(*(PlaneAxis(plane, share, lies) for lies in (True, False)))
            self.names = self.axis_names(plane)
            self.cloud = RowCloud(plane)
            self.make_row_one_a_dot()
            self.let_the_others_rain(max(beat.time_left, 1.2))
            beat.next_sentence()
            length = beat.time_left
            steps = [OneStep(plane, share, lies) for lies in (False, True)]
            for step, at, side in zip(steps, SHOWN_AT, (DOWN, LEFT), strict=True):
                self.pause(beat.time_left - (1 - at) * length)
                self.play(GrowFromEdge(step, side), *map(FadeIn, step.number), run_time=0.8)
                self.axes.add(step)
            beat.next_sentence()
            follow(self.cloud, (share,), lambda _: self.cloud.put(share.get_value()))
            said = (FadeOut(number, run_time=0.5) for step in steps for number in step.number)
            self.play(share.animate.set_value(1.0), *said, run_time=max(beat.time_left, 2.2))
            self.cloud.clear_updaters()

    def compare_the_spreads(self) -> None:
        """For each feature a square whose side is its spread, made a bar; how often one fits the other."""
        with self.beat("spreads") as beat:
            plane = FeaturePlane(self.lesson.data, self.places.whole)
            there = RowCloud(plane, share=1.0)
            self.play(*map(FadeOut, (*self.axes, *self.names)), *self.moves_to(there), run_time=0.3)
            bars = SpreadBars(plane, float(self.lesson.data.stds.max() * plane.units(1.0)[0]))
            low, high = (int(it) for it in np.argsort(self.lesson.data.stds))
            self.taken: list[Rectangle] = []
            self.measure(bars, high, (1.3, 1.2, 0.4))
            beat.next_sentence()
            self.measure(bars, low, (0.6, 0.8, 0.5))
            count = SpreadCount(bars, self.words, self.lower)
            up = RowCloud(FeaturePlane(self.lesson.data, self.upper), share=1.0)
            lifted = [
                Transform(bar, count.lying[it]) for bar, it in zip(self.taken, (high, low), strict=True)
            ]
            self.play(*lifted, *self.moves_to(up), *map(FadeIn, count.names), run_time=0.6)
            beat.next_sentence()
            come = [FadeIn(it, run_time=0.3) for it in (count.count, count.to_one)]
            self.play(*come, *count.counting(min(max(0.5 * beat.time_left, 1.0), 1.6)))
            figure = VGroup(count.count, count.to_one)
            self.play(figure.animate(rate_func=there_and_back).scale(SWELLS), run_time=0.9)
            self.gone = [*self.taken, *count.names, *count.tiles[1:], count.count, count.to_one]

    def measure(self, bars: SpreadBars, feature: int, pace: Sequence[float]) -> None:
        """Squares on the rows' ways from their mean, the mean of those, and its side as a bar at the rows."""
        stage, plane, room = ValueTracker(0.0), bars.plane, self.places.whole.part(bottom=0.06, top=0.86)
        bar, lies = bars.in_the_plane(feature), feature == plane.wide
        sides = (bar.get_bottom()[1], bar.get_top()[1]) if lies else (bar.get_left()[0], bar.get_right()[0])
        enlarged = bars.enlarged(feature, FILLS * room.height, self.places.whole.height)
        squares = SpreadSquares(plane, feature, (float(sides[0]), float(sides[1])), stage, enlarged)
        cloud, before = self.cloud, [float(it.get_y()) for it in self.taken]
        self.add(squares)
        self.bring_to_front(cloud)
        follow(cloud, (stage,), lambda _: cloud.put_at(squares.places()))
        mean, aside = self.mean_line(squares, room), [it.animate.set_y(room.bottom) for it in self.taken]
        if enlarged > 1:
            said = self.words.label("enlarged", times=float(enlarged))
            mean.add(self.places.whole.put(typography.figure(said), 1, 1))
        near = stage.animate.set_value(NEAR)
        self.play(near, *aside, FadeIn(mean), run_time=0.5 if enlarged > 1 else 0.4)
        self.play(stage.animate.set_value(OUT), run_time=pace[0])
        name = self.spread_name(squares)
        self.play(stage.animate.set_value(EVEN), FadeIn(name, shift=0.2 * RIGHT), run_time=pace[1])
        self.pause(BREATH)
        back = [it.animate.set_y(y) for it, y in zip(self.taken, before, strict=True)]
        shut = stage.animate.set_value(SHUT)
        self.play(shut, *back, FadeOut(mean), FadeOut(name), run_time=pace[2])
        cloud.clear_updaters()
        self.remove(squares)
        self.add(bar)
        self.taken.append(bar)

    def mean_line(self, squares: SpreadSquares, room: Box) -> VGroup:
        """A line through the mean, across what is measured; its name where it stands upright."""
        ends = np.zeros((2, 3))
        ends[:, squares.axis] = squares.base
        ends[:, 1 - squares.axis] = (room.top, room.bottom) if squares.lies else (room.left, room.right)
        line = VGroup(DashedLine(*ends, dash_length=0.12, color=self.theme.text, stroke_width=3))
        if squares.lies:
            line.add(typography.figure(self.words.label("mean")).next_to(line, UP, buff=0.15))
        return line

    def spread_name(self, squares: SpreadSquares) -> typography.Text:
        """What the mean square's side is, beside it or above it."""
        key, color = "ab"[squares.feature], feature_colors()[squares.feature]
        ways = [self.words.label(f"spread_{key}{form}") for form in FORMS]
        name = fitted(ways, 0.4 * self.places.whole.width, color, typography.FIGURE, typography.NAME)
        if squares.lies:
            name.next_to([squares.end_when_even, squares.top_when_even, 0], RIGHT, buff=0.45)
            return name.shift(0.5 * name.height * DOWN)
        top = float(squares.base + squares.enlarged * max(squares.ways.max(), squares.one_spread))
        return name.next_to([squares.middle[0], top, 0], UP, buff=0.35)

    def keep_the_strip(self) -> None:
        """The rows alone are left, on one scale, in the middle of the picture."""
        self.play(
            *map(FadeOut, self.gone),
            *self.moves_to(strip(self.lesson.data, self.places)),
            run_time=0.6,
        )
        self.hand_over(self.cloud)

    # -- the plane -------------------------------------------------------------------------------------------
    @property
    def plot(self) -> Box:
        """Where the rows are drawn, with room for the axes' numbers and names."""
        whole = self.places.whole
        return whole.part(0.07, 1.0, 0.2, 0.88) if whole.is_wide else whole.part(0.14, 0.97, 0.2, 0.88)

    def axis_names(self, plane: FeaturePlane) -> list[typography.Text]:
        """What the axes are called: below the one, above the other."""
        box, whole, made = plane.box, self.places.whole, []
        for feature in plane.order:
            power, key = powers_of(self.lesson.data)[feature], "ab"[feature]
            ways = [self.words.label(f"axis_{key}"), self.words.label(f"{key}_short")]
            if power.power:
                ways = [f"{way}, {self.words.label('in_powers', power=power.markup)}" for way in ways]
            color = (self.theme.feature_a, self.theme.feature_b)[feature]
            made.append(fitted(ways, 0.9 * box.width, color, typography.FIGURE, typography.NAME))
            layout.fit_width(made[-1], box.width)
        Box(box.left, box.right, whole.bottom, box.bottom - NUMBERS).put(made[0])
        whole.put(made[1], 0, 1)
        made[1].set_x(max(box.left, float(made[1].get_x())))
        return made

    def make_row_one_a_dot(self) -> None:
        """Its two numbers go to the axes, and where they meet is its dot; the other rows shrink to dots."""
        row, plane = self.cloud.first, self.cloud.plane
        x, y, _ = row.place
        cells = [self.table.first[feature] for feature in plane.order]
        spots = [[x + 0.15, plane.box.bottom + 0.15, 0], [plane.box.left + 0.15, y + 0.15, 0]]
        goals = []
        for number, spot in zip(cells, spots, strict=True):
            goal = number.copy().scale(0.8)
            goals.append(goal.shift(np.array(spot) - goal.get_corner(DOWN + LEFT)))
        small = [FadeOut(line, scale=0.2) for line in (*self.lines, self.table.rows_go_on)]
        self.play(
            *map(Transform, cells, goals),
            FadeOut(self.row.ring),
            *map(FadeOut, self.table.heads),
            *small,
            FadeIn(self.axes),
            *map(FadeIn, self.names),
            run_time=0.7,
        )
        self.remove(self.row)
        ways = [
            Line(start, row.place, color=color, stroke_width=4)
            for start, color in zip(
                ([x, plane.box.bottom, 0], [plane.box.left, y, 0]),
                (feature_colors()[feature] for feature in plane.order),
                strict=True,
            )
        ]
        self.play(*map(Create, ways), run_time=0.4)
        self.play(FadeIn(row, scale=2.0), run_time=0.35)
        self.leaving = [*ways, *cells]

    def let_the_others_rain(self, duration: float) -> None:
        """Every other row's dot falls to its place, from outside of the picture."""
        others, row, there = self.cloud.others, self.cloud.first, self.cloud.plane.places(0.0)[1:]
        above = there.copy()
        above[:, 1] = self.places.frame.top + others.height
        fall = LaggedStart(*others.put(above).move(there), lag_ratio=0.02, run_time=duration)
        self.play(fall, *(FadeOut(it, run_time=0.5) for it in self.leaving))
        self.remove(others, row)
        self.add(self.cloud)

    def moves_to(self, there: RowCloud) -> list[Animation]:
        """The rows go to where those of another cloud are."""
        return [Transform(self.cloud.others, there.others), Transform(self.cloud.first, there.first)]

    # -- the spreads -----------------------------------------------------------------------------------------
    @property
    def upper(self) -> Box:
        """Where the rows are while their spreads are compared."""
        return self.places.whole.part(bottom=0.56)

    @property
    def lower(self) -> Box:
        """Where the two bars lie, and the figure beside them."""
        return self.places.whole.part(top=0.46)
