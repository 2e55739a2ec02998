"""The rows shuffled, dealt into mini-batches without replacement, and what each mini-batch's own statistics are."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    AnimationGroup,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    Line,
    Mobject,
    Rectangle,
    ValueTracker,
    VGroup,
    linear,
    smooth,
)

from scenes.kit import layout, numbers, typography
from scenes.kit.beats import BeatScene
from scenes.kit.canvas import Array
from scenes.kit.charts import RealLine
from scenes.kit.counter import Counter, key_figure
from scenes.kit.numbers import ticks
from scenes.kit.space import follow
from scenes.kit.typography import FIGURE, LABEL, SMALL, Formula

DECK, SMALL_DECK = 5.6, 2.7  # how tall the rows lie as a square: alone, and while they are dealt
LANES_LEFT, LANES_RIGHT, LANES_TOP, LANES_BOTTOM = -0.9, layout.RIGHT_EDGE - 0.15, 3.2, -1.75
IN_FLIGHT = 6.0  # rows that are under way at once while they are dealt
FEATURE = 0  # A


class BatchSplit(BeatScene):
    """Scene 3: the mini-batches."""

    poster = "statistics"

    def construct(self) -> None:
        """Shuffle, deal, measure."""
        self.order = np.concatenate(self.lesson.batches)
        self.shuffle()
        self.deal()
        self.measure()

    def shuffle(self) -> None:
        """The rows lie in the table's order, shaded from first to last; then in the order in which they are dealt."""
        with self.beat("shuffle") as beat:
            count = self.lesson.data.count
            self.heading = layout.heading(typography.title(self.words.title))
            self.left = ValueTracker(count)
            self.count = key_figure(Counter(self.left), self.words.label("rows"))
            layout.place(self.count, layout.LEFT_EDGE, 1.55)
            places = self.deck(DECK, layout.PICTURE_CENTRE)
            radius = 0.3 * DECK / self.side
            self.dots = VGroup(
                *(Dot(place, radius=radius, color=self.shade(row)) for row, place in enumerate(places))
            )
            legend = self.legend()
            self.play(FadeIn(self.heading), FadeIn(self.count), run_time=0.5)
            self.play(LaggedStart(*(FadeIn(dot, scale=0.5) for dot in self.dots), lag_ratio=0.02), run_time=1.2)
            self.play(FadeIn(legend), run_time=0.4)
            beat.next_sentence()
            moves = [
                self.dots[row].animate(path_arc=1.6).move_to(places[turn]) for turn, row in enumerate(self.order)
            ]
            self.play(LaggedStart(*moves, lag_ratio=0.006), run_time=max(beat.time_left, 2.5))
            self.legend_shown = legend

    def deal(self) -> None:
        """The deck grows smaller; every row goes to one place of one batch."""
        with self.beat("deal") as beat:
            places = self.deck(SMALL_DECK, (layout.LEFT_EDGE + SMALL_DECK / 2, -1.35))
            ratio = SMALL_DECK / DECK
            moves = [
                self.dots[row].animate.scale(ratio).move_to(places[turn]) for turn, row in enumerate(self.order)
            ]
            self.lanes = self.lane_marks()
            self.play(FadeOut(self.legend_shown), FadeOut(self.count[1]), *moves, run_time=1.0)
            left = typography.label(self.words.label("left")).next_to(self.count[0], DOWN, 0.16, LEFT)
            self.play(FadeIn(left), FadeIn(self.lanes, lag_ratio=0.05), run_time=0.8)
            dealt = ValueTracker(0.0)
            self.hand_out(dealt, places)
            first = len(self.lesson.batches[0])
            self.play(dealt.animate.set_value(first + IN_FLIGHT), run_time=max(beat.time_left, 2.0), rate_func=linear)
            beat.next_sentence()
            self.play(
                dealt.animate.set_value(len(self.order) + IN_FLIGHT),
                run_time=max(beat.time_left, 4.0),
                rate_func=linear,
            )
            for dot in self.dots:
                dot.clear_updaters()
            self.left_label = left
