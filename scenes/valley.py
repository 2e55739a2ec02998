"""The loss on the raw features: a long trough, and the many steps it takes to walk it."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    Mobject,
    ValueTracker,
    VGroup,
    VMobject,
)

from bn_math import Lesson
from scenes.kit import data_tables, opening
from scenes.kit.beats import BeatScene
from scenes.kit.charts.marks import dimension
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import key_figure
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import short
from scenes.kit.surface.ball import Ball, DescentPath
from scenes.kit.surface.cut import Cut
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.lens import magnifier
from scenes.pieces import descents

FIRST_JUMPS = 4
WAIST, NEEDLE = 1.9, 6.2  # half the needle's width in the window; half its length when all of it is seen
HIGHEST = 1.5  # half the needle's width in the picture, at most
ASLANT = 8  # degrees by which the needle may lie aslant
HOW_FAR = 0.72  # of the window, from the minimum to where the one step starts
SEEN = 0.01  # the share of the way that is too short to be seen


class Valley(BeatScene):
    """Scene 6: the valley."""

    poster = "descent"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The trough, the descent, and the curvatures."""
        return data_tables.landscape(lesson.raw)

    def construct(self) -> None:
        """The trough, the descent, the reason, the map."""
        self.view = opening.viewpoint()
        names = (self.words.label("weight_a"), self.words.label("weight_b"))
        self.valley = Landscape(self.lesson.raw, self.view, names)
        self.notes = VGroup()
        self.show_the_surface()
        self.descend()
        self.explain()
        self.draw_to_scale()

    def show_the_surface(self) -> None:
        """The surface rises from the plane of the weights, and the camera walks round it."""
        with self.beat("surface") as beat:
            subject = self.words.label("subject")
            self.heading, self.rim = opening.enter(self, beat, self.valley, subject, self.theme.valley)

    def descend(self) -> None:
        """A few jumps one by one; the rest ever faster; the end of it under a magnifying glass."""
        with self.beat("descent") as beat:
            color, valley = self.theme.valley, self.valley
            last = descents.last_of(valley)
            self.figures = layout.column(
                descents.count(self.words, valley, color),
                descents.distance_left(self.words, valley, color),
                key_figure(self.rate(), self.words.label("learning_rate")),
                top=1.55,
            )
            self.add(valley.trail, valley.ball)
            self.play(FadeIn(valley.ball), FadeIn(self.figures), run_time=0.5)
            for _ in range(min(FIRST_JUMPS, last)):
                self.play(valley.jump(run_time=0.6))
            beat.next_sentence()
            hint = typography.label(self.words.label("sped_up"), size=typography.SMALL)
            hint.next_to(self.figures, DOWN, buff=0.5, aligned_edge=LEFT)
            if last > FIRST_JUMPS:
                self.play(FadeIn(hint), run_time=0.3)
                self.play(valley.race(run_time=max(beat.time_left, 2.4), until=self.halfway()))
            if descents.is_whole(valley):
                self.look_closer(hint)
            else:
                self.figures.add(hint)
            beat.next_sentence()
            if not descents.are_done([valley]):
                self.play(valley.race(run_time=max(beat.time_left, 4.0), ease=1.0))

    def look_closer(self, hint: Mobject) -> None:
        """A magnifying glass over the minimum takes the place of what is said below the figures."""
        map_, lens, enlarged = magnifier(self.lesson.raw, self.valley.clock, self.words.label("enlarged"))
        self.play(FadeOut(hint), FadeOut(self.figures[2]), run_time=0.3)
        self.play(FadeIn(map_), FadeIn(enlarged), FadeIn(lens), run_time=0.4)
        self.figures = Group(*self.figures[:2], map_, lens, enlarged)

    def explain(self) -> None:
        """Steep one way, flat the other; one learning rate has to serve both."""
        with self.beat("why") as beat:
            spectrum = self.lesson.raw.spectrum
            flat, steep = spectrum.eigenvectors.T
            across = Cut(self.valley.surface, self.valley.window, steep, self.theme.valley)
            along = Cut(self.valley.surface, self.valley.window, flat, self.theme.text, dash=(14, 10))
            rows = layout.column(
                self.row("curvature_across", spectrum.eigenvalues[1], "d", across),
                self.row("curvature_along", spectrum.eigenvalues[0], ".2f", along),
                key_figure(
                    typography.figure(numbers.write(spectrum.condition_number, "4s"), self.theme.valley),
                    self.words.label("condition_number"),
                ),
                top=1.55,
                gap=0.85,
            )
            self.fade_out(*self.figures, self.valley.trail, self.valley.ball)
            self.grow(across, rows[0])
            self.grow(along, rows[1])
            beat.next_sentence()
            balls = self.take_one_step(flat, steep, rows) if self.lesson.story.raw_is_a_valley else []
            beat.next_sentence()
            self.play(FadeIn(rows[2], shift=UP * 0.2), run_time=0.6)
            self.cuts, self.rows = Group(across, along, *balls), rows

    def draw_to_scale(self) -> None:
        """From above: one line of equal loss, and so far away that all of it is seen."""
        with self.beat("contours"):
            self.fade_out(self.valley.ground, self.rim, *self.cuts, self.rows, self.notes, run_time=0.4)
            above = self.view.animate.look(zenith=0, perspective=0, azimuth=self.lying(), scale=1.3)
            self.play(above, run_time=1.2)
            needle = self.needle()
            self.play(FadeOut(self.valley.iso_lines), Create(needle), run_time=0.5)
            scale = min(NEEDLE / self.needle_ends, HIGHEST / WAIST)
            far = self.view.animate.look(scale=scale, center=(0.0, -0.35))
            self.play(far, run_time=1.6)
            note, below, ratio = self.about(needle)
            self.play(FadeIn(note), Create(below), FadeIn(ratio), run_time=0.8)

    # -- the pieces --
    def halfway(self) -> int:
        """The even step at which a hundredth of the way is left: what is still to be seen has been seen."""
        path = self.valley.path
        left = np.linalg.norm(path.weights - self.valley.window.loss.minimizer, axis=1)
        seen = left < SEEN * left[0]
        step = 2 * (int(np.argmax(seen)) // 2) if seen.any() else len(path) - 1
        return max(step, FIRST_JUMPS)

    def rate(self) -> typography.Text:
        """Theory's best rate as a figure."""
        rate = self.lesson.raw.spectrum.best_learning_rate
        return typography.figure(numbers.write(rate, ".2e"), self.theme.valley)

    def row(self, key: str, curvature: float, spec: str, cut: Cut) -> VGroup:
        """A curvature, and a piece of the line that it belongs to."""
        figure = key_figure(typography.figure(short(curvature, spec), cut.color), self.words.label(key))
        sample = cut.sample()
        return VGroup(figure, sample.next_to(figure[1], RIGHT, buff=0.3))

    def take_one_step(self, flat: Array, steep: Array, rows: VGroup) -> list[Ball]:
        """One step with the same learning rate: across, to the other wall; along, hardly anywhere."""
        window, clock = self.valley.window, ValueTracker(0)
        rate, minimizer = self.lesson.raw.spectrum.best_learning_rate, window.loss.minimizer
        balls = []
        for direction in (steep, flat):
            start = minimizer + HOW_FAR * window.reach * direction
            step = np.array([start, start - rate * window.loss.gradient(start)])
            balls.append(Ball(self.valley.surface, DescentPath(window, step), clock))
        share = float(rate * self.lesson.raw.spectrum.eigenvalues[0])
        words = (
            self.words.label("step_across"),
            self.words.label("step_along", percent=numbers.write(100 * share, "1s")),
        )
        self.notes = VGroup(*(typography.Text(text, typography.LABEL) for text in words))
        for note, row in zip(self.notes, rows, strict=False):
            note.next_to(row, DOWN, buff=0.16, aligned_edge=LEFT)
        self.play(*map(FadeIn, balls), run_time=0.4)
        self.play(clock.animate.set_value(1), FadeIn(self.notes), run_time=1.4)
        return balls

    def grow(self, cut: Cut, words: Mobject) -> None:
        """A cut grows from the minimum to the rim, and its curvature appears beside."""
        cut.show(0.0)
        self.add(cut)
        self.play(cut.animate.show(1.0), FadeIn(words), run_time=1.1)

    def lying(self) -> float:
        """From where, in degrees, the valley lies across the picture; it may be a little aslant."""
        flat = self.lesson.raw.spectrum.eigenvectors[:, 0]
        turn = float(np.degrees(np.arctan2(-flat[0], flat[1])) % 180)
        turn = 90.0 if abs(turn - 90) < ASLANT else turn
        return turn + 180 if turn < 90 - ASLANT else turn

    @property
    def needle_ends(self) -> float:
        """How far the needle reaches to each side, in units of space."""
        return WAIST * self.lesson.raw.spectrum.contour_aspect

    def needle(self) -> VMobject:
        """The line of equal loss that almost fills the window across, as seen from wherever the viewer is."""
        flat, steep = self.lesson.raw.spectrum.eigenvectors.T
        turn = np.linspace(0, 2 * np.pi, 721)[:, None]
        ground = self.needle_ends * np.cos(turn) * flat + WAIST * np.sin(turn) * steep
        points = np.concatenate([ground, np.zeros((len(ground), 1))], axis=1)
        line = VMobject(stroke_color=self.theme.valley, stroke_width=4)

        def update(_: Mobject) -> None:
            line.set_points_as_corners(self.view.project(points) * [1, 1, 0])

        return follow(line, (self.view,), update)

    def about(self, needle: Mobject) -> tuple[Mobject, Mobject, Mobject]:
        """What it is, how long it is, and its length over its width."""
        note = typography.label(self.words.label("to_scale")).next_to(needle, UP, buff=0.5)
        left, right = (needle.get_corner(DOWN + side) + DOWN * 0.4 for side in (LEFT, RIGHT))
        below = dimension(left, right, self.theme.rule)
        aspect = self.words.label(
            "aspect", ratio=numbers.write(self.lesson.raw.spectrum.contour_aspect, "3s")
        )
        ratio = typography.figure(aspect, self.theme.valley).next_to(below, DOWN, buff=0.35)
        return note, below, ratio
