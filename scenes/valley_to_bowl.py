"""One shot: the data are standardized, and with them the valley becomes the bowl, under a ball that waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    Arrow,
    Circle,
    FadeIn,
    FadeOut,
    ManimColor,
    Mobject,
    ValueTracker,
    VGroup,
    linear,
    there_and_back,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.typography import FIGURE
from scenes.kit.script import voice
from scenes.kit.surface.trough.arrow import LyingArrow
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.shot.level_line import LevelLine, MiddleLine
from scenes.pieces.shot.moments import Moments, shape_box, side_boxes, words_box
from scenes.pieces.shot.moving_rows import MovingRows, feature_names
from scenes.pieces.shot.weight_names import weight_names
from scenes.pieces.trough.parked import Parked
from scenes.pieces.trough.plate import plated

DASH = (16.0, 12.0)
CENTERING, DIVIDING = 2.4, 7.0  # seconds for each half of standardizing
AT_HOME = (0.4, 0.65)  # shares of the second half: the arrow points home, and rings spread from there
RINGS, NEAR, FAR = 2, 0.22, 0.75  # round the ball, and the radii at which each begins and ends
LARGE, NAMED = 120.0, 50.0  # the scene's one figure and its name, in pixels at 1080p
WALK = 9.0  # degrees from which the valley is seen aside, before the viewer comes back
PULSE = 0.8  # of its length, to which the needle shrinks for a moment
BESIDE = 0.2  # in picture units, from a number to an arrow
PALE = 0.6  # opacity of the arrow that stays


class ValleyToBowl(BeatScene):
    """Scene 6: from valley to bowl."""

    poster = "shot"
    begins_on: ClassVar[str | None] = "parked_valley"
    ends_on: ClassVar[str | None] = "parked_bowl"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Both ends of the shot, and the halves of the way."""
        return data_tables.side_by_side(lesson.stages)

    def construct(self) -> None:
        """The ball waits; the data move; the valley is a bowl."""
        self.clock = ValueTracker(0.0)
        self.moments = Moments(self.lesson, shape_box(self.places))
        self.begin_on_the_parked_valley()
        self.name_the_condition_number()
        self.standardize_in_one_shot()
        self.see_that_the_ball_waited()
        self.hand_over(*self.parked, *self.weights)

    def begin_on_the_parked_valley(self) -> None:
        """Just what the scene before ends on."""
        self.view = framed(self.moments.window(0), self.places.picture)
        window = lambda: self.moments.window(self.clock.get_value())  # noqa: E731
        self.parked = Parked(window, self.view, self.moments.start, follows=(self.clock,))
        self.add(self.view, *self.parked)

    def name_the_condition_number(self) -> None:
        """The viewer steps aside; across and along are drawn; their ratio is named."""
        with self.beat("parked") as beat:
            self.show_heading()
            self.weights = weight_names(self.words, self.parked.trough, self.clock, words_box(self.places))
            there = self.moments.viewpoint(0)
            aside = there.copy().look(azimuth=float(np.degrees(there.points[0, 0])) + WALK)
            walk = self.view.animate(run_time=max(beat.time_left, 2.0)).become(aside)
            self.play(walk, *(FadeIn(it, run_time=0.4) for it in self.weights))
            beat.next_sentence()
            self.count, self.lines = self.condition_number(), self.middle_lines()
            across, along = self.lines
            self.add(across, along, self.parked.home)
            self.line_names = self.names_of_lines()
            for line, name in zip(self.lines, self.line_names, strict=True):
                self.play(line.animate.show(1), FadeIn(name, run_time=0.4), run_time=0.9)
            trough = self.parked.trough
            crossing = np.append(trough.lay(trough.window.loss.minimizer)[0], 0.0)
            self.play(FadeIn(self.count, target_position=crossing, scale=0.3), run_time=0.9)
            self.play(self.view.animate.become(there), run_time=max(beat.time_left, 1.0))

    def standardize_in_one_shot(self) -> None:
        """The rows slide to the middle and come to one spread; all that follows from them moves with them."""
        with self.beat("shot") as beat:
            self.show_the_rows(max(beat.time_left + voice.PAUSE, 2.0))
            beat.next_sentence()
            follow(self.view, (self.clock,), lambda _: self.moments.look(self.view, self.clock.get_value()))
            counter = self.count[0]
            before = self.count_before()
            gone = (FadeOut(it) for it in (counter, *self.outline))
            self.play(*gone, FadeIn(before), self.rows.animate.mark(1.0), run_time=0.4)
            self.pass_time(self.moments.path.centering, CENTERING)
            time = max(beat.time_left + voice.PAUSE, 1.2)
            needle = self.line.animate(run_time=time, rate_func=there_and_back).show(PULSE)
            if not self.places.side.is_wide:
                counter.shift(RIGHT * (before.width + BESIDE))
            self.play(needle, FadeIn(counter, run_time=0.4, scale=1.3))
            beat.next_sentence()
            self.add(self.where_downhill_was(), self.parked.arrow, self.parked.home)
            run_time = max(beat.time_left, DIVIDING)
            home = self.parked.home.animate(run_time=run_time, rate_func=between(*AT_HOME)).ripple()
            self.pass_time(1.0, run_time, home)

    def see_that_the_ball_waited(self) -> None:
        """Rings where it is: it has waited."""
        with self.beat("opened") as beat:
            for _ in range(RINGS):
                self.play(self.ring_round_the_ball(), run_time=max(beat.time_left / RINGS, 0.8))

    # -- the pieces --
    def show_the_rows(self, run_time: float) -> None:
        """As they are: a strip, off the middle of its axes; and a line of equal loss."""
        rows_box, _ = side_boxes(self.places)
        self.rows = MovingRows(self.moments, self.clock, rows_box).show(0)
        names = self.rows.named(feature_names(self.words, 0.5 * rows_box.width))
        self.add(self.rows)
        gone = (FadeOut(it, run_time=0.6) for it in (*self.lines, *self.line_names))
        self.line = LevelLine(self.parked.trough).show(0)
        self.outline = self.outline_name()
        self.add(self.line, self.parked.home)
        needle = self.line.animate(run_time=run_time).show(1)
        come = (FadeIn(it, run_time=0.4) for it in (names, *self.outline))
        self.play(self.rows.animate(run_time=run_time).show(1), needle, *come, *gone)

    def pass_time(self, until: float, run_time: float, *also: object) -> None:
        """Let the shot's time pass evenly; how it is eased is the path's."""
        self.play(self.clock.animate(run_time=run_time, rate_func=linear).set_value(until), *also)

    def ring_round_the_ball(self) -> Animation:
        """A ring that spreads from it and fades."""
        ball = self.parked.ball
        place = self.view.project(ball.middle)
        ring = Circle(NEAR, self.theme.ball, stroke_width=9).move_to([*place[:2], 0.0])
        return ring.animate(rate_func=linear, remover=True).scale(FAR / NEAR).set_stroke(opacity=0).build()

    def where_downhill_was(self) -> LyingArrow:
        """The arrow as it lies now, pale: it stays while the other one turns."""
        now = Trough(self.parked.trough.window, self.view.copy())
        return LyingArrow(now, self.parked.downhill(), color=self.theme.muted).set_opacity(PALE)

    def middle_lines(self) -> tuple[MiddleLine, MiddleLine]:
        """Across the shape and along it, not yet drawn."""
        trough = self.parked.trough
        return MiddleLine(trough, across=True).show(0), MiddleLine(trough, across=False, dash=DASH).show(0)

    def names_of_lines(self) -> tuple[Mobject, Mobject]:
        """What the two are called, at their ends off the shape."""
        across, along = self.lines
        return across.named(self.words.label("across"), LEFT), along.named(self.words.label("along"), RIGHT)

    def outline_name(self) -> VGroup:
        """How long a needle is over its width, at its end: the root of the condition number."""
        if not self.lesson.story.raw_is_a_needle:
            return VGroup()
        trough = self.parked.trough
        places = trough.lay(np.concatenate(LevelLine(trough).lines))[0]
        tip = np.append(places[places[:, 0].argmax()], 0.0)
        return VGroup(plated(self.words.label("outline")).next_to(tip, RIGHT, buff=BESIDE))

    def color_now(self) -> ManimColor:
        """The valley's color, the bowl's, or as far between as the data are."""
        return self.theme.valley.interpolate(self.theme.bowl, self.clock.get_value())

    def condition_number(self) -> Mobject:
        """The condition number at each moment, with its name."""
        counter = Counter(self.clock, "3s", LARGE, value=self.moments.path.condition_number)
        counter.set_fill(self.color_now())
        counter.add_updater(lambda it: it.set_fill(self.color_now()))
        figure = key_figure(counter, self.words.label("condition_number"), NAMED)
        figure[1].set_color(self.theme.text)
        _, box = side_boxes(self.places)
        return box.put(figure, 0.0, 0.0)

    def count_before(self) -> VGroup:
        """The condition number of the raw data, smaller, where it stood; an arrow to what becomes of it."""
        counter = Counter(
            ValueTracker(0.0), "3s", FIGURE, self.theme.valley, self.moments.path.condition_number
        )
        counter.name = self.words.label("condition_number")
        counter.shift(self.count[0].corner - counter.corner)
        tail = counter.get_right() + BESIDE * RIGHT
        arrow = Arrow(tail, tail + 0.9 * RIGHT, buff=0.0, color=self.theme.muted, tip_length=0.24)
        before = VGroup(counter, arrow)
        if self.places.side.is_wide:  # there is no room beside it
            before.next_to(self.count[0], UP, buff=BESIDE, aligned_edge=LEFT)
        return before


def between(begin: float, end: float) -> Callable[[float], float]:
    """A rate that runs evenly between these shares of the time."""
    return lambda share: min(max((share - begin) / (end - begin), 0.0), 1.0)
