"""The film's question: one ball leaps from wall to wall and hardly gets on, another is home at once. Why?"""

from __future__ import annotations

from collections.abc import Sequence

from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Mobject,
    Transform,
    ValueTracker,
    VGroup,
    linear,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene, Narration
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import wrapped
from scenes.kit.lettering.places import Box
from scenes.kit.script import voice
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.rows.feature_plane import FeaturePlane, RowCloud
from scenes.pieces.rows.row_one import RowOne
from scenes.pieces.trough.leaping_run import LeapingRun, beyond, name_below, signed

CADENCE = 2.2  # leaps a second
BACK_OFF = 1.8  # seconds
SOON = 25  # leaps for which a counter keeps its middle
SEEN, MOST = 70, 120  # leaps for which the scene has time, and a few more
SMALL = 0.55  # size of a dot in the small cloud
MIDDLE = 0.19  # of the frame's width, between the two shapes
TITLED = 0.28  # of the frame's height, for the title below them
COMMON = ("data", "rule", "model")  # what the two have in common
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
        """Close to one ball; beside it another; what changed? The title; and one row of the data."""
        self.clock = ValueTracker(0.0)
        self.raw = LeapingRun(self.lesson.raw, self.clock, MOST)
        self.standardized = LeapingRun(self.lesson.standardized, self.clock, MOST, turned=True)
        self.runs = self.raw, self.standardized
        self.race()
        self.ask()
        self.name_the_film()
        self.keep_row_one()

    def race(self) -> None:
        """Close to the ball in the valley; then the camera backs off, and the other has long arrived."""
        with self.beat("race") as beat:
            whole = [run.whole(box) for run, box in zip(self.runs, self.halves(self.upper), strict=True)]
            near = self.raw.near(self.places.frame, whole[0])
            self.raw.view.become(near)
            self.standardized.view.become(beyond(near, *whole))
            self.add(*self.raw.parts)
            self.leap(1.4, self.raw.goal.animate(rate_func=linear).ripple())
            self.leap_through(beat, 5)
            self.leap_through(beat, 9)
            self.add(*self.standardized.parts)
            self.leap(BACK_OFF, *self.look(whole))
            self.signs = self.count()
            self.leap(0.5, *map(FadeIn, self.signs))
            self.leap_through(beat, 6)
            self.leap(0.8, *self.say_of_how_many())
            self.leap_to_the_end(beat, 6)

    def ask(self) -> None:
        """What both have in common stands between them: so what changed?"""
        with self.beat("question") as beat:
            self.cloud, *things = self.what_is_common()
            self.leap(0.8, FadeIn(self.cloud.others, lag_ratio=0.02), FadeIn(self.cloud.first))
            for thing, leaps in zip(things, (1, 5, 4), strict=True):
                self.leap(0.4, FadeIn(thing, shift=0.12 * UP))
                self.leap_through(beat, leaps)
            asked = typography.Text(self.words.label("what_changed"), typography.TITLE)
            self.between.part(bottom=0.0, top=0.2).put(asked)
            self.leap(0.5, FadeIn(asked, scale=0.9))
            self.leap_to_the_end(beat, 3)
            self.said = [*things, asked]

    def name_the_film(self) -> None:
        """The two shapes, and the film's title below them; of the data one row is left."""
        with self.beat("title") as beat:
            boxes = self.halves(self.places.frame.part(bottom=TITLED, top=0.985))
            self.leap(0.5, *map(FadeOut, [*self.signs, *self.said, self.cloud.others]))
            self.leap(1.4, *self.look([run.whole(box) for run, box in zip(self.runs, boxes, strict=True)]))
            title, subject = self.titles()
            self.leap(0.8, FadeIn(title, shift=0.2 * UP), FadeIn(subject))
            self.leap_to_the_end(beat, 3)

    def keep_row_one(self) -> None:
        """Row 1 alone is left, in the middle of the picture."""
        row = self.cloud.first
        unseen = [self.clock, *(run.view for run in self.runs)]
        rest = [mobject for mobject in self.mobjects if mobject not in (row, *unseen)]
        self.leap(0.9, *map(FadeOut, rest), Transform(row, RowOne(self.places.whole.at())))
        self.remove(*unseen)
        self.hand_over(row)

    # -- how it moves --------------------------------------------------------------------------------------
    def leap(self, duration: float, *animations: Animation, leaps: float | None = None) -> None:
        """Play ``animations`` while both balls go on, by ``leaps`` or at the usual pace.

        How long a sentence is depends on the voice; where the balls are after it does not.
        """
        ends = self.clock.get_value() + (CADENCE * duration if leaps is None else leaps)
        self.play(*animations, self.clock.animate(run_time=duration, rate_func=linear).set_value(ends))

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

    # -- where it stands -----------------------------------------------------------------------------------
    @property
    def upper(self) -> Box:
        """The part of the frame that the two shapes share while they are counted."""
        return self.places.frame.part(bottom=0.19 if self.places.frame.is_wide else 0.52, top=0.985)

    @property
    def between(self) -> Box:
        """The room for what both have in common: between the two, or below both in a frame that is high."""
        if self.places.frame.is_wide:
            return self.places.frame.part(0.5 - MIDDLE / 2, 0.5 + MIDDLE / 2, 0.06, 0.94)
        return self.places.whole.part(top=0.36)

    def halves(self, box: Box) -> tuple[Box, Box]:
        """Left and right in ``box``, with room between them where the frame is wide."""
        gap = MIDDLE / 2 if self.places.frame.is_wide else 0.01
        return box.part(0.012, 0.5 - gap), box.part(0.5 + gap, 0.988)

    # -- what is written -----------------------------------------------------------------------------------
    def count(self) -> list[VGroup]:
        """The steps that each ball has made, and whether it is home."""
        signs = []
        for run, half in zip(self.runs, self.halves(self.upper), strict=True):
            below = Box(half.left, half.right, self.places.whole.bottom, self.upper.bottom)
            widest = run.step(self.clock.get_value() + SOON)
            name = self.words.label("home" if run.is_home else "so_far", steps=widest)
            signs.append(signed(run.counter(), name, widest, below))
        return signs

    def say_of_how_many(self) -> list[Animation]:
        """Where a ball is not home yet, how many steps it will take."""
        found: list[Animation] = []
        for run, sign in zip(self.runs, self.signs, strict=True):
            if run.stage.steps is not None and not run.is_home:
                counter, so_far = sign
                whole = self.words.label("of_so_many", steps=float(run.stage.steps))
                new = name_below(counter, whole, so_far.get_x())
                sign.submobjects[1] = new
                found += [FadeOut(so_far, shift=0.15 * UP), FadeIn(new, shift=0.15 * UP)]
        return found

    def what_is_common(self) -> tuple[RowCloud, Mobject, Mobject, Mobject]:
        """A small cloud with row 1 in its ring, and three short things."""
        room = self.between.part(bottom=0.2)
        widest = (0.74 if self.places.frame.is_wide else 0.55) * room.width
        data, rule, model = (
            wrapped(self.words.label(key), widest, typography.NAME, typography.NAME) for key in COMMON
        )
        tall = self.places.frame.is_wide
        width = 0.8 * room.width if tall else 0.3 * room.width
        cloud = RowCloud(FeaturePlane(self.lesson.data, Box(0, width, 0, 0.8 * width)), size=SMALL)
        names = VGroup(data, rule, model).arrange(DOWN, buff=0.45 if tall else 0.3)
        row = VGroup(cloud, names).arrange(DOWN if tall else RIGHT, buff=0.3 if tall else 0.6)
        room.put(row)
        return cloud, data, rule, model

    def titles(self) -> tuple[Mobject, Mobject]:
        """The film's title and what it is about: the lesson's, if it has any, in lines if they are long."""
        widest, (title, subject) = self.places.whole.width, map(self.words.label, ("film", "subject"))
        heading = wrapped(title, widest, FILM, typography.TITLE, self.theme.text, weight="light")
        below = wrapped(subject, widest, typography.NAME, typography.NAME, self.theme.muted)
        words = VGroup(heading, below).arrange(DOWN, buff=0.4)
        self.places.whole.part(top=TITLED - 0.05).put(words, y=0.6)
        return heading, below
