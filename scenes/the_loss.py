"""The loss: a guess at two weights, how every row misses, and the landscape of all guesses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import DOWN, UP, FadeIn, FadeOut, Transform, ValueTracker, VGroup, smooth

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.script import numbers
from scenes.kit.surface.trough import floor_names
from scenes.kit.surface.trough.framing import MET, framed
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import DEEP, SHALLOW, CutWindow
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.misses import Misses, RowChart
from scenes.pieces.guess.pin import Pin, TopCurve
from scenes.pieces.guess.plane import GuessPlane
from scenes.pieces.row_dots import RowDots
from scenes.pieces.rows.feature_plane import strip

LEAN = 30.0  # degrees off the trough's axis, from where both curves are seen
DRIFT = 7.0  # degrees by which the viewer goes round while the rows are spoken of
BELOW = 0.2  # from J's figure to what lies below it
THIN = 0.02  # of the length, where the trough begins as the curve that is swept


def early(time: float) -> float:
    """Done by the middle of the time."""
    return float(smooth(min(2 * time, 1.0)))


class TheLoss(BeatScene):
    """Scene 3: what a guess costs, and the landscape that all guesses make."""

    poster = "pull"
    begins_on = "strip"
    ends_on = "trough"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The loss over the weights."""
        return {"loss": data_tables.surface(lesson.raw)}

    def construct(self) -> None:
        """A guess, its misses, their mean, a height; then every other guess."""
        self.set_up()
        self.take_a_guess()
        self.miss()
        self.level_out()
        self.pull()
        self.sweep()
        self.hand_over(self.trough, self.whole.floor)

    def set_up(self) -> None:
        """Rows on the left, the plane of guesses on the right; what grows does so with two trackers."""
        lesson, stage = self.lesson, self.lesson.raw
        self.guess = Guess(stage.loss, stage.start)
        self.window = self.guess.window
        self.length, self.depth = ValueTracker(THIN), ValueTracker(DEEP)
        lean = self.window.azimuth(LEAN)
        self.view = framed(self.window, self.places.second.part(0.06, 1.02, -0.02, 1.02), lean, MET)
        self.whole = Trough(self.full, self.view, follows=(self.depth,))
        self.trough = Trough(self.grown, self.view, follows=(self.length, self.depth))
        self.trough.remove(self.trough.floor)
        self.plane = GuessPlane(self.whole)
        self.key = self.figure()
        self.chart = self.rows_below(self.key)
        self.misses = Misses(self.chart)
        self.pin = Pin(self.guess, self.plane, self.window, self.view)
        self.cloud = strip(lesson.data, self.places)
        self.add(self.cloud)

    def full(self) -> CutWindow:
        """The window at the depth of this moment."""
        return replace(self.window, top=self.window.top * self.depth.get_value() / DEEP)

    def grown(self) -> CutWindow:
        """The same, as far as it is swept."""
        return replace(self.full(), length=self.window.length * self.length.get_value())

    def take_a_guess(self) -> None:
        """The rows line up by their target; beside them lies the plane of all pairs of weights."""
        with self.beat("weights") as beat:
            self.show_heading()
            self.pause(0.4)
            self.line_up(max(beat.time_left - 0.6, 1.5))
            self.axis = self.named("rows", self.theme.muted)
            self.axis.next_to(self.chart.box.at(0.5, 0), DOWN, buff=0.2)
            self.play(FadeIn(self.axis), run_time=0.4)
            beat.next_sentence()
            names = [self.named(key, color) for key, color in self.weights]
            self.names = [floor_names.along_edge(name, self.plane, axis) for axis, name in enumerate(names)]
            self.add(self.plane)
            self.play(FadeIn(self.plane), run_time=0.5)
            self.play(*map(FadeIn, self.names), run_time=0.4)
            self.drift(max(beat.time_left, 1.0))
            beat.next_sentence()
            self.add(self.pin)
            self.play(FadeIn(self.pin, shift=0.6 * UP), run_time=0.5)
            self.bring_rows_to_front(self.misses)
            self.play(self.misses.animate.show(said=1.0), run_time=0.8)

    def miss(self) -> None:
        """Truth and guess part; row 1's miss becomes a square, then every row's does."""
        with self.beat("misses") as beat:
            told, true = self.named("said", self.theme.muted), self.named("true", self.theme.text)
            marks = [(told, self.chart.y(self.chart.said)), (true, self.chart.places[:, 1])]
            above = sorted(marks, key=lambda mark: float(mark[1][self.last]))
            for (name, heights), side in zip(above, (-1, 1), strict=True):
                self.beside(name, float(heights[self.last]), side)
            self.play(FadeIn(told, true), run_time=0.4)
            self.play(self.misses.animate.show(missed=1.0), run_time=max(beat.time_left - 0.2, 1.2))
            beat.next_sentence()
            self.play(self.misses.animate.show(first=1.0), run_time=max(0.4 * beat.time_left, 1.2))
            self.play(
                FadeOut(told, true), self.misses.animate.show(squared=1.0), run_time=max(beat.time_left, 1.5)
            )

    def level_out(self) -> None:
        """Squares become bars, bars level out, and the level is one column: the pin's height."""
        with self.beat("mean") as beat:
            length = beat.time_left
            self.play(self.misses.animate.show(poured=1.0, first=0.0), run_time=max(0.3 * length, 1.2))
            self.play(self.misses.animate.show(levelled=1.0), run_time=max(0.25 * length, 1.2))
            self.play(FadeIn(self.key), run_time=0.4)
            self.drift(beat.time_left)
            beat.next_sentence()
            self.misses.column = self.pin.column
            self.play(self.misses.animate.show(gathered=1.0), run_time=1.4)
            self.misses.show(squared=0.0, poured=0.0, levelled=0.0, gathered=0.0)
            self.pin.grow(1.0)
            self.drift(beat.time_left)

    def pull(self) -> None:
        """One weight alone, then the other; the pin's top draws what becomes of the loss."""
        with self.beat("pull") as beat:
            steep, flat = self.guess.steep, 1 - self.guess.steep
            at = float(self.guess.home[steep])
            low, high = self.guess.sweep(steep)
            first, last = (low, high) if at < 0 else (high, low)
            nothing = np.zeros(2)
            self.curves = [
                TopCurve(self.window, self.view, nothing, steep).reach(at, at),
                TopCurve(self.window, self.view, self.guess.home, flat),
            ]
            self.add(*self.curves, self.pin)
            self.draw(0, at, first, 0.9)
            self.draw(0, first, last, max(beat.time_left, 2.5))
            self.play(self.guess.animate.go(self.guess.home), run_time=0.9)
            beat.next_sentence()
            low, high = self.guess.sweep(flat)
            self.draw(1, 0.0, low, 0.9)
            self.draw(1, low, high, max(beat.time_left, 2.2))

    def sweep(self) -> None:
        """The one curve, swept along the other, leaves the surface; then it is looked at as a landscape."""
        with self.beat("landscape") as beat:
            near = framed(self.window, self.places.picture, self.window.azimuth(LEAN), MET)
            gone = (self.misses, self.cloud, self.axis, self.key, *self.names)
            self.play(Transform(self.view, near), *map(FadeOut, gone), run_time=1.2)
            self.remove(*gone)
            self.add(self.trough)
            self.play(FadeIn(self.trough), FadeOut(self.pin), run_time=0.3)
            self.play(
                self.length.animate.set_value(1.0),
                self.plane.animate.map(1.0),
                *(FadeOut(curve, rate_func=early) for curve in self.curves),
                run_time=max(beat.time_left, 2.5),
            )
            beat.next_sentence()
            self.add(self.whole.floor)
            self.remove(self.plane)
            shallow = replace(self.window, top=SHALLOW / DEEP * self.window.top)
            self.play(
                Transform(self.view, framed(shallow, self.places.picture)),
                self.depth.animate.set_value(SHALLOW),
                run_time=max(beat.time_left, 2.0),
            )

    # -- the pieces --
    @property
    def weights(self) -> tuple[tuple[str, object], ...]:
        """The labels of the two weights and their colors."""
        return (("weight_a", self.theme.feature_a), ("weight_b", self.theme.feature_b))

    @property
    def last(self) -> int:
        """The row with the largest target."""
        return int(np.argmax(self.chart.x))

    def named(self, key: str, color: object) -> typography.Text:
        """A label of the size that is read, no wider than its place."""
        label = self.words.label(key)
        return fitted([label], 0.9 * self.places.first.width, color, NAME, NAME)

    def beside(self, name: typography.Text, height: float, side: int) -> None:
        """Put a name over or under where the last row's mark stands."""
        name.move_to([0, height + side * (0.35 + name.height / 2), 0])
        name.shift([self.chart.box.right - name.get_right()[0], 0, 0])

    def figure(self) -> VGroup:
        """J as a number that follows the guess."""
        spec = numbers.significant(self.guess.mean_square, 3)
        number = Counter(self.guess, spec, KEY, self.theme.loss, lambda _: self.guess.mean_square)
        key = key_figure(number, self.words.label("mean"), NAME)
        return self.places.first.part(0.02, 1, 0, 0.98).put(key, 0, 1)

    def rows_below(self, key: VGroup) -> RowChart:
        """The chart of the rows; it ends below ``key`` where some of them would come to lie behind it."""
        place = self.places.first
        low = 0.55 / place.height if place.is_wide else 0.03
        chart = RowChart(self.guess, self.lesson.data, place.part(0.02, 0.98, low, 0.97))
        if chart.highest(float(key.get_right()[0])) < key.get_bottom()[1] - BELOW:
            return chart
        high = (float(key.get_bottom()[1]) - BELOW - place.bottom) / place.height
        return RowChart(self.guess, self.lesson.data, place.part(0.02, 0.98, low, high))

    def line_up(self, run_time: float) -> None:
        """Every row's dot goes from the strip to its place by rank and target."""
        places, others = self.chart.places, self.cloud.others
        goals = RowDots(places[1:], self.chart.radius, self.theme.text)
        moves = [Transform(dot, goal, path_arc=0.4) for dot, goal in zip(others, goals, strict=True)]
        first = self.cloud.first.animate(path_arc=0.4).move_to(places[0])
        self.play(*moves, first, run_time=run_time)

    def bring_rows_to_front(self, below: Misses) -> None:
        """Draw the rows' dots over what is said of them."""
        self.add(below)
        self.remove(self.cloud)
        self.add(self.cloud)

    def drift(self, run_time: float) -> None:
        """Go on round the plane a little, so that it is seen in space."""
        if run_time > 0.3:
            self.way = -getattr(self, "way", 1.0)
            turned = float(np.degrees(self.view.points[0, 0])) + self.way * DRIFT
            self.play(self.view.animate.look(azimuth=turned), run_time=run_time)

    def draw(self, which: int, start: float, end: float, run_time: float) -> None:
        """Pull one weight from ``start`` to ``end``; what has been drawn stays."""
        curve = self.curves[which]
        axis = self.guess.axis(curve.axis)
        low, high = min(curve.low, end), max(curve.high, end)
        place = curve.middle * (1 - axis) + (curve.middle[curve.axis] + end) * axis
        self.play(self.guess.animate.go(place), curve.animate.reach(low, high), run_time=run_time)
