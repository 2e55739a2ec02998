"""The family: which numbers share one mean and one spread, in images and in text; and who needs no mean."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, Group, Mobject, ValueTracker, linear
from numpy.typing import ArrayLike

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.script.numbers import write
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.blocks.block import Block
from scenes.pieces.blocks.company import CHANNELS, PIXELS, SAMPLES, Companies
from scenes.pieces.blocks.edge_name import beside
from scenes.pieces.blocks.norm_line import NormLine
from scenes.pieces.blocks.norms import NORMS, members_of
from scenes.pieces.blocks.portrait import AZIMUTH, PERSPECTIVE, ZENITH, OutputLine, seats
from scenes.pieces.blocks.sentences import Sentences

ALONE = 7.9  # of the place of the block alone, in cubes
BEFORE = 18.0  # degrees that the viewer has yet to walk while the block is built
APART = 0.85  # how far out the members of a mean are pulled, in cubes
TITLE = 54.0  # size of the names in the family's picture
ASKED = 12  # companies in which one sample is asked before the viewer's eyes
SMALL, LARGE = SAMPLES, 8 * SAMPLES  # samples in a batch


class Family(BeatScene):
    """An extra: the norms."""

    poster = "own"
    ends_on = "norms_on_two_lines"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """How far one sample's output swings with its company, by the size of the batch."""
        companies = Companies(lesson.settings.batch_seed)
        sizes = np.array([SMALL, LARGE])
        return {"swing": {"batch": sizes, "swing": np.array([companies.swing(int(size)) for size in sizes])}}

    def construct(self) -> None:
        """The block, batch norm, the family, its members' company, text, and the one without a mean."""
        self.companies = Companies(self.lesson.settings.batch_seed)
        self.seats = seats(self.places)
        self.build_the_block()
        self.take_a_channel()
        self.meet_the_family()
        self.change_the_company()
        self.turn_to_text()
        self.leave_out_the_mean()

    # -- images ---------------------------------------------------------------------------------------------
    def build_the_block(self) -> None:
        """The pixels of one sample in one channel, then the samples, then the channels."""
        with self.beat("images") as beat:
            self.show_heading()
            box = self.places.picture
            self.view = Viewpoint(
                AZIMUTH - BEFORE, ZENITH, PERSPECTIVE, box.center, min(box.width, box.height) / ALONE
            )
            self.block = block = Block((CHANNELS, SAMPLES, PIXELS), self.view, self.companies.tint(0))
            home = block.points.copy()
            first = block.members(-1, 0)
            column = block.points[first > 0]
            block.points = np.tile(column, (CHANNELS * SAMPLES, 1))  # all of them inside the first column
            block.grow(first * (np.arange(len(first)) % PIXELS == PIXELS - 1))
            self.add(self.view, block)
            names = self.axis_names()
            for pixel in reversed(range(PIXELS - 1)):
                shown = first * (np.arange(len(first)) % PIXELS >= pixel)
                self.play(block.animate.grow(shown), self.turn(1.0), run_time=0.25)
            self.play(FadeIn(names[0]), self.turn(2.0), run_time=max(beat.time_left - 2.4, 0.5))
            samples = block.members(-1)
            out = np.where(samples[:, None] > 0, home, block.points)
            share = max((beat.time_left + 0.4) / 2, 1.0)
            self.play(self.to(block, out, samples), self.turn(4.0), FadeIn(names[1]), run_time=share)
            self.play(self.to(block, home, 1.0), self.turn(4.0), FadeIn(names[2]), run_time=share)
            self.play(self.turn(2.0), run_time=max(beat.time_left, 0.4))
            self.names = names

    def take_a_channel(self) -> None:
        """One channel of all the samples is pulled out: batch norm."""
        with self.beat("batch") as beat:
            block, chosen = self.block, members_of(self.block, "batch_norm")
            name = self.headline("batch_norm")
            self.play(block.animate.light(chosen), self.turn(2.0), FadeOut(Group(*self.names)), run_time=0.7)
            pulled = block.animate.pull(chosen, (APART, 0.0, 0.0))
            self.play(pulled, self.turn(2.0), FadeIn(name[0]), run_time=1.0)
            self.play(self.turn(3.0), FadeIn(name[1:2], run_time=0.4), run_time=max(beat.time_left, 0.8))
            beat.next_sentence()
            self.play(self.turn(3.0), FadeIn(name[2:], run_time=0.4), run_time=max(beat.time_left, 0.8))
            self.names = name

    def meet_the_family(self) -> None:
        """The block goes to its place; out of it come the others, each with its own members."""
        with self.beat("own") as beat:
            first = self.seats[0]
            self.home = first.view()
            self.play(
                self.view.animate.become(self.home),
                FadeOut(self.names, run_time=0.3),
                self.block.animate.pull(self.block.members(-1), (-APART / 2, 0.0, 0.0)),
                run_time=1.1,
            )
            self.blocks, self.views, self.titles = [self.block], [self.view], [self.seat_name(0)]
            self.shared = [self.seat_members(0)]
            self.play(FadeIn(self.titles[0]), FadeIn(self.shared[0]), run_time=0.3)
            self.bring(1, beat.time_left)
            both = beat.next_sentence()
            self.bring(2, both / 2)
            self.bring(3, beat.time_left)

    def bring(self, index: int, time_left: float) -> None:
        """The next of the family comes out of the one before, and its members light up."""
        view, before = self.views[index - 1].copy(), self.blocks[index - 1]
        block = Block((CHANNELS, SAMPLES, PIXELS), view, before.tint)
        whole, block.points, block.glow = block.points, before.points, before.glow
        self.add(view, block)
        chosen = members_of(block, NORMS[index])
        alike = self.to(block, whole, 1.0, glow=0.0)
        self.play(view.animate.become(self.seats[index].view()), alike, run_time=0.7)
        title, shared = self.seat_name(index), self.seat_members(index)
        lit = block.animate.light(chosen).pull(chosen, (0.0, APART / 2, 0.0))
        self.play(lit, FadeIn(title), FadeIn(shared), run_time=0.6)
        self.blocks.append(block)
        self.views.append(view)
        self.titles.append(title)
        self.shared.append(shared)
        turned = [each.animate.look(azimuth=AZIMUTH + (4 if index % 2 else -4)) for each in self.views]
        self.play(*turned, run_time=max(time_left - 1.3, 0.3))

    def change_the_company(self) -> None:
        """The other samples change, again and again: one output swings, those of the others stand still."""
        with self.beat("company") as beat:
            few, many = (self.companies.outputs(size, ASKED) for size in (SMALL, LARGE))
            others = [self.companies.alone(members_of(self.block, norm)) for norm in NORMS[1:]]
            every, clock = np.concatenate([few, many, others]), ValueTracker(0)
            span = float(every.min()) - 0.1, float(every.max()) + 0.1
            first = OutputLine(self.seats[0].line, few, span, clock)
            lines = [
                OutputLine(seat.line, np.repeat(output, ASKED), span, clock)
                for seat, output in zip(self.seats[1:], others, strict=True)
            ]
            swings = [self.swing(size) for size in (SMALL, LARGE)]
            self.play(*map(FadeOut, self.shared), *map(FadeIn, (first, *lines, swings[0])), run_time=0.5)
            self.ask(clock, max(beat.time_left, 2.4))
            beat.next_sentence()
            clock = ValueTracker(0)
            line = OutputLine(self.seats[0].line, many, span, clock)
            self.play(FadeOut(first), FadeOut(swings[0]), FadeIn(line), FadeIn(swings[1]), run_time=0.4)
            self.ask(clock, max(0.6 * beat.time_left, 1.6))
            still = [
                seat.figure.put(typography.name(self.words.label("still", swing=0)), self.aside, 1.0)
                for seat in self.seats[1:]
            ]
            left = max(beat.time_left, 0.6)
            self.play(*(FadeIn(it, run_time=0.4) for it in still), *self.sway(-2.0), run_time=left)
            self.shown = [line, swings[1], *lines, *still]

    def ask(self, clock: ValueTracker, run_time: float) -> None:
        """In one company after the other."""
        share = run_time / (ASKED - 1)
        for number in range(1, ASKED):
            moves = [block.animate.fill(self.companies.tint(number)) for block in self.blocks]
            self.play(*moves, clock.animate(rate_func=linear).set_value(number), run_time=share)

    # -- text -----------------------------------------------------------------------------------------------
    def turn_to_text(self) -> None:
        """Sentences, their tokens, the features of each; a mean over the batch; a mean over one token."""
        with self.beat("text") as beat:
            gone = (*self.shown, *self.titles, *(self.blocks[index] for index in (0, 2, 3)))
            self.block, self.view = self.blocks[1], self.views[1]
            text = self.text = Sentences(self.words, self.block, self.places.picture)
            self.play(*(FadeOut(it, run_time=0.4) for it in gone))
            self.play(
                self.view.animate.become(text.view),
                self.block.animate.become(text.filled()),
                run_time=1.6,
            )
            names = text.names()
            self.play(*map(FadeIn, names), self.turn(2.0), run_time=0.5)
            self.play(self.turn(3.0), run_time=max(beat.time_left, 0.5))
            beat.next_sentence()
            level, padding, later = text.one_feature(), text.padding(), text.later()
            real, sizes = level - padding, self.block.size.copy()
            self.play(self.block.animate.light(real), FadeOut(names[-1]), self.turn(-2.0), run_time=1.0)
            sign = text.padding_name()
            counted = self.block.animate.light(level).grow(np.where(padding > 0, 1.0, sizes))
            self.play(counted, FadeIn(sign), self.turn(-2.0), run_time=0.8)
            self.play(self.turn(-2.0), run_time=max(beat.time_left - 2.4, 0.4))
            dimmed = np.where(later > 0, level, 0.25 * level)
            ahead = self.block.animate.light(dimmed).pull(later, (APART, 0.0, 0.0))
            guessed = [name.animate.set_color(self.theme.ball) for name in text.later_names(names)]
            self.play(ahead, *guessed, FadeOut(sign), self.turn(-1.4), run_time=0.9)
            self.play(self.turn(-2.0), run_time=max(beat.time_left, 0.4))
            beat.next_sentence()
            token = text.one_token()
            back = self.block.animate.light(token, self.theme.bowl).pull(later, (-APART, 0.0, 0.0))
            self.play(back.grow(sizes), self.turn(1.0), run_time=0.7)
            pulled = self.block.animate.pull(token, (APART, 0.0, 0.0))
            words = [FadeOut(name, run_time=0.4) for name in names[:-1]]
            self.play(pulled, *words, FadeIn(text.name_of_the_token(APART)), self.turn(2.0), run_time=0.9)
            self.play(self.turn(4.0), run_time=max(beat.time_left, 0.5))

    def leave_out_the_mean(self) -> None:
        """The features of one token on a line: moved and divided, or divided alone."""
        with self.beat("scale") as beat:
            numbers, boxes, text = self.text.token_numbers(), self.line_boxes(), self.text
            lines = [NormLine(numbers, has_mean, boxes[1 - has_mean]) for has_mean in (True, False)]
            names = [
                self.line_name(key, line) for key, line in zip(("layer_norm", "rms_norm"), lines, strict=True)
            ]
            means = [line.mean_name(typography.name(self.words.label("mean"))) for line in lines]
            means += [line.zero_name(typography.name(write(0))) for line in lines]
            lone = self.block.animate.grow(text.one_token())
            self.play(lone, self.view.animate.become(text.alone()), run_time=1.0)
            self.play(*map(FadeIn, (*lines, *names, *means)), self.turn(1.0), run_time=0.5)
            self.play(lines[0].animate.go(1.0), self.turn(2.0), run_time=1.0)
            self.play(*(line.animate.go(2.0) for line in lines), self.turn(3.0), run_time=1.4)
            self.play(self.turn(-6.0), run_time=max(beat.time_left, 0.4))

    # -- what moves -----------------------------------------------------------------------------------------
    def turn(self, degrees: float) -> Any:
        """The viewer walks on."""
        return self.view.animate.look(azimuth=float(np.degrees(self.view.points[0, 0])) + degrees)

    def sway(self, degrees: float) -> Any:
        """All the viewers walk to the other side."""
        return [view.animate.look(azimuth=AZIMUTH + degrees) for view in self.views]

    @staticmethod
    def to(block: Block, points: Array, size: ArrayLike, glow: ArrayLike = 0.0) -> Any:
        """The cubes go where they belong, and get their size and their light on the way."""
        goal = block.copy().grow(size).light(glow)
        goal.points = points
        return block.animate.become(goal)

    # -- names and figures ----------------------------------------------------------------------------------
    def axis_names(self) -> list[Mobject]:
        """Pixels up the block's edge, samples and channels along the ground."""
        block, half = self.block, np.array([CHANNELS, SAMPLES, PIXELS]) / 2
        places = (half * [1, -1, 0], half * [1, 0, -1], half * [0, 1, -1])
        ways = ((-1.0, 0.0), (-1.0, -0.8), (1.0, -0.8))
        keys = ("pixels", "samples", "channels")
        return [
            beside(typography.name(self.words.label(key)), block, place, way)
            for key, place, way in zip(keys, places, ways, strict=True)
        ]

    def headline(self, key: str) -> Group:
        """A norm's name in large letters, and what its members share."""
        side = self.places.side
        name = fitted([self.words.label(key)], side.width, self.theme.bowl, KEY, NAME)
        members = typography.name(self.words.label(f"{key}_members"))
        shared = typography.name(self.words.label("shared"))
        return Group(*side.stack(name, members, shared, gap=0.35))

    def seat_name(self, index: int) -> Mobject:
        """A norm's name below its block."""
        box = self.seats[index].name
        name = fitted([self.words.label(NORMS[index])], box.width, self.theme.bowl, TITLE, NAME)
        return box.put(name, self.aside)

    def seat_members(self, index: int) -> Mobject:
        """Who shares a mean there, below the norm's name."""
        text = typography.name(self.words.label(f"{NORMS[index]}_members"), self.theme.muted)
        return self.seats[index].line.put(text, self.aside, 1.0)

    @property
    def aside(self) -> float:
        """Words stand at the left where they are beside their block, in the middle below it."""
        return 0.0 if self.places.whole.is_wide else 0.5

    def swing(self, size: int) -> Mobject:
        """How far the output swings in batches of a size."""
        box, swing = self.seats[0].figure, self.companies.swing(size)
        ways = [self.words.label(key, swing=swing, size=size) for key in ("swing_short", "swing")]
        return box.put(fitted(ways, box.width, self.theme.text, NAME, NAME), self.aside, 1.0)

    def line_boxes(self) -> tuple[Box, Box]:
        """Where the two lines of numbers are."""
        whole = self.places.whole.part(right=0.62)
        return whole.part(bottom=0.55, top=0.92), whole.part(bottom=0.08, top=0.45)

    def line_name(self, key: str, line: NormLine) -> Mobject:
        """A norm's name above its line."""
        return line.box.put(typography.figure(self.words.label(key), self.theme.bowl, TITLE), 0.0, 1.0)
