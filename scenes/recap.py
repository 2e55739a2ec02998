"""The film once more, straight from above: what it does, what it costs, what it does not do; home."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Animation,
    FadeIn,
    FadeOut,
    Group,
    Mobject,
    Succession,
    ValueTracker,
    VGroup,
    Wait,
    linear,
    rush_into,
    there_and_back,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted, wrapped
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.window import CutWindow
from scenes.pieces.above import signs
from scenes.pieces.above.ring import LevelRing, spread_ring
from scenes.pieces.above.rooms import Rooms
from scenes.pieces.above.shapes import Shapes
from scenes.pieces.trough.leaps import LeapingBall
from scenes.pieces.trough.parked import Parked

FLAT, ROUND_AGAIN = 1.0, 2.8  # seconds: the ring becomes the needle, the needle the circle
A_BATCH, PAST, FADED = 0.5, 5.0, 0.5  # seconds of a mini-batch's shape; a past one's line, and opacity
TILTING = 2.0
TURNING = 1.0  # seconds from the needle to the circle, the last time
HOP, SLOWEST, NEXT, HOPS = 0.3, 0.45, 0.2, 12  # seconds of a hop, and of one of many; how many at most
WORDS, CREDIT = 58.0, 45.0  # pixels at 1080p
BESIDE, ABOVE = 0.35, 0.9  # picture units from a sign to its count; of a count, above the middle or below it
SWELLS = 1.2  # how much larger the count is for a moment, while it is said
PALE = 0.75  # of the needle that stays


class Recap(BeatScene):
    """Scene 18: the film in short."""

    poster = "home"
    begins_on: ClassVar[str | None] = "ring"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Both ends of the way."""
        return data_tables.side_by_side(lesson.stages)

    def construct(self) -> None:
        """The needle becomes the circle; the circle shivers; it tilts; the ball goes home."""
        self.shapes, self.rooms = Shapes(self.lesson, self.places), Rooms(self.places.whole)
        self.view, self.lines = self.shapes.view, VGroup()
        self.begin_on_the_ring()
        self.see_what_it_does()
        self.see_what_it_costs()
        self.see_what_it_does_not_do()
        self.go_home()

    def begin_on_the_ring(self) -> None:
        """Just what the scene before ends on."""
        self.opening = spread_ring(self.places)
        self.add(self.opening)

    def see_what_it_does(self) -> None:
        """The ring is squashed: the needle; the valley below it; and the one becomes the circle again."""
        with self.beat("does") as beat:
            self.show_heading()
            shapes, view = self.shapes, self.view
            run = self.lesson.standardized.descent.points
            self.parked = Parked(shapes.window, view, run, follows=shapes.follows)
            self.trough = self.parked.trough
            self.trough.floor.set_opacity(0.0)
            self.ball = LeapingBall(self.trough, self.parked.run, self.parked.clock, self.parked.ball.radius)
            needle, circle = self.theme.valley, self.theme.bowl
            self.ring = LevelRing(view, shapes.now, follows=shapes.follows).be(squash=0.0)
            self.remove(self.opening)
            self.add(self.ring)
            flat = self.ring.animate(run_time=FLAT).be(1.0, needle)
            self.play(
                flat, FadeIn(self.trough, run_time=FLAT), self.see_in(shapes.window_at(0.0), self.rooms.all)
            )
            here = (self.parked.home, self.parked.arrow, self.ball)
            self.play(*(FadeIn(it) for it in here), run_time=max(beat.time_left, 0.5))
            beat.next_sentence()
            self.needle = LevelRing(view, shapes.raw, needle).set_opacity(PALE)
            self.add(self.needle, self.ring, self.parked.home, self.parked.arrow, self.ball)
            run_time = max(beat.time_left, ROUND_AGAIN)
            time = shapes.time.animate(run_time=run_time, rate_func=linear).set_value(1.0)
            color = self.ring.animate(run_time=run_time).be(1.0, circle)
            line = self.say_line("one_scale", signs.rounded())
            near = self.see_in(shapes.window_at(1.0), self.rooms.middle, run_time)
            self.play(time, color, near, Succession(Wait(0.7 * run_time), *line))

    def see_what_it_costs(self) -> None:
        """The circle of each mini-batch in turn; what they were stays, pale."""
        with self.beat("costs") as beat:
            gone = FadeOut(self.needle, run_time=0.4)
            if self.lesson.story.noise_is_seen:
                ring = LevelRing(self.view, self.shapes.of_batch, self.theme.bowl, (self.shapes.batch,))
                self.remove(self.ring)
                self.add(ring, self.parked.home, self.parked.arrow, self.ball)
                last = len(self.shapes.batches) - 1
                turns = max(int(max(beat.time_left, 3.0) / A_BATCH), 2)
                past = Group()
                for turn in range(turns):
                    goal = 0 if turn == turns - 1 else 1 + turn % last
                    line = (gone, *self.say_line("noise", signs.shivering())) if turn == 0 else ()
                    left = [FadeOut(it, run_time=A_BATCH) for it in past] if turn == turns - 1 else []
                    here = self.shapes.batch.animate(run_time=A_BATCH, rate_func=linear)
                    self.play(here.set_value(goal), *line, *left)
                    if 0 < goal <= last and len(past) < last:
                        past.add(self.what_is_left_of(goal))
                        self.add(past[-1], ring, self.parked.home, self.parked.arrow, self.ball)
                self.remove(ring)
                self.add(self.ring, self.parked.home, self.parked.arrow, self.ball)
            else:
                self.play(gone, *self.say_line("batch", signs.shivering()))

    def see_what_it_does_not_do(self) -> None:
        """The circle tilts, and the arrow with it."""
        with self.beat("does_not") as beat:
            line = self.say_line("correlation", signs.tilted())
            run_time = max(beat.time_left, TILTING)
            tilt = self.shapes.tilt.animate(run_time=run_time).set_value(1.0)
            room = self.places.whole if self.places.whole.is_wide else self.rooms.middle
            farther = self.see_in(self.shapes.tilted(1.0), room, run_time, self.view.scale_factor)
            self.play(tilt, *line, farther)

    def go_home(self) -> None:
        """Back to the needle, where the ball goes all its steps; the circle again, and there it hops home."""
        with self.beat("home") as beat:
            shapes, rooms, view = self.shapes, self.rooms, self.view
            far = shapes.scale_in(shapes.window_at(0.0), rooms.before_the_count)
            near = shapes.scale_in(shapes.window_at(1.0), rooms.last)
            back = shapes.tilt.animate.set_value(0.0)
            away = view.animate.look(scale=min(far, near), center=rooms.aside)
            self.play(back, away, FadeOut(self.lines, run_time=0.4), run_time=0.9)
            long, needle, circle = max(0.5 * beat.time_left, 1.1), self.theme.valley, self.theme.bowl
            time = shapes.time.animate(run_time=long).set_value(0.0)
            nearer = view.animate(run_time=long).look(scale=far)
            self.play(time, nearer, self.ring.animate(run_time=long).be(1.0, needle))
            credit = self.credit()
            raw, there = self.go_all_the_way(max(beat.time_left, 1.8), credit)
            beat.next_sentence()
            said = raw[0].animate(rate_func=there_and_back).scale(SWELLS, about_edge=LEFT)
            self.play(said, run_time=max(beat.time_left, 0.8))
            beat.next_sentence()
            self.add(self.ring, self.parked.home, self.parked.arrow, self.ball)
            self.ball.set_opacity(1.0)
            time = shapes.time.animate(run_time=TURNING).set_value(1.0)
            larger = view.animate(run_time=TURNING).look(scale=near)
            turned = self.ring.animate(run_time=TURNING).be(1.0, circle)
            self.play(time, larger, turned, FadeOut(there, raw, credit, run_time=0.4))
            self.play(FadeIn(raw), run_time=0.3)
            self.hop_home(beat.time_left)

    def hop_home(self, run_time: float) -> None:
        """Step by step, each counted; home, the count takes the circle's color."""
        last = len(self.parked.run) - 1
        hops = np.linspace(0, last, min(last, HOPS) + 1)[1:]
        trail = RunTrail(self.trough, self.parked.run, self.parked.clock)
        self.add(trail, self.parked.home, self.ball)
        here = self.count("standardized")
        figure = self.counter(here, self.parked.clock)
        gone, named = FadeOut(self.parked.arrow, run_time=0.3), FadeIn(here[1:], run_time=0.3)
        self.add(figure)
        a_hop = float(np.clip(run_time / len(hops), HOP, SLOWEST)) if len(hops) < HOPS else NEXT
        for hop, goal in enumerate(hops):
            step = self.parked.clock.animate(run_time=a_hop).set_value(goal)
            self.play(step, *([gone, named] if hop == 0 else []))
        self.remove(figure)
        self.add(here)
        ripple = self.parked.home.animate(run_time=0.9, rate_func=linear).ripple()
        self.play(ripple, self.glow(self.ring))

    def go_all_the_way(self, run_time: float, credit: Mobject) -> tuple[Mobject, Mobject]:
        """The ball goes its whole way on the raw data, counted; given back are their number, and its way."""
        run = self.shapes.raw_run()
        clock = ValueTracker(0.0)
        trail, ball = RunTrail(self.trough, run, clock), CutBall(self.trough, run, clock, self.ball.radius)
        counted = self.count("raw")
        figure = self.counter(counted, clock)
        self.ball.set_opacity(0.0)
        self.add(trail, self.parked.home, ball, figure)
        goes = clock.animate(run_time=run_time, rate_func=rush_into).set_value(len(run) - 1.0)
        gone = FadeOut(self.parked.arrow, run_time=0.3)
        self.play(goes, gone, FadeIn(counted[1:], credit, run_time=0.4))
        self.parked.arrow.set_opacity(1.0)
        self.remove(figure)
        self.add(counted)
        return counted, Group(trail, ball)

    def counter(self, counted: VGroup, clock: ValueTracker) -> Counter:
        """What counts a ball's steps in the place of their number."""
        figure = Counter(clock, "d", KEY, self.theme.ball, value=lambda steps: np.floor(steps + 1e-6))
        figure.move_to(counted[0]).align_to(counted[0], LEFT)
        return furniture(figure)

    # -- what moves --
    def see_in(
        self, window: CutWindow, box: Box, run_time: float = FLAT, nearest: float = np.inf
    ) -> Animation:
        """The viewer comes as near as a shape in a box lets him."""
        scale = min(self.shapes.scale_in(window, box), nearest)
        return self.view.animate(run_time=run_time).look(scale=scale).build()

    def what_is_left_of(self, batch: int) -> LevelRing:
        """A mini-batch's circle, pale: it stays for a while."""
        shape = self.shapes.shape_of(batch)
        ring = LevelRing(self.view, lambda: shape, self.theme.text, thickness=PAST, edge=0.0)
        return ring.set_opacity(FADED)

    def glow(self, ring: LevelRing) -> Animation:
        """Its line is broader for a moment."""
        return ring.animate(rate_func=there_and_back).draw(2 * ring.thickness).build()

    def say_line(self, key: str, mark: Mobject) -> tuple[Animation, ...]:
        """One more line of what it does, costs, does not do; in a square, instead of the one before."""
        line = VGroup(mark.set_x(0), typography.figure(self.words.label(key), size=WORDS))
        line[1].next_to([0.42, 0.0, 0.0], RIGHT, buff=0.18)
        is_wide, place = self.places.whole.is_wide, len(self.lines)
        before = [FadeOut(it, run_time=0.3) for it in self.lines if not is_wide]
        self.lines = VGroup(*(self.lines if is_wide else ()), line)
        box = self.lines_box
        top, step = box.top - 0.55, box.height / 3.1
        line.shift([box.left + 0.42, top - place * step * is_wide, 0.0])
        return (FadeIn(line, shift=0.2 * RIGHT, run_time=0.5), *before)

    # -- the pieces --
    @property
    def lines_box(self) -> Box:
        """Where the lines stand: beside the circle, where no tilted one comes; in a square, below it."""
        whole = self.places.whole
        if not whole.is_wide:
            return whole.part(bottom=0.04, top=0.24)
        return whole.part(right=0.3, bottom=0.36) if self.leans_right else whole.part(right=0.3, top=0.6)

    @property
    def leans_right(self) -> bool:
        """Whether the tilted circle's upper end is the right one."""
        direction = self.shapes.tilted(1.0).directions[0]
        x, y = self.view.axes[:2] @ np.append(direction, 0.0)
        return bool(x * y > 0)

    def count(self, which: str) -> VGroup:
        """How many steps it took, with the sign of its shape: right of it; in a square, below it."""
        stage, raw = getattr(self.lesson, which), which == "raw"
        whole, color = self.places.whole, self.theme.valley if raw else self.theme.bowl
        sign = signs.needle() if raw else signs.circle()
        box = (
            whole.part(left=0.765) if whole.is_wide else whole.part(0.52 * (not raw), 0.48 + 0.52 * (not raw))
        )
        steps = "…" if stage.steps is None else self.words.label("count", steps=stage.steps)
        figure = fitted([steps], box.width - sign.width - BESIDE, color, KEY, NAME)
        name = typography.name(self.words.label(f"{which}_name"))
        name.next_to(figure, DOWN, buff=0.16, aligned_edge=LEFT)
        sign.next_to(figure, LEFT, buff=BESIDE)
        group = VGroup(figure, name, sign)
        if not whole.is_wide:
            low = whole.part(bottom=0.13, top=0.29)
            low.put(group, 0.0 if raw else 1.0, 1.0)
            return group.shift([0.0, low.top - 0.4 - figure.get_y(), 0.0])
        y = whole.center[1] + (ABOVE if raw else -ABOVE)
        return group.shift([box.left - group.get_left()[0], y - figure.get_y(), 0.0])

    def credit(self) -> Mobject:
        """Where it comes from."""
        year = self.words.table("source")["year"]
        words = self.words.label("article", year=year) or self.words.label("made")
        text = wrapped(words, self.places.whole.width, CREDIT, NAME, self.theme.muted)
        return self.places.whole.put(text, 0.5, 0.0)
