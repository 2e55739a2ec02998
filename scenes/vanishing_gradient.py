"""A deep stack of sigmoids: its signals spread to the flat ends, its gradient fades; not so with batch norm.

And the limit: at initialization, batch norm can make gradients grow with depth.
"""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
    squish_rate_func,
)

from bn_math import Lesson, StackPasses, sigmoid_slope
from bn_math.networks.stack import FLAT
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene, Narration
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.typography import FIGURE, LABEL, SMALL, align_baseline
from scenes.pieces.depth import GradientAxis, GradientLine, Layers, SignalRow, first_layer, key, level_line
from scenes.pieces.sigmoid import SigmoidPicture

FARTHEST = 3 * FLAT  # of what goes into the sigmoid of the first picture
STOPS = (0.0, FLAT, 2 * FLAT)  # where its slope is read
LEFT_END, RIGHT_END = -1.55, layout.RIGHT_EDGE - 0.42  # of the first and the last layer
BOTTOM, TOP = -2.8, 2.0  # of the gradients' axis, when all of it is there
ROOM = 0.25  # decades that the axis goes on beyond the gradients
UPPER_TOP = 2.85  # of the histograms
COLUMNS = 10  # histograms at most
MOST = 0.997  # of what goes in is to be seen in them
ROWS = (1.2, -0.75, -2.35)  # of the figures at the left: growing, level, fading


class VanishingGradient(BeatScene):
    """The deep stack."""

    poster = "limit"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The sigmoid and its slope, and the stacks layer by layer."""
        stacks = {"plain": lesson.plain_stack, "normalized": lesson.normalized_stack}
        tables = {name: data_tables.layers(stack.passes) for name, stack in stacks.items()}
        relu, level = (
            data_tables.layers(stack.passes) for stack in (lesson.settings.exploding, lesson.level_stack)
        )
        return {"sigmoid": data_tables.sigmoid_curve(FARTHEST), **tables, "relu": relu, "relu_plain": level}

    def construct(self) -> None:
        """The sigmoid, the stack without and with batch norm, the limit."""
        self.plain, self.normalized = self.lesson.plain_stack.passes, self.lesson.normalized_stack.passes
        self.exploding, self.level = self.lesson.settings.exploding.passes, self.lesson.level_stack.passes
        self.every = (self.plain, self.normalized, self.exploding, self.level)
        self.show_the_sigmoid()
        if self.tells("stack"):
            self.stack()
        if self.tells("normalized"):
            self.normalize()
        if self.tells("limit"):
            self.explode()

    def show_the_sigmoid(self) -> None:
        """A tangent slides along the sigmoid; below it, its slope is drawn."""
        with self.beat("slope") as beat:
            self.heading = layout.heading(typography.title(self.words.title))
            place, drawn = ValueTracker(-FARTHEST), ValueTracker(-FARTHEST)
            picture = SigmoidPicture(FARTHEST, (LEFT_END, RIGHT_END), self.words.label)
            tangent, self.bell = picture.tangent(place), picture.traced(drawn)
            figure = key_figure(
                Counter(place, ".2f", color=self.theme.ball, value=lambda z: float(sigmoid_slope(z))),
                self.words.label("slope_here"),
            )
            layout.place(figure, layout.LEFT_EDGE, 1.3)
            self.play(FadeIn(self.heading, picture.upper, picture.curve), run_time=0.6)
            rest = [picture.bands, picture.parts, picture.lower, tangent, self.bell, figure]
            self.play(FadeIn(*rest), run_time=0.5)
            sweep = [item.animate.set_value(FARTHEST) for item in (place, drawn)]
            self.play(*sweep, run_time=max(beat.time_left, 2.4))
            beat.next_sentence()
            marks = VGroup()
            for stop in STOPS:
                self.play(place.animate.set_value(stop), run_time=0.6)
                slope = self.words.label("slope_is", slope=float(sigmoid_slope(stop)))
                marks.add(picture.reading(stop, slope))
                self.play(FadeIn(marks[-1]), run_time=0.25)
            self.first = [picture.upper, picture.curve, *rest[:4], marks, figure]

    def stack(self) -> None:
        """Histograms go forward layer by layer; then the gradient comes back."""
        with self.beat("stack") as beat:
            depth = self.lesson.plain_stack.depth
            self.layers = Layers(ValueTracker(depth), LEFT_END, RIGHT_END)
            self.axis, top = self.gradient_axis()
            reach = float(np.ceil(np.quantile(np.abs(self.plain.pre_activations), MOST)))
            self.row = SignalRow(self.layers, depth, COLUMNS, top + 0.76, UPPER_TOP, reach, FLAT)
            self.signal_name = align_baseline(
                typography.label(self.words.label("into_layers", shown=listed(self.row.shown)), size=SMALL),
                UPPER_TOP + 0.2,
                left=LEFT_END - 0.35,
            )
            gutter = self.beside()
            self.plain_shapes = self.row.histograms(self.plain, self.theme.valley)
            self.flat = self.flat_share()
            self.bell.clear_updaters()
            leave = [FadeOut(item, run_time=0.4) for item in self.first]
            self.play(
                *leave,
                FadeIn(self.row, self.signal_name, gutter[1:], run_time=1.1),
                Transform(self.bell, gutter[0], run_time=1.1),
            )
            self.remove(self.bell)
            self.add(gutter)
            self.gutter = gutter
            beat.next_sentence()
            sweep = [FadeIn(shape, shift=0.35 * RIGHT) for shape in self.plain_shapes]
            time = max(beat.time_left - 0.3, 2.4)
            self.layer.set_value(0)
            in_step = squish_rate_func(linear, 0.14, 1.0)  # with the histograms, when each is there
            self.play(FadeIn(self.flat), run_time=0.3)
            self.play(
                LaggedStart(*sweep, lag_ratio=0.5),
                self.layer.animate(rate_func=in_step).set_value(depth - 1),
                run_time=time,
            )
            beat.next_sentence()
            ends = VGroup(
                first_layer(self.words.label("first_of", depth=depth), self.layers, depth, BOTTOM),
                first_layer(self.words.label("last"), self.layers, 1, BOTTOM),
            )
            name = typography.label(self.words.label("gradient"), size=SMALL)
            self.gradient_name = align_baseline(name, self.axis.y(1) + 0.36, left=LEFT_END - 0.35)
            self.play(FadeIn(self.axis, ends, self.gradient_name), run_time=0.5)
            self.ends = ends
            self.come_back(beat, self.plain, "plain", self.theme.valley, "circle", ROWS[2])

    def normalize(self) -> None:
        """The same stack with batch norm: the histograms draw together, the gradient stays."""
        with self.beat("normalized") as beat:
            after = self.row.histograms(self.normalized, self.theme.bowl)
            moves = [Transform(old, new) for old, new in zip(self.plain_shapes, after, strict=True)]
            old, new = self.flat_name
            self.flat.remove(old)
            self.play(FadeOut(old), run_time=0.25)
            self.play(FadeIn(new), run_time=0.25)
            mix = self.mix.animate.set_value(1)
            self.play(LaggedStart(*moves, lag_ratio=0.15), mix, run_time=max(beat.time_left - 0.2, 1.8))
            beat.next_sentence()
            self.come_back(beat, self.normalized, "normalized", self.theme.bowl, "square", ROWS[1])

    def explode(self) -> None:
        """The axis reaches higher, the layers move together, and another stack's gradient grows."""
        with self.beat("limit") as beat:
            shown = self.flat_name[1:] if self.tells("normalized") else []
            self.fade_out(self.row, self.signal_name, self.gutter, self.plain_shapes, self.flat, *shown)
            depth = self.lesson.settings.exploding.depth
            reach = max(depth, self.lesson.plain_stack.depth)
            higher = align_baseline(self.gradient_name.copy(), TOP + 0.3, left=LEFT_END - 0.35)
            self.play(
                self.layers.reach.animate.set_value(reach),
                FadeIn(self.axis.upper, shift=0.3 * UP),
                self.gradient_name.animate.move_to(higher),
                run_time=1.4,
            )
            first = first_layer(self.words.label("first_of", depth=depth), self.layers, depth, BOTTOM)
            self.play(FadeIn(first), run_time=0.3)
            self.draw_back(beat.time_left - 0.2, self.exploding, self.theme.alarm, "triangle")
            beat.next_sentence()
            entry = self.entry(self.exploding, "exploding", self.theme.alarm, "triangle", ROWS[0])
            self.play(
                LaggedStart(*map(FadeIn, entry), lag_ratio=0.5), run_time=max(beat.time_left - 2.6, 1.2)
            )
            level = self.level
            line = level_line(self.axis, ratios(level), self.theme.text)
            words = self.words.label("level", growth=level.growth), self.words.label("relu_weights")
            names = VGroup()
            for row, (text, color) in enumerate(zip(words, (self.theme.text, self.theme.muted), strict=True)):
                name, y = typography.label(text, color, SMALL), self.axis.y(1) - 0.42 - 0.38 * row
                names.add(align_baseline(name, y, left=LEFT_END))
            self.play(Create(line), run_time=1.4)
            self.play(FadeIn(names), run_time=0.4)

    # -- the stack -------------------------------------------------------------------------------------------
    def gradient_axis(self) -> tuple[GradientAxis, float]:
        """One axis for all the gradients, and how high its lower part reaches."""
        every = np.concatenate([ratios(item) for item in self.every])
        low, high = float(np.log10(every.min())) - ROOM, float(np.log10(every.max())) + ROOM
        axis = GradientAxis(self.layers, BOTTOM, low, high, (TOP - BOTTOM) / (high - low))
        return axis, axis.y(1)

    def beside(self) -> VGroup:
        """The slope's curve, turned to stand beside the histograms, and the names of its parts."""
        zs = np.linspace(-self.row.edges[-1], self.row.edges[-1], 161)
        base, wide = LEFT_END - 1.35, 0.5
        bell = VMobject(stroke_color=self.theme.ball, stroke_width=4.0)
        slopes = sigmoid_slope(zs) / sigmoid_slope(0.0)
        bell.set_points_as_corners(
            np.array([layout.at(base + wide * s, self.row.y(z)) for z, s in zip(zs, slopes, strict=True)])
        )
        names = VGroup()
        far = (FLAT + self.row.edges[-1]) / 2
        for word, z in (("flat", far), ("steep", 0.0), ("flat", -far)):
            text = typography.label(self.words.label(word), size=SMALL)
            names.add(text.move_to(layout.at(base - 0.12, self.row.y(z)), RIGHT))
        return VGroup(bell, names)

    def flat_share(self) -> VGroup:
        """How much lies on the flat ends, in the layer that the histograms have come to."""
        depth = self.lesson.plain_stack.depth
        self.layer, self.mix = ValueTracker(0), ValueTracker(0)
        before, after = (100 * item.flat_shares(FLAT) for item in (self.plain, self.normalized))

        def share(_: float) -> float:
            at, mix = self.layer.get_value(), self.mix.get_value()
            plain, normalized = (float(np.interp(at, range(depth), item)) for item in (before, after))
            return (1 - mix) * plain + mix * normalized

        counter = Counter(self.layer, "d", value=share)
        follow(counter, (self.layer, self.mix), lambda it: it.write(share(0.0)))
        unit = typography.figure(self.words.label("percent"))
        gap = 0.12
        align_baseline(unit, counter.corner[1], left=counter.corner[0] + counter.width_of(share(0.0)) + gap)
        figure = key_figure(VGroup(counter, unit), self.words.label("outside"))
        layout.place(figure, layout.LEFT_EDGE, 2.1)
        end = counter.corner[0] + gap
        follow(unit, (self.layer, self.mix), lambda it: it.set_x(end + counter.width_of(share(0.0)), LEFT))
        colors = {"plain": self.theme.valley, "normalized": self.theme.bowl}
        self.flat_name = [
            typography.label(self.words.label(name), color, SMALL) for name, color in colors.items()
        ]
        for name in self.flat_name:
            align_baseline(name, UPPER_TOP + 0.2, right=layout.RIGHT_EDGE)
        of_layer = typography.label(self.words.label("of_layer"))
        base = figure[1].get_bottom()[1] - 0.36
        align_baseline(of_layer, base, left=layout.LEFT_EDGE)
        number = Counter(
            self.layer, "d", LABEL, self.theme.muted, value=lambda at: 1 + min(round(at), depth - 1)
        )
        number.shift(of_layer.get_right() * [1, 0, 0] + [0.12, base, 0] - number.corner)
        figure.add(of_layer, number)
        weights = typography.label(self.words.label("weights"), size=SMALL)
        return figure.add(self.flat_name[0], weights.next_to(of_layer, DOWN, buff=0.3, aligned_edge=LEFT))

    # -- the gradient ----------------------------------------------------------------------------------------
    def come_back(
        self, beat: Narration, passes: StackPasses, name: str, color: ManimColor, shape: str, y: float
    ) -> None:
        """A gradient is drawn back from the last layer to the first; its figure follows."""
        self.draw_back(beat.time_left - 0.8, passes, color, shape)
        self.play(FadeIn(self.entry(passes, name, color, shape, y), shift=0.2 * UP), run_time=0.6)

    def draw_back(self, time: float, passes: StackPasses, color: ManimColor, shape: str) -> None:
        """The line of a gradient grows from the last layer to the first."""
        back = ValueTracker(0)
        self.add(GradientLine(self.axis, ratios(passes), back, color, shape))
        far = len(passes.gradient_norms) - 1
        self.play(back.animate(rate_func=linear).set_value(far), run_time=max(time, 2.2))

    def entry(self, passes: StackPasses, name: str, color: ManimColor, shape: str, y: float) -> VGroup:
        """What the gradient is multiplied by with each layer, and which line it belongs to."""
        figure = typography.figure(self.words.label("growth", growth=passes.growth), color, FIGURE)
        align_baseline(figure, y, left=layout.LEFT_EDGE)
        per_layer = typography.label(self.words.label("each"))
        align_baseline(per_layer, y, left=figure.get_right()[0] + 0.2)
        sample = key(shape, color).move_to(layout.at(layout.LEFT_EDGE, y - 0.4), LEFT)
        words = typography.label(self.words.label(name), color, SMALL)
        align_baseline(words, y - 0.48, left=sample.get_right()[0] + 0.2)
        row = VGroup(figure, per_layer, sample, words)
        if passes is self.exploding:
            year = self.words.table("papers")["yang"]["year"]
            source = typography.label(self.words.label("source", year=year), size=SMALL)
            row.add(align_baseline(source, y - 0.9, left=layout.LEFT_EDGE))
        return row


def listed(shown: range) -> str:
    """The numbers of the layers, from 1 on, shortened when they are many."""
    names = [str(layer + 1) for layer in shown]
    return ", ".join(names if len(names) < 6 else [*names[:3], "...", names[-1]])


def ratios(passes: StackPasses) -> np.ndarray:
    """The length of the gradient in every layer's weights, over the last one's."""
    return passes.gradient_norms / passes.gradient_norms[-1]
