"""Gamma and beta: a standardized batch stretched and shifted, and brought back exactly."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Circle,
    FadeIn,
    GrowFromCenter,
    LaggedStart,
    Line,
    ManimColor,
    Mobject,
    TransformFromCopy,
    ValueTracker,
    VGroup,
    there_and_back,
)

from bn_math import Lesson, rescale
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.cloud import Cloud
from scenes.kit.charts.slider import Slider
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.typography import FIGURE, HEADING, TITLE
from scenes.kit.script.magnitude import Magnitude, short
from scenes.pieces.batches.measures import Measure
from scenes.pieces.batches.value_line import LEFT_END, RIGHT_END, ValueLine

ABOVE, BELOW = 1.5, -1.7  # the heights of the two lines
DOT, RING = 0.11, 0.17
FEATURE = 0  # A
LEAST = 0.1  # of a line: what takes less of it is a blot
SQUEEZED, STRETCHED, SHIFTED = 0.4, 2.6, 0.25  # where the dials are turned to: beta as a share of the mean
ROWS = (0.95, -1.85)  # of the two lines that sum up the layer
SOURCE = 36.0
COLUMNS = (layout.LEFT_EDGE, -1.2, 2.6)  # of what is done, its equals sign, and its numbers' source


class ScaleShift(BeatScene):
    """Gamma and beta."""

    poster = "undo"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The first mini-batch, before and after standardizing."""
        count = len(lesson.batches.rows[0])
        return {"rows": {name: column[:count] for name, column in data_tables.dealt(lesson).items()}}

    def construct(self) -> None:
        """The dials, the way back, what is learned."""
        self.values = self.lesson.data.features[self.lesson.batches.rows[0], FEATURE]
        self.x_hat = self.lesson.batches.standardized[0][:, FEATURE]
        self.mean = float(self.values.mean())
        self.undoes = float(np.sqrt(self.values.var() + self.lesson.settings.eps))
        self.shift_by = self.shift()
        self.shared = self.shares_a_line()
        self.gamma, self.beta = ValueTracker(1), ValueTracker(0)
        self.turn_the_dials()
        self.undo()
        self.sum_up()

    def turn_the_dials(self) -> None:
        """The standardized batch above, what the two dials make of it below."""
        with self.beat("dials") as beat:
            self.subject = typography.label(self.words.label("subject"))
            heading = layout.heading(typography.title(self.words.title), self.subject)
            ends = self.reached()
            self.above, self.below = (
                ValueLine(ends, ABOVE, "x_hat", self.words),
                ValueLine(ends, BELOW, "z", self.words),
            )
            above = self.above
            before = Cloud(self.x_hat, above.place, self.theme.feature_a, DOT)
            after = Cloud(self.x_hat, self.below.place, self.theme.feature_a, DOT)
            follow(after, (self.gamma, self.beta), lambda _: after.put(self.now(), self.below.place))
            links = self.links()
            self.formula = typography.Formula(self.words.label("formula"), TITLE)
            layout.place(self.formula, layout.LEFT_EDGE, 1.6)
            self.dials = VGroup(self.dial("gamma", self.gamma, -0.2), self.dial("beta", self.beta, -1.75))
            drops = [FadeIn(dot, shift=DOWN * 0.3) for dot in before.dots]
            self.play(FadeIn(heading, above), run_time=0.6)
            self.play(LaggedStart(*drops, lag_ratio=0.05), run_time=1.0)
            self.play(GrowFromCenter(before.tick), GrowFromCenter(before.bar), run_time=0.6)
            self.play(FadeIn(self.below, links), TransformFromCopy(before, after), run_time=0.9)
            self.play(FadeIn(self.formula, *self.dials, lag_ratio=0.2), run_time=0.8)
            self.picture = VGroup(above, before, self.below, links, after)
            beat.next_sentence()
            self.turn("gamma", self.gamma, SQUEEZED, STRETCHED)
            beat.next_sentence()
            self.turn("beta", self.beta, self.shift_by)

    def undo(self) -> None:
        """Rings where the values came from; the dials are set, and the dots land in them."""
        with self.beat("undo") as beat:
            if not self.shared:
                self.show_where_they_came_from()
            rings = VGroup(*(self.ring().move_to(self.below.place(x)) for x in self.values))
            sample = self.ring()
            name = typography.label(self.words.label("original"), self.theme.text)
            key = VGroup(sample, name).arrange(buff=0.2)
            layout.place(key, LEFT_END, BELOW - 0.95)
            self.play(LaggedStart(*map(FadeIn, rings), lag_ratio=0.05), FadeIn(key), run_time=1.0)
            settings = VGroup()
            for part, tracker, value in (
                ("gamma", self.gamma, self.undoes),
                ("beta", self.beta, self.mean),
            ):
                dial = self.dials[len(settings)]
                setting = typography.Formula(self.words.label(f"{part}_undoes"), HEADING, self.theme.ball)
                settings.add(setting.next_to(dial, DOWN, buff=0.2).align_to(dial[0].line, LEFT))
                self.play(FadeIn(setting), run_time=0.3)
                if self.shared:
                    self.play(tracker.animate.set_value(value), run_time=1.5)
                else:
                    tracker.set_value(value)
                    self.play(FadeIn(dial[3]), run_time=0.8)
            beat.next_sentence()
            if not self.shared:
                self.play(FadeIn(self.picture[3:]), run_time=0.6)
            undone = typography.Formula(self.words.label("undone"), FIGURE, self.theme.ball)
            undone.move_to(layout.at(RIGHT_END - 0.7, key.get_y()))
            swell = [ring.animate(rate_func=there_and_back).scale(1.35) for ring in rings]
            self.play(
                rings.animate.set_color(self.theme.ball),
                sample.animate.set_color(self.theme.ball),
                run_time=0.3,
            )
            self.play(LaggedStart(*swell, lag_ratio=0.1), FadeIn(undone), run_time=1.2)
            self.rest = VGroup(rings, key, settings, undone)

    def show_where_they_came_from(self) -> None:
        """A line of the values' own where one line cannot show them and what they became standardized."""
        above, before, below, links, after = self.picture
        line = ValueLine(self.values, BELOW, "z", self.words)
        figures = [
            typography.Text(short(value, ".2f"), HEADING).move_to(dial[2], LEFT)
            for value, dial in zip((self.undoes, self.mean), self.dials, strict=True)
        ]
        knobs = [part for dial in self.dials for part in (dial[0], dial[2])]
        self.fade_out(below, links, after, *knobs, run_time=0.4)
        self.below = line
        for dial, figure in zip(self.dials, figures, strict=True):
            figure.align_to(dial[0].line, LEFT)
            dial.add(figure)
            dial[0].set_opacity(0)
            dial[2].set_opacity(0)
        self.picture = VGroup(above, before, line, links, after)
        self.play(FadeIn(line), run_time=0.4)

    def sum_up(self) -> None:
        """The layer in two lines: what is measured, and what is learned."""
        with self.beat("learned") as beat:
            first = self.row("first", "standardizing", "measured", "from_the_batch", self.theme.bowl, ROWS[0])
            second = self.row("second", "formula", "tuned", "learned", self.theme.ball, ROWS[1])
            self.fade_out(self.subject, *self.picture, self.dials, *self.rest, run_time=0.4)
            self.play(self.formula.animate.become(second[1]), run_time=1.0)
            self.play(FadeIn(first[0], first[1]), run_time=0.6)
            self.pause(beat.time_left - 1.2)
            self.play(FadeIn(second[0]), run_time=0.6)
            beat.next_sentence()
            self.mark(first[1], first[2], ("mu", "variance"), self.theme.bowl)
            beat.next_sentence()
            self.mark(self.formula, second[2], ("gamma", "beta"), self.theme.ball)

    # -- the picture -----------------------------------------------------------------------------------------
    def shift(self) -> float:
        """What beta is turned to: a share of the mean, or as far as the values spread."""
        spread = float(self.x_hat.std()) or 1.0
        share = SHIFTED * self.mean
        return share if 0.4 * spread <= abs(share) <= 4 * spread else float(np.copysign(spread, self.mean))

    def turned(self) -> Array:
        """What the dials make of the standardized values on their way."""
        return np.concatenate([self.x_hat, STRETCHED * self.x_hat, STRETCHED * self.x_hat + self.shift_by])

    def reached(self) -> Array:
        """What the two lines show: what the dials are turned to, and the original values where they fit."""
        return np.concatenate([self.turned(), self.values]) if self.shared else self.turned()

    def shares_a_line(self) -> bool:
        """Whether one line shows the standardized values and the original ones, and neither as a blot."""
        both = float(np.ptp(np.concatenate([self.turned(), self.values])))
        sizes = (float(np.ptp(self.values)), float(np.ptp(self.x_hat)))
        return min(sizes) >= LEAST * both and not Magnitude.of([both]).power

    def now(self) -> Array:
        """What the dials make of the standardized values: z = gamma x_hat + beta."""
        return rescale(self.x_hat, self.gamma.get_value(), self.beta.get_value())

    def links(self) -> Mobject:
        """A thin line from every dot to what becomes of it."""
        lines = VGroup(*(Line(stroke_width=2.0, color=self.theme.rule) for _ in self.x_hat))

        def update(_: Mobject) -> None:
            for line, x, z in zip(lines, self.x_hat, self.now(), strict=True):
                line.put_start_and_end_on(self.above.place(x, -0.68), self.below.place(z, 0.75))

        return follow(lines, (self.gamma, self.beta), update)

    def ring(self) -> Circle:
        """Where a value came from."""
        return Circle(RING, color=self.theme.text, stroke_width=2.5)

    # -- the dials -------------------------------------------------------------------------------------------
    def dial(self, key: str, tracker: ValueTracker, y: float) -> VGroup:
        """A slider with its letter and its value; it reaches a little beyond all that it is turned to."""
        stops = [STRETCHED if key == "gamma" else self.shift_by]
        if self.shared:
            stops.append(self.undoes if key == "gamma" else self.mean)
        span = (min(1.25 * min(stops), 0.0), max(1.25 * max(stops), 0.0))
        slider = Slider(tracker, span, 2.3, self.theme.ball)
        slider.shift(layout.at(layout.LEFT_EDGE + 0.6, y) - slider.start)
        letter = typography.Text(self.words.label(key), FIGURE, self.theme.ball)
        letter.move_to(layout.at(layout.LEFT_EDGE + 0.15, y + 0.02))
        corner = layout.at(layout.LEFT_EDGE + 3.15, y - 0.14)
        if key == "beta" and abs(self.shift_by) < 0.01:
            figure = Measure(tracker, lambda it: it, abs(self.shift_by), self.shift_by)
            return VGroup(slider, letter, figure.put(corner + figure.room * RIGHT))
        value = Counter(tracker, ".2f", HEADING)
        value.shift(corner - value.corner)
        return VGroup(slider, letter, value)

    def turn(self, part: str, tracker: ValueTracker, *stops: float) -> None:
        """Turn a dial, its letter in the formula lit."""
        self.play(self.formula.select(part).animate.set_color(self.theme.ball), run_time=0.3)
        for stop in stops:
            self.play(tracker.animate.set_value(stop), run_time=1.3)

    # -- the sum ---------------------------------------------------------------------------------------------
    def row(self, name: str, formula: str, symbols: str, source: str, color: ManimColor, y: float) -> VGroup:
        """What is done, its formula, and where its numbers come from."""
        done = typography.Text(self.words.label(name), FIGURE, weight="light")
        done.move_to(layout.at(COLUMNS[0], y), LEFT)
        written = typography.Formula(self.words.label(formula), 84)
        written.shift(layout.at(COLUMNS[1], y) - written.select("equals").get_center())
        which = typography.Text(self.words.label(symbols), FIGURE, color)
        whence = typography.label(self.words.label(source), self.theme.text, SOURCE)
        note = VGroup(which, whence.next_to(which, DOWN, buff=0.25, aligned_edge=LEFT))
        return VGroup(done, written, note.move_to(layout.at(COLUMNS[2], y), LEFT))

    def mark(
        self, formula: typography.Formula, note: Mobject, parts: tuple[str, str], color: ManimColor
    ) -> None:
        """Light symbols of a formula and say where they come from."""
        lit = [formula.select(part).animate.set_color(color) for part in parts]
        self.play(*lit, FadeIn(note), run_time=0.8)
