"""How many steps a ball has made, below its shape: a counter that stays in the middle, a name, and a goal."""

from __future__ import annotations

from collections.abc import Callable

from manim import FadeIn, FadeOut, ManimColor, ValueTracker, VGroup

from scenes.kit import theme
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box

GAP = 0.3  # from the counter to its goal, in picture units
CAPITALS = 0.72  # height of a capital, in ems
MORE = 999  # steps for which there is room beside a goal
BELOW = 1.35  # ems of the name, from the counter's baseline to the name's


class StepSign(VGroup):
    """A counter with its name below it; ``goal`` says beside it how far it has to count, once it is told.

    Args:
        clock: what the counter follows.
        steps: the number it shows.
        name: what it counts.
        goal: how many there are in all; None if nobody is to be told.
        box: the place; the counter's digits have their tops at its top, and the middle is its middle.
    """

    def __init__(
        self, clock: ValueTracker, steps: Callable[[], float], name: str, goal: str | None, box: Box
    ) -> None:
        super().__init__()
        self.steps = steps
        counter = self.counter = Counter(
            clock,
            size=typography.KEY,
            color=theme.current().ball,
            value=lambda _: steps(),
            align_right=True,
        )
        self.middle, self.told = ValueTracker(box.center[0]), ValueTracker(0.0)
        self.baseline = box.top - CAPITALS * typography.em(typography.KEY)
        counter.shift([0, self.baseline - float(counter.corner[1]), 0])
        self.name_text = self._named(name, theme.current().muted, typography.NAME)
        self.goal = typography.figure("", size=typography.KEY)
        if goal is not None:
            room = box.width - counter.width_of(MORE) - GAP
            self.goal = fitted([goal], room, theme.current().text, typography.KEY, typography.NAME)
            typography.align_baseline(self.goal, self.baseline)
        self.add(counter, self.name_text, self.goal)
        sources = self.middle, self.told
        follow(counter, (clock, *sources), lambda _: self._put())
        follow(self.goal, (clock, *sources), lambda _: self._put_the_goal())
        follow(self.name_text, sources, lambda it: it.set_x(self.middle.get_value()))

    def rename(self, name: str) -> tuple[FadeOut, FadeIn]:
        """Another name takes the first one's place, larger."""
        old = self.name_text
        self.name_text = self._named(name, theme.current().text, typography.FIGURE)
        self.submobjects[1] = self.name_text
        follow(self.name_text, (self.middle,), lambda it: it.set_x(self.middle.get_value()))
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

    def _named(self, name: str, color: ManimColor, size: float) -> typography.Text:
        text = typography.label(name, color, size).set_x(self.middle.get_value())
        down = BELOW * typography.em(typography.NAME) + 0.5 * (size - typography.NAME) / 1080 * 8
        typography.align_baseline(text, self.baseline - down)
        return text
