"""The film once more: valley, layer, bowl; what it does, what it costs, what it does not do; its source."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Arrow,
    Create,
    Dot,
    Ellipse,
    FadeIn,
    Group,
    LaggedStart,
    ManimColor,
    Mobject,
    RoundedRectangle,
    VGroup,
)

from bn_math.lesson.stage import Stage
from scenes.kit.beats import BeatScene
from scenes.kit.charts import marks
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.typography import HEADING, SMALL
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.viewpoint import Viewpoint

RADIUS = 2.1
APART, HEIGHT = 4.45, 0.1  # where the surfaces stand beside the layer
CLOSE, LOW = 3.35, -0.45  # and on the poster
TURNED = {"zenith": 45, "perspective": 0.045}
COLUMNS = (layout.LEFT_EDGE, -2.05, 2.4)
STEPS = (1.55, 0.05, -2.0)  # the heights of the layer's three steps
MOST_DOTS = 60  # of a batch
WIDE = 3.0  # the frame around the two that lead to the bowl
COSTS = 0.35  # of the sentence that speaks of the last two columns: what the first of them takes
FOOT, COUNTS = -2.6, -2.3  # the figures' baselines, below the surfaces and on the poster


class Recap(BeatScene):
    """The film in short."""

    poster = "poster"

    def construct(self) -> None:
        """The layer between valley and bowl, the balance, the poster."""
        self.maps = [
            self.landscape(self.lesson.raw, -APART),
            self.landscape(self.lesson.standardized, APART),
        ]
        self.colors = (self.theme.valley, self.theme.bowl)
        self.show_the_layer()
        self.weigh()
        self.sign()

    def show_the_layer(self) -> None:
        """Three steps between valley and bowl; then both balls run."""
        with self.beat("layer") as beat:
            self.heading = layout.heading(typography.title(self.words.title))
            subject = typography.label(self.words.label("subject"))
            layout.place(subject, layout.LEFT_EDGE, self.heading.get_bottom()[1] - 0.22)
            steps = VGroup(
                *(
                    self.step(key, y, color)
                    for key, y, color in zip(
                        ("first", "second", "third"),
                        STEPS,
                        (self.theme.bowl, self.theme.bowl, self.theme.muted),
                        strict=True,
                    )
                )
            )
            card = RoundedRectangle(
                width=WIDE, height=steps[:2].height + 0.8, corner_radius=0.15, stroke_width=0
            )
            card.set_fill(self.theme.panel, 1).move_to(steps[:2])
            arrows = VGroup(*(self.arrow(x) for x in (-2.0, 2.0)))
            self.figures = VGroup(*(self.figure(place) for place in range(2)))
            self.play(FadeIn(self.heading, subject), FadeIn(self.maps[0]), run_time=0.8)
            self.play(FadeIn(card, arrows[0]), run_time=0.3)
            first = [FadeIn(step, shift=RIGHT * 0.2) for step in steps[:2]]
            self.play(LaggedStart(*first, lag_ratio=0.9), run_time=max(beat.time_left - 2.0, 1.5))
            self.play(FadeIn(arrows[1]), FadeIn(self.maps[1]), run_time=0.8)
            self.play(FadeIn(steps[2]), run_time=0.5)
            beat.next_sentence()
            self.play(*(FadeIn(map_.ball) for map_ in self.maps), FadeIn(self.figures), run_time=0.4)
            for map_ in self.maps:
                self.add(map_.trail, map_.ball)
            valley, bowl = self.maps
            duration = max(beat.time_left - 0.1, 3.0)
            run = bowl.clock.animate(run_time=duration / 3).set_value(len(bowl.path) - 1)
            self.play(valley.race(run_time=duration, ease=1.4), run)
            self.shown = [subject, card, steps, arrows]

    def weigh(self) -> None:
        """Three columns, each with a picture of its own."""
        with self.beat("balance") as beat:
            runs = [part for map_ in self.maps for part in (map_.trail, map_.ball)]
            self.fade_out(*self.maps, *runs, *self.shown, self.figures, run_time=0.5)
            columns = [
                self.column("does", ("does_scales", "does_rates", "does_learn"), 0, self.theme.bowl),
                self.column("costs", ("costs_batch", "costs_noise", "costs_use"), 1, self.theme.valley),
                self.column("does_not", ("not_decorrelate", "not_bowl", "not_gradients"), 2, self.theme.text),
            ]
            pictures = [Create(picture, lag_ratio=0.1) for picture, *_ in columns]
            self.play(*(FadeIn(head) for _, head, *_ in columns), *pictures, run_time=0.9)
            for place, (_, _, *rows) in enumerate(columns):
                if place == 1:
                    beat.next_sentence()
                rest = COSTS * beat.time_left if place == 1 else min(beat.time_left - 0.2, 2.2)
                arrive = [FadeIn(row, shift=UP * 0.1) for row in rows]
                self.play(LaggedStart(*arrive, lag_ratio=0.5), run_time=max(rest, 0.8))
            self.shown = [part for column in columns for part in column]

    def sign(self) -> None:
        """The film's poster."""
        with self.beat("poster"):
            self.fade_out(self.heading, *self.shown, run_time=0.4)
            for map_, x in zip(self.maps, (-CLOSE, CLOSE), strict=True):
                map_.view.look(center=(x, LOW), scale=0.84, azimuth=-56)
            counts = VGroup(*(self.count(place) for place in range(2)))
            title = typography.Text(self.words.label("film"), 104, weight="light")
            layout.fit_width(title).set_y(2.6)
            year = self.words.table("source")["year"]
            lines = [(typography.label(self.words.label("made"), size=SMALL), 0.06)]
            if credit := self.words.label("article", year=year):
                lines.append((typography.label(credit, self.theme.text, SMALL), 0.5))
            for line, height in lines:
                typography.align_baseline(line, layout.BOTTOM_EDGE + height)
                layout.fit_width(line).set_x(0)
            runs = Group(*(part for map_ in self.maps for part in (map_.trail, map_.ball)))
            self.play(*map(FadeIn, self.maps), FadeIn(title, shift=UP * 0.2), run_time=0.6)
            turns = [map_.view.animate.look(azimuth=-36) for map_ in self.maps]
            self.play(*turns, FadeIn(*(line for line, _ in reversed(lines))), run_time=1.3)
            self.play(FadeIn(runs), FadeIn(counts), run_time=0.5)

    # -- the layer -------------------------------------------------------------------------------------------
    def landscape(self, stage: Stage, x: float) -> Landscape:
        """A surface without its floor."""
        view = Viewpoint(azimuth=-36, center=(x, HEIGHT), scale=0.88, **TURNED)
        return Landscape(stage, view, radius=RADIUS)

    def figure(self, place: int) -> VGroup:
        """How many steps a ball has taken, below its surface."""
        map_, color, x = self.maps[place], self.colors[place], (-APART, APART)[place]
        drawn, steps = len(map_.path) - 1, map_.stage.steps or 0
        # What is not drawn to the end is counted to the end nonetheless.
        counter = Counter(map_.clock, color=color, value=lambda it: np.floor(it) if it < drawn else steps)
        layout.place(counter, x - counter.width_of(steps) / 2, FOOT + 0.5)
        key = ("raw_steps", "standardized_steps")[place]
        ways = [self.words.label(name) for name in (key, f"{key}_short")]
        unit = fitted(ways, 2 * (layout.RIGHT_EDGE - APART))
        return VGroup(counter, unit.move_to(layout.at(x, FOOT - 0.4)))

    def count(self, place: int) -> Mobject:
        """The same figure in a word, for the poster."""
        steps = self.maps[place].stage.steps or 0
        text = typography.Text(self.words.label("count", steps=steps), 50, self.colors[place])
        return typography.align_baseline(text, COUNTS).set_x((-CLOSE, CLOSE)[place])

    def step(self, key: str, y: float, color: ManimColor) -> VGroup:
        """One thing that the layer does: its name and its formula."""
        color = color if key == "third" else self.theme.text
        name = typography.label(self.words.label(key), color)
        formula = typography.Formula(self.words.label(f"{key}_formula"), 46, color)
        return VGroup(name, formula).arrange(DOWN, buff=0.25).move_to(layout.at(0.0, y))

    def arrow(self, x: float) -> Arrow:
        """From the valley to the layer, or from the layer to the bowl."""
        ends = layout.at(x - 0.26, HEIGHT), layout.at(x + 0.26, HEIGHT)
        return Arrow(*ends, buff=0, color=self.theme.rule, stroke_width=5, tip_length=0.2)

    # -- the balance -----------------------------------------------------------------------------------------
    def column(self, key: str, items: tuple[str, ...], place: int, color: ManimColor) -> list[Mobject]:
        """A picture, a heading, and three things, each with the column's mark."""
        left = COLUMNS[place]
        first = self.rounder if self.lesson.story.helps else self.one_scale
        picture = (first, self.batch, self.tilted)[place]()
        picture.move_to(layout.at(left, 1.35), LEFT)
        head = typography.Text(self.words.label(key), HEADING, color)
        typography.align_baseline(head, 0.0, left=left)
        rows: list[Mobject] = []
        said = [words for words in map(self.words.label, items) if words]
        for row, words in enumerate(said):
            y = -0.85 - 0.75 * row
            mark = (marks.tick, marks.minus, marks.cross)[place](color)
            mark.scale(0.85).move_to(layout.at(left + 0.16, y + 0.1))
            text = typography.label(words, self.theme.text)
            rows.append(VGroup(mark, typography.align_baseline(text, y, left=left + 0.55)))
        return [picture, head, *rows]

    def rounder(self) -> VGroup:
        """A narrow contour map, and a round one."""
        narrow = self.rings(0.42, 1.5, self.theme.valley)
        arrow = Arrow(LEFT * 0.3, RIGHT * 0.3, buff=0, color=self.theme.rule, stroke_width=5, tip_length=0.2)
        return VGroup(narrow, arrow, self.rings(1.5, 1.5, self.theme.bowl)).arrange(RIGHT, buff=0.3)

    def one_scale(self) -> VGroup:
        """A narrow and a wide spread, and the two alike."""
        colors = (self.theme.feature_a, self.theme.feature_b)
        arrow = Arrow(LEFT * 0.3, RIGHT * 0.3, buff=0, color=self.theme.rule, stroke_width=5, tip_length=0.2)
        spreads = [
            VGroup(
                *(
                    marks.dimension(layout.at(-wide / 2, y), layout.at(wide / 2, y), color, 0.13, 5.0)
                    for wide, y, color in zip(pair, (0.3, -0.3), colors, strict=True)
                )
            )
            for pair in ((0.3, 1.4), (0.9, 0.9))
        ]
        return VGroup(spreads[0], arrow, spreads[1]).arrange(RIGHT, buff=0.3)

    def batch(self) -> VGroup:
        """As many dots as a batch has rows, in two lines; of a large batch only the first."""
        count = min(self.lesson.batches.size, MOST_DOTS)
        across = -(-count // 2)
        pitch = min(0.55, 3.0 / across)
        dots = [
            Dot(
                [pitch * (seat % across), -pitch * (seat // across), 0],
                0.3 * pitch,
                color=self.theme.feature_a,
            )
            for seat in range(count)
        ]
        return VGroup(*dots)

    def tilted(self) -> VGroup:
        """The map that correlated features keep, however they are scaled."""
        return self.rings(0.5, 1.9, self.theme.bowl).rotate(-np.pi / 4)

    def rings(self, wide: float, tall: float, color: ManimColor) -> VGroup:
        """Three lines of equal loss, and the minimum."""
        ovals = [
            Ellipse(wide * part, tall * part, color=color, stroke_width=4).set_stroke(
                opacity=0.45 + 0.55 * part
            )
            for part in (0.4, 0.7, 1.0)
        ]
        return VGroup(*ovals, Dot(radius=0.05, color=self.theme.ball))
