"""From standardized inputs to the layer inside a network: what stays of the picture, and what changes."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Arrow,
    Create,
    FadeIn,
    FadeOut,
    Group,
    GrowFromPoint,
    LaggedStart,
    Mobject,
    ValueTracker,
    VGroup,
)

from bn_math import Lesson, standardize
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene, Narration
from scenes.kit.charts.rate_chart import RateChart, RateCurve
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.script import numbers
from scenes.kit.surface.ball import Ball
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.network import Column, even, neuron, pulses_back
from scenes.pieces.rays import RayLines, RayPath, RaySurface, RayWindow, StepAcross, WeightNames

# From two inputs to two hidden neurons. Any weights would do under which no neuron is dead on the data: what
# comes out has scales of its own.
WEIGHTS, BIAS = np.array([[1.2, 0.12], [-0.4, 0.9]]), 1.5
INPUTS, HIDDEN, OUTPUT = -5.75, 0.1, 5.85  # where the network's columns stand
ABOVE = 2.0  # the height of the way back
OUTWARDS = 1.8  # how many times longer w gets along its ray
PAST = 2.5  # times the linear neuron's largest stable learning rate: the step that is shown
SEEN = (0.5, 1.7)  # but it is at least and at most so long, in lengths of the first w
REACH = 2.75  # of the window, in lengths of the first w
MAP = (1.9, -0.1)  # where the origin stands when the surface is seen from above
SIZE, CORNER = (8.2, 5.0), (-1.95, -2.55)  # of the chart, as in LearningRates


def hidden(x: Array, data: Array) -> Array:
    """What the hidden neurons put out for inputs (n, 2): (n, 2); none is dead on the rows of ``data``.

    Where a neuron's weights would leave the mean of ``data`` below 0, they have the opposite sign.
    """
    signs = np.where(data.mean(axis=0) @ WEIGHTS.T + BIAS > 0, 1.0, -1.0)
    return np.maximum(x @ (WEIGHTS.T * signs) + BIAS, 0.0)


class InsideTheNetwork(BeatScene):
    """Inside the network."""

    poster = "rays"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The loss by direction, and the steps at every learning rate."""
        rates = lesson.neuron_rates
        steps = {"learning_rate": rates, "steps": lesson.story.shown_neuron.steps_against(rates)}
        return {"rays": data_tables.rays(lesson), "steps": steps}

    def construct(self) -> None:
        """A layer between layers, the surface it makes, and the learning rates it stands."""
        self.neuron = self.lesson.story.shown_neuron
        self.limit = self.lesson.story.shown_stage.spectrum.largest_stable_learning_rate
        self.put_between_layers()
        self.show_the_rays()
        if self.tells("rates"):
            self.try_every_rate()

    def put_between_layers(self) -> None:
        """The network; batch norm before its output, then on its inputs; gradients go back through both."""
        with self.beat("layers") as beat:
            self.heading = layout.heading(typography.title(self.words.title))
            colors = (self.theme.feature_a, self.theme.feature_b)
            x = self.lesson.data.features
            first = Column(INPUTS, x, self.theme.rule)
            second = Column(HIDDEN, hidden(x, x), self.theme.rule)
            output = neuron(OUTPUT, float(second.nodes.get_y()), self.theme.text)
            name = typography.Text(self.words.label("output"), typography.HEADING).move_to(output)
            letters = [
                column.letters((self.words.label(one), self.words.label(other)), colors)
                for column, one, other in ((first, "a", "b"), (second, "hidden_a", "hidden_b"))
            ]
            wires = [first.wires_to(second.nodes), second.wires_to(VGroup(output))]
            for cloud, node, color in zip(first.clouds, first.nodes, colors, strict=True):
                cloud.dots.set_color(color)
                node.set_color(color)
            self.play(FadeIn(self.heading, first, letters[0]), run_time=0.7)
            self.play(LaggedStart(*map(Create, wires[0]), lag_ratio=0.1), run_time=0.6)
            self.play(FadeIn(second.nodes, second.stems), run_time=0.4)
            self.play(*(FadeIn(cloud, shift=0.5 * RIGHT) for cloud in second.clouds), run_time=0.8)
            self.play(FadeIn(letters[1]), *second.paint_in(colors), run_time=0.7)
            out = LaggedStart(*map(Create, wires[1]), lag_ratio=0.1)
            self.play(out, FadeIn(output, name), run_time=0.6)
            beat.next_sentence()
            layers = [column.layer(self.words.label("batch_norm")) for column in (first, second)]
            notes = [self.note(key, box) for key, box in zip(("on_inputs", "on_hidden"), layers, strict=True)]
            self.insert(beat, layers, notes[0], first, second)
            beat.next_sentence()
            if self.lesson.story.several_batches:
                self.take_a_batch(first, second, *notes)
            else:
                self.play(FadeOut(notes[0]), FadeIn(notes[1]), run_time=0.5)
            beat.next_sentence()
            back = self.way_back(layers[0].get_x())
            self.play(FadeIn(back), run_time=0.4)
            lines = (wires[1], second.stems, wires[0])
            self.play(pulses_back(lines, self.theme.ball), run_time=max(beat.time_left, 1.8))
            self.network = Group(*letters, output, name, *wires, first, second, *layers, notes[1], back)

    def insert(
        self, beat: Narration, layers: list[VGroup], note: Mobject, first: Column, second: Column
    ) -> None:
        """A layer behind the hidden neurons, then one behind the inputs, over all rows at once."""
        x, x_hat = self.lesson.data.features, self.lesson.standardized.data.features
        before, after = standardize(hidden(x, x)), standardize(hidden(x_hat, x_hat))
        batch_hat = self.lesson.batches.standardized[0]
        self.batch_after = standardize(hidden(batch_hat, x_hat), eps=self.lesson.settings.eps)
        self.spans = even(x_hat, batch_hat), even(before, after, self.batch_after)
        self.play(FadeIn(layers[1], shift=0.5 * DOWN), run_time=0.5)
        self.play(*second.spread(before, self.spans[1]), run_time=1.3)
        beat.next_sentence()
        self.play(FadeIn(layers[0], shift=0.5 * DOWN), FadeIn(note), run_time=0.5)
        moves = first.spread(x_hat, self.spans[0]) + second.spread(after, self.spans[1])
        self.play(*moves, run_time=1.3)

    def take_a_batch(self, first: Column, second: Column, before: Mobject, note: Mobject) -> None:
        """The rows of one mini-batch, by their own mean and spread: they land a little elsewhere."""
        self.play(FadeOut(before), run_time=0.25)
        rows = self.lesson.batches.rows[0]
        moves = first.single_out(rows, self.lesson.batches.standardized[0], self.spans[0])
        moves += second.single_out(rows, self.batch_after, self.spans[1])
        self.play(FadeIn(note), *moves, run_time=1.0)

    def show_the_rays(self) -> None:
        """The loss is the same along every ray; a step goes across, and leads outwards."""
        with self.beat("rays") as beat:
            self.fade_out(*self.network)
            loss, start = self.neuron.loss, np.array(self.lesson.settings.neuron_start)
            window = RayWindow(loss, REACH * float(np.linalg.norm(start)), self.lesson.settings.tolerance)
            view = Viewpoint(azimuth=-90, zenith=0, perspective=0, center=MAP, scale=1.1)
            surface, clock = RaySurface(window, view), ValueTracker(0)
            far = OUTWARDS * start
            path = RayPath(window, np.array([start, far, far + self.step_from(far, start)]))
            ball, lines = Ball(surface, path, clock), RayLines(surface)
            names = WeightNames(surface, (self.words.label("weight_a"), self.words.label("weight_b")))
            height = typography.label(self.words.label("height"))
            height.move_to(layout.at(MAP[0], layout.BOTTOM_EDGE + 0.15))
            subject = typography.label(self.words.label("subject"))
            layout.place(subject, layout.LEFT_EDGE, self.heading.get_bottom()[1] - 0.22)
            facts = self.facts(path, clock)
            self.add(surface, lines, names)
            self.play(*map(FadeIn, (surface, lines, names, subject, height, *facts[:3])), run_time=0.7)
            self.play(FadeIn(ball), FadeIn(facts[3:]), run_time=0.4)
            self.play(clock.animate.set_value(1), run_time=max(beat.time_left, 2.0))
            beat.next_sentence()
            step = StepAcross(window, view, *path.weights[1:])
            self.play(Create(step.ray), FadeIn(step.ring), run_time=0.5)
            self.play(GrowFromPoint(step.arrow, step.arrow.get_start()), FadeIn(step.corner), run_time=0.6)
            self.play(clock.animate.set_value(2), run_time=1.2)
            self.rays = [surface, lines, names, height, subject, facts, ball, step]

    def try_every_rate(self) -> None:
        """Steps against the learning rate, with the cliff of the linear neuron for comparison."""
        with self.beat("rates") as beat:
            rates = self.lesson.neuron_rates
            steps = self.neuron.steps_against(rates)
            arrives = np.isfinite(steps) & (steps > 0)
            rates, steps = rates[arrives], steps[arrives]
            names = self.words.label("rate"), self.words.label("steps")
            chart = RateChart(
                self.lesson.settings.neuron_learning_rates, steps.max(), SIZE, names, every=(2, 2)
            )
            chart.shift(layout.at(*CORNER) - chart.at(self.lesson.settings.neuron_learning_rates[0], 1.0))
            counted = typography.label(self.words.label("counted"))
            layout.place(counted, layout.LEFT_EDGE, 2.55)
            chart.stay_inside()
            curve = RateCurve(chart, rates, steps, self.theme.text)
            words = self.words.label("linear")
            cliff = chart.cliff(self.limit, self.theme.valley, words, [curve.places])
            self.fade_out(*self.rays, run_time=0.4)
            self.play(FadeIn(chart, counted), run_time=0.5)
            self.play(GrowFromPoint(cliff.wall, cliff.wall.get_start()), run_time=0.5)
            self.play(FadeIn(cliff.hatching, lag_ratio=0.05), FadeIn(cliff.label), run_time=0.5)
            beat.next_sentence()
            ends = [
                key_figure(typography.figure(numbers.write(float(count), ".1e")), self.words.label(key))
                for count, key in ((steps[0], "first"), (steps[-1], "last"))
            ]
            cai = self.words.label("source", year=self.words.table("papers")["cai"]["year"])
            source = typography.label(cai, size=typography.SMALL)
            layout.column(*ends, top=1.0, gap=0.5)
            layout.place(source, layout.LEFT_EDGE, -2.9)
            self.play(FadeIn(curve, ends[0]), run_time=0.4)
            self.play(curve.draw(float(rates[steps.argmin()]), 1.2))
            self.play(curve.draw(rates[-1], max(beat.time_left - 0.8, 2.0)))
            name = typography.label(self.words.label("normalized"), self.theme.text)
            middle = chart.at(rates[len(rates) * 3 // 4], steps[len(steps) * 3 // 4])
            self.play(FadeIn(ends[1], source, name.next_to(middle, UP + LEFT, buff=0.15)), run_time=0.4)

    def step_from(self, far: Array, start: Array) -> Array:
        """A step of gradient descent from the weights ``far``, as long as can be seen."""
        step = -PAST * self.limit * self.neuron.loss.gradient(far)
        length, unit = float(np.linalg.norm(step)), float(np.linalg.norm(start))
        return step * (float(np.clip(length, SEEN[0] * unit, SEEN[1] * unit)) / length)

    # -- the pieces ------------------------------------------------------------------------------------------
    def note(self, key: str, box: VGroup) -> Mobject:
        """What is to be said of a layer, below it."""
        text = typography.label(self.words.label(key), self.theme.text)
        return text.next_to(box, DOWN, buff=0.3).align_to(box, LEFT)

    def way_back(self, first: float) -> VGroup:
        """An arrow from the output to the ``first`` layer, whose gamma and beta are learned."""
        ends = (layout.at(x, ABOVE) for x in (OUTPUT, first))
        arrow = Arrow(*ends, buff=0, stroke_width=4, tip_length=0.22, color=self.theme.ball)
        name = typography.label(self.words.label("gradient"), self.theme.ball)
        return VGroup(arrow, name.next_to(arrow, UP, buff=0.15).align_to(arrow, RIGHT))

    def facts(self, path: RayPath, clock: ValueTracker) -> VGroup:
        """The neuron, its law, and two counters: how long the weights are, and the loss."""
        lengths = [float(np.linalg.norm(weights)) for weights in path.weights]
        heights = [float(self.neuron.loss.value(weights)) for weights in path.weights]
        length = Counter(
            clock, numbers.spec_for(max(lengths), 3), value=lambda t: float(np.linalg.norm(path.at(t)))
        )
        height = Counter(
            clock,
            numbers.spec_for(max(heights), 4),
            color=self.theme.ball,
            value=lambda t: float(self.neuron.loss.value(path.at(t))),
        )
        return layout.column(
            typography.Formula(self.words.label("neuron")),
            typography.label(self.words.label("best")),
            typography.Formula(self.words.label("invariance"), 48),
            key_figure(length, self.words.label("length")),
            key_figure(height, self.words.label("loss")),
            top=1.9,
            gap=0.36,
        )
