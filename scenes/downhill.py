"""Downhill: the gradient, the step that is a multiple of it, and where both lead in the trough."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    FadeIn,
    FadeOut,
    Mobject,
    Transform,
    ValueTracker,
    VGroup,
    smooth,
    squish_rate_func,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import FIGURE, NAME
from scenes.kit.surface.trough.arrow import Ends, LyingArrow
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.downhill.cut import CutView, DownhillCut, tried
from scenes.pieces.downhill.dial import Dial
from scenes.pieces.downhill.drawn import CutCurve, CutRun, SlopeArrow
from scenes.pieces.downhill.gradient import GradientArrow
from scenes.pieces.downhill.plane import CutPlane
from scenes.pieces.trough.parked import Parked, window_of
from scenes.pieces.trough.plate import plated
from scenes.pieces.trough.spot import Spot

RATES = {"small": (0.03, 6), "good": (0.45, 3), "large": (1.16, 4)}
"""Learning rates as shares of the limit, and how many steps are shown."""
TRIED, MOST = 0.2, 1.25  # the first one, for a step; and the end of the dial
BEYOND = 7.0  # how far the cut goes on over the rim, in heights of the rim
TALL, NARROW = 0.27, (0.26, 0.74)  # of the place, up to the rim, where the ball is to fly out
FEELER = 65.0  # degrees from uphill, to both sides, in which the slope is felt for
CLOSER = 1.5  # how many times as large the start is seen at first
DRIFT = 6.0  # degrees by which the viewer goes round
STEEP = 34.0  # degrees from the vertical, from where across and along are told apart


class Downhill(BeatScene):
    """Scene 4: gradient and learning rate."""

    poster = "rates"
    begins_on = "ball_on_trough"
    ends_on = "ball_at_start"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The descents at three learning rates along one cut, and the loss that is cut."""
        stage = lesson.raw
        cut = DownhillCut(window_of(stage.loss, stage.start), stage.start_on_the_wall)
        return {"surface": data_tables.surface(stage), **tried(cut, lesson.data, RATES)}

    def construct(self) -> None:
        """The gradient, turned round; one cut laid flat; three learning rates; across and along."""
        stage = self.lesson.raw
        window = window_of(stage.loss, stage.start)
        self.view = framed(window, self.places.picture)
        self.whole: Viewpoint = self.view.copy()
        self.parked = Parked(window, self.view, stage.start_on_the_wall)
        self.trough, self.ball = self.parked.trough, self.parked.ball
        self.cut = DownhillCut(window, self.parked.start)
        self.add(self.trough, self.ball)
        self.feel_the_slope()
        self.cut_it_open()
        self.try_rates()
        self.go_across()
        self.come_back()

    def feel_the_slope(self) -> None:
        """From close by: the gradient points uphill; it is turned round."""
        with self.beat("slope") as beat:
            self.show_heading()
            self.play(Transform(self.view, self.close_by), run_time=max(beat.time_left, 1.5))
            beat.next_sentence()
            self.arrow = GradientArrow(self.trough, self.cut)
            aside, turned = self.arrow.aside, self.arrow.turned
            name = self.beside_the_tip(self.words.label("gradient"))
            aside.set_value(-FEELER)
            self.add(self.arrow, self.ball)
            self.play(aside.animate.set_value(FEELER), run_time=0.9)
            self.play(aside.animate.set_value(0.0), FadeIn(name), run_time=0.6)
            self.drift(beat.time_left - 1.2, DRIFT)
            self.play(turned.animate.set_value(1.0), FadeOut(name), run_time=1.2)

    def cut_it_open(self) -> None:
        """A plane comes down over the way downhill; its edge is laid flat, and the ball steps down on it."""
        with self.beat("step") as beat:
            self.play(Transform(self.view, self.large), run_time=0.7)
            self.sight = CutView(self.cut, self.view).look(self.flat, 0.0)
            plane, self.curve = CutPlane(self.sight, self.trough), CutCurve(self.sight)
            self.rate, self.clock = ValueTracker(0.0), ValueTracker(0.0)
            self.add(plane)
            self.play(plane.animate.lower(1.0), FadeOut(self.arrow), run_time=max(beat.time_left - 0.9, 1.0))
            self.run = CutRun(self.sight, self.rate, self.clock, 1)
            self.run.traced = 0.0
            self.add(self.curve, self.run)
            self.remove(self.ball)
            self.play(self.sight.animate.look(self.flat), FadeOut(self.trough), run_time=1.2)
            self.remove(plane)
            self.run.traced = 1.0
            beat.next_sentence()
            self.choose_a_rate(beat.time_left)

    def choose_a_rate(self, time_left: float) -> None:
        """The slope, the dial, and the step that is as long as both say; then it is made."""
        self.slope = SlopeArrow(self.run).show(0.0)
        self.add(self.slope, self.run)
        size = FIGURE if self.places.whole.is_wide else 1.1 * NAME
        self.rule = self.places.title.put(typography.figure(self.words.label("rule"), size=size), 0.5, 1.0)
        self.dial = Dial(
            self.rate, MOST, self.words.label("rate"), self.places.whole.part(0.04, 0.96, 0, 0.15)
        )
        slope, step = self.named_beside()
        self.play(self.slope.animate.show(1.0), FadeIn(slope), run_time=0.8)
        self.play(FadeIn(self.dial), FadeIn(self.rule), run_time=0.4)
        self.run.aim(1.0)
        dialled = max(time_left - 2.0, 1.2)
        self.play(self.rate.animate.set_value(TRIED), FadeIn(step), run_time=dialled)
        self.play(self.clock.animate.set_value(1), FadeOut(slope), FadeOut(step), run_time=0.8)

    def try_rates(self) -> None:
        """The dial is turned, and a ball starts at each rate: too small, good, too large."""
        with self.beat("rates") as beat:
            self.names, self.runs = list[Mobject](), dict[str, CutRun]()
            gone: tuple[Mobject, ...] = (self.run, self.slope)  # one ball at a time: the dial has one knob
            for name, (share, steps) in RATES.items():
                if name != "small":
                    beat.next_sentence()
                self.start_at(name, share, gone)
                gone = (self.rule, self.runs[name]) if name == "small" else (self.runs[name],)
                for step in range(steps):
                    left = max(beat.time_left / (steps - step), 0.3)
                    self.play(self.runs[name].clock.animate.set_value(step + 1), run_time=left)
                self.runs[name].aim(float(name == "large"))

    def start_at(self, name: str, share: float, gone: tuple[Mobject, ...]) -> None:
        """A ball at the start, and the knob at its rate; for one that flies out the cut goes on upwards."""
        rate, clock = ValueTracker(self.rate.get_value()), ValueTracker(0)
        run = self.runs[name] = CutRun(self.sight, rate, clock, RATES[name][1]).aim(1.0)
        color = self.theme.alarm if name == "large" else self.theme.text
        self.names.append(self.dial.named(share, self.words.label(name), color))
        self.add(run)
        moves = [self.rate.animate.set_value(share), rate.animate.set_value(share)]
        if name == "large":
            self.curve.beyond = BEYOND
            moves.append(self.sight.animate.look(self.flat.part(*NARROW), tall=TALL))
        seen = (FadeIn(run), FadeIn(self.names[-1]))
        self.play(*moves, *seen, *map(FadeOut, gone), run_time=0.8 if name == "large" else 0.5)

    def go_across(self) -> None:
        """Downhill goes across; one good step goes with it; home is along."""
        with self.beat("across") as beat:
            self.lay_it_back()
            parked, home = self.parked, self.trough.window.loss.minimizer
            run, clock, reached = np.stack([parked.start, self.landing]), ValueTracker(0), ValueTracker(0)
            ball, trail = CutBall(self.trough, run, clock), RunTrail(self.trough, run, clock)
            beat.next_sentence()
            parked.arrow.show(0.0)
            self.remove(self.ball)
            self.add(parked.arrow, ball)
            across = self.named_on(0.4 * run[0] + 0.6 * run[1], "across", RIGHT)
            self.play(parked.arrow.animate.show(1.0), FadeIn(across), run_time=0.6)
            self.add(trail, ball)
            step = clock.animate.set_value(1)
            self.play(step, FadeOut(parked.arrow), run_time=max(beat.time_left, 1.0))
            beat.next_sentence()
            spot = Spot(self.trough, home)
            landing = self.landing

            def so_far() -> Ends:
                return landing, landing + max(reached.get_value(), 1e-3) * (home - landing)

            way = LyingArrow(self.trough, so_far, follows=(reached,))
            named = self.named_on(home, "home", self.beyond_home)
            self.add(spot, way, ball)
            self.play(FadeIn(spot, scale=0.3), FadeIn(named), run_time=0.3)
            along = self.named_on(0.5 * (self.landing + home), "along", DOWN)
            self.play(reached.animate.set_value(1), FadeIn(along), run_time=max(beat.time_left, 1.0))
            self.laid = (ball, trail, spot, way, across, along, named)

    def lay_it_back(self) -> None:
        """The cut, with the way the ball flew, stands in the trough again; then the ball is at its start."""
        last = self.runs["large"]
        self.add(self.trough, self.curve, last)
        self.play(
            self.sight.animate.look(self.flat.part(*NARROW), 0.0, TALL),
            FadeIn(self.trough, rate_func=squish_rate_func(smooth, 0.5, 1.0)),
            *(FadeOut(it, run_time=0.3) for it in (self.dial, *self.names)),
            run_time=0.8,
        )
        self.add(self.ball)
        turn = Transform(self.view, self.beside)
        gone = (FadeOut(it, run_time=0.4) for it in (last, self.curve))
        self.play(turn, *gone, FadeIn(self.ball), run_time=1.0)

    def come_back(self) -> None:
        """The ball at the start, as the next scene begins with it."""
        at_start = CutBall(self.trough, np.array([self.lesson.raw.start]), ValueTracker(0))
        self.fade_out(*self.laid, run_time=0.2)
        self.add(at_start)
        self.play(FadeIn(at_start, run_time=0.4), Transform(self.view, self.whole, run_time=1.0))
        self.hand_over(self.trough, at_start)

    # -- the pieces --
    @property
    def flat(self) -> Box:
        """Where the one cut lies."""
        return self.places.whole.part(0.05, 0.95, 0.27, 0.88)

    @property
    def close_by(self) -> Viewpoint:
        """As the whole is seen, but nearer to the start."""
        scale = CLOSER * self.whole.scale_factor
        start = self.whole.copy().look(scale=scale, center=(0.0, 0.0))
        x, y = start.project(self.trough.window.place(self.parked.start))[:2]
        goal = self.places.frame.at(0.42, 0.6)
        return start.look(center=(float(goal[0] - x), float(goal[1] - y)))

    @property
    def large(self) -> Viewpoint:
        """As the whole is seen, as large as the frame allows."""
        return framed(self.trough.window, self.places.frame.part(0.02, 0.98, 0.03, 0.97), with_floor=False)

    @property
    def beside(self) -> Viewpoint:
        """From almost straight above, across the trough, the start on its far side."""
        window = self.trough.window
        x, y = window.directions[1] * -np.sign(window.directions[1] @ self.cut.origin)
        turned = float(np.degrees(np.arctan2(y, x)))
        here = float(np.degrees(self.view.points[0, 0]))
        turned += 360 * round((here - turned) / 360)  # the shorter way round
        return framed(window, self.places.whole, turned, zenith=STEEP)

    @property
    def landing(self) -> Array:
        """The weights at the cut's lowest point, where half of the limit leads in one step."""
        place = self.cut.run(0.5, 1)[-1:]
        return self.cut.window.weights(self.cut.ground(place))[0]

    def beside_the_tip(self, markup: str) -> typography.Text:
        """A name next to the gradient's tip, on the side where the shape is not."""
        x, y = self.arrow.tip
        return typography.name(markup).next_to([x, y, 0], LEFT, buff=0.3)

    def named_on(self, weights: Array, label: str, side: Array) -> Mobject:
        """A name on the shape beside ``weights``; nothing goes across where downhill is almost home."""
        if label != "home" and not self.lesson.story.downhill_is_across:
            return VGroup()
        return plated(self.words.label(label)).next_to([*self.trough.lay(weights)[0], 0], side, buff=0.25)

    @property
    def beyond_home(self) -> Array:
        """The side of the minimum that the ball does not come from, in the picture, (3,)."""
        away = self.trough.lay(self.trough.window.loss.minimizer)[0] - self.trough.lay(self.landing)[0]
        return LEFT if away[0] < 0 else RIGHT

    def named_beside(self) -> tuple[typography.Text, typography.Text]:
        """What the arrow is, over it, and what the first step is, below it."""
        self.slope.show(1.0)
        tail, tip = self.slope.ends
        self.slope.show(0.0)
        one = typography.name(self.words.label("downhill"))
        one.move_to([(tail + tip)[0] / 2 + 0.45 + one.width / 2, (tail + tip)[1] / 2 + 0.2, 0])
        x, y = self.sight.on_axis(np.zeros(1))[0]
        other = typography.name(self.words.label("step"), self.theme.ball)
        return one, other.move_to([x, y - 0.4, 0])

    def drift(self, run_time: float, by: float) -> None:
        """Go round a little."""
        if run_time > 0.3:
            turned = float(np.degrees(self.view.points[0, 0])) + by
            self.play(self.view.animate.look(azimuth=turned), run_time=run_time)
