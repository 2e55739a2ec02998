"""What bad input is told: one place that says what is wrong and what would be right.

Only validation and the shared array type live here; nothing is computed. Every function returns the value it
accepted, converted, and raises ``ValueError`` otherwise. ``name`` is the name the caller's user knows it by.
"""

import math
import operator

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


def real_array(name: str, value: ArrayLike) -> Array:
    """`value` as a float64 array of any shape, copied only when it must be; its values are not looked at."""
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be an array of real numbers: {error}") from error


def finite_array(name: str, value: ArrayLike) -> Array:
    """`value` as a float64 array without NaN or infinity."""
    array = real_array(name, value)
    finite = np.isfinite(array)
    if not finite.all():
        place = tuple(int(i) for i in np.argwhere(~finite)[0])
        where = f" at index {list(place)}" if place else ""
        raise ValueError(f"{name} must be finite, but it holds {array[place]}{where}")
    return array


def weights(name: str, value: ArrayLike, size: int) -> Array:
    """`value` as weight vectors: a finite float64 array (..., size)."""
    return _trailing(name, finite_array(name, value), size)


def weights_unchecked(name: str, value: ArrayLike, size: int) -> Array:
    """As `weights`, but NaN and infinity pass: a loss of an infinite weight is an answer, not a mistake."""
    return _trailing(name, real_array(name, value), size)


def _trailing(name: str, array: Array, size: int) -> Array:
    if array.ndim == 0 or array.shape[-1] != size:
        raise ValueError(
            f"{name} must have shape (..., {size}), one number a feature, but has shape {array.shape}"
        )
    return array


def number(
    name: str,
    value: float,
    *,
    above: float = -math.inf,
    at_least: float = -math.inf,
    below: float = math.inf,
    at_most: float = math.inf,
) -> float:
    """`value` as a finite float within the bounds."""
    bounds = [
        f"{words} {bound:g}"
        for words, bound in (("above", above), ("at least", at_least), ("below", below), ("at most", at_most))
        if math.isfinite(bound)
    ]
    right = " and ".join(["a finite number", *bounds])
    if isinstance(value, (bool, str)):
        raise ValueError(f"{name} must be {right}, but is {value!r}")
    try:
        result = float(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be {right}, but is {value!r}") from error
    inside = above < result < below and at_least <= result <= at_most
    if not (math.isfinite(result) and inside):
        raise ValueError(f"{name} must be {right}, but is {result!r}")
    return result


def integer(name: str, value: int, *, at_least: int, at_most: int | None = None) -> int:
    """`value` as an int within the bounds; 10.0 and True are not integers."""
    right = f"a whole number of at least {at_least}" + ("" if at_most is None else f" and at most {at_most}")
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        result = operator.index(value)
    except TypeError as error:
        raise ValueError(f"{name} must be {right}, but is {value!r}") from error
    if result < at_least or (at_most is not None and result > at_most):
        raise ValueError(f"{name} must be {right}, but is {result}")
    return result


def generator(name: str, value: np.random.Generator) -> np.random.Generator:
    """A numpy Generator; a bare seed is refused so that no draw is repeated by accident."""
    if not isinstance(value, np.random.Generator):
        raise ValueError(
            f"{name} must be a numpy Generator such as numpy.random.default_rng(42), but is {value!r}"
        )
    return value


def readonly(array: ArrayLike) -> Array:
    """A copy of `array`, or of arrays to be stacked, that cannot be written to."""
    copy = np.array(array, dtype=np.float64)
    copy.flags.writeable = False
    return copy
