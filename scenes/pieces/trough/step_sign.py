"""How many steps a ball has made, below its shape: a counter that stays in the middle, a name, and a goal."""

from __future__ import annotations

from collections.abc import Callable

from manim import FadeIn, FadeOut, Line, ManimColor, ValueTracker, VGroup

from scenes.kit import theme
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box

COUNT = 120.0  # size of the counter
TRACK, LEAST = 22.0, 0.025  # width of the bar, as Manim counts it, and its least length, in picture units
GAP = 0.3  # from the counter to its goal, in picture units
CAPITALS = 0.72  # height of a capital, in ems
MORE = 999  # steps for which there is room beside a goal
BELOW = 0.62  # from the counter's baseline to the name's, in picture units


class StepSign(VGroup):
    """A counter with its name below it.

    Once its ``goal`` is told, that stands beside it, and a bar below says how far it has come.

    Args:
        clock: what the counter follows.
        steps: the number it shows.
        name: what it counts.
        last: how many there are in all, if that is known.
        goal: the same in words; None if nobody is to be told.
        box: the place; the counter's digits have their tops at its top, and the middle is its middle.
    """

    def __init__(
        self,
        clock: ValueTracker,
        steps: Callable[[], float],
        name: str,
        last: int | None,
        goal: str | None,
        box: Box,
    ) -> None:
        super().__init__()
        self.steps = steps
        counter = self.counter = Counter(
            clock,
            size=COUNT,
            color=theme.current().ball,
            value=lambda _: steps(),
            align_right=True,
        )
        self.middle, self.told = ValueTracker(box.center[0]), ValueTracker(0.0)
        self.baseline = box.top - CAPITALS * typography.em(COUNT)
        counter.shift([0, self.baseline - float(counter.corner[1]), 0])
        self.name_text = self._named(name, theme.current().muted)
        self.goal = typography.figure("", size=typography.KEY)
        if goal is not None:
            room = box.width - counter.width_of(MORE) - GAP
            self.goal = fitted([goal], room, theme.current().text, typography.KEY, typography.NAME)
            typography.align_baseline(self.goal, self.baseline)
        self.long = 0.9 * box.width
        self.last = last
        self.track, self.done = (
            Line(stroke_width=TRACK, color=color) for color in (theme.current().rule, theme.current().ball)
        )
        self.add(counter, self.name_text, self.goal, self.track, self.done)
        sources = self.middle, self.told
        follow(counter, (clock, *sources), lambda _: self._put())
        follow(self.goal, (clock, *sources), lambda _: self._put_the_goal())
        follow(self.name_text, sources, lambda _: self._put_the_name())
        follow(self.track, sources, lambda _: self._put_a_bar(self.track, 1.0))
        follow(self.done, (clock, *sources), lambda _: self._put_a_bar(self.done, steps() / (last or 1)))

    def rename(self, name: str) -> tuple[FadeOut, FadeIn]:
        """Another name takes the first one's place, larger."""
        old = self.name_text
        self.name_text = self._named(name, theme.current().text)
        self.submobjects[1] = self.name_text
        follow(self.name_text, (self.middle,), lambda _: self._put_the_name())
        return FadeOut(old), FadeIn(self.name_text, scale=1.4)

    @property
    def right(self) -> float:
        """Where the counter ends: it stands in the middle, together with its goal once that is told."""
        half = self.counter.width_of(self.steps()) / 2
        return float(self.middle.get_value()) + half - self.told.get_value() * (GAP + self.goal.width) / 2

    def _put(self) -> None:
        self.counter.shift([self.right - float(self.counter.corner[0]), 0, 0])

    def _put_the_goal(self) -> None:
        self.goal.shift([self.right + GAP - float(self.goal.get_left()[0]), 0, 0])
        self.goal.set_opacity(self.told.get_value())

    def _put_the_name(self) -> None:
        """It gives way to the bar once the goal is told."""
        self.name_text.set_x(self.middle.get_value()).set_opacity(1 - self.told.get_value())

    def _put_a_bar(self, bar: Line, share: float) -> None:
        left = float(self.middle.get_value()) - self.long / 2
        height = self.baseline - 0.75 * BELOW
        length = max(share * self.long, LEAST)
        bar.set_points_as_corners([[left, height, 0], [left + length, height, 0]])
        bar.set_stroke(opacity=self.told.get_value())

    def _named(self, name: str, color: ManimColor) -> typography.Text:
        text = typography.figure(name, color).set_x(self.middle.get_value())
        typography.align_baseline(text, self.baseline - BELOW)
        return text
