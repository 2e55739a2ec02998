"""On the bowl the ball is home at once; how much each half of standardizing did, and what it leaves."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import RIGHT, Animation, FadeIn, FadeOut, Group, Mobject, ValueTracker, VGroup

from bn_math import LeastSquares, Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted_formula
from scenes.kit.lettering.places import Box
from scenes.kit.script.magnitude import short, written_r
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.pieces import descents
from scenes.pieces.trough.close_up import CloseUp
from scenes.pieces.trough.level_line import LevelLine, MiddleLine
from scenes.pieces.trough.lying_ellipse import LyingEllipse
from scenes.pieces.trough.moments import Moments, shape_box, side_boxes
from scenes.pieces.trough.moving_rows import MovingRows
from scenes.pieces.trough.parked import Parked, window_of
from scenes.pieces.trough.weight_names import weight_names

THINNEST, WIDEST = 0.14, 0.5  # of an ellipse, in picture units
DRIFT = 5.0  # degrees


class Bowl(BeatScene):
    """Scene 7: the bowl."""

    poster = "descent"
    begins_on: ClassVar[str | None] = "parked_bowl"
    ends_on: ClassVar[str | None] = "bowl_from_above"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The bowl, the descent, and the curvatures."""
        return data_tables.landscape(lesson.standardized)

    def construct(self) -> None:
        """One breath, and the ball goes; the same model?; each half; what is left."""
        self.stage = self.lesson.standardized
        self.begin_on_the_parked_ball()
        self.descend()
        self.compare_the_models()
        self.take_the_halves_apart()
        self.see_what_is_left()
        self.hand_over(self.trough)

    def begin_on_the_parked_ball(self) -> None:
        """Just what the shot ends on."""
        window = window_of(self.stage.loss, self.stage.start)
        view = Moments(self.lesson, shape_box(self.places)).viewpoint(1.0)
        self.parked = Parked(window, view, self.stage.descent.points)
        self.trough, self.clock = self.parked.trough, self.parked.clock
        self.weights = weight_names(self.words, self.trough, ValueTracker(1.0))
        self.add(*self.parked, *self.weights)

    def descend(self) -> None:
        """One breath, then every step one by one; the end of it under a glass."""
        with self.beat("descent") as beat:
            self.show_heading()
            self.count = self.step_counter()
            self.play(FadeIn(self.count), run_time=0.5)
            self.play(self.parked.arrow.show(0).animate.show(1), run_time=max(beat.time_left - 1.2, 1.0))
            self.glass = self.close_up()
            self.trail = RunTrail(self.trough, self.parked.run, self.clock)
            self.play(
                FadeOut(self.parked.arrow), FadeOut(self.parked.below), FadeIn(self.glass), run_time=0.4
            )
            self.add(self.trail, self.parked.ball)
            for _ in range(min(self.last, descents.FIRST)):
                self.play(self.clock.animate.increment_value(1), run_time=0.7)
            beat.next_sentence()
            if self.clock.get_value() < self.last:
                self.play(self.race(), run_time=max(beat.time_left, 3.0))
            else:
                self.drift(beat.time_left)

    def compare_the_models(self) -> None:
        """The new weights are the old ones times sigma: on centred data it is one model."""
        with self.beat("model") as beat:
            self.fade_out(self.glass, self.count, run_time=0.4)
            rows = self.products()
            self.play(FadeIn(rows[0]), run_time=0.5)
            self.drift(0.4 * beat.time_left)
            for row in rows[1:]:
                self.play(FadeIn(row, shift=RIGHT * 0.2), run_time=0.6)
            self.drift(beat.time_left)
            beat.next_sentence()
            self.drift(beat.time_left)
            self.shown = Group(rows, *self.weights)

    def take_the_halves_apart(self) -> None:
        """From above, a line of equal loss; laid down as it was, centred, divided, and both."""
        with self.beat("parts") as beat:
            gone = (self.shown, self.trail, self.parked.ball)
            circle = LevelLine(self.trough, self.parked.start)
            self.play(
                *map(FadeOut, gone),
                self.parked.view.animate.look(zenith=0.0, perspective=0.0),
                FadeIn(circle),
                run_time=1.2,
            )
            raw, centered, scaled, both = self.ellipses()
            self.play(FadeOut(self.trough), FadeOut(circle), FadeIn(Group(*raw)), run_time=0.6)
            self.play(raw[0].time.animate.set_value(0.0), run_time=max(beat.time_left, 2.0))
            beat.next_sentence()
            self.come_out_of(raw, centered, max(beat.time_left / 2, 1.2))
            self.come_out_of(raw, scaled, max(beat.time_left, 1.2))
            beat.next_sentence()
            self.come_out_of(centered, both, max(beat.time_left, 1.5))
            self.shown = Group(*raw, *centered, *scaled, *both)

    def see_what_is_left(self) -> None:
        """The bowl from straight above, the correlation of the rows, and the ratio that follows from it."""
        with self.beat("left") as beat:
            self.play(FadeOut(self.shown), run_time=0.4)
            view = framed(self.trough.window, self.places.second, azimuth=-90.0, zenith=0.0, perspective=0.0)
            self.parked.view.become(view)
            lines = (
                MiddleLine(self.trough, across=True).show(0),
                MiddleLine(self.trough, across=False).show(0),
            )
            first = self.places.first
            rows = self.standardized_rows(first.part(bottom=0.34))
            self.play(FadeIn(self.trough), FadeIn(rows[0]), FadeIn(rows[1]), run_time=0.6)
            self.add(*lines)
            self.play(rows[0].animate.show(1), run_time=1.2)
            for line in lines:
                self.play(line.animate.show(1), run_time=1.0)
            correlation, ratio = self.formulas(first.part(top=0.3))
            self.play(FadeIn(correlation), run_time=0.5)
            beat.next_sentence()
            self.play(FadeIn(ratio, shift=RIGHT * 0.2), run_time=0.6)

    # -- the pieces --
    @property
    def last(self) -> int:
        """The last step that is drawn."""
        return len(self.parked.run) - 1

    def step_counter(self) -> VGroup:
        """The steps that the ball has made, in the ball's color."""
        counter = Counter(self.clock, "d", typography.KEY, self.theme.ball, value=np.floor)
        steps = float(self.last if self.stage.steps is None else self.stage.steps)
        name = self.words.label("steps_taken" if steps == self.last else "steps_drawn", steps=steps)
        figure = key_figure(counter, name, typography.NAME)
        _, box = self.count_boxes
        return box.put(figure, 0.0, 1.0)

    @property
    def count_boxes(self) -> tuple[Box, Box]:
        """Where the glass is, and the counter."""
        glass, figure = side_boxes(self.places)
        return glass, figure

    def close_up(self) -> CloseUp:
        """The glass beside the bowl."""
        box, _ = self.count_boxes
        radius = 0.47 * min(box.width, box.height)
        least = self.stage.tolerance / 10
        return CloseUp(self.trough.window, self.parked.run, self.clock, box.center, radius, least)

    def race(self) -> Animation:
        """The rest of a long descent."""
        return self.clock.animate(rate_func=lambda t: t**3).set_value(self.last).build()

    def drift(self, run_time: float) -> None:
        """The viewer walks a little, as long as something is said."""
        if run_time > 0.3:
            azimuth = float(np.degrees(self.parked.view.points[0, 0])) - DRIFT * min(run_time / 4, 1)
            self.play(self.parked.view.animate.look(azimuth=azimuth), run_time=run_time)

    def products(self) -> VGroup:
        """The rule, and for each weight its numbers."""
        side = self.places.side
        rows: list[Mobject] = [fitted_formula(self.words.label("rule"), side.width, 48, typography.NAME)]
        colors = (self.theme.feature_a, self.theme.feature_b)
        count, ddof = self.lesson.data.count, self.lesson.settings.ddof
        for axis, color in enumerate(colors):
            before, after = (
                float(stage.loss.minimizer[axis]) for stage in (self.lesson.centered, self.stage)
            )
            sigma = float(self.lesson.data.stds[axis]) * np.sqrt(count / (count - ddof))
            values = {
                "before": short(before, ".2f"),
                "sigma": short(sigma, ".2f"),
                "after": short(after, ".1f"),
            }
            rows.append(typography.figure(self.words.label("product", **values), color, 44))
        return side.stack(*rows, gap=0.55)

    def ellipses(self) -> list[tuple[LyingEllipse, VGroup]]:
        """Raw, centred, divided and both: each a line of equal loss with its ratio and name."""
        path, data, ddof = self.lesson.standardizing, self.lesson.data, self.lesson.settings.ddof
        centering = path.centering

        def aspect(time: float) -> float:
            return path.loss(min(max(time, 0.0), 1.0)).spectrum.contour_aspect

        def divided(share: float) -> float:
            return LeastSquares(data.partly_standardized(0, share, ddof)).spectrum.contour_aspect

        ways = (
            ("raw", aspect, 1.0, self.theme.valley),
            ("centered", lambda share: aspect(share * centering), 0.0, self.theme.text),
            ("scaled", divided, 0.0, self.theme.text),
            ("standardized", lambda share: aspect(centering + share * (1 - centering)), 0.0, self.theme.bowl),
        )
        box = self.places.whole
        longest = max(stage.spectrum.contour_aspect for stage in self.lesson.stages)
        width = float(np.clip(box.width / longest, THINNEST, WIDEST))
        found = []
        for index, (name, function, begin, color) in enumerate(ways):
            place, time = box.part(top=1 - index / 4, bottom=0.75 - index / 4), ValueTracker(begin)
            ellipse = LyingEllipse(place.left, place.at(0, 0.2)[1], width, function, time, color)
            counter = Counter(time, "3s", 56, color, value=function, align_right=True)
            to_one = typography.figure(self.words.label("to_one"), color, 56)
            label = typography.name(self.words.label(name), self.theme.muted)
            room = counter.width_of(longest)
            counter.shift(place.at(0, 0.55) + RIGHT * room - counter.corner)
            typography.align_baseline(to_one, float(counter.corner[1]), left=float(counter.corner[0]) + 0.15)
            typography.align_baseline(label, float(counter.corner[1]), left=to_one.get_right()[0] + 0.4)
            found.append((ellipse, VGroup(counter, to_one, label)))
        return found

    def come_out_of(
        self, source: tuple[LyingEllipse, VGroup], goal: tuple[LyingEllipse, VGroup], run_time: float
    ) -> None:
        """One ellipse leaves another for its own place, and takes its own shape."""
        ellipse, words = goal
        y, ellipse.y = ellipse.y, source[0].y
        self.add(ellipse)
        self.play(ellipse.animate.stand(y), FadeIn(words), run_time=0.35 * run_time)
        self.play(ellipse.time.animate.set_value(1.0), run_time=0.65 * run_time)

    def standardized_rows(self, box: Box) -> tuple[MovingRows, VGroup]:
        """The standardized rows on their axes."""
        rows = MovingRows(Moments(self.lesson, box), ValueTracker(1.0), box).show(0)
        colors = (self.theme.feature_a, self.theme.feature_b)
        labels = [
            typography.name(self.words.label(key), color)
            for key, color in zip(("axis_a", "axis_b"), colors, strict=True)
        ]
        return rows, rows.named((labels[0], labels[1]))

    def formulas(self, box: Box) -> tuple[Mobject, Mobject]:
        """The correlation, and the condition number that follows from it."""
        r = written_r(self.lesson.correlation)
        correlation = typography.Formula(self.words.label("correlation", r=r), 52)
        ratio = typography.Formula(self.words.label("ratio"), 52, self.theme.bowl)
        box.put(VGroup(correlation, ratio).arrange(RIGHT, buff=0.8), 0.5, 0.0)
        return correlation, ratio
