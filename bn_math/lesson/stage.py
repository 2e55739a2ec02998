"""A stage of the film: one form of the data, its loss surface, and how fast it is descended.

Which data and which settings is the lesson's business.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, instance, number, one_point, weights
from bn_math.data.dataset import Dataset
from bn_math.descent.descent import (
    LONGEST_COUNT,
    steps_against,
    steps_to,
)
from bn_math.descent.learning_rates import stable_limit
from bn_math.descent.losses import LeastSquares
from bn_math.descent.optimizers import GradientDescent, HeavyBall, Nesterov, Optimizer, is_linear
from bn_math.descent.optimizers.registry import ENTRIES
from bn_math.descent.race import RaceSettings
from bn_math.descent.settling import Settling, settle, tune
from bn_math.descent.spectrum import Ellipse, Spectrum
from bn_math.descent.trajectory import Trajectory, descend

# Exact counting costs the same for many steps, so these limits are far beyond what a film shows.
CLOSED_FORM_LIMIT = LONGEST_COUNT
MATRIX_LIMIT = 10**7
# The least part that one weight has in a direction which is called that weight's own.
ALONG_ONE_WEIGHT = 0.95
# A trajectory holds every point; longer ones are cut here.
LONGEST_TRAJECTORY = 50_000
ACROSS = 0.45  # of the way along the valley, at least so far across is a start on its wall


@dataclass(frozen=True, eq=False)
class Stage:
    """One form of the data and its loss surface: raw, centered, scaled or standardized.

    Steps are counted from `start` until the distance to the minimizer is `tolerance` of what it was.
    None stands for never. `rules` are the race's: settings, and the grid of learning rates.
    """

    name: str
    data: Dataset
    start: tuple[float, ...]
    tolerance: float
    rules: RaceSettings = RaceSettings()

    def __post_init__(self) -> None:
        """Checks every field: ValueError or TypeError names the one that cannot be used."""
        one_point("start", self.start, self.loss.size)
        number("tolerance", self.tolerance, above=0, below=1)
        instance("rules", self.rules, RaceSettings, "RaceSettings()")

    @cached_property
    def loss(self) -> LeastSquares:
        """J(w) on this stage's data."""
        return LeastSquares(self.data)

    @property
    def spectrum(self) -> Spectrum:
        """The spectrum of the loss: eigenvalues, condition number, learning rates."""
        return self.loss.spectrum

    @cached_property
    def steps(self) -> int | None:
        """Gradient-descent steps at theory's best learning rate, 2 / (mu + L).

        It is optimal for the worst start; from `start` another rate may need a few percent fewer.
        """
        return self.steps_at(self.spectrum.best_learning_rate)

    @cached_property
    def steps_at_safe_rate(self) -> int | None:
        """Gradient-descent steps at the textbook's learning rate, 1 / L."""
        return self.steps_at(self.spectrum.safe_learning_rate)

    @cached_property
    def heavy_ball_steps(self) -> int | None:
        """Heavy-ball steps at its best settings for the quadratic."""
        return self.steps_with(HeavyBall(*self.spectrum.heavy_ball), MATRIX_LIMIT)

    @cached_property
    def nesterov_steps(self) -> int | None:
        """Nesterov steps at its best settings for the quadratic."""
        return self.steps_with(Nesterov(*self.spectrum.nesterov), MATRIX_LIMIT)

    @cached_property
    def nesterov_textbook_steps(self) -> int | None:
        """Nesterov steps at the settings that textbooks give."""
        return self.steps_with(Nesterov(*self.spectrum.nesterov_textbook), MATRIX_LIMIT)

    def steps_at(self, learning_rate: float) -> int | None:
        """Gradient-descent steps at this learning rate; exact and quick however many."""
        return self.steps_with(GradientDescent(learning_rate), CLOSED_FORM_LIMIT)

    def steps_with(self, optimizer: Optimizer, limit: int = 1_000_000) -> int | None:
        """Steps of any optimizer, at most `limit`."""
        return steps_to(self.loss, self.start, optimizer, self.tolerance, limit)

    def steps_against(self, learning_rates: ArrayLike) -> Array:
        """Gradient-descent steps at each of `learning_rates` (...): whole numbers (...), inf for never."""
        return steps_against(self.loss, self.start, learning_rates, self.tolerance, CLOSED_FORM_LIMIT)

    @cached_property
    def stable_limit(self) -> float:
        """The learning rate above which the descent diverges, found by trying; theory says 2 / L."""
        return stable_limit(self.loss, self.start)

    @cached_property
    def descent(self) -> Trajectory:
        """Gradient descent at theory's best learning rate, `steps` steps of it: points (steps + 1, 2).

        Cut at `LONGEST_TRAJECTORY` steps.
        """
        steps = LONGEST_TRAJECTORY if self.steps is None else min(self.steps, LONGEST_TRAJECTORY)
        return self.descend(GradientDescent(self.spectrum.best_learning_rate), steps)

    @cached_property
    def half_rate_descent(self) -> Trajectory:
        """Gradient descent at half the best learning rate, about 1 / L, as many steps as `descent` has.

        In a long valley one step leaves little of the excess loss; the weight along the valley lags behind.
        """
        half = GradientDescent(self.spectrum.best_learning_rate / 2)
        return self.descend(half, max(self.descent.steps, 1))

    @cached_property
    def half_rate_steps(self) -> int | None:
        """Gradient-descent steps at half the best learning rate; None for never."""
        return self.steps_at(self.spectrum.best_learning_rate / 2)

    @property
    def start_on_the_wall(self) -> Array:
        """The start, moved across until it is at least `ACROSS` times as far across the valley as along it.

        Across is the direction in which the loss is bent most, (d,).
        """
        way = np.asarray(self.start, dtype=float) - self.loss.minimizer
        parts = self.spectrum.eigenvectors.T @ way
        least = ACROSS * float(np.linalg.norm(parts[:-1]))
        parts[-1] = np.copysign(max(abs(float(parts[-1])), least), parts[-1])
        return np.asarray(self.loss.minimizer + self.spectrum.eigenvectors @ parts)

    @property
    def weights_after_a_step(self) -> Array:
        """Where one step at half the best learning rate leads, (d,)."""
        return np.asarray(self.half_rate_descent.points[1])

    @property
    def percent_left_by_a_step(self) -> float:
        """What one step at half the best learning rate leaves of J - J_min, in percent of the start's.

        0 if the start is the minimizer.
        """
        before, after = self.half_rate_descent.losses[:2] - self.loss.minimum
        return float(100 * after / before) if before > 0 else 0.0

    @property
    def home_is_one_part_in(self) -> float:
        """The start's distance over that at which a descent has arrived: 1 / `tolerance`."""
        return 1 / self.tolerance

    @property
    def slow_direction(self) -> Array:
        """The way along which the loss is flattest, (d,): one weight's own if that is within 18 degrees."""
        flat = self.spectrum.eigenvectors[:, 0]
        if np.abs(flat).max() < ALONG_ONE_WEIGHT:
            return np.asarray(flat)
        return np.asarray(np.eye(len(flat))[np.abs(flat).argmax()])

    def way_left(self, w: ArrayLike) -> Array:
        """Of the start's way along `slow_direction`, the share that is left at `w` (..., d): (...).

        1 everywhere if there is none to go. Raises ValueError for another shape.
        """
        away = (weights("w", w, self.loss.size) - self.loss.minimizer) @ self.slow_direction
        start = float((np.asarray(self.start) - self.loss.minimizer) @ self.slow_direction)
        return np.asarray(np.abs(away / start)) if abs(start) > 0 else np.ones(away.shape)

    @property
    def percent_of_way_left_by_a_step(self) -> float:
        """What one step at half the best learning rate leaves of the way of `way_left`, in percent."""
        return float(100 * self.way_left(self.weights_after_a_step))

    @property
    def percent_along_by_a_step(self) -> float:
        """How much of the way along the valley a step at the best learning rate goes, in percent."""
        return float(100 * self.spectrum.best_learning_rate * self.spectrum.eigenvalues[0])

    def descend(self, optimizer: Optimizer, steps: int) -> Trajectory:
        """`steps` steps of any optimizer from `start`."""
        return descend(self.loss, self.start, optimizer, steps)

    @cached_property
    def optimizers(self) -> dict[str, Optimizer]:
        """The optimizers of the race by name, in the order in which history brought them.

        Those with a formula are at their best settings for the quadratic (and the worst start). The others
        have none: their learning rate (from which RMSProp's and Adam's falls to 0) is the one of the grid,
        `rules.shares` times `reach`, with which they settle the soonest.
        """
        return {
            name: entry.best(self.spectrum) if entry.best else self._tuned[name][0]
            for name, entry in ENTRIES.items()
        }

    @cached_property
    def optimizer_steps(self) -> dict[str, int | None]:
        """Steps of each of `optimizers` until it has settled, by the same names.

        The first step from which the distance stays within the tolerance for `rules.limit` more steps, see
        `settling.settle`; None for one that does not settle. Those whose rate is found by trying have
        `rules.limit` steps to do so, and their count is the one they were chosen for.
        """
        return {
            name: self._tuned[name][1].steps
            if name in self._tuned
            else self.settling(optimizer, self._limit(optimizer)).steps
            for name, optimizer in self.optimizers.items()
        }

    def _limit(self, optimizer: Optimizer) -> int:
        if isinstance(optimizer, GradientDescent):
            return CLOSED_FORM_LIMIT
        return MATRIX_LIMIT if is_linear(optimizer) else self.rules.limit

    def settling(self, optimizer: Optimizer, limit: int) -> Settling:
        """Steps of any optimizer, at most `limit`, until it has come to stay for `rules.limit` steps."""
        return settle(self.loss, self.start, optimizer, self.tolerance, limit, self.rules.limit)

    @cached_property
    def fewest_steps(self) -> int | None:
        """Steps of the quickest of the `optimizers`; None if none settles."""
        return min((steps for steps in self.optimizer_steps.values() if steps is not None), default=None)

    @cached_property
    def reach(self) -> float:
        """How far the farthest weight has to go, the unit of the grid of learning rates; 1 if none has."""
        return float(np.abs(self.loss.minimizer - np.array(self.start)).max()) or 1.0

    def tuned(self, rule: Callable[[float | Array], Optimizer], unit: float) -> tuple[Optimizer, Settling]:
        """The one of `rule(share * unit)`, for the shares of the grid, that settles the soonest; and when.

        If none settles within `rules.limit` steps, it is the one that is the nearest in the end.
        """
        rates, limit = np.array(self.rules.tries) * unit, self.rules.limit
        return tune(self.loss, self.start, rule, rates, self.tolerance, limit, limit)

    @cached_property
    def _tuned(self) -> dict[str, tuple[Optimizer, Settling]]:
        return {name: self.tuned(rule, self.reach) for name, rule in self.rules.tuned_optimizers.items()}

    def race(self, steps: int | None = None) -> dict[str, Trajectory]:
        """The descents of the `optimizers` by name, each until it has settled, or of `steps` steps.

        points (steps + 1, 2), losses (steps + 1,). One that never settles runs to `rules.limit`, and none
        beyond `LONGEST_TRAJECTORY`.
        """
        if steps is None:
            return dict(self._race)
        return {name: self.descend(optimizer, steps) for name, optimizer in self.optimizers.items()}

    @cached_property
    def heavy_ball_excursion(self) -> float:
        """How far from the minimizer heavy ball has ever been in the race, over its distance at the start.

        1 if it never goes farther away than it was.
        """
        steps = self.optimizer_steps["heavy_ball"] or self.rules.limit
        run = self.descend(self.optimizers["heavy_ball"], min(steps, LONGEST_TRAJECTORY))
        distances = self.loss.distance(run.points)
        return float(distances.max() / distances[0]) if distances[0] else 1.0

    @cached_property
    def _race(self) -> dict[str, Trajectory]:
        lengths = {
            name: min(self.rules.limit if steps is None else steps, LONGEST_TRAJECTORY)
            for name, steps in self.optimizer_steps.items()
        }
        return {name: self.descend(optimizer, lengths[name]) for name, optimizer in self.optimizers.items()}

    def contour(self, level: float) -> Ellipse:
        """The contour line where J is `level` above its minimum."""
        return self.spectrum.contour(self.loss.minimizer, level)
