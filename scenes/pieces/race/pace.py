"""How a clock runs through the many steps of a descent: ever faster."""

from __future__ import annotations

from collections.abc import Callable

from manim import Mobject, ValueTracker

FEW = 40  # steps of which each is seen


def ever_faster(first: int, last: int, ease: float) -> Callable[[Mobject, float], None]:
    """Moves a clock from ``first`` to ``last`` with the power ``ease`` of the time.

    Of many steps, which may go to and fro, only every second one is shown.
    """

    def run(clock: Mobject, alpha: float) -> None:
        assert isinstance(clock, ValueTracker)
        done = (last - first) * alpha**ease
        shown = done if last - first < FEW else 2 * int(done / 2)
        clock.set_value(last if alpha >= 1 else first + shown)

    return run
