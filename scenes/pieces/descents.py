"""What a descent is counted in, and how long ones are shown in bounded time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, AnimationGroup, Mobject, UpdateFromAlphaFunc, ValueTracker, VGroup, linear
from manim.utils.color import ParsableManimColor

from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.script.words import Words
from scenes.kit.surface.landscape import Landscape

FIRST = 8  # jumps that are made one by one; then the descent is sped up
MOST_DECIMALS = 9


def last_of(landscape: Landscape) -> int:
    """The last step that is drawn."""
    return len(landscape.path) - 1


def steps_of(landscape: Landscape) -> int:
    """How many steps it takes, all of them drawn or not."""
    steps = landscape.stage.steps
    return last_of(landscape) if steps is None else steps


def is_whole(landscape: Landscape) -> bool:
    """Whether all steps are drawn."""
    return steps_of(landscape) == last_of(landscape)


def count(words: Words, landscape: Landscape, color: ParsableManimColor) -> VGroup:
    """The steps that the ball has made, and of how many where the last is not drawn."""
    steps = float(steps_of(landscape))
    name = words.label("steps_taken" if is_whole(landscape) else "steps_drawn", steps=steps)
    return key_figure(Counter(landscape.clock, color=color, value=np.floor), name)


def whole_count(landscape: Landscape, color: ParsableManimColor, size: float = typography.FIGURE) -> Counter:
    """The steps that the ball has made; where the drawing ends before the descent, all of them in the end."""
    last, steps = last_of(landscape), steps_of(landscape)
    return Counter(
        landscape.clock,
        size=size,
        color=color,
        value=lambda step: float(steps if step >= last else np.floor(step)),
    )


def distance_left(words: Words, landscape: Landscape, color: ParsableManimColor) -> VGroup:
    """The share of the distance that is left, with the decimals that the tolerance needs.

    Where the last step leaves less than they show, numbers are rounded up, and the name says so.
    """
    path, tolerance = landscape.path, landscape.stage.tolerance
    decimals = max(int(np.ceil(-np.log10(tolerance) - 1e-9)), 2)
    if decimals > MOST_DECIMALS:
        counter = Counter(landscape.clock, ".0e", color=color, value=path.distance_left)
        return key_figure(counter, words.label("distance_left"))
    unit = 10.0**-decimals
    rounds_up = path.distance_left(last_of(landscape)) < unit / 2

    def value(step: float) -> float:
        left = path.distance_left(step)
        return max(np.ceil(left / unit), 1.0) * unit if rounds_up else left

    name = words.label("distance_left_at_most" if rounds_up else "distance_left")
    return key_figure(Counter(landscape.clock, f".{decimals}f", color=color, value=value), name)


def jump_together(landscapes: Sequence[Landscape], run_time: float) -> Animation:
    """The next step of all that have not arrived."""
    jumps = [it.jump(run_time) for it in landscapes if it.clock.get_value() < last_of(it)]
    return AnimationGroup(*jumps)


def are_done(landscapes: Sequence[Landscape]) -> bool:
    """Whether all have arrived, or are as far as they are drawn."""
    return all(it.clock.get_value() >= last_of(it) for it in landscapes)


def race_together(landscapes: Sequence[Landscape], run_time: float, ease: float) -> Animation:
    """The rest of several descents that have made as many steps, ever faster, step by step together.

    Only every second step is shown, see :meth:`Landscape.race`.
    """
    running = [it for it in landscapes if it.clock.get_value() < last_of(it)]
    first = max(int(it.clock.get_value()) for it in running)
    end = max(map(last_of, running))

    def follow(landscape: Landscape) -> Animation:
        last = last_of(landscape)

        def run(clock: Mobject, alpha: float) -> None:
            step = first + (end - first) * alpha**ease
            shown = first + 2 * int((step - first) / 2)
            assert isinstance(clock, ValueTracker)
            clock.set_value(last if alpha >= 1 else min(shown, last))

        return UpdateFromAlphaFunc(landscape.clock, run, run_time=run_time, rate_func=linear)

    return AnimationGroup(*map(follow, running))
