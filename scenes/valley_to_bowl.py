"""From the valley to the bowl, stage by stage: what centring does, what scaling does, and both.

And what the many steps are for: the fit is good early, a weight that the loss hardly sees takes the rest.
"""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    DashedVMobject,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Line,
    ManimColor,
    Mobject,
    Transform,
    VGroup,
    VMobject,
)

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene, Narration
from scenes.kit.charts.axes import Chart, LogBars
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import short
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces import descents

MAP_RADIUS = 1.28
MAP_X = -4.75
ROOM = 3.9  # beside the surface
# The curves' names: what share of the way down they stand beside, the first that has room; and the shorter's.
NAMED_AT, NAMED_LAST = (0.5, 0.7, 0.3, 0.6, 0.4, 0.2), 0.8
DEEPEST = -12  # the chart ends at a trillionth of the loss at the start


class ValleyToBowl(BeatScene):
    """Scene 8: from valley to bowl."""

    poster = "side-by-side"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """All four stages: surface and descent."""
        return data_tables.side_by_side(lesson.stages)

    def construct(self) -> None:
        """The stages, the axes, both descents side by side."""
        self.view = Viewpoint(azimuth=144, center=(2.5, 0.36), scale=1.2)
        self.heading = layout.heading(typography.title(self.words.title))
        self.show_the_stages()
        self.relabel_the_axes()
        self.run_side_by_side()

    def show_the_stages(self) -> None:
        """One surface becomes the next; a bar for each condition number."""
        with self.beat("stages") as beat:
            stages = self.lesson.stages
            bars = LogBars(
                [stage.spectrum.condition_number for stage in stages],
                [self.words.label(stage.name) for stage in stages],
                [self.theme.valley, self.theme.text, self.theme.text, self.theme.bowl],
                width=3.1,
            )
            layout.place(bars, layout.LEFT_EDGE, 1.9)
            name = typography.label(self.words.label("condition_number"))
            name.next_to(bars, UP, buff=0.35, aligned_edge=LEFT)
            self.shown = self.landscape(stages[0])
            note = typography.label(self.words.label("windows"), size=typography.SMALL)
            note.next_to(bars, DOWN, buff=0.5, aligned_edge=LEFT)
            self.play(FadeIn(self.heading), FadeIn(self.shown), run_time=0.8)
            arrivals = [FadeIn(name, bars.axis), FadeIn(bars.rows[0]), FadeIn(note)]
            self.play(LaggedStart(*arrivals, lag_ratio=0.6), run_time=max(beat.time_left - 0.3, 1.2))
            for stage, row in zip(stages[1:], bars.rows[1:], strict=True):
                beat.next_sentence()
                if stage is self.lesson.scaled:  # of the raw features, not of the centred ones
                    self.become(self.landscape(self.lesson.raw), run_time=0.6)
                self.become(self.landscape(stage))
                self.play(FadeIn(row), run_time=0.6)
            self.bars = VGroup(name, bars.axis, *bars.rows, note)

    def relabel_the_axes(self) -> None:
        """The weights are measured in other units now: those of the centred model times sigma."""
        with self.beat("axes") as beat:
            self.play(FadeOut(self.bars), run_time=0.4)
            rule = typography.Formula(self.words.label("rule"), 44)
            rows = [rule]
            colors = (self.theme.feature_a, self.theme.feature_b)
            for index, (word, color) in enumerate(zip(self.names(self.lesson.raw), colors, strict=True)):
                product = typography.Text(self.product(index), typography.HEADING)
                name = fitted([word], ROOM, color)
                rows.append(VGroup(name, product).arrange(DOWN, buff=0.2, aligned_edge=LEFT))
            layout.column(*rows, top=1.75, gap=0.6)
            self.play(FadeIn(rule), run_time=0.6)
            self.pause(beat.time_left - 2.4)
            self.play(
                LaggedStart(*(FadeIn(row, shift=UP * 0.2) for row in rows[1:]), lag_ratio=0.6), run_time=1.6
            )
            self.rows = VGroup(*rows)

    def run_side_by_side(self) -> None:
        """Both descents at once, and the logarithm of what is left of the loss."""
        with self.beat("side-by-side") as beat:
            self.play(FadeOut(self.shown), FadeOut(self.rows), run_time=0.5)
            maps = [self.map_of(self.lesson.raw, 0.55), self.map_of(self.lesson.standardized, -2.35)]
            colors = (self.theme.valley, self.theme.bowl)
            counters = VGroup(
                *(
                    descents.whole_count(map_, color).move_to(
                        map_.view.points[1] * [1, 1, 0] + RIGHT * 1.62, LEFT
                    )
                    for map_, color in zip(maps, colors, strict=True)
                )
            )
            units = VGroup(*(typography.label(self.unit(map_)) for map_ in maps))
            for unit, counter in zip(units, counters, strict=True):
                unit.next_to(counter, DOWN, buff=0.14, aligned_edge=LEFT)
            chart = self.chart()
            shown = Group(*maps, *(map_.ball for map_ in maps))
            self.play(FadeIn(shown), FadeIn(counters), FadeIn(units), FadeIn(chart), run_time=0.8)
            for map_ in maps:
                self.add(map_.trail, map_.ball)
            curves = [self.curve(chart, map_, color) for map_, color in zip(maps, colors, strict=True)]
            self.add(*curves)
            for _ in range(min(descents.last_of(maps[1]), descents.FIRST)):
                self.play(descents.jump_together(maps, 0.4))
            beat.next_sentence()
            if not descents.are_done(maps):
                self.play(descents.race_together(maps, max(beat.time_left, 3.6), ease=1.0))
            self.play(FadeIn(self.ends(chart, colors)), run_time=0.5)
            beat.next_sentence()
            if self.shows_the_early_fit:
                self.show_the_early_fit(beat, chart, colors[0])

    @property
    def shows_the_early_fit(self) -> bool:
        """Whether the fit at half the rate is told: its sentence says so."""
        return self.lesson.story.fit_comes_early and self.lesson.story.raw_is_drawn_whole

    def show_the_early_fit(self, beat: Narration, chart: Chart, color: ManimColor) -> None:
        """At half the rate one step takes most of the loss, and the rest is for a weight."""
        line, head, *facts = self.at_half_the_rate(chart, color)
        self.play(FadeIn(head), run_time=0.4)
        self.play(Create(line), run_time=max(beat.time_left - 1.4, 1.0))
        self.play(FadeIn(facts[0]), run_time=0.4)
        beat.next_sentence()
        self.play(LaggedStart(*map(FadeIn, facts[1:]), lag_ratio=0.6), run_time=1.2)

    # -- the pieces --
    def product(self, feature: int) -> str:
        """A weight of the centred model times its feature's spread."""
        stages = self.lesson.centered, self.lesson.standardized
        before, after = (float(stage.loss.minimizer[feature]) for stage in stages)
        count, ddof = self.lesson.data.count, self.lesson.settings.ddof
        sigma = float(self.lesson.data.stds[feature]) * np.sqrt(count / (count - ddof))
        return self.words.label(
            "product", before=short(before, ".2f"), sigma=short(sigma, ".2f"), after=short(after, ".1f")
        )

    def names(self, stage: Stage) -> tuple[str, str]:
        """What the axes are called: once features are divided by sigma, weights are multiplied by it."""
        if stage in (self.lesson.scaled, self.lesson.standardized):
            return self.words.label("weight_a_scaled"), self.words.label("weight_b_scaled")
        return self.words.label("weight_a"), self.words.label("weight_b")

    def landscape(self, stage: Stage) -> Landscape:
        """A stage on its floor."""
        return Landscape(stage, self.view, self.names(stage))

    def become(self, other: Landscape, run_time: float = 1.3) -> None:
        """The surface turns into another one; the floor's numbers are exchanged."""
        before = self.shown
        self.bring_to_back(other.ground)
        changes = FadeOut(before.ground), FadeIn(other.ground), Transform(before.surface, other.surface)
        self.play(*changes, run_time=run_time)
        self.remove(before, before.surface, before.iso_lines)
        self.add(other.ground, other.surface, other.iso_lines)
        self.shown = other

    def place_on(self, chart: Chart, stage: Stage, share: float) -> Array:
        """The point of a stage's curve at this share of its steps."""
        step, powers = share * stage.descent.steps, np.log10(np.maximum(left_of(stage), 10.0**DEEPEST))
        return chart.at(step, 10.0 ** float(np.interp(step, np.arange(len(powers)), powers)))

    def is_crossed(self, chart: Chart, name: Mobject) -> bool:
        """Whether the dashed line goes through a curve's name."""
        if not self.shows_the_early_fit:
            return False
        points = self.half_rate_line(chart)
        x, y = np.linspace(name.get_left()[0] - 0.1, name.get_right()[0] + 0.1, 20), points[:, 1]
        heights = np.interp(x, points[:, 0], y, right=-np.inf)
        bottom, top = name.get_bottom()[1] - 0.1, name.get_top()[1] + 0.1
        return bool(np.any((heights > bottom) & (heights < top)))

    def half_rate_line(self, chart: Chart) -> Array:
        """The points of the raw loss at half the best rate, as far down as the chart goes, (n, 3)."""
        stage = self.lesson.raw
        excess = np.asarray(stage.loss.excess(stage.half_rate_descent.points))
        excess = excess / excess[0]
        steps = np.unique([0, 1, *np.linspace(1, stage.half_rate_descent.steps, 200).astype(int)])
        steps = steps[excess[steps] >= 10.0**DEEPEST]
        return np.array([chart.at(step, excess[step]) for step in steps])

    def unit(self, map_: Landscape) -> str:
        """What stands below a counter of steps."""
        words = self.words.label("steps_taken", steps=float(descents.steps_of(map_)))
        not_drawn = self.words.label("not_drawn")
        return words if descents.is_whole(map_) else f"{words},\\\n{not_drawn}"

    def map_of(self, stage: Stage, y: float) -> Landscape:
        """A loss seen from straight above."""
        view = Viewpoint(azimuth=-90, zenith=0, perspective=0, center=(MAP_X, y))
        return Landscape(stage, view, radius=MAP_RADIUS)

    def chart(self) -> Chart:
        """Loss above the minimum, as a share of what it was at the start, over the steps."""
        last = max(stage.descent.steps for stage in (self.lesson.raw, self.lesson.standardized))
        ticks = [step for step in numbers.ticks(0, last, 3) if step == round(step)]
        powers = [10.0**power for power in range(0, DEEPEST - 1, -3)]
        chart = Chart(
            (-0.02 * last, last * 1.04),  # room for a line that falls off at once
            (DEEPEST, 0),
            width=6.6,
            height=4.6,
            x_ticks=ticks,
            y_ticks=powers,
            x_name=self.words.label("steps"),
            y_name=self.words.label("loss_left"),
            log=True,
        )
        return chart.move_to(layout.at(3.1, -0.45))

    def curve(self, chart: Chart, map_: Landscape, color: ManimColor) -> Mobject:
        """What is left of the loss, drawn as far as the ball has come."""
        left = left_of(map_.stage)
        steps = np.unique(np.linspace(0, len(left) - 1, 400).astype(int))
        points = np.array([chart.at(step, max(left[step], 10.0**DEEPEST)) for step in steps])
        line = VMobject(stroke_color=color, stroke_width=5)

        def update(it: Mobject) -> None:
            done = np.searchsorted(steps, map_.clock.get_value(), side="right")
            line.set_points_as_corners(points[:done] if done > 1 else points[[0, 0]])

        return follow(line, (map_.clock,), update)

    def at_half_the_rate(self, chart: Chart, color: ManimColor) -> list[Mobject]:
        """The raw loss at half the best rate as a dashed line, what it is, and what its first step does."""
        stage = self.lesson.raw
        curve = VMobject(stroke_color=color, stroke_width=5)
        curve.set_points_as_corners(self.half_rate_line(chart))
        sample = DashedVMobject(Line(LEFT * 0.4, RIGHT * 0.4, color=color, stroke_width=5), num_dashes=4)
        words = [
            self.words.label("half_rate"),
            self.words.label("loss_after", percent=numbers.write(stage.percent_left_by_a_step, "1s")),
        ]
        for key, now, best in zip("ab", stage.weights_after_a_step, stage.loss.minimizer, strict=True):
            values = {"now": short(float(now), ".2f"), "best": short(float(best), ".2f")}
            words.append(self.words.label(f"weight_{key}_after", **values))
        colors = (self.theme.text, self.theme.text, self.theme.feature_a, self.theme.feature_b)
        labels = zip(words, colors, strict=True)
        rows = VGroup(*(typography.label(text, color, typography.SMALL) for text, color in labels))
        rows.arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        layout.place(rows, layout.RIGHT_EDGE - rows.width, chart.at(0, 1.0)[1])
        head = VGroup(sample.next_to(rows[0], LEFT, buff=0.2), rows[0])
        return [DashedVMobject(curve, num_dashes=48, dashed_ratio=0.62), head, *rows[1:]]

    def ends(self, chart: Chart, colors: tuple[ManimColor, ManimColor]) -> VGroup:
        """The names of the two curves, where each of them ends."""
        labels = VGroup()
        stages = self.lesson.raw, self.lesson.standardized
        longer = max(stages, key=lambda stage: stage.descent.steps)
        for stage, color in zip(stages, colors, strict=True):
            name = typography.label(self.words.label(f"curve_{stage.name}"), color, size=36)
            for share in NAMED_AT if stage is longer else (NAMED_LAST, 0.15):
                name.next_to(self.place_on(chart, stage, share), RIGHT + UP, buff=0.2)
                if name.get_right()[0] < layout.RIGHT_EDGE and not self.is_crossed(chart, name):
                    break
            labels.add(name)
        return labels


def left_of(stage: Stage) -> Array:
    """What is left of the loss above its minimum at each step, as a share of the start's."""
    excess = np.asarray(stage.loss.excess(stage.descent.points))
    return np.asarray(excess / excess[0])
