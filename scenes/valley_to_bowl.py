"""One shot: the data are standardized, and with them the valley becomes the bowl, under a ball that waits."""

from __future__ import annotations

from typing import ClassVar

from manim import FadeIn, FadeOut, Group, ManimColor, Mobject, ValueTracker, linear

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.script import voice
from scenes.kit.surface.trough.framing import framed
from scenes.pieces.shot.level_line import LevelLine, MiddleLine
from scenes.pieces.shot.moments import Moments, shape_box, side_boxes
from scenes.pieces.shot.moving_rows import MovingRows, feature_names
from scenes.pieces.shot.weight_names import weight_names
from scenes.pieces.trough.parked import Parked

DASH = (16.0, 12.0)
WALK = 12.0  # degrees from which the valley is seen aside, before the viewer comes back


class ValleyToBowl(BeatScene):
    """Scene 6: from valley to bowl."""

    poster = "shot"
    begins_on: ClassVar[str | None] = "parked_valley"
    ends_on: ClassVar[str | None] = "parked_bowl"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Both ends of the shot, and the halves of the way."""
        return data_tables.side_by_side(lesson.stages)

    def construct(self) -> None:
        """The ball waits; the data move; the valley is a bowl."""
        self.clock = ValueTracker(0.0)
        self.moments = Moments(self.lesson, shape_box(self.places))
        self.begin_on_the_parked_valley()
        self.name_the_condition_number()
        self.standardize_in_one_shot()
        self.look_at_what_it_is_now()
        self.hand_over(*self.parked, *self.weights)

    def begin_on_the_parked_valley(self) -> None:
        """Just what the scene before ends on."""
        self.view = framed(self.moments.window(0), self.places.picture)
        window = lambda: self.moments.window(self.clock.get_value())  # noqa: E731
        self.parked = Parked(window, self.view, self.moments.start, follows=(self.clock,))
        self.add(self.view, *self.parked)

    def name_the_condition_number(self) -> None:
        """The viewer steps back; across and along are drawn; their ratio is named."""
        with self.beat("parked") as beat:
            self.show_heading()
            there = self.moments.viewpoint(0)
            aside = self.moments.azimuth(0) + WALK
            self.play(self.view.animate.become(there.copy().look(azimuth=aside)), run_time=1.4)
            self.play(self.parked.arrow.show(0).animate.show(1), run_time=max(beat.time_left, 1.0))
            beat.next_sentence()
            across, along = self.middle_lines()
            self.add(across, along)
            self.play(across.animate.show(1), run_time=1.0)
            self.play(along.animate.show(1), run_time=1.0)
            self.count = self.condition_number()
            self.play(FadeIn(self.count), run_time=0.5)
            self.weights = weight_names(self.words, self.parked.trough, self.clock, self.places.whole)
            self.play(*map(FadeIn, self.weights), run_time=0.5)
            self.play(self.view.animate.become(there), run_time=max(beat.time_left - 0.4, 1.0))
            self.play(FadeOut(across), FadeOut(along), run_time=0.4)

    def standardize_in_one_shot(self) -> None:
        """The rows slide to the middle and come to one spread; all that follows from them moves with them."""
        with self.beat("shot") as beat:
            rows_box, _ = side_boxes(self.places)
            self.rows = MovingRows(self.moments, self.clock, rows_box).show(0)
            names = self.rows.named(feature_names(self.words, 0.5 * rows_box.width))
            self.add(self.rows)
            self.play(self.rows.animate.show(1), FadeIn(names), run_time=1.6)
            self.lines = self.level_lines()
            self.play(*map(FadeIn, self.lines), run_time=0.5)
            follow(self.view, (self.clock,), lambda _: self.moments.look(self.view, self.clock.get_value()))
            self.pass_time(self.moments.path.centering, beat.time_left + voice.PAUSE)
            beat.next_sentence()
            self.pass_time(1.0, beat.time_left)
            self.shown = Group(self.rows, names)

    def look_at_what_it_is_now(self) -> None:
        """The arrow is drawn anew, to the middle; the ball has not moved."""
        with self.beat("opened") as beat:
            self.play(self.parked.arrow.show(0).animate.show(1), run_time=1.2)
            self.play(
                *(FadeOut(it) for it in (self.shown, *self.lines)), run_time=max(beat.time_left - 0.3, 0.6)
            )

    # -- the pieces --
    def pass_time(self, until: float, run_time: float) -> None:
        """Let the shot's time pass; how it is eased is the path's."""
        self.play(self.clock.animate.set_value(until), run_time=max(run_time, 2.0), rate_func=linear)

    def middle_lines(self) -> tuple[MiddleLine, MiddleLine]:
        """Across the shape and along it, not yet drawn."""
        trough = self.parked.trough
        return MiddleLine(trough, across=True).show(0), MiddleLine(trough, across=False, dash=DASH).show(0)

    def level_lines(self) -> tuple[LevelLine, LevelLine]:
        """The line of equal loss through the start, on the shape and on the floor."""
        trough, start = self.parked.trough, self.moments.start
        below = LevelLine(trough, start, self.color_now, on_floor=True, follows=(self.clock,))
        return LevelLine(trough, start), below

    def color_now(self) -> ManimColor:
        """The valley's color, the bowl's, or as far between as the data are."""
        return self.theme.valley.interpolate(self.theme.bowl, self.clock.get_value())

    def condition_number(self) -> Mobject:
        """The condition number at each moment, with its name."""
        counter = Counter(self.clock, "4s", typography.KEY, value=self.moments.path.condition_number)
        counter.set_fill(self.color_now())
        counter.add_updater(lambda it: it.set_fill(self.color_now()))
        figure = key_figure(counter, self.words.label("condition_number"), typography.NAME)
        _, box = side_boxes(self.places)
        return box.put(figure, 0.0, 0.0)
