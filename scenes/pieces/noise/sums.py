"""The figures of one feature's way through two layers, such that a calculator gets each from those shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from bn_math import Lesson, fold_into_next
from bn_math.checks import Array
from bn_math.normalization.batch_norm import BatchNorm
from scenes.kit.script import numbers

HANDED_ON = (3, 4, 5)  # digits of what the first layer hands on: as it was shown before, or more
OUT = (3, 2)  # digits of what comes out, the best first
FEWEST, MOST = 3, 12  # digits of the factors, and of their products


def rounded(value: float, digits: int) -> float:
    """The value with so many significant digits."""
    return float(f"{value:.{digits - 1}e}")


@dataclass(frozen=True)
class Digits:
    """How many digits there are of the factors, of their products, of what goes on, and of what comes out."""

    factors: int
    products: int
    handed_on: int
    out: int


@dataclass(frozen=True, eq=False)
class Sums:
    """A row's feature goes through the layer and the linear layer behind it, or through both in one.

    Args:
        lesson: whose layer it is, after ``epochs`` epochs.
        epochs: how many of them it has seen.
        row: the row that goes through.
        feature: the feature that is followed.
    """

    lesson: Lesson
    epochs: int
    row: int = 0
    feature: int = 0

    @cached_property
    def layer(self) -> BatchNorm:
        """The layer with its running statistics."""
        return self.lesson.batches.trained_layer(self.epochs)

    @cached_property
    def linear(self) -> tuple[Array, Array]:
        """Weight (1, 2) and bias (1,) of the layer behind: the best for standardized features."""
        return self.lesson.standardized.loss.minimizer[None], self.lesson.data.target.mean()[None]

    @cached_property
    def folded(self) -> tuple[Array, Array]:
        """The same with the batch-norm layer folded in."""
        return fold_into_next(*self.linear, self.layer)

    @cached_property
    def exact(self) -> tuple[float, float, float, float]:
        """The row's feature, what the layer multiplies it by and adds, and its weight in the linear layer."""
        scale, shift = (float(each[self.feature]) for each in self.layer.at_inference())
        x = float(self.lesson.data.features[self.row, self.feature])
        return x, scale, shift, float(self.linear[0][0, self.feature])

    @cached_property
    def digits(self) -> Digits:
        """The fewest with which all that is shown is what comes of the figures shown; the most if none do."""
        return next((one for one in _candidates() if self.holds(one)), Digits(MOST, MOST, MOST, OUT[-1]))

    def holds(self, digits: Digits) -> bool:
        """Whether a calculator that is given the figures shown gets those shown, and these are true."""
        x, scale, shift, weight = self.factors(digits)
        times, added = self.products(digits)
        value, scaled_by, moved_by, weighed_by = self.exact
        handed_on = scaled_by * value + moved_by
        shown, out = rounded(handed_on, digits.handed_on), rounded(weighed_by * handed_on, digits.out)
        found = weight * shown, weight * (scale * x + shift), times * x + added
        is_handed_on = rounded(scale * x + shift, digits.handed_on) == shown
        return is_handed_on and all(rounded(one, digits.out) == out for one in found)

    def factors(self, digits: Digits) -> tuple[float, float, float, float]:
        """`exact` as it is shown."""
        x, scale, shift, weight = (rounded(one, digits.factors) for one in self.exact)
        return x, scale, shift, weight

    def products(self, digits: Digits) -> tuple[float, float]:
        """What the one layer multiplies by and adds that both become, from the factors shown, as shown."""
        _, scale, shift, weight = self.factors(digits)
        return rounded(weight * scale, digits.products), rounded(weight * shift, digits.products)

    @property
    def written(self) -> dict[str, str]:
        """All figures by their names: x, scale, shift, weight, value, times, added, out."""
        digits, (value, scale, shift, weight) = self.digits, self.exact
        names = "x", "scale", "shift", "weight"
        found = {
            name: numbers.write(it, f"{digits.factors}s")
            for name, it in zip(names, self.factors(digits), strict=True)
        }
        for name, it in zip(("times", "added"), self.products(digits), strict=True):
            found[name] = numbers.write(it, f"{digits.products}s")
        handed_on = scale * value + shift
        found["value"] = numbers.write(handed_on, f"{digits.handed_on}s")
        found["out"] = numbers.write(rounded(weight * handed_on, digits.out), f"{digits.out}s")
        return found


def _candidates() -> Iterator[Digits]:
    for factors, more, handed_on, out in product(range(FEWEST, MOST + 1), range(3), HANDED_ON, OUT):
        yield Digits(factors, min(factors + more, MOST), handed_on, out)
