"""The loss: a guess at two weights, how every row misses, and the landscape of all guesses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Animation,
    FadeIn,
    FadeOut,
    Indicate,
    Transform,
    ValueTracker,
    VGroup,
    linear,
    smooth,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene, Narration
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.typography import KEY, TITLE
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import DEEP, SHALLOW, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.guess.ball import GuessBall
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.loss_figure import LossFigure
from scenes.pieces.guess.pin import Pin, TopCurve
from scenes.pieces.guess.plane import GuessPlane
from scenes.pieces.guess.plane_names import (
    from_the_side,
    near_the_column,
    stand_beside,
    weight_marks,
    weight_names,
    where_it_is_met,
)
from scenes.pieces.guess.pour import Pour, Pouring
from scenes.pieces.guess.rooms import Rooms
from scenes.pieces.guess.sums import RowSums
from scenes.pieces.guess.weighted_sum import WeightedSum
from scenes.pieces.row_dots import RowDots
from scenes.pieces.rows.feature_plane import strip
from scenes.pieces.trough.minimum import named_minimum

THIN = 0.004  # of the length, where the trough begins as the curve that is swept
ALONG = 0.5  # of the way to a cut, as far as the ball rides
AWAY = 0.34  # from the lowest point to its name, in picture units: the ball lies between them
LIT = 1.25  # how large a number becomes that is looked at
SMALL = 52.0  # size of the sum's letters where there is little room
GAP, TIGHT = 1.1, 0.62  # from the sum to where J's figure stands, in picture units


def early(time: float) -> float:
    """Done by the middle of the time."""
    return float(smooth(min(2 * time, 1.0)))


def late(time: float) -> float:
    """Not before the middle of the time."""
    return float(smooth(max(2 * time - 1, 0.0)))


class TheLoss(BeatScene):
    """Scene 3: what a guess costs, and the landscape that all guesses make."""

    poster = "landscape"
    begins_on = "strip"
    ends_on = "ball_on_trough"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The loss over the weights."""
        return {"loss": data_tables.surface(lesson.raw)}

    def construct(self) -> None:
        """A guess, its misses, their mean, a height; then every other guess."""
        self.set_up()
        self.take_a_guess()
        self.miss()
        self.pour()
        self.pull()
        self.sweep()
        self.hand_over(self.trough, self.whole.floor, self.ball)

    def set_up(self) -> None:
        """Rows on the left, the plane of guesses on the right; what grows does so with two trackers."""
        lesson, stage, places = self.lesson, self.lesson.raw, self.places
        self.rooms = Rooms(places)
        self.guess = Guess(stage.loss, stage.start)
        self.window = self.guess.window
        self.length, self.depth = ValueTracker(THIN), ValueTracker(DEEP)
        self.view = Viewpoint()
        self.whole = Trough(self.full, self.view, follows=(self.depth,))
        self.trough = Trough(self.grown, self.view, follows=(self.length, self.depth))
        self.trough.remove(self.trough.floor)
        self.plane = GuessPlane(self.whole, stage.loss.minimum).keep(self.rooms.frame)
        self.pouring = Pouring(self.guess, lesson.data)
        self.sum, self.key = self.figures()
        self.chart = self.rooms.rows(self.guess, lesson.data, self.key)
        keys = ("weight_a", "weight_b")
        self.names = weight_names(self.plane, [*map(self.words.label, keys)], 0.9 * places.first.width)
        left = places.frame.left if self.rooms.is_tall else self.chart.box.right
        stand_beside(self.plane, self.names, self.rooms.plane, left, places.whole.right)
        self.marks = weight_marks(self.plane, self.guess)
        self.sums = RowSums(self.chart)
        self.pin = Pin(self.guess, self.plane, self.window, self.view, self.pouring)
        self.ball = GuessBall(self.whole, self.plane, self.guess, self.pouring)
        self.target = self.beside_the_last()
        self.cloud = strip(lesson.data, places)
        self.add(self.cloud)

    def full(self) -> CutWindow:
        """The window at the depth of this moment."""
        return replace(self.window, top=self.window.top * self.depth.get_value() / DEEP)

    def grown(self) -> CutWindow:
        """The same, as far as it is swept."""
        return replace(self.full(), nearest=self.window.nearest * self.length.get_value())

    def take_a_guess(self) -> None:
        """The rows line up by their target; a bar each says their sum; the weights are a point of a plane."""
        with self.beat("weights") as beat:
            self.show_heading()
            length = beat.time_left
            self.line_up(max(0.4 * length, 1.5))
            self.bring_rows_to_front(self.sums)
            one, other = self.sum.submobjects
            for line, part in ((one, {"one": 1.0}), (other, {"other": 1.0})):
                grow = self.sums.animate.show(**part)
                self.play(FadeIn(line, rate_func=early), grow, run_time=max(0.2 * length, 1.0))
            self.play(self.sums.animate.show(rest=1.0), run_time=max(beat.time_left, 1.0))
            beat.next_sentence()
            self.set_the_plane()
            self.play(self.guess.animate.go(0.55 * self.guess.first), run_time=max(0.5 * beat.time_left, 0.8))
            self.play(self.guess.animate.go(self.guess.first), run_time=max(beat.time_left, 0.8))

    def set_the_plane(self) -> None:
        """All pairs of weights, and the guess as a ball on them."""
        self.add(self.plane)
        self.play(FadeIn(self.plane), *map(FadeIn, self.names), run_time=0.5)
        self.add(*self.marks, self.ball)
        self.play(FadeIn(self.ball, scale=2.0), *map(FadeIn, self.marks), run_time=0.4)

    def miss(self) -> None:
        """From far too much to far too little: the misses follow. Row 1's becomes a square."""
        with self.beat("misses") as beat:
            self.play(self.sums.animate.show(missed=1.0), run_time=max(0.3 * beat.time_left, 1.0))
            self.play(self.guess.animate.go(self.guess.home), run_time=max(beat.time_left, 1.6))
            beat.next_sentence()
            self.play(self.sums.animate.show(first=1.0, pale=0.6), run_time=max(beat.time_left - 0.3, 1.2))

    def pour(self) -> None:
        """Seen from near: all squares shrink alike and become layers of one column."""
        with self.beat("mean") as beat:
            gone = (*self.names, *self.marks, self.target)
            self.play(
                Transform(self.view, near_the_column(self.pin, self.rooms.column)),
                self.plane.animate.keep(self.rooms.near),
                self.sums.animate.show(pale=1.0, first=1.0),
                *(FadeOut(it, rate_func=early) for it in gone),
                run_time=1.2,
            )
            self.sums.show(pale=1.0, first=0.0)
            self.add(self.pin, Pour(self.pouring, self.chart, self.pin))
            self.beside = self.rooms.beside_the_column(self.key)
            self.play(FadeIn(self.key.shift(self.beside)), run_time=0.3)
            length = max(beat.time_left, 3.5)
            self.play(self.pouring.animate(rate_func=linear).set_value(1.0), run_time=length)

    def pull(self) -> None:
        """One weight alone, then the other; the ball draws what becomes of the loss."""
        with self.beat("pull") as beat:
            self.fade_out(self.key, run_time=0.3)
            self.key.shift(-self.beside)
            right = self.places.whole.right
            self.play(
                Transform(self.view, from_the_side(self.plane, self.names, self.rooms.landscape, right)),
                self.plane.animate.keep(self.rooms.frame),
                self.sums.animate.show(pale=0.0, aside=1.0),
                self.step_aside(),
                *(FadeIn(it, rate_func=late) for it in (self.key, *self.names, *self.marks)),
                run_time=1.1,
            )
            steep, flat = self.guess.steep, 1 - self.guess.steep
            at = float(self.guess.home[steep])
            low, high = self.guess.sweep(steep)
            first, last = (low, high) if at < 0 else (high, low)
            self.curves = [
                TopCurve(self.window, self.view, np.zeros(2), steep).reach(at, at),
                TopCurve(self.window, self.view, self.guess.home, flat),
            ]
            self.add(*self.curves)
            self.draw(0, at, last, max(0.6 * beat.time_left, 1.2))
            self.draw(0, last, first, max(beat.time_left, 1.0))
            self.play(self.guess.animate.go(self.guess.home), run_time=0.3)
            beat.next_sentence()
            low, high = self.guess.sweep(flat)
            self.draw(1, 0.0, high, 0.7)
            self.draw(1, high, low, max(beat.time_left, 1.8))

    def sweep(self) -> None:
        """The one curve, swept along the other, leaves the surface; the ball rides on it."""
        with self.beat("landscape") as beat:
            near, flat = where_it_is_met(self.plane, self.rooms.landscape), 1 - self.guess.steep
            self.play(Transform(self.view, near), self.guess.animate.go(self.guess.home), run_time=0.9)
            self.add(self.trough)
            self.play(
                FadeOut(self.pin, rate_func=early),
                self.ball.animate(rate_func=early).rest(1.0),
                self.length.animate.set_value(1.0),
                self.plane.animate.map(1.0),
                *(FadeOut(curve, rate_func=early) for curve in self.curves),
                run_time=max(beat.time_left, 2.5),
            )
            self.add(self.whole.floor)
            self.remove(self.plane)
            beat.next_sentence()
            self.ride(beat, ALONG * self.guess.reach[flat] * self.guess.axis(flat))
            self.step_back(beat)

    def ride(self, beat: Narration, along: Array) -> None:
        """Down the wall, then along the floor to the lowest point, where both weights are the best ones."""
        length = max(beat.time_left, 3.6)
        self.play(self.guess.animate.go(self.guess.home + along), run_time=0.15 * length)
        self.play(self.guess.animate.go(along), run_time=0.2 * length)
        self.play(self.guess.animate.go(np.zeros(2)), run_time=0.35 * length)
        self.best = named_minimum(self.trough, self.words.label("best"), LEFT, AWAY)
        numbers = [line.submobjects[-2] for line in self.sum.submobjects]
        self.play(*map(FadeIn, self.best), *(Indicate(it, LIT, None) for it in numbers), run_time=1.0)
        self.pause(beat.time_left)

    def step_back(self, beat: Narration) -> None:
        """The ball where the descent will begin, the shape as a descent is watched; the rest is over."""
        start = self.window.ground(self.lesson.raw.start_on_the_wall)
        shallow = replace(self.window, top=SHALLOW / DEEP * self.window.top)
        beat.next_sentence()
        self.play(self.guess.animate.go(start), *map(FadeOut, self.best), run_time=1.1)
        self.play(
            Transform(self.view, framed(shallow, self.places.picture)),
            self.depth.animate.set_value(SHALLOW),
            *(FadeOut(it, rate_func=early) for it in (*self.names, *self.marks)),
            run_time=max(beat.time_left, 1.2),
        )

    # -- the pieces --
    def figures(self) -> tuple[WeightedSum, LossFigure]:
        """The sum with its two weights, and J as a number, both of which follow the guess."""
        box, largest, gap = self.rooms.figures, *((SMALL, TIGHT) if self.rooms.is_tall else (KEY, GAP))
        keys = (("target", "target_short"), ("axis_a", "axis_a_short"), ("axis_b", "axis_b_short"))
        names = [[self.words.label(key) for key in pair] for pair in keys]
        shown = [self.words.label(key) for key in ("mean", "mean_short")]
        added = WeightedSum(self.guess, names, box, largest)
        base = float(added.get_bottom()[1]) - gap
        return added, LossFigure(self.guess, self.pouring, shown, box, base)

    def beside_the_last(self) -> VGroup:
        """What the rows' dots say, beside the last of them; nothing where there is no room for it."""
        chart, last = self.chart, int(np.argmax(self.chart.x))
        name = typography.Text(self.words.label("target_short"), TITLE)
        name.next_to(chart.places[last], RIGHT, buff=0.2).set_x(chart.box.right + 0.12, LEFT)
        return VGroup(name) if name.get_right()[0] < self.places.first.right else VGroup()

    def line_up(self, run_time: float) -> None:
        """Every row's dot goes from the strip to its place by rank and target."""
        places, others = self.chart.places, self.cloud.others
        goals = RowDots(places[1:], self.chart.radius, self.theme.text)
        moves = [Transform(dot, goal, path_arc=0.4) for dot, goal in zip(others, goals, strict=True)]
        first = self.cloud.first.animate(path_arc=0.4).move_to(places[0])
        self.play(*moves, first, FadeIn(self.target, rate_func=late), run_time=run_time)

    def bring_rows_to_front(self, below: RowSums) -> None:
        """Draw the rows' dots over what is said of them."""
        self.add(below)
        self.remove(self.cloud)
        self.add(self.cloud)

    def step_aside(self) -> Animation:
        """The rows make room for the landscape."""
        chart = self.chart
        corner = np.array([chart.box.left, chart.box.bottom, 0.0])
        shift = np.array([chart.later.left, chart.later.bottom, 0.0]) - corner
        return self.cloud.animate.scale(chart.shrunk, about_point=corner).shift(shift).build()

    def draw(self, which: int, start: float, end: float, run_time: float) -> None:
        """Pull one weight from ``start`` to ``end``; what has been drawn stays."""
        curve = self.curves[which]
        axis = self.guess.axis(curve.axis)
        low, high = min(curve.low, end), max(curve.high, end)
        place: Array = curve.middle * (1 - axis) + (curve.middle[curve.axis] + end) * axis
        self.play(self.guess.animate.go(place), curve.animate.reach(low, high), run_time=run_time)
