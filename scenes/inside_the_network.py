"""Inside the network: where the layer stands, what twice the weights change, and the rays that follow."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import (
    DOWN,
    UP,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    Indicate,
    Line,
    Mobject,
    Rectangle,
    ValueTracker,
    VGroup,
    smooth,
)

from bn_math import Lesson
from bn_math.lesson.deep_story import SUMMED
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.surface.trough.arrow import LyingArrow, downhill
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.race.cliff_chart import CliffChart, RateCurve
from scenes.pieces.rays.figures import length_and_loss
from scenes.pieces.rays.floor import RayFloor, beside_axis, framed
from scenes.pieces.rays.marks import LengthCircle, LyingRay, Plumb, RayBall, RightAngle
from scenes.pieces.rays.rates import NeuronCurve, beyond
from scenes.pieces.rays.surface import RayFan
from scenes.pieces.rays.window import RayWindow
from scenes.pieces.slot.pipeline import Pipeline
from scenes.pieces.slot.sums import TWICE, Sums, SumsAndOutputs

MET, WATCHED = 56.0, 30.0  # degrees to the vertical from which the rays are met, and the steps watched
WIDEST, PLATE = 2.4, 0.9  # of a weight's name: its width, in picture units, and how dark it is behind it
ARROW, THICK = 0.75, 12.0  # the arrow downhill: its length in weights, and its breadth in pixels at 1080p
POWERS = 50.0  # size of powers of ten on the chart's axes
LEAN, WALK = -30.0, -55.0  # degrees off the lowest ray from which it is seen; and before the walk round it
OUT_AND_BACK = (1.0, 1.3, 0.55, 1.0)  # lengths of the weights as the ball slides along its ray


def late(t: float) -> float:
    """When what was there has gone."""
    return float(smooth(max(2 * t - 1, 0.0)))


class InsideTheNetwork(BeatScene):
    """An extra: inside the network."""

    poster = "steps"
    ends_on = "rates_of_the_neuron"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The loss by direction, the short descent on it, and the steps at every learning rate."""
        rates = lesson.neuron_rates
        steps = {"learning_rate": rates, "steps": lesson.story.shown_neuron.steps_against(rates)}
        way = data_tables.way(lesson.data, lesson.story.neuron_run)
        return {"rays": data_tables.rays(lesson), "descent": way, "steps": steps}

    def construct(self) -> None:
        """A slot, sums twice as large, rays, steps across them, learning rates."""
        self.times = ValueTracker(1.0)
        self.neuron = self.lesson.story.shown_neuron
        self.try_both_slots()
        self.double_the_weights()
        self.turn_a_ray()
        if self.tells("steps"):
            self.step_across()
        if self.tells("rates"):
            self.try_every_rate()

    # -- the neuron ------------------------------------------------------------------------------------------
    def try_both_slots(self) -> None:
        """The layer behind the sum; below that, another neuron whose layer changes places with the bend."""
        with self.beat("slot") as beat:
            self.show_heading()
            upper, lower = (Pipeline(self.words, self.row(it), self.times) for it in (0, 1))
            whole = VGroup(*upper.parts[1:])
            down = self.places.whole.center[1] - upper.box.center[1]
            whole.shift([0, down, 0])
            self.add(*upper.parts[:4], upper.bend)
            self.play(FadeIn(upper.layer, shift=0.6 * DOWN), run_time=0.8)
            names = [
                line.put(self.slot_name(key))
                for line, key in ((upper, "first_paper"), (lower, "the_article"))
            ]
            self.play(*(part.animate.shift([0, -down, 0]) for part in upper.parts[1:]), run_time=0.8)
            self.play(FadeIn(names[0]), upper.pulse(max(beat.time_left, 1.2)))
            beat.next_sentence()
            self.play(*(FadeIn(part, shift=DOWN) for part in lower.parts), run_time=0.5)
            self.play(*lower.change_places(), FadeIn(names[1]), run_time=max(beat.time_left - 0.5, 1.1))
            self.line, self.gone = upper, [*names, *lower.parts]

    def row(self, which: int) -> Box:
        """The upper or the lower half of the picture."""
        return self.places.whole.part(bottom=0.52 - 0.5 * which, top=0.96 - 0.5 * which)

    def slot_name(self, key: str) -> Mobject:
        """Who put it there."""
        year = self.words.table("papers")["ioffe"]["year"]
        return fitted(
            [self.words.label(key, year=year)], 0.6 * self.places.whole.width, self.theme.text, NAME, NAME
        )

    def double_the_weights(self) -> None:
        """All rows' sums and what the layer makes of them, at the weights and at twice the weights."""
        with self.beat("twice") as beat:
            line = self.line
            left, right = self.sum_rooms()
            features = self.lesson.story.shown_stage.data.features
            sums = Sums(features, np.array(SUMMED), self.lesson.settings.eps)
            picture = SumsAndOutputs(sums, right, self.times).hand(0.0)
            self.play(
                *map(FadeOut, (*self.gone, line.links, line.bend)),
                line.layer.animate(path_arc=0.6).move_to([left[1], right.bottom, 0]),
                line.sum.animate.move_to([left[1], right.top, 0]),
                *(
                    node.animate.shift([left[0], right.top + side, 0] - node[0].get_center())
                    for side, node in zip((1, -1), line.inputs, strict=True)
                ),
                FadeIn(picture),
                run_time=1.1,
            )
            down = Line(line.sum.get_bottom(), line.layer.get_top(), color=self.theme.rule, stroke_width=5)
            figures = self.sum_figures(sums)
            self.play(picture.animate.hand(1.0), *map(FadeIn, (down, *figures)), run_time=0.8)
            twice = typography.figure(self.words.label("twice"), self.theme.text, KEY)
            twice.next_to(line.sum, UP, buff=0.2)
            self.play(FadeIn(twice, scale=0.6), run_time=max(beat.time_left, 0.4))
            beat.next_sentence()
            self.play(self.times.animate.set_value(TWICE), run_time=max(beat.time_left, 2.0))
            beat.next_sentence()
            self.play(Indicate(figures[1], 1.2, self.theme.bowl), run_time=max(beat.time_left, 1.2))
            self.gone = [picture, down, twice, *figures, line.wires, line.inputs, line.sum, line.layer]

    def sum_rooms(self) -> tuple[tuple[float, float], Box]:
        """Where inputs and neuron stand, from left to right, and the box between the two lines of dots."""
        whole = self.places.whole
        x = (0.05, 0.19) if whole.is_wide else (0.08, 0.25)
        left = (float(whole.at(x[0])[0]), float(whole.at(x[1])[0]))
        return left, whole.part(0.33 if whole.is_wide else 0.42, 1.0, 0.26, 0.70)

    def sum_figures(self, sums: Sums) -> list[VGroup]:
        """The spread of the sums, and what comes out for the first row."""
        spread = Counter(self.times, ".2f", KEY, self.theme.valley, value=sums.spread)
        out = Counter(self.times, ".2f", KEY, self.theme.bowl, value=lambda it: float(sums.out(it)[0]))
        whole = self.places.whole
        return [
            whole.put(key_figure(spread, self.words.label("spread"), NAME), 1.0, 1.0),
            whole.put(key_figure(out, self.words.label("out"), NAME), 1.0, 0.0),
        ]

    # -- the rays --------------------------------------------------------------------------------------------
    def turn_a_ray(self) -> None:
        """The ball slides along its ray at one height; then the ray turns, and leaves the surface behind."""
        with self.beat("rays") as beat:
            self.stand_on_a_ray()
            new = (self.floor, *self.axis_names, self.plumb, self.ray, self.ball, *self.figures)
            self.play(*map(FadeOut, self.gone), *map(FadeIn, new), run_time=0.7)
            third = max(beat.time_left / 3, 0.65)
            for place in (1, 2, 3):
                self.play(self.slide.animate.set_value(place), run_time=third)
            beat.next_sentence()
            self.add(self.fan)
            turned = self.fan.animate(rate_func=smooth).sweep(1.0)
            walked = self.view.animate(rate_func=smooth).become(self.seen_from(LEAN, MET))
            gone = FadeOut(self.plumb, run_time=0.4)
            self.play(turned, walked, gone, run_time=max(beat.time_left, 3.5))

    def stand_on_a_ray(self) -> None:
        """Everything of the surface: at first a ray alone, and the ball on it."""
        run = self.run = self.lesson.story.neuron_run
        self.window = RayWindow.around(self.neuron.loss, run)
        self.view = self.seen_from(WALK, MET)
        self.fan = RayFan(self.window, self.view, run[0]).sweep(0.0)
        self.floor = RayFloor(self.fan)
        self.slide, self.clock = ValueTracker(0.0), ValueTracker(0.0)
        along = np.array(OUT_AND_BACK)[:, None] * run[0]
        self.ball = RayBall(self.fan, along, self.slide)
        self.plumb = Plumb(self.ball, self.floor)
        self.ray = LyingRay(self.fan, lambda: self.fan.tip)
        self.axis_names = [self.weight_name(axis) for axis in (0, 1)]
        self.figures = self.ray_figures(self.slide, along)

    def step_across(self) -> None:
        """A step at right angles to the ray, then the next ones: all of them lead outwards."""
        with self.beat("steps") as beat:
            run, fan = self.run, self.fan
            circle, corner = LengthCircle(fan, run[0], self.theme.iso), RightAngle(fan, run[0], run[1])
            step = LyingArrow(fan, downhill(self.neuron.loss, run[0], ARROW), thickness=THICK).show(0.0)
            watched = self.view.animate.become(self.seen_from(LEAN, WATCHED))
            self.play(watched, run_time=0.8)
            self.add(step)
            self.play(step.animate.show(1.0), FadeIn(corner), run_time=max(beat.time_left, 0.8))
            beat.next_sentence()
            self.remove(self.ball, *self.figures, step)
            self.figures = self.ray_figures(self.clock, run)
            self.ball, trail = RayBall(fan, run, self.clock), RunTrail(fan, run, self.clock)
            self.add(trail, self.ball, *self.figures)
            source = self.source()
            self.play(FadeIn(circle), run_time=0.3)
            share = max(beat.time_left / (len(run) - 1), 0.9)
            for number in range(1, len(run) - 1):
                self.play(self.clock.animate.set_value(number), run_time=share - 0.3)
                marks: list[Mobject] = [LyingRay(fan, partial(run.__getitem__, number))]
                if RightAngle.fits(fan, run[number], run[number + 1]):
                    marks.append(RightAngle(fan, run[number], run[number + 1]))
                self.play(*map(FadeIn, marks), run_time=0.3)
            last = self.clock.animate.set_value(len(run) - 1)
            self.play(last, FadeIn(source), run_time=max(beat.time_left, 0.9))

    def seen_from(self, lean: float, zenith: float) -> Viewpoint:
        """A viewpoint so many degrees off the ray at which the descent ends."""
        last = self.run[-1]
        azimuth = float(np.degrees(np.arctan2(last[1], last[0]))) + lean
        return framed(self.window, self.places.picture, azimuth, zenith)

    def weight_name(self, axis: int) -> Mobject:
        """A weight's name beyond the end of its axis."""
        key, color = (("weight_a", self.theme.feature_a), ("weight_b", self.theme.feature_b))[axis]
        ways = [self.words.label(f"{key}{form}") for form in ("", "_short")]
        whole, picture = self.places.whole, self.places.picture
        room = Box(whole.left, whole.right, max(whole.bottom, picture.bottom), whole.top)
        name = fitted(ways, WIDEST, color, NAME, NAME)
        plate = Rectangle(width=name.width + 0.2, height=name.height + 0.16, stroke_width=0)
        plate.set_fill(self.theme.background, PLATE).move_to(name)
        return beside_axis(VGroup(plate, name).set(is_label=True), self.floor, axis, room)

    def ray_figures(self, clock: ValueTracker, run: Array) -> list[VGroup]:
        """How long the weights of a run are, and the loss there, in their places."""
        made = length_and_loss(self.words, self.neuron.loss, clock, run)
        self.places.side.stack(*made, gap=0.6)
        return made

    def source(self) -> Mobject:
        """Whose result it is."""
        foot, year = self.places.foot, self.words.table("papers")["cai"]["year"]
        return foot.put(
            fitted([self.words.label("source", year=year)], foot.width, size=NAME, smallest=NAME), 0.0, 0.0
        )

    # -- the rates -------------------------------------------------------------------------------------------
    def try_every_rate(self) -> None:
        """Steps against the learning rate: the ball goes on through the cliff of the neuron without."""
        with self.beat("rates") as beat:
            curve = NeuronCurve(self.neuron, self.lesson.neuron_rates, self.theme.bowl)
            plain = RateCurve(self.lesson.story.shown_stage, self.theme.text)
            names = ("", self.words.label("rate"), self.words.label("steps"))
            span = self.lesson.settings.neuron_learning_rates
            chart = CliffChart([curve], self.places.whole, ValueTracker(1.0), span, names, POWERS)
            done = ValueTracker(0.0)
            gone = [it for it in self.mobjects if it is not self.view]
            tip = Dot(np.append(self.ball.middle, 0.0), 0.15, color=self.theme.ball)
            self.add(tip)
            self.play(
                *map(FadeOut, gone),
                FadeIn(chart.upright(), chart.lying(1), rate_func=late),
                tip.animate.move_to(chart.at(curve, curve.rates[0], curve.steps[0])),
                run_time=1.0,
            )
            cliff = beyond(chart, plain, self.words.label("without"))
            self.play(GrowFromEdge(cliff[0], DOWN), FadeIn(cliff[1:]), run_time=max(beat.time_left, 1.0))
            beat.next_sentence()
            self.add(chart.drawn(curve, done), tip)
            follow(tip, (done,), lambda it: it.move_to(chart.tip(curve, done.get_value())))
            name = typography.name(self.words.label("normalized"), self.theme.bowl)
            chart.box.put(name, 0.92, 0.12)
            self.play(done.animate.set_value(chart.until(curve, plain.cliff)), run_time=1.2)
            on = done.animate.set_value(chart.until(curve, curve.rates[len(curve.rates) // 2]))
            self.play(on, FadeIn(name, run_time=0.5), run_time=max(beat.time_left, 1.6))
            beat.next_sentence()
            self.play(done.animate.set_value(1.0), run_time=max(beat.time_left, 1.6))
