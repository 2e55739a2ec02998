"""More layers, slower? Real networks learn to read handwriting, without batch norm and with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    Transform,
    ValueTracker,
    VGroup,
    linear,
    smooth,
    squish_rate_func,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene, Narration
from scenes.pieces.digits.depth_picture import DepthPicture
from scenes.pieces.digits.holding import shown_depths
from scenes.pieces.digits.inside import Inside
from scenes.pieces.digits.neuron import LATE, become
from scenes.pieces.digits.retreat import Retreat
from scenes.pieces.digits.tables import network_tables
from scenes.pieces.digits.tiles import Tiles
from scenes.pieces.digits.walls import Walls
from scenes.pieces.rows.row_one import DOT, RowOne

RACE = 6.0  # seconds of both trainings
NEAR = 0.1  # share of the way back that the viewer goes while one digit is looked at
LEAST = 1.2  # seconds of a movement whose sentence is over


class RealNetwork(BeatScene):
    """Scene 14: a real network."""

    poster: ClassVar[str | None] = "walls"
    ends_on: ClassVar[str | None] = "row_one"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """What was read at which step, how the deepest start, steps against depth."""
        return network_tables(lesson.network)

    def construct(self) -> None:
        """Walls of digits; why; with other neurons steps against depth."""
        self.study = self.lesson.network
        self.colors = self.theme.valley, self.theme.bowl
        self.clock = ValueTracker(0.0)
        self.last: tuple[Tiles, int] | None = None
        self.read_digits()
        if self.tells("why"):
            self.look_inside()
        if self.tells("depth"):
            self.add_layers()
        self.leave_one()

    # -- the trainings -------------------------------------------------------------------------------------
    def read_digits(self) -> None:
        """One digit fills the frame; the viewer backs off to the walls; both trainings."""
        with self.beat("walls") as beat:
            self.walls = Walls(self.study.walls, self.clock, self.places, self.words)
            one, retreat = self.one_digit()
            self.add(one)
            self.show_heading()
            self.play(FadeIn(one), run_time=0.4)
            self.play(retreat.way_on(0.0, NEAR, rate_func=linear, run_time=1.0))
            walls = retreat.among(self.walls.all)
            self.play(walls.way_on(NEAR, 1.0, run_time=max(beat.time_left - 0.3, 3.2)))
            self.play(FadeOut(one), run_time=0.3)
            beat.next_sentence()
            self.name_walls(beat)
            beat.next_sentence()
            steps = self.walls.steps()
            self.play(FadeIn(steps), run_time=0.3)
            self.play(self.walls.train(), run_time=max(beat.time_left, RACE))
            percents = self.walls.percents()
            self.shown: list[Mobject] = [*self.names[:2], *self.names[2], steps, percents]
            beat.next_sentence()
            self.neurons = self.walls.neurons("sigmoid")
            come = [FadeIn(percents, run_time=0.6), *self.curve_comes()]
            story = self.lesson.story
            if story.only_deep_ones_need_it:
                self.point_out(0, story.dark_walls, beat, *come)
                beat.next_sentence()
                self.point_out(1, story.dark_walls, beat)
            else:
                self.play(*come)
                beat.next_sentence()
            beat.next_sentence()
            if story.unseen_are_read_alike:
                self.point_out_both(beat)

    def curve_comes(self) -> list[Animation]:
        """The curve that these neurons bend by is drawn, and named."""
        return [Create(self.neurons[0], run_time=1.2), FadeIn(self.neurons[1], rate_func=LATE, run_time=1.2)]

    def name_walls(self, beat: Narration) -> None:
        """How many layers each column has; then which row is without batch norm, and which with it."""
        self.names = depths, layers, rows = self.walls.names()
        order = [FadeIn(it, shift=DOWN / 4) for it in depths]
        self.play(FadeIn(layers, run_time=0.5), LaggedStart(*order, lag_ratio=0.5, run_time=1.6))
        for norm, name in enumerate(rows):
            time = max(beat.time_left / (2 - norm), 0.8)
            self.play(FadeIn(name, run_time=0.5), self.walls.dim(norm), run_time=time)

    def point_out(self, norm: int, places: Sequence[int], beat: Narration, *more: Animation) -> None:
        """A frame around the walls of some networks, without batch norm or with it."""
        frames = self.walls.frames(norm, places)
        self.play(*map(Create, frames), *more, run_time=0.7)
        found = [self.walls.tiles[norm][place] for place in places]
        self.play(*(it.breathe() for it in found), run_time=max(beat.time_left - 0.3, 1.0))
        self.play(*map(FadeOut, frames), run_time=0.3)

    def point_out_both(self, beat: Narration) -> None:
        """The shallowest networks' walls, above and below."""
        frames = [frame for norm in range(2) for frame in self.walls.frames(norm, (0,))]
        self.play(*map(Create, frames), run_time=0.6)
        self.play(*(row[0].breathe() for row in self.walls.tiles), run_time=max(beat.time_left - 0.3, 1.0))
        self.play(*map(FadeOut, frames), run_time=0.3)

    def one_digit(self) -> tuple[Tiles, Retreat]:
        """A digit that nobody has read yet, as large as the frame, on its tile; and the way back from it."""
        frame = self.places.frame
        wall = self.walls.tiles[1][-1]
        which = self.walls.central(wall)
        part = wall.tile(which)
        one = Tiles(wall.images[which : which + 1], 1, part, self.theme.text, ground=0.0).light(np.ones(1))
        box = frame.part(left=0.48, right=0.98) if frame.is_wide else frame.part(top=0.86)
        return one, Retreat([one], part, box).at_once()

    # -- why -----------------------------------------------------------------------------------------------
    def look_inside(self) -> None:
        """What the deepest networks make of ten digits, and what comes back: without, then with."""
        with self.beat("why") as beat:
            inside = Inside(self.study.start, self.places.whole, self.colors, self.words)
            self.take_out(inside)
            self.play(inside.go(0, 1 / len(inside.layers)), run_time=max(beat.time_left, LEAST))
            beat.next_sentence()
            self.play(inside.go(0), run_time=max(0.85 * beat.time_left, 2.0))
            beat.next_sentence()
            self.send_back(inside, 0, beat)
            beat.next_sentence()
            self.play(FadeIn(inside.names[1], run_time=0.5), inside.go(1), run_time=max(beat.time_left, 2.0))
            beat.next_sentence()
            self.send_back(inside, 1, beat)
            self.last = inside.digits, 0

    def take_out(self, inside: Inside) -> None:
        """Digits leave the deepest wall without batch norm, and form the row that goes through it."""
        taken, ways = inside.taken_from(self.walls.tiles[0][-1])
        self.add(*taken)
        kinds = [*self.names[2]]
        gone = [FadeOut(it, run_time=0.5) for it in (*self.walls.all, *self.shown) if it not in kinds]
        over = [Transform(it, home, run_time=1.2) for it, home in zip(kinds, inside.kinds, strict=True)]
        top = inside.digits.whole.center[1]
        over.append(self.neurons.animate(run_time=1.2).move_to([inside.left, top, 0.0], LEFT).build())
        self.play(*gone, *over, LaggedStart(*ways, lag_ratio=0.08, run_time=1.5), FadeIn(inside.names[0]))
        self.remove(*taken, *kinds)
        self.add(inside.digits, *inside.kinds, *inside.tiles)

    def send_back(self, inside: Inside, norm: int, beat: Narration) -> None:
        """The gradient comes back from the last layer to the first, and lights what it reaches."""
        if not self.lesson.story.corrections_fade:
            return
        self.add(inside.streams[norm])
        if norm == 0:
            self.play(FadeIn(inside.gradient), run_time=0.4)
        self.play(inside.go_back(norm), run_time=max(beat.time_left, 2.0))

    # -- depth ---------------------------------------------------------------------------------------------
    def add_layers(self) -> None:
        """Steps against depth: ReLUs from the same start, ever slower; with batch norm fewer steps."""
        with self.beat("depth") as beat:
            story = self.lesson.story
            depths = shown_depths(self.study)
            picture = DepthPicture(depths, self.places.whole, self.colors, self.words)
            self.turn_to(picture.grid, picture.axes, picture.key, *picture.samples, neurons=picture.neurons)
            self.add(picture.lines)
            self.play(picture.draw(1), run_time=max(beat.time_left, 0.5))
            beat.next_sentence()
            self.play(picture.draw(len(depths.depths)), run_time=max(beat.time_left, 2.0))
            beat.next_sentence()
            if story.fewer_steps_with_it:
                gaps, fall = picture.drop()
                self.add(gaps)
                self.play(fall, run_time=max(beat.time_left, LEAST))

    def leave_one(self) -> None:
        """The picture of the beginning is the last: it becomes a row among others, the dot with its ring."""
        wall, which = self.last or (self.walls.tiles[1][0], self.walls.central(self.walls.tiles[1][0]))
        box = wall.tile(which) if self.last else self.places.whole.part(0.45, 0.55, 0.45, 0.55)
        one = Tiles(wall.images[which : which + 1], 1, box, wall.color).light(np.ones(1))
        gone = [it for it in self.mobjects if it.has_points() or it.submobjects]
        self.play(*(FadeOut(it, run_time=0.4) for it in gone if not self.last), FadeIn(one, run_time=0.4))
        gone = [it for it in self.mobjects if it is not one and (it.has_points() or it.submobjects)]
        middle = self.places.whole.at()
        row = RowOne(middle)
        small = one.animate.move_to(middle).scale(2 * DOT / one.whole.height)
        come = FadeIn(row, rate_func=squish_rate_func(smooth, 0.7, 1.0))
        self.play(*(FadeOut(it, run_time=0.6) for it in gone), small, come, run_time=1.1)
        self.remove(one)
        self.hand_over(row)

    def turn_to(self, *parts: Mobject, neurons: VGroup) -> None:
        """One picture leaves while another comes; the neurons' curve goes over, and bends into the other.

        Args:
            parts: what comes.
            neurons: the curve of the other picture's neurons, with their name.
        """
        kept = {*self.neurons.get_family()}
        old = [
            it
            for it in self.mobjects
            if (it.has_points() or it.submobjects) and not kept & {*it.get_family()}
        ]
        late = squish_rate_func(smooth, 0.45, 1.0)  # when what stood there is gone
        come = (FadeIn(it, rate_func=late, run_time=1.2) for it in parts)
        self.play(*(FadeOut(it, run_time=0.5) for it in old), *become(self.neurons, neurons), *come)
        self.remove(self.neurons)
        self.last = None
        self.add(neurons)
        self.neurons = neurons
