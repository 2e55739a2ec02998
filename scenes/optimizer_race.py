"""Six optimizers race to the minimum, in the valley and on the bowl: is it the rule or the shape?"""

from __future__ import annotations

from itertools import groupby

import numpy as np
from manim import (
    RIGHT,
    UP,
    Animation,
    BackgroundRectangle,
    Create,
    DashedLine,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    Mobject,
    ReplacementTransform,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    linear,
    smooth,
    squish_rate_func,
    there_and_back,
)

from bn_math import Lesson
from bn_math.descent.optimizers.registry import ENTRIES
from bn_math.lesson.stage import Stage
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.typography import HEADING, SMALL, align_baseline
from scenes.kit.script import voice
from scenes.pieces import dumbbells
from scenes.pieces.optimizer_styles import PowerAxis, lane, styled
from scenes.pieces.race_columns import Columns, last_arrival, powers_left
from scenes.pieces.race_rows import Rows

SIGNS, NAMES = -3.75, -3.44  # where the markers and the names of the lanes stand
START = -1.05  # of the track
AXIS = -2.46
EASE = 3.2  # the clock goes with this power of the time, in both races
LONGEST, SHORTEST = 8.6, 1.5  # seconds: the race with more steps, and any, however few they are
HEADS, ABOVE = -0.72, 0.34  # the row of the headings, and how much higher one stands that has no room there
PACE = 0.1  # a count within this share of momentum's own is momentum's


class OptimizerRace(BeatScene):
    """Scene 9: the race of six optimizers."""

    poster = "both"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Every optimizer's descent, in the valley and in the bowl."""
        return data_tables.races((lesson.raw, lesson.standardized))

    def construct(self) -> None:
        """The race in the valley, the race on the bowl, both in one chart."""
        self.clock = ValueTracker(0)
        self.valley, self.bowl = self.lesson.raw, self.lesson.standardized
        self.styles = styled(self.valley.optimizers)
        self.rows = Rows(len(self.styles))
        self.slowest = max(last_arrival(self.valley), last_arrival(self.bowl))
        self.columns = Columns((self.valley, self.bowl), ("valley", "bowl"), self.words.label)
        self.in_the_valley()
        self.on_the_bowl()
        self.side_by_side()

    def in_the_valley(self) -> None:
        """The lanes, and the first race."""
        with self.beat("valley") as beat:
            title, self.subtitle = typography.title(self.words.title), self.place("in_the_valley")
            self.signs, self.groups = self.signposts(), self.tunings()
            self.track = self.distances()
            self.steps = key_figure(Counter(self.clock, value=np.floor), self.words.label("sped_up"))
            layout.place(self.steps, layout.LEFT_EDGE, AXIS + 0.05)
            self.play(FadeIn(layout.heading(title), self.subtitle), run_time=0.4)
            self.play(LaggedStart(*map(FadeIn, self.signs), lag_ratio=0.15), run_time=0.8)
            self.play(FadeIn(self.track, self.finish, self.groups, self.steps), run_time=0.5)
            self.line_up(self.valley, self.theme.valley, "valley", self.columns.valley)
            whole = self.seconds(self.valley)
            spoken = min(max(beat.time_left + voice.PAUSE, 0.5), 0.9 * whole)
            self.race(self.valley, 0.0, spoken)
            beat.next_sentence()
            self.race(self.valley, spoken, whole)
            self.valley_counts = self.counts

    def on_the_bowl(self) -> None:
        """Back to the start, and once more on the other surface, with the same clock."""
        with self.beat("bowl"):
            for count in self.valley_counts:
                count.clear_updaters()
            self.play(self.clock.animate.set_value(0), *self.go_to("on_the_bowl"), run_time=1.0)
            self.remove(*self.lines, *self.runners)
            self.line_up(self.bowl, self.theme.bowl, "bowl", layout.RIGHT_EDGE)
            self.race(self.bowl, 0.0, self.seconds(self.bowl))
            self.bowl_counts = self.counts

    def side_by_side(self) -> None:
        """Every optimizer's two counts on one axis."""
        with self.beat("both") as beat:
            for thing in (*self.lines, *self.runners, *self.bowl_counts):
                thing.clear_updaters()
            axis = self.step_axis()
            written = (*self.valley_counts, *self.bowl_counts, *self.heads)
            self.play(
                *map(FadeOut, (*self.lines, self.track, self.finish, self.steps, *written)),
                *self.go_to("both"),
                run_time=0.5,
            )
            self.play(FadeIn(axis), run_time=0.4)
            self.part(axis)
            best = self.lesson.raw.fewest_steps or last_arrival(self.valley)
            self.mark_the_fewest(axis.x(np.log10(max(best, 1))))
            beat.next_sentence()
            self.play(LaggedStart(*map(self.pulse, self.marks[1]), lag_ratio=0.25), run_time=1.8)

    # -- the race --------------------------------------------------------------------------------------------
    def line_up(self, stage: Stage, color: ManimColor, head: str, right: float) -> None:
        """The six at the start, their lines behind them, and what their steps will be."""
        self.lines, self.runners, self.counts = VGroup(), VGroup(), VGroup()
        title = align_baseline(
            typography.label(self.words.label(head), color, SMALL), self.rows.height(HEADS), right=right
        )
        self.heads = VGroup(*getattr(self, "heads", ()), title)
        for row, (name, run) in enumerate(stage.race().items()):
            ticks, powers = powers_left(stage, name, run)
            height = self.rows.height(row)
            line, runner = lane(self.styles[name], self.clock, ticks, powers, self.track, height)
            self.lines.add(line)
            self.runners.add(runner)
            steps = stage.optimizer_steps[name]
            count = align_baseline(
                typography.Text(self.columns.written(steps), HEADING, color),
                self.rows.height(row) - 0.11,
                right=right,
            )
            self.counts.add(self.appearing(count, last_arrival(stage) if steps is None else steps))
        self.add(*self.lines, *self.runners, *self.counts)
        self.play(*map(FadeIn, self.runners), FadeIn(title), run_time=0.4)

    def seconds(self, stage: Stage) -> float:
        """How long a race lasts, to which the clock brings the last that settles."""
        share = last_arrival(stage) / self.slowest
        return max(LONGEST * float(share ** (1 / EASE)), SHORTEST)

    def appearing(self, count: Mobject, steps: int) -> Mobject:
        """``count`` is seen once the clock has come to ``steps``."""

        def update(it: Mobject) -> None:
            it.set_opacity(float(self.clock.get_value() >= steps))

        return follow(count, (self.clock,), update)

    def race(self, stage: Stage, start: float, end: float) -> None:
        """What happens from second ``start`` to second ``end`` of a race; its clock runs ever faster."""
        last, whole = last_arrival(stage), self.seconds(stage)

        def run(clock: Mobject, alpha: float) -> None:
            assert isinstance(clock, ValueTracker)
            steps = last * ((start + alpha * (end - start)) / whole) ** EASE
            clock.set_value(round(steps) if alpha >= 1 else steps)

        self.play(UpdateFromAlphaFunc(self.clock, run, run_time=end - start, rate_func=linear))

    # -- the dumbbells ---------------------------------------------------------------------------------------
    def part(self, axis: PowerAxis) -> None:
        """Every runner becomes two marks: full for the valley, hollow for the bowl; then come the counts."""
        axis.uprights.set_z_index(-3)
        rows = [self.rows.height(row) for row in range(self.rows.count)]
        full = dumbbells.marks(self.styles, self.valley.optimizer_steps, axis, rows, self.theme.valley)
        hollow = dumbbells.marks(
            self.styles, self.bowl.optimizer_steps, axis, rows, self.theme.bowl, hollow=True
        )
        self.marks = full, hollow
        dumbbells.put_apart(full, hollow)
        twins = self.runners.copy()
        self.play(
            *map(ReplacementTransform, twins, full),
            *map(ReplacementTransform, self.runners, hollow),
            run_time=1.2,
        )
        joints = dumbbells.joints(self.styles.values(), full, hollow)
        dumbbells.put_beside(self.valley_counts, full, hollow, first=False)
        dumbbells.put_beside(self.bowl_counts, hollow, full, first=True)
        for head, marks in zip(self.heads, self.marks, strict=True):
            head.set_x(marks[0].get_x())
            head.shift(min(layout.RIGHT_EDGE - head.get_right()[0], 0.0) * RIGHT)
        dumbbells.keep_apart(self.heads)
        counts = (*self.valley_counts, *self.bowl_counts)
        written = [thing for count in counts for thing in (self.patch(count), count)]
        if note := self.note():
            meaning = typography.label(self.words.label(note), size=SMALL)
            written.append(layout.place(meaning, layout.LEFT_EDGE, AXIS - 0.05))
        self.play(*map(FadeIn, (*written, *self.heads)), *map(Create, joints.set_z_index(-1)), run_time=0.7)

    def note(self) -> str | None:
        """The label that explains the counts: that some have none, or that Adam's is its momentum's."""
        counts = [stage.optimizer_steps for stage in (self.valley, self.bowl)]
        if any(None in steps.values() for steps in counts):
            return "unsettled_means"
        pace = self.lesson.settings.race.momentum_steps(self.lesson.settings.tolerance)
        own = all(abs((steps["adam"] or 0) - pace) <= PACE * pace for steps in counts)
        return "momentum_s_pace" if own else None

    def patch(self, count: Mobject) -> Mobject:
        """A piece of background that keeps the axis's uprights away from a count."""
        patch = BackgroundRectangle(count, color=self.theme.background, fill_opacity=1, buff=0.05)
        return patch.set_z_index(-2)

    def mark_the_fewest(self, x: float) -> None:
        """A line through all rows at the valley's best count."""
        line = DashedLine([x, AXIS, 0], [x, self.rows.height(-0.5), 0], dash_length=0.08).set_z_index(-3)
        line.set_stroke(self.theme.valley, 2.5)
        name = typography.label(self.words.label("fewest"), self.theme.valley, SMALL)
        align_baseline(name, self.rows.height(HEADS)).set_x(x)
        if any(abs(name.get_x() - head.get_x()) < (name.width + head.width) / 2 + 0.1 for head in self.heads):
            name.shift(ABOVE * UP)
        self.play(Create(line), FadeIn(name), self.pulse(self.marks[1][0]), run_time=1.0)

    def pulse(self, mark: Mobject) -> Animation:
        """A mark swells once."""
        swelling: Animation = mark.animate(rate_func=there_and_back).scale(1.6)
        return swelling

    # -- what stands still -----------------------------------------------------------------------------------
    def place(self, key: str) -> typography.Text:
        """Where the race is, below the title."""
        color = {"in_the_valley": self.theme.valley, "on_the_bowl": self.theme.bowl}.get(
            key, self.theme.muted
        )
        name = typography.label(self.words.label(key), color)
        return layout.heading(typography.title(self.words.title), name)[1]

    def go_to(self, key: str) -> list[Animation]:
        """Another place below the title."""
        before, self.subtitle = self.subtitle, self.place(key)
        return [
            FadeOut(before, rate_func=squish_rate_func(smooth, 0.0, 0.5)),
            FadeIn(self.subtitle, rate_func=squish_rate_func(smooth, 0.5, 1.0)),
        ]

    def signposts(self) -> VGroup:
        """Every lane's marker and name."""
        signs = VGroup()
        for row, (optimizer, style) in enumerate(self.styles.items()):
            marker = style.marker().move_to(layout.at(SIGNS, self.rows.height(row)))
            name = typography.label(self.words.label(optimizer), style.color)
            signs.add(VGroup(marker, align_baseline(name, self.rows.height(row) - 0.09, left=NAMES)))
        return signs

    def tunings(self) -> VGroup:
        """How the settings were found, at the left of the lanes."""
        groups, row, tried = [], 0, len(self.lesson.settings.race.shares)
        for key, alike in groupby(ENTRIES.values(), lambda entry: entry.tuning):
            last = row + len(list(alike)) - 1
            groups.append((self.words.label(key, tried=tried), row, last))
            row = last + 1
        return self.rows.bracketed(SIGNS - 0.32, groups)

    def distances(self) -> PowerAxis:
        """The way to the minimum, on a logarithmic scale: the start at the left, the finish at the right."""
        power = int(np.ceil(-np.log10(self.lesson.settings.tolerance) - 1e-9))
        axis = PowerAxis(
            range(0, -power - 1, -2),
            (0, -power),
            START,
            self.columns.track,
            AXIS,
            self.rows.height(-0.5),
            self.words.label("closest"),
        )
        x = axis.x(np.log10(self.lesson.settings.tolerance))
        self.finish = DashedLine([x, AXIS, 0], [x, self.rows.height(-0.5), 0], dash_length=0.12)
        self.finish.set_stroke(self.theme.text, 4.0)
        name = typography.label(self.words.label("finish"), self.theme.text, SMALL)
        self.finish.add(align_baseline(name, self.rows.height(HEADS)).set_x(x))
        return axis

    def step_axis(self) -> PowerAxis:
        """Steps, on a logarithmic scale that has room for all."""
        last = max(int(np.ceil(np.log10(max(self.slowest, 1)))), 1)
        return PowerAxis(
            range(last + 1),
            (0, last),
            START,
            layout.RIGHT_EDGE - self.columns.room,
            AXIS,
            self.rows.height(-0.5),
            self.words.label("to_arrive"),
        )
