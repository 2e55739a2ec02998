"""What is true of the trained networks: their part of the story. A verdict holds only if all seeds agree."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bn_math.checks import Array
from bn_math.networks.trained.results import DepthStudy, Walls
from bn_math.networks.trained.verdicts import ALL

if TYPE_CHECKING:
    from bn_math.lesson.lesson import Lesson

# Of the unseen rows, the share that a network reads at least which has learned.
LEARNED = 0.8
# Of the chance to guess right, how often a network is right at most which has learned nothing.
NOTHING = 1.5
# By how much two shares of the unseen rows differ at most that are called about the same.
ABOUT = 0.05
# The share of steps that are called nearly all.
NEARLY_ALL = 0.85


@dataclass(frozen=True, eq=False)
class NetworkStory:
    """Conditions of the scene in which real networks are trained.

    lesson: the one that they are about.
    """

    lesson: "Lesson"

    # Unseen rows, read as networks of growing depth are trained

    @property
    def fewest_layers(self) -> int:
        """Of the networks whose unseen rows are shown, the layers of the shallowest."""
        return int(self._walls.depths[0])

    @property
    def most_layers(self) -> int:
        """The layers of the deepest of them."""
        return int(self._walls.depths[-1])

    @property
    def classes(self) -> int:
        """How many kinds of rows there are to be told apart."""
        return int(self.lesson.network.start.activations.shape[2])

    @cached_property
    def compares_walls(self) -> bool:
        """Networks of two depths or more are shown as they learn."""
        return len(self._walls.depths) > 1

    @property
    def dark_walls(self) -> tuple[int, ...]:
        """The places of depths at which no network without batch norm learns anything, and all with it learn.

        They learn who read 80 % of the unseen rows; who reads as few as a guess, learns nothing.
        """
        without, with_it = self._read_in_the_end
        nothing = (without <= NOTHING * self._chance).all(axis=-1)
        return tuple(np.flatnonzero(nothing & (with_it >= LEARNED).all(axis=-1)).tolist())

    @cached_property
    def only_deep_ones_need_it(self) -> bool:
        """The shallowest networks learn with batch norm and without, the deepest with it alone."""
        shallow = bool((self._read_in_the_end[:, 0] >= LEARNED).all())
        return shallow and len(self._walls.depths) - 1 in self.dark_walls

    # How the deepest of them starts

    @cached_property
    def signals_fade(self) -> bool:
        """Without batch norm rows differ after the last layer by less than 1 % of that after the first.

        With it they differ by half as much at least.
        """
        spread = self.lesson.network.start.spread
        left = spread[:, -1] / spread[:, 0]
        return spread.shape[1] > 1 and bool((left[0] < 0.01).all() and (left[1] >= 0.5).all())

    @cached_property
    def corrections_fade(self) -> bool:
        """Without batch norm under 1 % of the gradient is back at the first layer; with it half at least."""
        gradient = self.lesson.network.start.gradient
        left = gradient[:, 0] / gradient[:, -1]
        return bool((left[0] < 0.01).all() and (left[1] >= 0.5).all())

    @cached_property
    def a_third_is_left(self) -> bool:
        """Without batch norm each layer leaves about a third of what tells rows apart, and of the gradient.

        Every layer of every seed does, from a quarter to 0.42: the one on the way forward, the other back.
        """
        start = self.lesson.network.start
        forward = start.spread[0, 1:] / start.spread[0, :-1]
        back = start.gradient[0, :-1] / start.gradient[0, 1:]
        left = np.concatenate([forward, back])
        return bool(left.size and ((left >= 0.25) & (left <= 0.42)).all())

    @property
    def gradient_growth(self) -> float:
        """How many times as large the gradient comes back to the first layer with batch norm, the median."""
        gradient = self.lesson.network.start.gradient[1]
        return float(np.median(gradient[0] / gradient[-1]))

    @cached_property
    def gradient_grows(self) -> bool:
        """Where it fades without, with batch norm it is half as large again at the first layer at least."""
        gradient = self.lesson.network.start.gradient[1]
        return self.corrections_fade and bool((gradient[0] >= 1.5 * gradient[-1]).all())

    # Steps against depth

    @cached_property
    def compares_depths(self) -> bool:
        """Steps are counted for networks of two depths or more."""
        return len(self._depths("relu").depths) > 1

    @cached_property
    def relus_arrive(self) -> bool:
        """From the start that the sigmoids have too, all networks of ReLU arrive, with it or without."""
        relus = self._depths("relu")
        return relus.start == self._depths("sigmoid").start and bool((relus.arrives == ALL).all())

    @cached_property
    def fewer_steps_with_it(self) -> bool:
        """With ReLU every network with batch norm needs fewer steps than any without of its depth."""
        steps = self._depths("relu").steps
        return self.relus_arrive and bool((steps[1].max(axis=-1) < steps[0].min(axis=-1)).all())

    @cached_property
    def deeper_is_slower(self) -> bool:
        """With ReLU all of the deepest networks need more steps than the shallowest, with it and without."""
        steps = self._depths("relu").steps
        return self.relus_arrive and bool((steps[:, -1].min(axis=-1) > steps[:, 0].max(axis=-1)).all())

    # Learning rates

    @property
    def rates_that_work(self) -> NDArray[np.bool_]:
        """Whether at a rate every run learns, (2, R): reads 80 % of the unseen rows, as filled dots do."""
        return np.asarray(self.lesson.network.rates.accuracy.min(axis=-1) >= LEARNED)

    @property
    def rate_reach(self) -> float:
        """How many times as large the largest learning rate is that works with batch norm, or nan."""
        rates = self.lesson.network.rates.rates
        largest = [rates[row].max() if row.any() else np.nan for row in self.rates_that_work]
        return float(largest[1] / largest[0])

    @cached_property
    def larger_rates_work(self) -> bool:
        """With batch norm a learning rate works that is at least twice the largest that works without."""
        return self.rate_reach >= 1.99

    # What gets no better

    @cached_property
    def unseen_are_read_alike(self) -> bool:
        """The shallowest networks all learn, and read about the same share with batch norm and without.

        The medians are at most 5 of 100 unseen rows apart; so they are after long training on few rows.
        """
        shallow = self._read_in_the_end[:, 0]
        cases = np.concatenate([shallow[:, None], self.lesson.network.unseen.accuracy], axis=1)
        without, with_it = np.median(cases, axis=-1)
        return bool((shallow >= LEARNED).all() and (np.abs(without - with_it) <= ABOUT).all())

    # What the conditions are computed from

    @property
    def _walls(self) -> Walls:
        return self.lesson.network.walls

    @property
    def _read_in_the_end(self) -> Array:
        """Of the unseen rows, the share read after the last step, (2, D, seeds)."""
        return self._walls.accuracy[:, :, -1]

    @property
    def _chance(self) -> float:
        """The share of the unseen rows that one is right about who always says the same."""
        return 1 / self.classes

    def _depths(self, name: str) -> DepthStudy:
        return next(study for study in self.lesson.network.depths if study.name == name)


@dataclass(frozen=True, eq=False)
class SmoothStory:
    """Conditions on what explains it: networks that are shaken, and how the loss swings along one step.

    lesson: the one that they are about.
    """

    lesson: "Lesson"

    @cached_property
    def shaken_still_helps(self) -> bool:
        """Every network shaken after batch norm is at the mark before any without batch norm."""
        without, _, shaken = self.lesson.network.shaking.arrived
        return bool(shaken.max() < without.min())

    @cached_property
    def long_steps_land_high(self) -> bool:
        """Along nearly every step of the ReLU network the longest way ends higher than the shortest.

        So it is without batch norm, in every run; with it hardly any step is so.
        """
        without, with_it = self.lesson.network.along[0].overshoots
        return bool(without.min() >= NEARLY_ALL and with_it.max() <= 1 - NEARLY_ALL)
