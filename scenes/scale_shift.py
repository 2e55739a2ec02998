"""Gamma and beta: a standardized batch stretched and shifted, and brought back exactly."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Circle,
    FadeIn,
    FadeOut,
    LaggedStart,
    Line,
    Mobject,
    ValueTracker,
    VGroup,
)

from bn_math import rescale
from scenes.kit import layout, numbers, typography
from scenes.kit.beats import BeatScene
from scenes.kit.charts import RealLine
from scenes.kit.cloud import Cloud
from scenes.kit.counter import Counter
from scenes.kit.slider import Slider
from scenes.kit.space import follow

LEFT_END, RIGHT_END = -1.2, layout.RIGHT_EDGE  # of the two lines
ABOVE, BELOW = 1.35, -1.7  # their heights
FEATURE = 0  # A
STRETCHED, SHIFTED = 2.6, 0.25  # where the dials are turned to: gamma, and beta as a share of the mean


class ScaleShift(BeatScene):
    """Scene 5: gamma and beta."""

    poster = "undo"

    def construct(self) -> None:
        """The dials, the way back, what is learned."""
        self.values = self.lesson.data.features[self.lesson.batches[0], FEATURE]
        self.x_hat = self.lesson.standardized_batches[0][:, FEATURE]
        self.gamma, self.beta = ValueTracker(1), ValueTracker(0)
        self.turn_the_dials()
        self.undo()
        self.sum_up()

    def turn_the_dials(self) -> None:
        """The standardized batch above, what the two dials make of it below."""
        with self.beat("dials") as beat:
            self.subject = typography.label(self.words.label("subject"))
            heading = layout.heading(typography.title(self.words.title), self.subject)
            above, self.below = self.line(ABOVE, "x_hat"), self.line(BELOW, "z")
            before = Cloud(self.x_hat, above.at, self.theme.feature_a, radius=0.115)
            self.after = Cloud(self.x_hat, self.below.at, self.theme.feature_a, radius=0.115)
            follow(self.after, (self.gamma, self.beta), self.rescaled)
            links = self.links(above)
            self.formula = typography.Formula(self.words.label("formula"), 54)
            layout.place(self.formula, layout.LEFT_EDGE, 1.55)
            self.dials = VGroup(self.dial("gamma", self.gamma, -0.1), self.dial("beta", self.beta, -1.5))
            self.play(FadeIn(heading, above, before), run_time=0.8)
            self.play(FadeIn(self.below, links, self.after), run_time=0.8)
            self.play(FadeIn(self.formula, self.dials), run_time=0.6)
            self.picture = VGroup(above, before, self.below, links, self.after)
            beat.next_sentence()
            self.turn("gamma", self.gamma, STRETCHED)
            beat.next_sentence()
            self.turn("beta", self.beta, SHIFTED * float(self.values.mean()))

    def undo(self) -> None:
        """Rings where the values came from; the dials are set, and the dots land in them."""
        with self.beat("undo") as beat:
            rings = VGroup(
                *(
                    Circle(0.16, color=self.theme.text, stroke_width=2.5).move_to(self.below.at(x))
                    for x in self.values
                )
            )
            name = typography.label(self.words.label("original"), self.theme.text)
            name.next_to(self.below.line, DOWN, buff=0.75).align_to(self.below.line, RIGHT)
            self.play(LaggedStart(*map(FadeIn, rings), lag_ratio=0.05), FadeIn(name), run_time=0.8)
            gamma = float(np.sqrt(self.values.var() + self.lesson.eps))
            settings = VGroup(
                *(
                    typography.Formula(self.words.label(key), typography.HEADING)
                    for key in ("gamma_undoes", "beta_undoes")
                )
            )
            for dial, setting in zip(self.dials, settings, strict=True):
                setting.next_to(dial, DOWN, buff=0.22, aligned_edge=LEFT).set_color(self.theme.ball)
            self.play(self.gamma.animate.set_value(gamma), FadeIn(settings[0]), run_time=1.4)
            mean = float(self.values.mean())
            self.play(self.beta.animate.set_value(mean), FadeIn(settings[1]), run_time=1.4)
            beat.next_sentence()
            self.play(rings.animate.set_color(self.theme.ball), run_time=0.6)
            self.rest = VGroup(rings, name, settings)

    def sum_up(self) -> None:
        """The layer in two lines: what is measured, and what is learned."""
        with self.beat("learned") as beat:
            self.play(FadeOut(self.subject, self.picture, self.dials, self.rest, self.formula), run_time=0.5)
            first = typography.Formula(self.words.label("standardizing"), 84)
            second = typography.Formula(self.words.label("formula"), 84)
            notes = [
                typography.Text(self.words.label(key), typography.HEADING)
                for key in ("from_the_batch", "learned")
            ]
            for note, color in zip(notes, (self.theme.bowl, self.theme.ball), strict=True):
                note.set_color(color)
            for formula, note, y in zip((first, second), notes, (1.15, -1.65), strict=True):
                formula.move_to(layout.at(0, y))
                note.move_to(layout.at(0, y - (1.3 if formula is first else 0.95)))
            self.play(FadeIn(first), run_time=0.6)
            self.play(FadeIn(second), run_time=0.6)
            beat.next_sentence()
            measured = [first.select(part) for part in ("mu", "variance")]
            self.play(*(part.animate.set_color(self.theme.bowl) for part in measured), FadeIn(notes[0]))
            learned = [second.select(part) for part in ("gamma", "beta")]
            self.play(*(part.animate.set_color(self.theme.ball) for part in learned), FadeIn(notes[1]))

    # -- the pieces ------------------------------------------------------------------------------------------
    def line(self, height: float, key: str) -> RealLine:
        """A line that reaches from the least standardized value to the largest original one."""
        ends = np.concatenate([self.x_hat, self.values, STRETCHED * self.x_hat])
        room = 0.05 * float(np.ptp(ends))
        span = (float(ends.min()) - room, float(ends.max()) + room)
        line = RealLine(span, RIGHT_END - LEFT_END, numbers.ticks(*span, 7).tolist())
        line.shift(layout.at(LEFT_END, height) - line.at(span[0]))
        name = typography.Text(self.words.label(key), typography.FIGURE)
        line.add(name.move_to(layout.at(LEFT_END + 0.1, height + 0.95)))
        return line

    def rescaled(self, cloud: Mobject) -> None:
        """The dots below: z = gamma x_hat + beta."""
        assert isinstance(cloud, Cloud)
        cloud.put(self.now(), self.below.at)

    def now(self) -> np.ndarray:
        """What the dials make of the standardized values."""
        return rescale(self.x_hat, self.gamma.get_value(), self.beta.get_value())

    def links(self, above: RealLine) -> VGroup:
        """A thin line from every dot to what becomes of it."""
        lines = VGroup(*(Line(stroke_width=1.5, color=self.theme.rule) for _ in self.x_hat))

        def update(_: Mobject) -> None:
            for line, x, y in zip(lines, self.x_hat, self.now(), strict=True):
                line.put_start_and_end_on(above.at(x, -0.6), self.below.at(y, 0.62))

        follow(lines, (self.gamma, self.beta), update)
        return lines

    def dial(self, key: str, tracker: ValueTracker, y: float) -> VGroup:
        """A slider with its letter and its value."""
        reach = 1.3 * max(float(self.values.std()), float(self.values.mean()), STRETCHED)
        slider = Slider(tracker, (0.0, reach), 2.3, self.theme.ball)
        slider.shift(layout.at(layout.LEFT_EDGE + 0.6, y) - slider.start)
        letter = typography.Text(self.words.label(key), typography.FIGURE, self.theme.ball)
        letter.move_to(layout.at(layout.LEFT_EDGE + 0.15, y + 0.02))
        value = Counter(tracker, ".2f", typography.HEADING)
        value.shift(layout.at(layout.LEFT_EDGE + 3.15, y - 0.14) - value.corner)
        return VGroup(slider, letter, value)

    def turn(self, part: str, tracker: ValueTracker, value: float) -> None:
        """Turn a dial, its letter in the formula lit."""
        self.play(self.formula.select(part).animate.set_color(self.theme.ball), run_time=0.3)
        self.play(tracker.animate.set_value(value), run_time=1.5)
