"""Why the table is not standardized once: what a layer hands on is a table, too, and training moves it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    DashedLine,
    FadeIn,
    FadeOut,
    ManimColor,
    Mobject,
    Transform,
    ValueTracker,
    VGroup,
    linear,
    smooth,
    squish_rate_func,
)

from bn_math import Lesson
from bn_math.networks.trained.rows import training_rows
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.panes.clouds import LayerClouds
from scenes.pieces.panes.pane_pair import PanePair
from scenes.pieces.panes.pane_stack import ASIDE, FRONT, PaneStack, framed
from scenes.pieces.panes.pictures import Pictures
from scenes.pieces.panes.stage import Stage
from scenes.pieces.rows.row_one import RowOne

MOST = {True: 3, False: 2}  # layers that are shown in a wide picture, and in a square one
NUMBERS = 50.0  # size of the layers' numbers, and of all that stands beside them
BETWEEN = 0.03  # of the width, half of what is between the two large panes
LINE = 0.085  # of the height, for a line of words
BESIDE = 0.3  # from a pane to the name of the axis that lies, in picture units
EARLY, LATE = squish_rate_func(smooth, 0.0, 0.45), squish_rate_func(smooth, 0.5, 1.0)
SWAY = -4.0  # degrees that the viewer walks while the network trains


class BetweenLayers(BeatScene):
    """Scene 10: what comes between layers."""

    poster = "every"
    ends_on: ClassVar[str | None] = "row_one"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """What the two neurons of each layer add up, at each recorded step, without batch norm and with."""
        drift, found = lesson.network.drift, dict[str, data_tables.Table]()
        for name, clouds in zip(("without", "with"), drift.sums, strict=True):
            step, layer, row = np.indices(clouds.shape[:3]).reshape(3, -1)
            one, two = clouds.reshape(-1, 2).T
            columns = {"step": drift.steps[step], "layer": layer + 1, "row": row + 1}
            found[name] = {**columns, "one": one, "two": two}
        return found

    def construct(self) -> None:
        """The table, the layers behind it, the training that moves what they hand on, what helps."""
        network, data = self.lesson.network, self.lesson.data
        rows = training_rows(network.settings.data)
        shown = rows.inputs[network.drift.rows]
        self.clouds = LayerClouds.of(network.drift, MOST[self.places.whole.is_wide])
        self.order = list(np.argsort(-data.spans, kind="stable"))
        self.stage, self.view = Stage(), self.alone
        colors = [ManimColor(feature_colors()[it]) for it in self.order]
        self.stack = PaneStack(self.clouds, Pictures(shown), self.table(), colors, self.view, self.stage)
        self.standardize_the_table()
        self.hand_on()
        self.train()
        self.standardize_every_layer()
        self.follow_row_one()
        self.hand_over(self.row)

    def standardize_the_table(self) -> None:
        """The table's rows on one pane, standardized once; then the layers come into sight behind it."""
        with self.beat("once") as beat:
            self.show_heading()
            self.stage.shown.set_value(1)
            names = self.axis_names()
            self.play(FadeIn(self.stack), *map(FadeIn, names), run_time=0.5)
            self.play(self.stage.once.animate.set_value(1), run_time=max(beat.time_left, 1.6))
            beat.next_sentence()
            self.play(
                self.view.animate.become(self.aside(0.0)),
                *(FadeOut(it, rate_func=EARLY) for it in names),
                run_time=0.9,
            )
            shown = self.stage.shown.animate(rate_func=linear).set_value(self.clouds.count + 1)
            self.play(shown, run_time=max(beat.time_left, 1.0))

    def hand_on(self) -> None:
        """Each row is a digit; layer after layer makes two numbers of it, which are a dot."""
        with self.beat("layers") as beat:
            stage, self.numbers = self.stage, self.layer_numbers()
            self.play(stage.changed.animate(rate_func=linear).set_value(1), run_time=max(beat.time_left, 1.6))
            beat.next_sentence()
            time, note = max(beat.time_left, 3.0), self.two_of_many()
            first = stage.sent.animate(rate_func=linear).set_value(1)
            self.play(first, *map(FadeIn, self.numbers), FadeIn(note, rate_func=EARLY), run_time=0.65 * time)
            others = stage.sent.animate(rate_func=linear).set_value(self.clouds.count)
            self.play(others, run_time=0.35 * time)
            self.note = note

    def train(self) -> None:
        """The steps run, and every cloud leaves the outline of where it was."""
        with self.beat("drift") as beat:
            self.counter, self.start = self.step_counter(), self.key()
            outlined = self.stage.outlined.animate.set_value(1)
            new = [FadeIn(it, rate_func=LATE) for it in (self.counter, self.start)]
            self.play(outlined, *new, FadeOut(self.note, rate_func=EARLY), run_time=0.7)
            walked = self.view.animate(rate_func=linear).become(self.aside(1.0))
            self.play(self.run_steps(self.clouds.last), walked, run_time=max(beat.time_left, 3.6))

    def standardize_every_layer(self) -> None:
        """From the start again: the last layer's pane twice, without batch norm and behind it."""
        with self.beat("every") as beat:
            self.play(self.stage.clock.animate.set_value(0), run_time=1.2)
            opened = ValueTracker(0.0)
            self.pair = PanePair(self.stack, self.large, opened)
            self.named = self.pane_names()
            self.add(self.pair)
            gone = [FadeOut(it, rate_func=EARLY) for it in (self.stack, *self.numbers)]
            new = [FadeIn(it, rate_func=LATE) for it in self.named]
            self.play(opened.animate.set_value(1), *gone, *new, run_time=1.6)
            self.play(self.run_steps(0.4 * self.clouds.last), run_time=max(beat.time_left, 1.2))
            beat.next_sentence()
            self.play(self.run_steps(self.clouds.last), run_time=max(beat.time_left, 1.8))

    def follow_row_one(self) -> None:
        """All goes but row 1, which comes to the middle."""
        self.row = RowOne(self.pair.row_one, self.pair.row_one_size)
        self.add(self.row)
        middle = RowOne(self.places.whole.at())
        fading = (self.pair, self.counter, self.start, *self.named)
        self.play(*map(FadeOut, fading), Transform(self.row, middle), run_time=0.6)

    def run_steps(self, step: float) -> Mobject:
        """Training goes on until a step."""
        return self.stage.clock.animate(rate_func=linear).set_value(step)

    # -- where things are ------------------------------------------------------------------------------------
    @property
    def alone(self) -> Viewpoint:
        """The first pane from its front."""
        whole = self.places.whole
        return framed(self.clouds.count, whole.part(0.14, 0.86, 0.1, 0.9), *FRONT, is_alone=True)

    def aside(self, share: float) -> Viewpoint:
        """All panes, from their side; the viewer has walked a ``share`` of the way."""
        azimuth, zenith, perspective = ASIDE
        return framed(self.clouds.count, self.room, azimuth + SWAY * share, zenith, perspective)

    @property
    def room(self) -> Box:
        """Where the panes are: above the layers' numbers."""
        return self.places.whole.part(bottom=0.1)

    @property
    def large(self) -> tuple[Box, Box]:
        """Where the two large panes are: side by side, below their names."""
        left, right = 0.5 - BETWEEN, 0.5 + BETWEEN
        whole = self.places.whole
        return whole.part(right=left, bottom=0.15, top=0.9), whole.part(left=right, bottom=0.15, top=0.9)

    def table(self) -> Array:
        """The table's rows on the first pane: on one scale, and standardized, (2, N, 2)."""
        features = self.lesson.data.features[:, self.order]
        middle, span = (features.min(axis=0) + features.max(axis=0)) / 2, np.ptp(features, axis=0).max()
        standardized = (features - features.mean(axis=0)) / features.std(axis=0)
        far = float(np.abs(standardized).max())
        return np.stack([1.9 * (features - middle) / span, 0.95 * standardized / far])

    # -- words -----------------------------------------------------------------------------------------------
    def axis_names(self) -> list[Mobject]:
        """The two features' names: at the end of the axis that lies, or below it; above the upright one."""
        corners = self.stack.place(0, np.array([[-1.0, -1.0], [1.0, 1.0]]))
        pane, made = Box(*corners[:, 0], *corners[:, 1]), []
        for feature in self.order:
            ways = [self.words.label(f"axis_{'ab'[feature]}{form}") for form in ("", "_short")]
            name = fitted(ways, pane.width, feature_colors()[feature], NAME)
            made.append(fit_width(name, pane.width))
        lying, upright = made
        if lying.width < self.places.whole.right - pane.right - BESIDE:
            lying.move_to([pane.right + BESIDE + lying.width / 2, pane.center[1], 0])
        else:
            lying.move_to([pane.right - lying.width / 2, pane.bottom - 0.4, 0])
        upright.move_to(pane.at(0.5, 1) + 0.4 * UP)
        return made

    def layer_numbers(self) -> list[Mobject]:
        """Below each pane which layer it is; they stay with the panes."""
        made: list[Mobject] = []
        for pane, layer in enumerate(self.clouds.layers, 1):
            text = typography.figure(self.words.label("layer", layer=layer), self.theme.muted, NUMBERS)

            def update(text: Mobject, pane: int = pane) -> None:
                edge = self.stack.place(pane, np.array([[-1.0, -1.0], [1.0, -1.0]]))
                text.move_to([edge[:, 0].mean(), edge[:, 1].mean() - 0.5, 0])

            made.append(follow(text, (self.view,), update))
        return made

    def two_of_many(self) -> Mobject:
        """How many of a layer's numbers are drawn."""
        width = self.lesson.network.settings.width
        text = typography.figure(self.words.label("two_drawn", count=width), self.theme.muted, NUMBERS)
        return self.places.whole.put(text, 0.0, 0.0)

    def step_counter(self) -> VGroup:
        """How many steps of training have been made."""
        figure = Counter(self.stage.clock, "d", KEY, self.theme.ball, value=np.floor)
        figure.name = self.words.label("steps_taken", steps=self.clouds.last)
        name = typography.name(figure.name, self.theme.muted).next_to(
            figure, DOWN, buff=0.16, aligned_edge=LEFT
        )
        return self.places.whole.put(furniture(VGroup(figure, name)), 0.0, 0.0)

    def key(self) -> VGroup:
        """What a dashed outline is; in a square picture above what is said of the learning rate."""
        where = (0.17, 0.0) if self.places.whole.is_wide else (1.0, LINE)
        sign = DashedLine(0.55 * LEFT, 0.55 * RIGHT, color=self.theme.text, dash_length=0.09, stroke_width=5)
        name = typography.figure(self.words.label("start"), self.theme.text, NUMBERS)
        return self.places.whole.put(VGroup(sign, name.next_to(sign, RIGHT, buff=0.25)), *where)

    def pane_names(self) -> list[Mobject]:
        """Above each large pane which training it shows, and below that both have one learning rate."""
        made: list[Mobject] = []
        colors = self.theme.valley, self.theme.bowl
        for key, box, color in zip(("without", "with"), self.large, colors, strict=True):
            name = typography.figure(self.words.label(key), color)
            made.append(fit_width(name, box.width).move_to(box.at(0.5, 1) + 0.4 * UP))
        rate = self.words.label("rate", layer=self.clouds.layers[-1], rate=self.lesson.network.drift.rate)
        whole = self.places.whole
        room = whole.right - (self.start if whole.is_wide else self.counter).get_right()[0] - BESIDE
        note = fit_width(typography.figure(rate, self.theme.muted, NUMBERS), room)
        return [*made, whole.put(note, 1.0, 0.0)]
