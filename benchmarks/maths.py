"""The maths: many runs at once against one after the other, counting steps against taking them."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from bn_math import (
    Adam,
    GradientDescent,
    HeavyBall,
    LeastSquares,
    Nesterov,
    article_dataset,
    descend,
    steps_to,
)
from bn_math.checks import Array
from bn_math.descent.optimizers import Optimizer

RUNS, STEPS = 10_000, 1_000
SAMPLE = 50  # runs of the loop that are really taken; the others are as long
REPEATS = 3
COUNTS = 100  # one takes too little for a clock
GOAL = 50.0  # times as fast as the loop


@dataclass(frozen=True)
class AtOnce:
    """``descend`` over all runs at once, and in a loop of single runs.

    ``loop_seconds`` are those of the sample times runs / sample. ``memory`` is the most that was allocated,
    over the size of what is returned.
    """

    rule: str
    seconds: float
    loop_seconds: float
    memory: float

    @property
    def ratio(self) -> float:
        """How many times as fast."""
        return self.loop_seconds / self.seconds


@dataclass(frozen=True)
class Counted:
    """``steps_to`` on the raw data, and a loop that takes every step and looks where it is; CPU seconds."""

    rule: str
    steps: int
    seconds: float
    loop_seconds: float

    @property
    def ratio(self) -> float:
        """How many times as fast."""
        return self.loop_seconds / self.seconds


def everything() -> tuple[list[AtOnce], list[Counted]]:
    """Both measurements."""
    return list(at_once()), list(counted())


def at_once(runs: int = RUNS, steps: int = STEPS, sample: int = SAMPLE) -> Iterator[AtOnce]:
    """Each rule from random starts, in CPU seconds; the best of a few repetitions of both."""
    loss = LeastSquares(article_dataset())
    starts = np.random.default_rng(0).normal(size=(runs, loss.size))
    for rule in (*_rules(loss), Adam(0.1)):

        def in_a_loop(rule: Optimizer = rule) -> None:
            for start in starts[:sample]:
                descend(loss, start, rule, steps)

        whole = partial(descend, loss, starts, rule, steps)
        seconds, looped = _cpu_seconds(whole), _cpu_seconds(in_a_loop) * runs / sample
        yield AtOnce(type(rule).__name__, seconds, looped, peak_memory(loss, starts, rule, steps))


def peak_memory(loss: LeastSquares, starts: Array, rule: Optimizer, steps: int) -> float:
    """The most that ``descend`` allocates, over the size of what it returns."""
    tracemalloc.start()
    try:
        run = descend(loss, starts, rule, steps)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return peak / (run.points.nbytes + run.losses.nbytes + run.diverged.nbytes)


def counted() -> Iterator[Counted]:
    """The rules that are counted without taking every step."""
    loss = LeastSquares(article_dataset())
    origin = np.zeros(loss.size)
    for rule in _rules(loss):
        steps = steps_to(loss, origin, rule)
        if steps is None:
            raise RuntimeError(f"{rule} never arrives")

        def walk(rule: Optimizer = rule, steps: int = steps) -> None:
            point, state = origin, rule.init(origin)
            for _ in range(steps):
                point, state = rule.update(loss.gradient, point, state)
                loss.distance(point)

        def count(rule: Optimizer = rule) -> None:
            for _ in range(COUNTS):
                steps_to(loss, origin, rule)

        yield Counted(type(rule).__name__, steps, _cpu_seconds(count) / COUNTS, _cpu_seconds(walk))


def _rules(loss: LeastSquares) -> tuple[Optimizer, ...]:
    s = loss.spectrum
    return GradientDescent(s.best_learning_rate), HeavyBall(*s.heavy_ball), Nesterov(*s.nesterov)


def _cpu_seconds(function: Callable[[], object]) -> float:
    """The least of a few repetitions."""

    def once() -> float:
        started = time.process_time()
        function()
        return time.process_time() - started

    return min(once() for _ in range(REPEATS))
