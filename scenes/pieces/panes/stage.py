"""How far each of the things has come that happen to the panes: trackers, by name."""

from __future__ import annotations

from manim import Mobject, ValueTracker


class Stage:
    """What a :class:`PaneStack` follows; all are 0 at first.

    once: the table's rows have been standardized, 0 to 1. shown: so many panes are there, behind the first.
    changed: the table has been taken away and the pictures have been put in its place, 0 to 1. sent: the
    rows have come to that layer. clock: the step of training. outlined: the outlines of the start's clouds
    are there, 0 to 1.
    """

    def __init__(self) -> None:
        self.once, self.shown, self.changed, self.sent = (ValueTracker(0.0) for _ in range(4))
        self.clock, self.outlined = ValueTracker(0.0), ValueTracker(0.0)

    @property
    def all(self) -> tuple[Mobject, ...]:
        """Every tracker."""
        return self.once, self.shown, self.changed, self.sent, self.clock, self.outlined
