"""The film's question: the same descent on two landscapes, one done at once, the other hardly ever."""

from __future__ import annotations

from manim import DOWN, UP, FadeIn, FadeOut, Group, LaggedStart, Mobject, VGroup

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.fit import wrapped
from scenes.kit.script import voice
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces import descents

MAP_RADIUS = 2.1
SIDE = 3.35  # how far the maps stand from the middle
HEIGHT = 0.32


class Question(BeatScene):
    """Scene 1: the question."""

    poster = "title"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Two descents."""
        return data_tables.side_by_side((lesson.raw, lesson.standardized))

    def construct(self) -> None:
        """The race, the question, the title."""
        self.raw = self.map_of(self.lesson.raw, -SIDE)
        self.standardized = self.map_of(self.lesson.standardized, SIDE)
        self.maps = (self.raw, self.standardized)
        self.race()
        self.ask()
        self.name_the_film()

    def race(self) -> None:
        """Two descents start together; one has stopped before the other has begun to move forward."""
        with self.beat("race") as beat:
            base, colors = HEIGHT - MAP_RADIUS, (self.theme.valley, self.theme.bowl)
            self.counters = [
                descents.whole_count(map_, color, size=84)
                for map_, color in zip(self.maps, colors, strict=True)
            ]
            units = [
                typography.label(self.words.label("at_best", steps=float(descents.steps_of(map_))))
                for map_ in self.maps
            ]
            for map_, counter, unit, x in zip(self.maps, self.counters, units, (-SIDE, SIDE), strict=True):
                layout.place(counter, x - counter.width_of(descents.steps_of(map_)) / 2, base - 0.32)
                unit.move_to(layout.at(x, base - 1.22))
            self.signs = VGroup(*self.counters, *units)
            above = typography.label(self.words.label("from_above")).set_y(layout.TOP_EDGE - 0.15)
            maps = LaggedStart(*(FadeIn(map_) for map_ in self.maps), lag_ratio=0.2)
            self.play(maps, FadeIn(above), run_time=0.9)
            self.play(*(FadeIn(map_.ball) for map_ in self.maps), FadeIn(self.signs), run_time=0.5)
            for map_ in self.maps:
                self.add(map_.trail, map_.ball)
            beat.next_sentence()
            jumps = min(descents.last_of(self.standardized), descents.FIRST)
            duration = max((beat.time_left + voice.PAUSE) / jumps, 0.3)  # so that the left ball does not rest
            for _ in range(jumps):
                self.play(descents.jump_together(self.maps, duration))
            beat.next_sentence()
            note = typography.label(self.words.label("sped_up"), size=typography.SMALL)
            note.move_to(layout.at(0, layout.BOTTOM_EDGE - 0.02))
            if descents.are_done(self.maps):
                note = VGroup()
            else:
                race = descents.race_together(self.maps, max(beat.time_left, 4.2), ease=1.6)
                self.play(FadeIn(note), race)
            self.note = VGroup(note, above)

    def ask(self) -> None:
        """Everything is the same but one thing."""
        with self.beat("question") as beat:
            same = [
                typography.Text(self.words.label(key), typography.HEADING)
                for key in ("data", "model", "rule")
            ]
            row = VGroup(*same).arrange(buff=1.3, aligned_edge=UP).set_y(layout.TOP_EDGE - 0.15)
            self.play(FadeOut(self.note), run_time=0.3)
            self.play(
                LaggedStart(*(FadeIn(word, shift=UP * 0.15) for word in same), lag_ratio=0.7), run_time=2.2
            )
            beat.next_sentence()
            what = typography.Text(self.words.label("what_changed"), typography.HEADING, self.theme.ball)
            what.move_to(layout.at(0, HEIGHT))
            self.play(FadeIn(what, scale=0.9), run_time=0.6)
            self.asked = VGroup(row, what)

    def name_the_film(self) -> None:
        """The maps tilt, and are a valley and a bowl; the title."""
        with self.beat("title") as beat:
            answer = typography.Text(self.words.label("changed"), typography.HEADING, self.theme.ball)
            answer.move_to(self.asked[1])
            self.play(FadeOut(self.asked), run_time=0.3)
            self.play(FadeIn(answer, scale=0.9), run_time=0.5)
            self.pause(beat.time_left - 1.2)
            runs = (part for map_ in self.maps for part in (map_.trail, map_.ball))
            self.play(FadeOut(Group(*runs)), FadeOut(self.signs), FadeOut(answer), run_time=0.5)
            title, subtitle = self.titles()
            tilt = {"azimuth": -36, "zenith": 46, "perspective": 0.045, "scale": 0.95}
            self.play(
                *(
                    map_.view.animate.look(**tilt, center=(x, -2.0))
                    for map_, x in zip(self.maps, (-SIDE, SIDE), strict=True)
                ),
                run_time=1.8,
            )
            self.play(FadeIn(title, shift=UP * 0.2), FadeIn(subtitle, shift=UP * 0.2), run_time=1.0)

    def titles(self) -> tuple[Mobject, Mobject]:
        """The film's title and what it is about: the lesson's, if it has any, in lines if they are long."""
        widest, (title, subject) = (
            layout.RIGHT_EDGE - layout.LEFT_EDGE,
            map(self.words.label, ("film", "subject")),
        )
        heading = wrapped(title, widest, 104, 52, self.theme.text, weight="light").set_y(2.55)
        below = wrapped(subject, widest, typography.HEADING, typography.SMALL, self.theme.muted)
        return heading, below.next_to(heading, DOWN, buff=0.4)

    def map_of(self, stage: Stage, x: float) -> Landscape:
        """A loss seen from straight above."""
        view = Viewpoint(azimuth=-90, zenith=0, perspective=0, center=(x, HEIGHT))
        return Landscape(stage, view, radius=MAP_RADIUS)
