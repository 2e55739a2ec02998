"""The film's question: two balls, one rule. One is home after a few steps, the other hardly gets on. Why?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    Line,
    Mobject,
    Succession,
    Transform,
    ValueTracker,
    VGroup,
    Wait,
    config,
    linear,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene, Narration
from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import fitted, wrapped
from scenes.kit.lettering.places import Box
from scenes.kit.script import voice
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.rows.feature_plane import FeaturePlane, RowCloud
from scenes.pieces.rows.row_one import RowOne
from scenes.pieces.rows.two_models import ABOVE_AXIS, TwoModels
from scenes.pieces.trough.leaping_run import LeapingRun, beyond
from scenes.pieces.trough.step_sign import StepSign

CADENCE = 1.85  # leaps a second
BACK_OFF = 1.5  # seconds
BEFORE = 1.8  # seconds from a sentence's beginning to the home that it tells
SOON = 5.0  # seconds in which a ball is waited for
FEWEST = 3  # leaps that are looked at closely
SEEN, MOST = 70, 120  # leaps for which the scene has time, and a few more
SMALL = 0.6  # size of a dot in the small cloud
POOL = 0.5  # half the width of the place round a lowest point that the rows go to, in picture units
NARROW, GAP, MIDDLE = 0.02, 0.12, 0.22  # of the frame's width, between the shapes: alone, with rows, words
COUNTED, TITLED = 0.225, 0.27  # of the frame's height, below them: for counters, or for the title
ABOVE = 0.6  # share of the room between the shapes above which the rows stand beside the title's shapes
GLASS = 0.072  # radius of the glass, of the frame's width
FILM = 104.0  # size of the film's title


class Question(BeatScene):
    """Scene 1: the question."""

    poster = "title"
    ends_on = "row_one"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Two descents."""
        return data_tables.side_by_side((lesson.raw, lesson.standardized))

    def construct(self) -> None:
        """Two balls race; what changed between their two shapes? The title; and one row of the data."""
        self.clock = ValueTracker(0.0)
        self.raw = LeapingRun(self.lesson.raw, self.clock, MOST)
        self.standardized = LeapingRun(self.lesson.standardized, self.clock, MOST, turned=True)
        self.runs = self.raw, self.standardized
        self.arrived: set[LeapingRun] = set()
        self.race()
        self.ask()
        self.name_the_film()
        self.keep_row_one()

    def race(self) -> None:
        """Close to the ball in the valley; the camera backs off to both, and both go at once."""
        with self.beat("race") as beat:
            whole = self.views(COUNTED, NARROW)
            near = self.raw.near(self.places.frame, whole[0])
            self.raw.view.become(near)
            self.standardized.view.become(beyond(near, *whole))
            self.add(*self.raw.parts, *self.standardized.parts)
            self.signs = self.count()
            gaps = [run.gap for run in self.runs if run.is_long]
            signs_come = Succession(
                Wait(BACK_OFF - 0.4), AnimationGroup(*map(FadeIn, [*self.signs, *gaps]), run_time=0.4)
            )
            self.play(*self.look(whole), *self.ripple(*self.runs), signs_come, run_time=BACK_OFF)
            glass = self.look_closer() if FEWEST <= self.standardized.leaps < SOON * CADENCE else []
            self.leap(0.4, *map(FadeIn, glass))
            self.leap_nearly_home(max(beat.time_left, 1.0))
            beat.next_sentence()
            self.leap_nearly_home(BEFORE, 0.0)
            self.leap_through(beat, 6)
            self.leap(0.4, *map(FadeOut, glass))
            self.leap_through(beat, 7)
            self.leap(0.6, *(sign.told.animate.set_value(1.0) for sign in self.not_home))
            self.leap_to_the_end(beat, 4)

    def ask(self) -> None:
        """What both have in common stands between them, one thing at a time: so what changed?"""
        with self.beat("question") as beat:
            apart = self.views(COUNTED, MIDDLE)
            middles = [half.center[0] for half in self.halves(COUNTED, MIDDLE)]
            slides = [it.middle.animate.set_value(x) for it, x in zip(self.signs, middles, strict=True)]
            self.cloud, words = self.small_cloud(), self.say("data")
            come = [FadeIn(self.cloud.others, lag_ratio=0.02), FadeIn(self.cloud.first), FadeIn(words)]
            self.leap(0.7, *self.look(apart), *slides, *come)
            self.pour()
            self.leap_through(beat, 1)
            for key, gesture, leaps in (("rule", self.ring, 4), ("model", self.join, 1)):
                old, words = words, self.say(key)
                self.take_turns(old, words)
                self.leap(0.9, *gesture(*self.runs))
                self.leap_through(beat, leaps)
            self.asked = self.say("what_changed", typography.TITLE)
            self.take_turns(words, self.asked)
            self.leap(max(beat.time_left, 0.6), leaps=2)

    def name_the_film(self) -> None:
        """The two shapes, the rows between them, and the film's title below."""
        with self.beat("title") as beat:
            title, subject = self.titles()
            self.leap(0.25, *map(FadeOut, [*self.signs, self.asked, self.models]))
            closer = self.look(self.views(TITLED, GAP))
            there = self.small_cloud(ABOVE, 0.75)
            rows = map(Transform, self.cloud, there)
            self.leap(1.1, *closer, *rows, FadeIn(title, shift=0.3 * UP), FadeIn(subject))
            self.leap_to_the_end(beat, 3)

    def keep_row_one(self) -> None:
        """Row 1 alone is left, in the middle of the picture."""
        row = self.cloud.first
        unseen = [self.clock, *(run.view for run in self.runs)]
        rest = [mobject for mobject in self.mobjects if mobject not in (row, *unseen)]
        self.leap(0.4, *map(FadeOut, rest), Transform(row, RowOne(self.places.whole.at())))
        self.remove(*unseen)
        self.clock.set_value(0.0)
        self.hand_over(row)

    # -- how it moves --------------------------------------------------------------------------------------
    def pause(self, duration: float = 1.0) -> None:
        """Nothing stands still here: where others wait, the balls go on."""
        if self.clock.get_value() and duration * config.frame_rate >= 1:
            self.leap(duration, leaps=1)
        else:
            super().pause(duration)

    def leap(self, duration: float, *animations: Animation, leaps: float | None = None) -> None:
        """Play ``animations`` while both balls go on, by ``leaps`` or at the usual pace.

        How long a sentence is depends on the voice; where the balls are after it does not.
        """
        here = self.clock.get_value()
        ends = here + CADENCE * duration if leaps is None else np.floor(here + 0.5) + leaps
        self.play(self.clock.animate(rate_func=linear).set_value(ends), *animations, run_time=duration)
        for run, sign in zip(self.runs, self.signs, strict=True):
            if run.is_home and run not in self.arrived:
                self.arrived.add(run)
                self.leap(0.6, *sign.rename(self.words.label("home")), *self.ripple(run))

    def leap_nearly_home(self, least: float, before: float = BEFORE) -> None:
        """Leap until ``before`` seconds are left to the first ball's home, if that is soon."""
        soonest = min(run.leaps for run in self.runs) - self.clock.get_value()
        seconds = soonest / CADENCE - before
        self.leap(seconds if 0 < seconds < SOON else least)

    def leap_through(self, beat: Narration, leaps: int) -> None:
        """Leap until the sentence has ended, and begin the next one."""
        self.leap(beat.time_left + voice.PAUSE, leaps=leaps)
        beat.next_sentence()

    def leap_to_the_end(self, beat: Narration, leaps: int) -> None:
        """Leap until the last sentence of a beat has ended."""
        self.leap(max(beat.time_left, 1.0), leaps=leaps)

    def look(self, goals: Sequence[Viewpoint]) -> list[Animation]:
        """Both shapes are seen from elsewhere."""
        return [Transform(run.view, goal) for run, goal in zip(self.runs, goals, strict=True)]

    def take_turns(self, old: Mobject, new: Mobject, *others: Mobject) -> None:
        """Words leave, and what belongs to them; then others come."""
        self.leap(0.25, FadeOut(old, shift=0.2 * UP), *map(FadeOut, others))
        self.leap(0.3, FadeIn(new, shift=0.2 * UP))

    def ripple(self, *runs: LeapingRun) -> list[Animation]:
        """Rings spread from the white dots."""
        for run in runs:
            run.goal.spread = 0.0
        return [run.goal.animate(rate_func=linear).ripple() for run in runs]

    def ring(self, *runs: LeapingRun) -> list[Animation]:
        """A ring spreads from every ball."""
        return [run.ring() for run in runs]

    def join(self, *_: LeapingRun) -> list[Animation]:
        """The rows line up by their target, and what either model says of them comes from its side."""
        x, y, _ = self.cloud.get_center()
        half = 0.68 * self.cloud.width, 0.68 * self.cloud.height
        ways = [self.words.label(key) for key in ("predicted", "predicted_short")]
        name = fitted(ways, 2 * half[0], self.theme.text, typography.NAME, typography.SMALL)
        top = min(y + half[1], self.places.whole.top - ABOVE_AXIS - name.height)
        self.models = TwoModels(self.lesson, Box(x - half[0], x + half[0], y - half[1], top), name)
        return self.models.come(self.cloud)

    def pour(self) -> None:
        """The rows go into both shapes."""
        poured = [self.cloud.others.copy() for _ in self.runs]
        self.add(*poured)
        moves = []
        for rows, run in zip(poured, self.runs, strict=True):
            x, y = run.goal.place
            there = FeaturePlane(self.lesson.data, Box(x - POOL, x + POOL, y - POOL / 2, y + POOL / 2))
            moves.append(rows.fly(there.places(0.0)[1:], 0.01, 0.85))
        self.leap(0.85, *moves)
        self.leap(0.15, *map(FadeOut, poured))

    # -- where it stands -----------------------------------------------------------------------------------
    def halves(self, bottom: float, gap: float) -> tuple[Box, Box]:
        """Left and right, above a share of the frame's height, a share of its width from one another."""
        if self.places.frame.is_wide:
            box = self.places.frame.part(bottom=bottom, top=0.985)
        else:
            box, gap = self.places.frame.part(bottom=0.52, top=0.985), NARROW
        return box.part(0.012, 0.5 - gap / 2), box.part(0.5 + gap / 2, 0.988)

    def views(self, bottom: float, gap: float) -> list[Viewpoint]:
        """From where both are seen whole there."""
        halves = self.halves(bottom, gap)
        return [run.whole(box) for run, box in zip(self.runs, halves, strict=True)]

    @property
    def between(self) -> Box:
        """The room for what both have in common: between the two, or below both in a frame that is high."""
        if self.places.frame.is_wide:
            return self.places.frame.part(0.5 - MIDDLE / 2, 0.5 + MIDDLE / 2, 0.06, 0.94)
        return self.places.whole.part(top=0.36)

    @property
    def not_home(self) -> list[StepSign]:
        """The counters of those that are on their way, and arrive some time."""
        pairs = zip(self.runs, self.signs, strict=True)
        return [sign for run, sign in pairs if not run.is_home and run.stage.steps is not None]

    # -- what is written -----------------------------------------------------------------------------------
    def count(self) -> list[StepSign]:
        """The steps that each ball has made."""
        signs, whole = [], self.places.whole
        narrow = [half.center[0] for half in self.halves(COUNTED, MIDDLE)]
        room = narrow[0] - whole.left  # on either side, when words have come between the two
        for run, half in zip(self.runs, self.halves(COUNTED, NARROW), strict=True):
            middle = half.center[0]
            below = Box(middle - room, middle + room, whole.bottom, half.bottom)
            steps = run.stage.steps
            goal = None if steps is None else self.words.label("of_so_many", steps=float(steps))
            signs.append(run.sign(self.words.label("steps"), goal, below))
        return signs

    def small_cloud(self, bottom: float = 0.6, share: float = 1.0) -> RowCloud:
        """The rows, small, row 1 in its ring: between the shapes, or ``share`` as large above ``bottom``."""
        wide = self.places.frame.is_wide
        room = self.between.part(bottom=bottom) if wide else self.between.part(right=0.4)
        if not wide and share < 1:
            room = self.places.whole.part(0.3, 0.7, 0.26, 0.42)
        width = min(0.66 * room.width, room.height) * share
        left, low, _ = room.at() - [width / 2, 0.4 * width, 0]
        box = Box(float(left), float(left) + width, float(low), float(low) + 0.8 * width)
        return RowCloud(FeaturePlane(self.lesson.data, box), size=SMALL * share**0.5)

    def look_closer(self) -> list[Mobject]:
        """A glass between the two shapes, and a line from it to the lowest point that it shows."""
        frame = self.places.frame
        radius, run = GLASS * frame.width, self.standardized
        x, y, _ = frame.at(0.515, 0.8 if frame.is_wide else 0.93)
        goal = np.array([*run.goal.place, 0.0])
        away = goal - [x, y, 0]
        edge = goal - away * (1 - radius / float(np.linalg.norm(away)))
        line = Line(edge, goal, color=self.theme.text, stroke_width=2.5)
        return [line, run.glass((float(x), float(y)), radius)]

    def say(self, key: str, size: float = typography.FIGURE) -> Mobject:
        """A short thing that both have in common, below the rows or beside them."""
        tall = self.places.frame.is_wide
        room = self.between.part(bottom=0.2, top=0.55) if tall else self.between.part(left=0.45)
        text = wrapped(self.words.label(key), 0.8 * room.width, size, size)
        return room.put(text)

    def titles(self) -> tuple[Mobject, Mobject]:
        """The film's title and what it is about: the lesson's, if it has any, in lines if they are long."""
        widest, (title, subject) = self.places.whole.width, map(self.words.label, ("film", "subject"))
        heading = wrapped(title, widest, FILM, typography.TITLE, self.theme.text, weight="light")
        below = wrapped(subject, widest, typography.FIGURE, typography.NAME, self.theme.text)
        words = VGroup(heading, below).arrange(DOWN, buff=0.4)
        self.places.whole.part(top=TITLED - 0.05).put(words, y=0.6)
        return furniture(heading), furniture(below)
