"""Downhill: the gradient, the step that is a multiple of it, and where both lead in the trough."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, FadeIn, FadeOut, Mobject, Transform, ValueTracker, VGroup

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import key_figure
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import FIGURE, KEY, NAME
from scenes.kit.script.magnitude import short
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
CREEPS = 2  # steps that the one too small goes on for while the good one makes one
DIMMED = 0.5  # what is left of a ball at a rate that is no longer chosen
TRIED, MOST = 0.2, 1.25  # the first one, for a step; and the end of the dial
BEYOND = 7.0  # how far the cut goes on over the rim, in heights of the rim
TALL, NARROW = 0.27, (0.26, 0.74)  # of the place, up to the rim, where the ball is to fly out
FEELER = 65.0  # degrees from uphill, to both sides, in which the slope is felt for
CLOSER = 1.5  # how many times as large the start is seen at first
DRIFT = 9.0  # degrees by which the viewer goes round
DASH = (14.0, 12.0)
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
        self.lay_it_back()
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
            self.play(aside.animate.set_value(FEELER), run_time=1.3)
            self.play(aside.animate.set_value(0.0), run_time=0.7)
            self.play(FadeIn(name), run_time=0.4)
            self.drift(beat.time_left - 1.3, -DRIFT / 2)
            self.play(turned.animate.set_value(1.0), FadeOut(name), run_time=1.2)
            self.drift(beat.time_left, DRIFT / 2)

    def cut_it_open(self) -> None:
        """A plane comes down over the way downhill; its edge is laid flat, and the ball steps down on it."""
        with self.beat("step") as beat:
            self.play(Transform(self.view, self.large), run_time=0.9)
            self.sight = CutView(self.cut, self.view).look(self.flat, 0.0)
            plane, self.curve = CutPlane(self.sight, self.trough), CutCurve(self.sight)
            self.rate, self.clock = ValueTracker(0.0), ValueTracker(0.0)
            self.add(plane)
            self.play(plane.animate.lower(1.0), FadeOut(self.arrow), run_time=max(beat.time_left - 1.0, 1.2))
            self.run = CutRun(self.sight, self.rate, self.clock, 1)
            self.run.traced = 0.0
            self.add(self.curve, self.run)
            self.remove(self.ball)
            self.play(self.sight.animate.look(self.flat), FadeOut(self.trough), run_time=1.6)
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
        self.play(self.slope.animate.show(1.0), FadeIn(slope), run_time=0.7)
        self.play(FadeIn(self.dial), FadeIn(self.rule), run_time=0.4)
        self.run.aim(1.0)
        dialled = max(time_left - 1.9, 1.2)
        self.play(self.rate.animate.set_value(TRIED), FadeIn(step), run_time=dialled)
        self.play(self.clock.animate.set_value(1), FadeOut(slope), FadeOut(step), run_time=0.8)

    def try_rates(self) -> None:
        """The dial is turned, and a ball starts at each rate: too small, good, too large."""
        with self.beat("rates") as beat:
            self.names, self.runs = list[Mobject](), dict[str, CutRun]()
            gone: tuple[Mobject, ...] = (self.run, self.slope)
            for name, (share, steps) in RATES.items():
                self.start_at(name, share, gone)
                gone = (self.rule,) if name == "small" else ()
                if name != "small":
                    beat.next_sentence()
                for step in range(steps):
                    left = max(beat.time_left / (steps - step), 0.4)
                    moves = [self.runs[name].clock.animate.set_value(step + 1)]
                    if name == "good":
                        creeps = self.runs["small"].clock
                        moves.append(creeps.animate.increment_value(CREEPS))
                    self.play(*moves, run_time=left)
                self.runs[name].aim(float(name == "large"))

    def start_at(self, name: str, share: float, gone: tuple[Mobject, ...]) -> None:
        """A ball at the start, and the knob at its rate; for one that flies out the cut goes on upwards."""
        rate, clock = ValueTracker(self.rate.get_value()), ValueTracker(0)
        steps = RATES[name][1] + (CREEPS * RATES["good"][1] if name == "small" else 0)
        others = [other.animate.set_opacity(DIMMED) for other in self.runs.values()]
        run = self.runs[name] = CutRun(self.sight, rate, clock, steps).aim(1.0)
        color = self.theme.alarm if name == "large" else self.theme.text
        self.names.append(self.dial.named(share, self.words.label(name), color))
        self.add(run)
        moves = [self.rate.animate.set_value(share), rate.animate.set_value(share)]
        if name == "large":
            self.curve.beyond = BEYOND
            moves.append(self.sight.animate.look(self.flat.part(*NARROW), tall=TALL))
        seen = (FadeIn(run), FadeIn(self.names[-1]))
        self.play(*moves, *others, *seen, *map(FadeOut, gone), run_time=0.8 if name == "large" else 0.5)

    def go_across(self) -> None:
        """Downhill goes across; one good step goes with it; home is along."""
        with self.beat("across") as beat:
            parked, home = self.parked, self.trough.window.loss.minimizer
            run, clock, reached = np.stack([parked.start, self.landing]), ValueTracker(0), ValueTracker(0)
            ball, trail = CutBall(self.trough, run, clock), RunTrail(self.trough, run, clock)
            self.play(Transform(self.view, self.beside), run_time=max(beat.time_left, 1.6))
            beat.next_sentence()
            parked.arrow.show(0.0)
            self.remove(self.ball)
            self.add(parked.arrow, ball)
            across = self.named_on(0.4 * run[0] + 0.6 * run[1], "across", RIGHT)
            figure = self.ratio
            self.play(parked.arrow.animate.show(1.0), FadeIn(across), run_time=0.8)
            self.play(FadeIn(figure), run_time=0.4)
            self.add(trail, ball)
            step = clock.animate.set_value(1)
            self.play(step, FadeOut(parked.arrow), run_time=max(beat.time_left, 1.2))
            beat.next_sentence()
            spot = Spot(self.trough, home)
            way = RunTrail(self.trough, np.stack([self.landing, home]), reached, self.theme.iso, DASH)
            named = self.named_on(home, "home", self.beyond_home)
            self.add(spot, way, ball)
            self.play(FadeIn(spot, scale=0.3), FadeIn(named), run_time=0.3)
            along = self.named_on(0.5 * (self.landing + home), "along", DOWN)
            self.play(reached.animate.set_value(1), FadeIn(along), run_time=max(beat.time_left, 1.2))
            self.laid = (ball, trail, spot, way, across, along, named, figure)

    def lay_it_back(self) -> None:
        """The cut, with the way the ball flew, stands in the trough again; then the ball is at its start."""
        last = self.runs["large"]
        others = [run for run in self.runs.values() if run is not last]
        self.add(self.trough, self.curve, last)
        self.play(
            self.sight.animate.look(self.flat.part(*NARROW), 0.0, TALL),
            FadeIn(self.trough),
            *map(FadeOut, (self.dial, *self.names, *others)),
            run_time=1.4,
        )
        self.add(self.ball)
        self.play(FadeOut(last), FadeOut(self.curve), FadeIn(self.ball), run_time=0.4)

    def come_back(self) -> None:
        """The ball at the start, as the next scene begins with it."""
        at_start = CutBall(self.trough, np.array([self.lesson.raw.start]), ValueTracker(0))
        self.fade_out(*self.laid, run_time=0.4)
        self.add(at_start)
        self.play(FadeIn(at_start, run_time=0.4), Transform(self.view, self.whole, run_time=1.3))
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
        covered = self.places.side.is_wide  # the figure stands below, where the floor would be
        return framed(window, self.places.picture, turned, zenith=STEEP, with_floor=covered)

    @property
    def landing(self) -> Array:
        """The weights at the cut's lowest point, where half of the limit leads in one step."""
        place = self.cut.run(0.5, 1)[-1:]
        return self.cut.window.weights(self.cut.ground(place))[0]

    @property
    def ratio(self) -> VGroup:
        """How far downhill goes across for its way along."""
        if not self.lesson.story.downhill_is_across:
            return VGroup()
        along, across = np.abs(self.cut.window.directions @ self.cut.direction)
        ratio = self.words.label("ratio", ratio=short(across / along)) if along > 0 else "∞"
        figure = key_figure(typography.figure(ratio, size=KEY), self.words.label("across_along"), NAME)
        figure[1].set_color(self.theme.text)
        return self.places.side.stack(figure)

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
        one = typography.name(self.words.label("slope"))
        one.move_to([(tail + tip)[0] / 2 + 0.45 + one.width / 2, (tail + tip)[1] / 2 + 0.2, 0])
        x, y = self.sight.on_axis(np.zeros(1))[0]
        other = typography.name(self.words.label("step"), self.theme.ball)
        return one, other.move_to([x, y - 0.4, 0])

    def drift(self, run_time: float, by: float) -> None:
        """Go round a little."""
        if run_time > 0.3:
            turned = float(np.degrees(self.view.points[0, 0])) + by
            self.play(self.view.animate.look(azimuth=turned), run_time=run_time)
