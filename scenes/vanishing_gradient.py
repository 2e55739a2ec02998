"""One deep stack, before training: sums go forward, and a gradient comes back as light."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    Animation,
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

from bn_math import Lesson, StackPasses
from bn_math.networks.stack import FLAT
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene, Narration
from scenes.kit.drawing.canvas import Array
from scenes.pieces.stack.light import Light
from scenes.pieces.stack.panes import Panes
from scenes.pieces.stack.readings import Readings
from scenes.pieces.stack.room import StackRoom, Stage
from scenes.pieces.stack.slope import ENDS, SlopePicture
from scenes.pieces.stack.sums import Sums

FARTHEST = 3 * FLAT  # of what goes into the sigmoid of the first picture
WIDE, SQUARE = (0.19, 0.89), (0.27, 0.8)  # from where to where the panes reach, in shares of the height
GUTTER = 2.0  # picture units at the left of the first layer, for the slope
LEVEL = 0.9  # how high the light may become that hardly grows, beside one that explodes


class VanishingGradient(BeatScene):
    """The deep stack."""

    poster: ClassVar[str | None] = "limit"
    ends_on: ClassVar[str | None] = "exploded_gradient"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The sigmoid and its slope, and the stacks layer by layer."""
        stacks = {
            "small_weights": lesson.story.small_stack,
            "large_weights": lesson.plain_stack,
            "normalized": lesson.normalized_stack,
            "relu": lesson.level_stack,
            "relu_normalized": lesson.settings.exploding,
        }
        tables = {name: data_tables.layers(stack.passes) for name, stack in stacks.items()}
        return {"sigmoid": data_tables.sigmoid_curve(FARTHEST), **tables}

    def construct(self) -> None:
        """The sigmoid; small weights, large weights, batch norm; where batch norm makes the gradient grow."""
        self.set_the_stage()
        self.show_the_slope()
        if self.tells("small"):
            self.try_small_weights()
        if self.tells("large"):
            self.try_large_weights()
        if self.tells("normalized"):
            self.normalize()
        if self.tells("limit"):
            self.let_it_grow()

    def set_the_stage(self) -> None:
        """The layers and all that is known of them; nothing is shown yet."""
        lesson, palette = self.lesson, self.theme
        self.runs = [
            it.passes for it in (lesson.story.small_stack, lesson.plain_stack, lesson.normalized_stack)
        ]
        self.relus = lesson.level_stack.passes, lesson.settings.exploding.passes
        self.depth, self.relu_depth = lesson.plain_stack.depth, lesson.settings.exploding.depth
        self.stage = Stage(self.depth)
        self.room = StackRoom(
            self.places.whole.part(0, 1, *(WIDE if self.places.whole.is_wide else SQUARE)),
            GUTTER,
            self.stage,
        )
        colors = [palette.valley, palette.valley, palette.bowl]
        self.panes = Panes(self.room, Sums.of(self.runs), colors, max(self.depth, self.relu_depth))
        self.readings = Readings(self.room, self.places.whole, self.words)
        self.shown: list[Mobject] = []

    # -- the sigmoid ---------------------------------------------------------------------------------------
    def show_the_slope(self) -> None:
        """A tangent slides along the sigmoid, and what it is steep draws the slope below."""
        with self.beat("slope") as beat:
            self.show_heading()
            at = ValueTracker(-FARTHEST)
            box = self.places.whole.part(0.08, 0.92, 0.16, 0.78)
            picture = self.picture = SlopePicture(box, FARTHEST, at, self.words.label)
            still = picture.axis, picture.top, picture.curve, picture.names
            self.add(*still, picture.hump, picture.tangent)
            over = at.animate(rate_func=linear).set_value(FLAT)
            self.play(over, run_time=max(0.6 * beat.time_left, 1.8))
            self.play(FadeIn(picture.steepest), run_time=0.3)
            end = at.animate(rate_func=linear).set_value(FARTHEST)
            self.play(end, run_time=max(beat.time_left - 0.3, 1.0))
            self.play(FadeOut(picture.tangent), run_time=0.3)

    def stand_it_beside_the_layers(self) -> None:
        """The slope turns upright; the layers come, each as clear as the slope is high."""
        picture, left = self.picture, float(self.room.x(self.depth - 1))
        names = picture.upright_names(self.panes, left)
        gone = picture.axis, picture.top, picture.curve, picture.steepest, *picture.names[:ENDS]
        numbers = self.readings.layers(self.depth)
        self.add(self.panes)
        self.bring_to_front(picture.hump, *picture.names[ENDS:])
        self.play(
            *(FadeOut(it, run_time=0.4) for it in gone),
            picture.stand_up(self.panes, left, 1.2),
            *(
                Transform(it, to, path_arc=np.pi / 3, run_time=1.2)
                for it, to in zip(picture.names[ENDS:], names, strict=True)
            ),
            FadeIn(self.panes, run_time=1.2),
            FadeIn(numbers, run_time=1.2),
        )
        self.gutter = VGroup(picture.hump, *picture.names[ENDS:])
        self.numbers: Mobject = numbers

    # -- sigmoids --------------------------------------------------------------------------------------------
    def try_small_weights(self) -> None:
        """Sums go forward and stay in the middle; the light that comes back is gone after a few layers."""
        with self.beat("small") as beat:
            self.stand_it_beside_the_layers()
            self.flat = self.readings.flat_share(self.runs)
            self.moving: Mobject = self.readings.moving("sums")
            self.kind: Mobject = self.readings.kind("small", self.theme.valley)
            self.play(*map(FadeIn, (self.flat, self.moving, self.kind)), run_time=0.4)
            self.send(1, beat)
            beat.next_sentence()
            self.light_up(self.runs[0], self.theme.valley, beat, 2.6)

    def try_large_weights(self) -> None:
        """Larger weights: many sums on the flat ends; the light gets farther, and fades as well."""
        with self.beat("large") as beat:
            self.turn_back("large", self.theme.valley)
            self.send(2, beat)
            beat.next_sentence()
            self.light_up(self.runs[1], self.theme.valley, beat, 1.5)

    def normalize(self) -> None:
        """The same weights with batch norm: back in the middle, and light at the first layer."""
        with self.beat("normalized") as beat:
            self.turn_back("normalized", self.theme.bowl)
            self.send(3, beat)
            beat.next_sentence()
            self.light_up(self.runs[2], self.theme.bowl, beat)

    def send(self, runs: int, beat: Narration) -> None:
        """The sums of one more run go forward."""
        sent = self.stage.sent.animate(rate_func=linear).set_value(runs)
        self.play(sent, run_time=max(beat.time_left, 2.0))

    def light_up(self, passes: StackPasses, color: ManimColor, beat: Narration, lingers: float = 1.0) -> None:
        """The gradient comes back through the layers; then the figure that says what a layer does to it."""
        unit = min(0.72 * self.room.light_room, self.room.light_room / float(ratios(self.runs[2]).max()))
        light = Light(self.room, ratios(passes), unit, color)
        self.add(light)
        self.change_moving("gradient", self.dim(1))
        growth, time = self.readings.growth(passes, color), max(beat.time_left, 2.8)
        soon = squish_rate_func(smooth, 0.45, 0.6)  # the light tells it by then
        self.play(light.come_back(time, lingers), FadeIn(growth, rate_func=soon, run_time=time))
        self.shown = [light, growth]

    def turn_back(self, kind: str, color: ManimColor) -> None:
        """The light goes out, and what goes forward is bright again, for another run."""
        new = self.readings.kind(kind, color)
        gone = [FadeOut(it) for it in self.shown]
        self.change_moving("sums", *gone, *swap(self.kind, new), self.dim(0))
        self.kind = new

    def dim(self, share: float) -> Animation:
        """What went forward is dimmed, or no longer."""
        return self.stage.dimmed.animate.set_value(share).build()

    def change_moving(self, key: str, *changes: Animation) -> None:
        """Other things go through the layers now, and are named."""
        new = self.readings.moving(key)
        self.play(*swap(self.moving, new), *changes, run_time=0.4)
        self.moving = new

    # -- ReLUs -----------------------------------------------------------------------------------------------
    def let_it_grow(self) -> None:
        """More layers, of ReLUs: without batch norm the light hardly grows; with it, it breaks the frame."""
        with self.beat("limit") as beat:
            level, growing = map(ratios, self.relus)
            unit = LEVEL / float(level.max())
            without = Light(self.room, level, unit, self.theme.valley)
            with_it = Light(self.room, growing, unit, self.theme.bowl, self.theme.alarm)
            relu, relu_growth = map(
                self.readings.plated,
                self.readings.named("relu", self.relus[0], self.theme.valley, is_above=False),
            )
            year = self.words.table("papers")["yang"]["year"]
            source = self.readings.plated(self.readings.moving("source", year=year))
            self.make_room(relu, source)
            self.add(with_it, without, self.numbers, relu, source)
            self.bring_to_front(self.numbers, relu, source)
            self.play(without.come_back(max(beat.time_left - 0.3, 2.4)))
            self.play(FadeIn(relu_growth), run_time=0.3)
            beat.next_sentence()
            row = self.readings.named("relu_normalized", self.relus[1], self.theme.bowl, is_above=True)
            name, growth = map(self.readings.plated, row)
            self.bring_to_front(relu_growth)
            self.play(FadeIn(name, run_time=0.4), with_it.come_back(max(beat.time_left, 3.0)))
            self.play(FadeIn(growth), run_time=0.4)

    def make_room(self, name: Mobject, source: Mobject) -> None:
        """What belongs to sigmoids leaves; the layers move together until there is room for the new stack."""
        gone = *self.shown, self.kind, self.gutter, self.numbers, self.flat
        self.play(
            *(FadeOut(it, run_time=0.4) for it in gone),
            *swap(self.moving, source),
            self.stage.windowed.animate(run_time=1.2).set_value(0),
            self.stage.reach.animate(run_time=1.2).set_value(self.relu_depth),
        )
        self.numbers = VGroup(*map(self.readings.plated, self.readings.layers(self.relu_depth)))
        self.play(*map(FadeIn, (self.numbers, name)), run_time=0.3)


def swap(old: Mobject, new: Mobject) -> tuple[Animation, Animation]:
    """One thing leaves before another comes to its place."""
    first, second = squish_rate_func(smooth, 0.0, 0.5), squish_rate_func(smooth, 0.5, 1.0)
    return FadeOut(old, rate_func=first), FadeIn(new, rate_func=second)


def ratios(passes: StackPasses) -> Array:
    """The length of the gradient in every layer's activations, over the last one's."""
    return np.asarray(passes.signal_gradient_norms / passes.signal_gradient_norms[-1])
