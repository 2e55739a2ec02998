"""Downhill: the slope, the step that is a multiple of it, and where both lead in the trough."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, FadeOut, Transform, ValueTracker, VGroup

from scenes.kit.beats import BeatScene
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import key_figure
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import FIGURE, KEY, NAME
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import short
from scenes.kit.surface.trough.arrow import LyingArrow
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.downhill.cut import CutView, DownhillCut
from scenes.pieces.downhill.drawn import CutCurve, CutRun, SlopeArrow
from scenes.pieces.trough.parked import Parked, window_of
from scenes.pieces.trough.spot import Spot

RATES = {"small": (0.05, 8), "good": (0.45, 3), "large": (1.1, 3)}
"""Learning rates as shares of the limit, and how many steps are shown."""
TRIED = (0.15, 3)  # the same for the first steps
BEYOND = 4.0  # how far the cut goes on over the rim where a ball flies out, in heights of the rim
TALL = 0.56  # of a column's height, up to the rim
NEARLY = 0.85  # of the way home, as far as the arrow reaches
DRIFT = 9.0  # degrees by which the viewer goes round


class Downhill(BeatScene):
    """Scene 4: gradient and learning rate."""

    poster = "rates"
    begins_on = "trough"
    ends_on = "trough"

    def construct(self) -> None:
        """The slope; one cut laid flat; three learning rates; downhill, seen from above."""
        stage = self.lesson.raw
        window = window_of(stage.loss, stage.start)
        view = framed(window, self.places.picture)
        self.parked = Parked(window, view, stage.start_on_the_wall)
        self.cut = DownhillCut(self.parked.trough.window, self.parked.start)
        self.add(self.parked.trough)
        self.feel_the_slope()
        self.lift_the_cut()
        self.try_rates()
        self.look_from_above()
        self.come_back()
        self.hand_over(self.parked.trough)

    def feel_the_slope(self) -> None:
        """The ball comes to rest at the start; the arrow grows downhill."""
        parked = self.parked
        with self.beat("slope") as beat:
            self.show_heading()
            self.add(parked.ball)
            self.play(FadeIn(parked.ball), run_time=0.5)
            self.drift(beat.time_left, DRIFT)
            beat.next_sentence()
            parked.arrow.show(0.0)
            parked.below.show(0.0)
            self.add(parked.below, parked.arrow, parked.ball)
            self.play(parked.arrow.animate.show(1.0), run_time=1.2)
            self.play(parked.below.animate.show(1.0), run_time=0.8)
            self.drift(beat.time_left, -DRIFT)

    def lift_the_cut(self) -> None:
        """The curve over the way downhill is lifted out and laid flat; then the ball steps down on it."""
        parked = self.parked
        with self.beat("step") as beat:
            self.sight = CutView(self.cut, parked.view).look(self.flat, 0.0)
            curve, clock = CutCurve(self.sight).show(0.0), ValueTracker(0)
            share, steps = TRIED
            run = CutRun(self.sight, self.cut.run(share, steps), clock)
            self.add(curve, parked.ball)
            self.play(curve.animate.show(1.0), run_time=1.2)
            self.add(run)
            self.remove(parked.ball)
            gone = (parked.trough, parked.below, parked.arrow)
            self.play(
                self.sight.animate.look(self.flat), *map(FadeOut, gone), run_time=max(beat.time_left, 1.5)
            )
            beat.next_sentence()
            slope = SlopeArrow(run).show(0.0)
            self.add(slope, run)
            self.play(slope.animate.show(1.0), run_time=0.8)
            size = FIGURE if self.places.whole.is_wide else 1.1 * NAME
            rule = self.places.title.put(typography.figure(self.words.label("rule"), size=size), 0.0, 1.0)
            named = self.named_beside(slope, run)
            self.play(FadeIn(named[0]), FadeIn(rule), run_time=0.4)
            for step in range(steps):
                left = beat.time_left / (steps - step)
                seen = [FadeOut(named[0]), FadeIn(named[1])] if step == 0 else []
                self.play(clock.animate.set_value(step + 1), *seen, run_time=max(0.8 * left, 0.9))
                if step == 0:
                    self.fade_out(named[1], run_time=0.3)
            self.first = (curve, run, slope, rule, clock)

    def try_rates(self) -> None:
        """The same cut three times, each with a learning rate of its own."""
        with self.beat("rates") as beat:
            curve, run, slope, rule, _ = self.first
            self.remove(curve)
            columns = dict(zip(RATES, self.columns, strict=True))
            views, runs, clocks, curves = {}, {}, {}, {}
            for name, (share, steps) in RATES.items():
                views[name] = CutView(self.cut, self.parked.view).look(self.flat)
                clocks[name] = ValueTracker(0)
                curves[name] = CutCurve(views[name], BEYOND if name == "large" else 1.0)
                runs[name] = CutRun(views[name], self.cut.run(share, steps), clocks[name])
            self.add(*curves.values())
            self.play(
                FadeOut(slope),
                FadeOut(run),
                *(view.animate.look(columns[name], tall=TALL) for name, view in views.items()),
                run_time=1.0,
            )
            self.add(*runs.values())
            self.play(*map(FadeIn, runs.values()), run_time=0.3)
            names = {name: self.name_of(name, columns[name]) for name in RATES}
            for place, (name, (_, steps)) in enumerate(RATES.items()):
                if place:
                    beat.next_sentence()
                self.play(FadeIn(names[name]), run_time=0.3)
                for step in range(steps):
                    left = max(beat.time_left / (steps - step), 0.35)
                    self.play(clocks[name].animate.set_value(step + 1), run_time=left)
            self.drawn = [rule, *curves.values(), *runs.values(), *names.values()]

    def look_from_above(self) -> None:
        """Back on the trough, from above: one good step, and where home is from there."""
        parked = self.parked
        with self.beat("across") as beat:
            run = np.stack([parked.start, self.landing])
            clock, home = ValueTracker(0), parked.trough.window.loss.minimizer
            ball, trail = CutBall(parked.trough, run, clock), RunTrail(parked.trough, run, clock)
            spot = Spot(parked.trough, home)
            tip = self.landing + NEARLY * (home - self.landing)
            way = LyingArrow(parked.trough, (self.landing, tip)).show(0.0)
            surface = (parked.trough, parked.arrow, ball)
            self.add(*surface)
            self.play(*map(FadeOut, self.drawn), *map(FadeIn, surface), run_time=0.6)
            self.back = parked.view.copy()
            self.play(Transform(parked.view, self.above), run_time=1.4)
            across, left = self.figures
            self.play(FadeIn(across), run_time=0.4)
            self.add(trail, ball)
            self.play(clock.animate.set_value(1), FadeOut(parked.arrow), run_time=max(beat.time_left, 1.2))
            beat.next_sentence()
            self.add(spot, way, ball)
            self.play(FadeIn(spot, scale=0.3), run_time=0.4)
            self.play(way.animate.show(1.0), FadeIn(left), run_time=max(beat.time_left, 1.5))
            self.laid = (ball, trail, spot, way, across, left)

    def come_back(self) -> None:
        """The surface alone, as the next scene begins with it."""
        self.fade_out(*self.laid, run_time=0.3)
        self.play(Transform(self.parked.view, self.back), run_time=1.2)

    # -- the pieces --
    @property
    def flat(self) -> Box:
        """Where the one cut lies."""
        return self.places.whole.part(0.05, 0.95, 0.1, 0.84)

    @property
    def columns(self) -> list[Box]:
        """Where three cuts lie, side by side; above them is room to fly out."""
        whole, third = self.places.whole, 1 / 3
        return [whole.part(k * third + 0.03, (k + 1) * third - 0.03, 0.14, 0.98) for k in range(3)]

    def name_of(self, rate: str, column: Box) -> typography.Text:
        """What the rate is, below its cut."""
        color = self.theme.alarm if rate == "large" else self.theme.text
        name = typography.name(self.words.label(rate), color)
        typography.align_baseline(name, column.bottom - 0.6)
        return name.set_x(column.center[0])

    @property
    def landing(self) -> Array:
        """The weights at the cut's lowest point, where half of the limit leads in one step."""
        place = self.cut.run(0.5, 1)[-1:]
        return self.cut.window.weights(self.cut.ground(place))[0]

    @property
    def above(self) -> Viewpoint:
        """The same shape from straight above."""
        window = self.parked.trough.window
        return framed(window, self.places.picture, zenith=0, perspective=0)

    @property
    def figures(self) -> VGroup:
        """How far downhill goes across for its way along; and how much of the way home is left."""
        if not self.lesson.story.downhill_is_across:
            return VGroup(VGroup(), VGroup())
        window = self.cut.window
        along, across = np.abs(window.directions @ self.cut.direction)
        ratio = self.words.label("ratio", ratio=short(across / along)) if along > 0 else "∞"
        home, start = window.loss.minimizer, self.parked.start
        share = float(np.linalg.norm(self.landing - home) / np.linalg.norm(start - home))
        left = self.words.label("percent", percent=numbers.write(100 * share, "2s"))
        shown = [
            key_figure(typography.figure(figure, size=KEY), self.words.label(name), NAME)
            for figure, name in ((ratio, "across"), (left, "left"))
        ]
        return self.places.side.stack(*shown, gap=0.7)

    def named_beside(self, slope: SlopeArrow, run: CutRun) -> tuple[typography.Text, typography.Text]:
        """What the arrow is, beside its tip, and what the first step is, below it."""
        tip = slope.ends[1]
        one = typography.name(self.words.label("slope"))
        one.move_to([tip[0] + 0.3 + one.width / 2, tip[1] + 0.25, 0])
        x, y = self.sight.on_axis(run.run[:2]).mean(axis=0)
        other = typography.name(self.words.label("step"), self.theme.ball)
        return one, other.move_to([x, y - 0.45, 0])

    def drift(self, run_time: float, by: float) -> None:
        """Go round a little."""
        if run_time > 0.3:
            turned = float(np.degrees(self.parked.view.points[0, 0])) + by
            self.play(self.parked.view.animate.look(azimuth=turned), run_time=run_time)
