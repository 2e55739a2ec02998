"""A stage of the film: one form of the data, its loss surface, and how fast it is descended.

Which data and which settings is the lesson's business.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bn_math.data import Dataset
from bn_math.descent import Trajectory, descend, steps_to
from bn_math.losses import LeastSquares
from bn_math.optimizers import AdaGrad, Adam, GradientDescent, HeavyBall, Nesterov, Optimizer, RMSProp
from bn_math.spectrum import Ellipse, Spectrum

# Counting is cheap where it is exact, so the limits lie far beyond what any film shows.
CLOSED_FORM_LIMIT = 10**15
MATRIX_LIMIT = 10**7
# A trajectory holds every point; longer ones are cut here.
LONGEST_TRAJECTORY = 50_000
# Adaptive optimizers are tuned by trying: eight learning rates a decade from 1e-3 to 10, the middle first.
TRIED = tuple(10 ** (k / 8) for k in sorted(range(-24, 9), key=abs))
RACE_LIMIT = 10_000


@dataclass(frozen=True, eq=False)
class Stage:
    """One form of the data and its loss surface: raw, centered, scaled or standardized.

    Steps are counted from `start` until the distance to the minimizer is `tolerance` of what it was.
    None stands for never.
    """

    name: str
    data: Dataset
    start: tuple[float, ...]
    tolerance: float

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
        """Gradient-descent steps at the best learning rate, 2 / (mu + L)."""
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

    @cached_property
    def descent(self) -> Trajectory:
        """Gradient descent at the best learning rate, `steps` steps of it: points (steps + 1, 2).

        Cut at `LONGEST_TRAJECTORY` steps.
        """
        steps = LONGEST_TRAJECTORY if self.steps is None else min(self.steps, LONGEST_TRAJECTORY)
        return self.descend(GradientDescent(self.spectrum.best_learning_rate), steps)

    def descend(self, optimizer: Optimizer, steps: int) -> Trajectory:
        """`steps` steps of any optimizer from `start`."""
        return descend(self.loss, self.start, optimizer, steps)

    @cached_property
    def optimizers(self) -> dict[str, Optimizer]:
        """The six optimizers by name, each at its best here, in the order in which history brought them.

        Gradient descent and heavy ball are at their best settings for the quadratic, Nesterov at the
        textbook's. The other three have no formula: their learning rate is the one of the `TRIED` shares of
        the farthest weight's distance that needs the fewest steps, or that distance if none arrives within
        `RACE_LIMIT`.
        """
        s = self.spectrum
        return {
            "gradient_descent": GradientDescent(s.best_learning_rate),
            "heavy_ball": HeavyBall(*s.heavy_ball),
            "nesterov": Nesterov(*s.nesterov_textbook),
            "adagrad": self._tuned(AdaGrad),
            "rmsprop": self._tuned(RMSProp),
            "adam": self._tuned(Adam),
        }

    @cached_property
    def optimizer_steps(self) -> dict[str, int | None]:
        """Steps of each of `optimizers`, by the same names."""
        return {
            "gradient_descent": self.steps,
            "heavy_ball": self.heavy_ball_steps,
            "nesterov": self.nesterov_textbook_steps,
            **{
                name: self.steps_with(self.optimizers[name], RACE_LIMIT)
                for name in ("adagrad", "rmsprop", "adam")
            },
        }

    def _tuned(self, rule: Callable[[float], Optimizer]) -> Optimizer:
        reach = float(np.abs(self.loss.minimizer - np.array(self.start)).max()) or 1.0
        best, limit = rule(reach), RACE_LIMIT
        for share in TRIED:
            # Only fewer steps than the best so far are of interest, so no more are taken.
            steps = self.steps_with(rule(share * reach), limit)
            if steps is not None:
                best, limit = rule(share * reach), max(steps - 1, 0)
        return best

    def contour(self, level: float) -> Ellipse:
        """The contour line where J is `level` above its minimum."""
        return self.spectrum.contour(self.loss.minimizer, level)
