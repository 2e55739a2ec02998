"""On the bowl the ball is home at once; how much each half of standardizing did, and what it leaves."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Animation,
    FadeIn,
    FadeOut,
    Group,
    Line,
    Mobject,
    ReplacementTransform,
    ValueTracker,
    VGroup,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted_formula
from scenes.kit.lettering.places import Box
from scenes.kit.script.magnitude import short, written_r
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.pieces import descents
from scenes.pieces.shot import halves
from scenes.pieces.shot.level_line import MiddleLine
from scenes.pieces.shot.lying_ellipse import LyingEllipse
from scenes.pieces.shot.moments import Moments, shape_box, side_boxes
from scenes.pieces.shot.moving_rows import MovingRows, feature_names
from scenes.pieces.shot.weight_names import weight_names
from scenes.pieces.trough.close_up import CloseUp
from scenes.pieces.trough.parked import Parked, window_of

DRIFT = 5.0  # degrees
AT_FIRST = 3  # jumps before it is said how many there are


class Bowl(BeatScene):
    """Scene 7: the bowl."""

    poster = "descent"
    begins_on: ClassVar[str | None] = "parked_bowl"
    ends_on: ClassVar[str | None] = "bowl_from_above"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The bowl, the descent, and the curvatures."""
        return data_tables.landscape(lesson.standardized)

    def construct(self) -> None:
        """One breath, and the ball goes; the same model?; each half; what is left."""
        self.stage = self.lesson.standardized
        self.begin_on_the_parked_ball()
        self.descend()
        self.compare_the_models()
        self.take_the_halves_apart()
        self.see_what_is_left()
        self.hand_over(self.trough)

    def begin_on_the_parked_ball(self) -> None:
        """Just what the shot ends on."""
        window = window_of(self.stage.loss, self.stage.start)
        view = Moments(self.lesson, shape_box(self.places)).viewpoint(1.0)
        self.parked = Parked(window, view, self.stage.descent.points)
        self.trough, self.clock = self.parked.trough, self.parked.clock
        self.weights = weight_names(self.words, self.trough, ValueTracker(1.0), self.places.whole)
        self.add(*self.parked, *self.weights)

    def descend(self) -> None:
        """One breath, then every step one by one; the end of it under a glass."""
        with self.beat("descent") as beat:
            self.show_heading()
            self.count = self.step_counter()
            self.play(FadeIn(self.count), run_time=0.5)
            self.play(self.parked.arrow.show(0).animate.show(1), run_time=max(beat.time_left - 1.2, 1.0))
            self.glass = self.close_up()
            self.trail = RunTrail(self.trough, self.parked.run, self.clock)
            gone = (self.parked.arrow, self.parked.below, *self.weights)
            self.play(*map(FadeOut, gone), FadeIn(self.glass), run_time=0.4)
            self.add(self.trail, self.parked.ball)
            jumps = min(self.last, descents.FIRST)
            for _ in range(min(jumps, AT_FIRST)):
                self.jump()
            beat.next_sentence()
            for _ in range(jumps - AT_FIRST):
                self.jump()
            if self.clock.get_value() < self.last:
                self.play(self.race(), run_time=max(beat.time_left, 3.0))
            else:
                self.drift(beat.time_left)

    def compare_the_models(self) -> None:
        """The new weights are the old ones times sigma: on centred data it is one model."""
        with self.beat("model") as beat:
            self.fade_out(self.glass, self.count, run_time=0.4)
            rule, *rows, intercept = self.products()
            self.play(FadeIn(rule), *map(FadeIn, self.weights), run_time=0.5)
            self.drift(beat.time_left - 4.0)
            for number, (found, factors) in zip(self.weights[2::3], rows, strict=True):
                self.play(ReplacementTransform(found.copy().move_to(number), found), run_time=1.2)
                self.play(FadeIn(factors, shift=RIGHT * 0.2), run_time=0.5)
            beat.next_sentence()
            self.play(FadeIn(intercept, shift=RIGHT * 0.2), run_time=0.6)
            self.drift(beat.time_left)
            self.shown = Group(rule, *rows, intercept, *self.weights)

    def take_the_halves_apart(self) -> None:
        """From above, a line of equal loss; laid down as it was, centred, divided, and both."""
        with self.beat("parts") as beat:
            raw, centered, scaled, both = halves.laid_out(self.lesson, self.words, self.places.whole)
            self.play(
                *map(FadeOut, (self.shown, self.trail, self.parked.ball)),
                self.parked.view.animate.look(zenith=0.0, perspective=0.0, azimuth=self.lying(self.azimuth)),
                run_time=1.2,
            )
            self.shrink_into(raw[0])
            share = max(beat.time_left, 2.0)
            self.play(FadeIn(raw[1], run_time=0.4), raw[0].time.animate(run_time=share).set_value(1.0))
            beat.next_sentence()
            self.come_out_of(raw, centered, max(beat.time_left / 2, 1.2))
            self.come_out_of(raw, scaled, max(beat.time_left, 1.2))
            beat.next_sentence()
            self.come_out_of(centered, both, max(beat.time_left, 1.5))
            self.shown, self.last_ellipse = Group(*raw, *centered, *scaled, both[1]), both[0]

    def see_what_is_left(self) -> None:
        """The bowl from straight above, the correlation of the rows, and the ratio that follows from it."""
        with self.beat("left") as beat:
            first = self.places.first
            self.grow_out_of(self.last_ellipse)
            rows, names = self.standardized_rows(first.part(bottom=0.34))
            self.add(rows)
            correlation, ratio = self.formulas(first.part(top=0.3))
            self.play(FadeIn(names), run_time=0.4)
            self.play(rows.animate.show(1), run_time=max(beat.time_left - 0.7, 1.2))
            self.play(FadeIn(correlation), run_time=0.5)
            beat.next_sentence()
            share = max((beat.time_left - 1.0) / 2, 1.0)
            for across, part in ((True, "across"), (False, "along")):
                line = MiddleLine(self.trough, across).show(0)
                self.add(line)
                self.play(line.animate.show(1), FadeIn(ratio.select(part)), run_time=share)
            self.play(FadeIn(ratio), run_time=0.5)

    # -- the pieces --
    @property
    def last(self) -> int:
        """The last step that is drawn."""
        return len(self.parked.run) - 1

    def step_counter(self) -> VGroup:
        """The steps that the ball has made, in the ball's color."""
        counter = Counter(self.clock, "d", typography.KEY, self.theme.ball, value=np.floor)
        steps = float(self.last if self.stage.steps is None else self.stage.steps)
        name = self.words.label("steps_taken" if steps == self.last else "steps_drawn", steps=steps)
        figure = side_boxes(self.places)[1].put(
            key_figure(counter.write(steps), name, typography.NAME), 0.0, 0.0
        )
        self.widest_count = figure.width
        counter.write(0)
        return figure

    def close_up(self) -> Group:
        """The glass beside the bowl, what it looks at, and how many times it enlarges."""
        box, below = side_boxes(self.places)
        radius = 0.47 * min(box.width, box.height)
        least = self.stage.tolerance / 10
        glass = CloseUp(self.trough.window, self.parked.run, self.clock, box.center, radius, least)
        pointer = Line(stroke_color=self.theme.muted, stroke_width=2.5)

        def point(_: Mobject) -> None:
            lowest = np.append(self.trough.lay(self.stage.loss.minimizer)[0], 0.0)
            center = np.append(glass.middle, 0.0)
            way = (lowest - center) / np.linalg.norm(lowest - center)
            pointer.put_start_and_end_on(center + radius * way, lowest)

        follow(pointer, (self.parked.view,), point)
        times = Counter(self.clock, size=typography.NAME, value=lambda _: glass.enlarged)
        enlarged = key_figure(times, self.words.label("enlarged"), typography.NAME)
        has_room = self.widest_count + enlarged.width < 0.9 * below.width
        return Group(pointer, glass, *([below.put(enlarged, 1.0, 0.0)] if has_room else []))

    def jump(self) -> None:
        """One step."""
        self.play(self.clock.animate.increment_value(1), run_time=0.8)

    def race(self) -> Animation:
        """The rest of a long descent."""
        return self.clock.animate(rate_func=lambda t: t**3).set_value(self.last).build()

    def drift(self, run_time: float) -> None:
        """The viewer walks a little, as long as something is said."""
        if run_time > 0.3:
            walked = self.azimuth + DRIFT * min(run_time / 4, 1)
            self.play(self.parked.view.animate.look(azimuth=walked), run_time=run_time)

    @property
    def azimuth(self) -> float:
        """Where the viewer stands, in degrees."""
        return float(np.degrees(self.parked.view.points[0, 0]))

    def lying(self, near: float) -> float:
        """Where a viewer stands who sees the flat direction lie across the picture, nearest to ``near``."""
        x, y = self.trough.window.directions[0]
        turn = float(np.degrees(np.arctan2(y, x))) - 90 - near
        return near + (turn + 90) % 180 - 90

    def shrink_into(self, ellipse: LyingEllipse) -> None:
        """The bowl from above becomes a line of equal loss in its place."""
        self.play(
            self.parked.view.animate.look(center=ellipse.middle, scale=self.scale_of(ellipse)),
            self.trough.floor.animate.set_opacity(0.0),
            run_time=1.2,
        )
        self.play(FadeIn(ellipse), run_time=0.3)
        self.remove(self.trough)

    def grow_out_of(self, ellipse: LyingEllipse) -> None:
        """And a line of equal loss becomes the bowl from above, in the place where the next scene has it."""
        above = framed(self.trough.window, self.places.second, azimuth=-90.0, zenith=0.0, perspective=0.0)
        self.parked.view.become(above)
        self.parked.view.look(self.lying(-90.0), center=ellipse.middle, scale=self.scale_of(ellipse))
        self.add(self.trough)
        self.play(FadeOut(self.shown), FadeOut(ellipse), run_time=0.4)
        self.play(
            self.parked.view.animate.become(above), self.trough.floor.animate.set_opacity(1.0), run_time=1.4
        )

    def scale_of(self, ellipse: LyingEllipse) -> float:
        """The viewer's scale at which the bowl is as wide as ``ellipse``."""
        return float(ellipse.short / 2 / self.trough.seen().solid.inner.half_axes[1])

    def products(self) -> list[Mobject]:
        """The rule; for each weight what it is and its two factors; the intercept."""
        side = self.places.side
        rule = fitted_formula(self.words.label("rule"), side.width, 58, typography.NAME)
        rows: list[Mobject] = [rule]
        count, ddof = self.lesson.data.count, self.lesson.settings.ddof
        for axis, color in enumerate((self.theme.feature_a, self.theme.feature_b)):
            before, after = (
                float(stage.loss.minimizer[axis]) for stage in (self.lesson.centered, self.stage)
            )
            sigma = float(self.lesson.data.stds[axis]) * np.sqrt(count / (count - ddof))
            factors = self.words.label("factors", before=short(before), sigma=short(sigma))
            parts = (typography.figure(text, color, 44) for text in (short(after), factors))
            rows.append(VGroup(*parts).arrange(RIGHT, buff=0.2))
        rows.append(typography.name(self.words.label("intercept")))
        if side.is_wide:
            side.put(VGroup(*rows).arrange_in_grid(2, 2, buff=0.4, cell_alignment=LEFT))
        else:
            side.stack(*rows, gap=0.5)
        return rows

    def come_out_of(self, source: halves.Compared, goal: halves.Compared, run_time: float) -> None:
        """One ellipse leaves another for its own place, and takes its own shape."""
        ellipse, words = goal
        y, ellipse.y = ellipse.y, source[0].y
        self.add(ellipse)
        self.play(ellipse.animate.stand(y), run_time=0.35 * run_time)
        change = ellipse.time.animate(run_time=0.65 * run_time).set_value(1.0)
        self.play(FadeIn(words, run_time=0.3), change)

    def standardized_rows(self, box: Box) -> tuple[MovingRows, VGroup]:
        """The standardized rows on their axes."""
        rows = MovingRows(Moments(self.lesson, box), ValueTracker(1.0), box).show(0)
        return rows, rows.named(feature_names(self.words, 0.4 * box.width))

    def formulas(self, box: Box) -> tuple[typography.Formula, typography.Formula]:
        """The correlation, and the condition number that follows from it."""
        r = written_r(self.lesson.correlation)
        correlation = typography.Formula(self.words.label("correlation", r=r), 52)
        ratio = typography.Formula(self.words.label("ratio"), 52, self.theme.bowl)
        box.put(VGroup(correlation, ratio).arrange(RIGHT, buff=0.8), 0.5, 0.0)
        return correlation, ratio
