"""Why it works: an experiment told and made again here, two made here; and a debate as one still."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    Animation,
    Circle,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    Mobject,
    Succession,
    ValueTracker,
    VGroup,
    Wait,
    linear,
    rush_into,
    smooth,
    there_and_back,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.pieces.above.ring import HALF, spread_ring
from scenes.pieces.digits.rate_dots import RateDots
from scenes.pieces.why.cloud import DOT, OFF, WIDER, Cloud, inside
from scenes.pieces.why.curves import KINDS, Curves
from scenes.pieces.why.debate import Debate
from scenes.pieces.why.fan import Fan
from scenes.pieces.why.landing_chart import LandingChart

DOTS = 120
DRIFTED = (np.array([1.75, 0.75]), np.array([1.5, 0.7]))  # in spreads: how far, and how many times as wide
A_SHAKE = 0.36  # seconds
LARGE, SMALL = 0.36, 0.23  # of the height: the ring's radius, alone and beside the curves
SHAKEN = KINDS.index("shaken")
A_WAY = 1.5  # seconds in which a ball goes the first step's way
SPARSE = 3  # steps from a curve of the small picture to the next
GROWS = 0.6  # seconds in which the ring becomes that of the next scene


class WhyItWorks(BeatScene):
    """Scene 17: why it works."""

    poster = "debate"
    ends_on: ClassVar[str | None] = "ring"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The loss of shaken networks; the loss along the gradient, by step, network and run."""
        network = lesson.network
        return data_tables.shaking(network.shaking) | data_tables.along_the_gradient(network.along[:1])

    def construct(self) -> None:
        """The cloud is held, and shaken; the loss along a step; the debate."""
        self.papers = self.words.table("papers")
        self.shake_the_cloud()
        self.look_along_the_step()
        self.build_the_debate()
        self.become_the_ring()
        self.hand_over(self.ring)

    # -- the first experiment, told, and made again here --
    def shake_the_cloud(self) -> None:
        """What reaches a layer drifts; batch norm holds it; shaken after that, it trains all the same."""
        with self.beat("drift") as beat:
            self.show_heading()
            self.put_the_cloud()
            self.play(FadeIn(self.cloud, self.said[0]), run_time=0.5)
            self.play(self.cloud.animate.shift_by(*DRIFTED), run_time=max(0.4 * beat.time_left, 1.5))
            first, second = self.caption("ioffe"), self.caption("santurkar")
            self.play(FadeIn(self.hold, first), run_time=0.4)
            self.play(self.cloud.animate.shift_by(np.zeros(2), np.ones(2)), run_time=0.8)
            self.play(FadeIn(self.said[1]), run_time=0.3)
            self.tug(beat.time_left)
            beat.next_sentence()
            self.by, rng = second, np.random.default_rng(3)
            gone, come = (
                FadeOut(first, self.said[0], run_time=0.3),
                FadeIn(second, self.said[2], run_time=0.4),
            )
            self.play(gone, come, self.shake(rng))
            self.keep_shaking(rng, 0.35 * beat.time_left)
            self.draw_the_curves(rng, beat.time_left)
            beat.next_sentence()
            curve = self.curves.clocks[SHAKEN].animate(run_time=max(beat.time_left, 2.0), rate_func=linear)
            named = Succession(Wait(0.2), FadeIn(self.curves.named(SHAKEN), run_time=0.4))
            turns = max(round(max(beat.time_left, 2.0) / A_SHAKE), 4)
            back = self.cloud.animate(run_time=0.5).shift_by(np.zeros(2), np.ones(2)).build()
            shakes = Succession(*(self.shake(rng) for _ in range(turns - 1)), back)
            self.add(self.curves.lines[SHAKEN])
            self.play(curve.set_value(1.0), named, shakes)
            self.told = [it for it in self.mobjects if it is not self.cloud]

    def put_the_cloud(self) -> None:
        """What reaches a layer, in the middle, and the ring in which it is held."""
        whole = self.places.whole
        self.middle, radius = whole.at(0.5, 0.52), LARGE * whole.height
        rows = self.lesson.standardized.data.features[:DOTS]
        self.rows, self.unit = rows, inside(rows, radius)
        self.cloud = Cloud(rows, self.middle[:2], self.unit)
        self.hold = Circle(radius, color=self.theme.bowl, stroke_width=8).move_to(self.middle)
        palette, top = self.theme, self.middle[1] + radius
        keys = (("inputs", palette.text), ("held", palette.bowl), ("then_shaken", palette.text))
        inputs, held, shaken = (typography.name(self.words.label(key), color) for key, color in keys)
        if self.is_wide:
            inputs.move_to([(whole.left + self.middle[0] - radius) / 2, self.middle[1], 0.0])
            held.move_to([(whole.right + self.middle[0] + radius) / 2, self.middle[1] + 0.3, 0.0])
            shaken.next_to(held, DOWN, buff=0.3)
        else:
            inputs.move_to(whole.at(0.5, 0.06))
            held.move_to([self.middle[0], top + 0.35, 0.0])
            shaken.move_to(inputs)
        self.said = VGroup(inputs, held, shaken)

    def draw_the_curves(self, rng: np.random.Generator, run_time: float) -> None:
        """The cloud goes aside, shaken; beside it networks of ours are trained, without and with."""
        whole = self.places.whole
        room = whole.part(left=0.4) if self.is_wide else whole.part(top=0.52)
        aside = whole.at(0.18, 0.55) if self.is_wide else whole.at(0.27, 0.8)
        radius = (SMALL if self.is_wide else 0.6 * SMALL) * whole.height
        network = self.lesson.network
        self.curves = Curves(network.shaking, network.settings.depth, room, self.words)
        hold = self.hold.animate(run_time=0.7).scale(radius / (LARGE * whole.height)).move_to(aside)
        cloud = self.cloud.animate(run_time=0.7).stand(aside[:2], inside(self.rows, radius), 11.0)
        below = aside[1] - radius - (1.1 if self.is_wide else 0.45)
        by = self.by.animate(run_time=0.7).move_to([aside[0], below, 0.0])
        grid = Succession(Wait(0.3), FadeIn(self.curves.grid(), run_time=0.4))
        self.play(FadeOut(self.said[1:], run_time=0.3), hold, cloud, by, grid)
        self.add(*self.curves.lines[:SHAKEN])
        long = max(run_time - 0.7, 1.5)
        draw = [it.animate(run_time=long, rate_func=linear).set_value(1.0) for it in self.curves.clocks[:2]]
        named = [FadeIn(self.curves.named(kind), run_time=0.5) for kind in range(SHAKEN)]
        shakes = Succession(*(self.shake(rng) for _ in range(max(round(long / A_SHAKE), 3))))
        self.play(*draw, *named, shakes)

    def tug(self, run_time: float) -> None:
        """The cloud would drift on, and is held."""
        turns = max(round(run_time / 0.9), 1)
        for turn in range(turns):
            way = np.array([1.0, 0.4 if turn % 2 else -0.5])
            off = OFF * way / np.linalg.norm(way)
            held = self.cloud.animate(run_time=max(run_time / turns, 0.5), rate_func=there_and_back)
            self.play(held.shift_by(off, np.array([WIDER, 0.98])))

    def keep_shaking(self, rng: np.random.Generator, run_time: float) -> None:
        """One shake after another."""
        for _ in range(max(round(run_time / A_SHAKE), 3)):
            self.play(self.shake(rng), run_time=A_SHAKE)

    def shake(self, rng: np.random.Generator) -> Animation:
        """The cloud goes somewhere else, and is wider or narrower there."""
        offset, stretch = rng.normal(0, 0.75, 2), np.exp(rng.normal(0, 0.3, 2))
        return self.cloud.animate(run_time=A_SHAKE).shift_by(offset, stretch).build()

    # -- the second, made here --
    def look_along_the_step(self) -> None:
        """A ball goes the way of one step, without and with; then all steps, a fan of curves each."""
        with self.beat("along") as beat:
            network = self.lesson.network
            chart = LandingChart(network.along[0], network.settings.depth, self.words, self.places)
            self.chart, ends = chart, [fan.curves[fan.order[0], 0] for fan in chart.fans]
            gone = (FadeOut(it, run_time=0.4) for it in self.told)
            come = [Succession(Wait(0.25), FadeIn(chart.grid(), chart.network(), run_time=0.4))]
            self.play(self.cloud.animate(run_time=0.65).stand(ends[0], 0.01, 0.6 * DOT), *gone, *come)
            self.remove(self.cloud)
            self.add(*chart.fans)
            for side, clock in enumerate(chart.clocks):
                name, way = chart.name(side), clock.animate(run_time=A_WAY, rate_func=smooth)
                self.play(way.set_value(1 - 1e-6), FadeIn(name, run_time=0.4))
            beat.next_sentence()
            long = max(beat.time_left - 0.4, 2.0)
            sweep = [
                it.animate(run_time=long, rate_func=rush_into).set_value(chart.count) for it in chart.clocks
            ]
            self.play(*sweep)
            self.play(*(fan.animate.leave_the_ball() for fan in chart.fans), run_time=0.4)

    # -- the debate --
    def build_the_debate(self) -> None:
        """Larger steps; then each finding with what it looks like, and beside two of them a doubt."""
        with self.beat("debate") as beat:
            shown = self.try_larger_steps(beat.time_left)
            beat.next_sentence()
            debate = Debate(self.words, self.places, self.who)
            self.held, cloud = debate.ring(), debate.cloud(self.rows)
            calm, steps = self.small_fans(debate), debate.steps()
            findings = [debate.entry(key) for key in ("ioffe", "smoother", "bjorck")]
            gone = (FadeOut(it, run_time=0.3) for it in shown)
            shown_now = (*findings, debate.question(), self.held, cloud, *calm)
            come = [FadeIn(it, run_time=0.5) for it in shown_now]  # apart, so that the ring can stay
            grow = (GrowFromEdge(step, LEFT, run_time=0.8) for step in steps)
            self.play(*gone, *come, *grow)
            self.play(FadeIn(debate.entry("santurkar"), debate.entry("yao")), run_time=0.5)
            beat.next_sentence()
            self.live(cloud, [fan.clock for fan in calm], max(beat.time_left, 1.2))

    def small_fans(self, debate: Debate) -> list[Fan]:
        """Both fans as a small picture, over each other, without a ball."""
        box, chart, made = debate.picture("smoother"), self.chart, []
        for side, color in enumerate((self.theme.valley, self.theme.bowl)):
            order = range(0, chart.count, SPARSE)
            fan = Fan(chart.curves(side, box), box, color, ValueTracker(len(order)), order)
            made.append(fan.leave_the_ball())
        return made

    def live(self, cloud: Cloud, clocks: list[ValueTracker], run_time: float) -> None:
        """The held cloud is tugged, and the fans open once more."""
        for clock in clocks:
            clock.set_value(0)
        tug = cloud.animate(run_time=run_time, rate_func=there_and_back)
        most = self.chart.count // SPARSE + 1
        fans = [it.animate(run_time=run_time, rate_func=linear).set_value(most) for it in clocks]
        self.play(tug.shift_by(OFF * np.array([0.9, -0.4]), np.array([WIDER, 0.98])), *fans)

    def become_the_ring(self) -> None:
        """The ring that held the inputs grows to the one with which the next scene begins."""
        self.ring = spread_ring(self.places)
        rest = [FadeOut(it, run_time=0.4) for it in self.mobjects if it is not self.held]
        grown = self.held.animate(run_time=GROWS).set(width=2 * HALF * self.ring.view.scale_factor)
        grown.move_to([*self.places.whole.center, 0.0]).set_color(self.theme.text)
        self.play(grown, *rest)
        self.remove(self.held)
        self.add(self.ring)

    def try_larger_steps(self, run_time: float) -> list[Mobject]:
        """Which rates work, without and with, and how much larger they may be; what is shown in the end."""
        study, story, whole = self.lesson.network, self.lesson.story, self.places.whole
        rates = RateDots(study, whole.part(top=0.92), (self.theme.valley, self.theme.bowl), self.words)
        network = typography.name(self.words.label("relu_layers", layers=study.settings.depth))
        whole.put(network, 1.0, 1.0)
        as_they = self.places.foot.put(
            typography.name(self.words.label("as_bjorck", who=self.who("bjorck")), self.theme.muted)
        )
        shown: list[Mobject] = [*rates.dots, rates.axis, rates.names, network, as_they]
        gone = [FadeOut(it, run_time=0.4) for it in self.mobjects]
        self.play(*gone, Succession(Wait(0.2), FadeIn(*shown, run_time=0.4)))
        tried = rates.tried.animate(rate_func=linear, run_time=max(0.5 * (run_time - 0.6), 1.0)).set_value(1)
        self.play(tried)
        if story.larger_rates_work:
            arrow, figure, grow = rates.reach(story.rates_that_work, story.rate_reach)
            self.add(arrow)
            late = Succession(Wait(0.3), FadeIn(figure, run_time=0.4))
            self.play(grow, late, run_time=max(0.5 * (run_time - 0.6), 0.9))
            shown += [arrow, figure]
        return shown

    # -- words --
    def who(self, key: str) -> str:
        """A finding's authors, and its year."""
        return self.words.label(key, year=self.papers[key]["year"])

    # -- places --
    @property
    def is_wide(self) -> bool:
        """Whether there is room round the question: in a square there is none, nor for the question."""
        return self.places.whole.is_wide

    def caption(self, key: str) -> Mobject:
        """Who found it, and when, at the foot."""
        return self.places.foot.put(typography.name(self.who(key), self.theme.muted))
