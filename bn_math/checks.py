"""What bad input is told: one place that says what is wrong and what would be right.

Only validation and the shared array type live here; nothing is computed. Every function returns the value it
accepted, converted, and raises ``ValueError`` otherwise, or ``TypeError`` for an object of another kind.
``name`` is the name the caller's user knows it by.
"""

import datetime
import math
import numbers
import operator
import reprlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]
Kind = TypeVar("Kind")

# Whole numbers are at most this where nothing smaller is said: 64 bits, as in TOML.
LARGEST_INTEGER = 2**63 - 1
# An array that a number asks for holds at most so many numbers: 800 megabytes.
MOST_NUMBERS = 10**8
_DEEPEST = 32


def real_array(name: str, value: ArrayLike) -> Array:
    """`value` as a float64 array of any shape, copied only when it must be; its values are not looked at.

    Only real numbers are taken: no text, booleans, complex numbers, dates, time spans or masked values.
    """
    if type(value) is np.ndarray and value.dtype == np.float64:
        return value
    right = f"{name} must be an array of real numbers"
    try:
        if wrong := next(_not_numbers(value), None):
            raise ValueError(f"{right}, but holds {wrong}")
        with np.errstate(over="ignore"):
            return np.asarray(value, dtype=np.float64)
    except (TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"{right}: {error}") from error
    except ValueError as error:
        raise error if str(error).startswith(right) else ValueError(f"{right}: {error}") from error


def _not_numbers(value: object, depth: int = 0) -> Iterator[str]:
    """What in `value` is no real number, in words: numpy would take much of it for one."""
    if type(value) is float or type(value) is int:
        return
    if depth > _DEEPEST:
        yield "lists within lists without end"
    elif isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        yield "masked values: fill them or leave them out"
    elif isinstance(value, (np.ndarray, np.generic)):
        if value.dtype.kind == "O":
            for item in np.asarray(value).flat:
                yield from _not_numbers(item, depth + 1)
        elif value.dtype.kind not in "iuf":
            kinds = {"b": "booleans", "c": "complex numbers", "m": "time spans", "M": "dates"}
            yield kinds.get(value.dtype.kind, "text")
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _not_numbers(item, depth + 1)
    elif isinstance(value, bool):
        yield "booleans"
    elif isinstance(value, (str, bytes, bytearray)):
        yield "text"
    elif isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        yield "dates or times"
    elif not isinstance(value, (numbers.Real, Decimal)):
        array = np.asanyarray(value)
        if array.dtype == object and not array.ndim:
            yield "complex numbers" if isinstance(value, complex) else shown(value)
        else:
            yield from _not_numbers(array, depth + 1)


def finite_array(name: str, value: ArrayLike) -> Array:
    """`value` as a float64 array without NaN or infinity."""
    array = real_array(name, value)
    finite = np.isfinite(array)
    if not finite.all():
        place = tuple(int(i) for i in np.argwhere(~finite)[0])
        where = f" at index {list(place)}" if place else ""
        raise ValueError(f"{name} must be finite, but it holds {array[place]}{where}")
    return array


def rows(name: str, value: ArrayLike, at_least: int = 1, ndims: tuple[int, ...] = (1, 2)) -> Array:
    """`value` as a finite array (n,) or (n, d) of rows, or of what `ndims` allows, with at least so many."""
    array = finite_array(name, value)
    if array.ndim not in ndims or len(array) < at_least or array.size == 0:
        shapes = " or ".join({1: "(n,)", 2: "(n, d)"}[n] for n in ndims)
        count = {1: "one row", 2: "two rows"}.get(at_least, f"{at_least} rows")
        raise ValueError(
            f"{name} must have shape {shapes} with at least {count}, but has shape {array.shape}"
        )
    return array


def row_numbers(name: str, value: Iterable[ArrayLike], count: int) -> list[Indices]:
    """`value` as a list of arrays of row numbers, each (m,) with m at least 1 and from 0 to `count` - 1."""
    right = f"{name} must be a list of arrays of row numbers, each from 0 to {count - 1}"
    if isinstance(value, (str, bytes, dict)) or not isinstance(value, Iterable):
        raise ValueError(f"{right}, but is {shown(value)}")
    found = []
    for item in value:
        numbers_ = real_array(name, item)
        whole = np.asarray(item)
        if whole.dtype.kind not in "iu" or whole.ndim != 1 or not len(whole):
            raise ValueError(f"{right}, but holds {shown(item)}")
        if numbers_.min() < 0 or numbers_.max() >= count:
            raise ValueError(f"{right}, but goes from {whole.min()} to {whole.max()}")
        found.append(whole.astype(np.intp))
    if not found:
        raise ValueError(f"{right}, but is empty")
    return found


def ascending(name: str, value: ArrayLike) -> Array:
    """`value` as at least two finite numbers (k,), each above the one before."""
    array = finite_array(name, value)
    if array.ndim != 1 or len(array) < 2 or not (array[1:] > array[:-1]).all():
        raise ValueError(f"{name} must be at least two ascending numbers, but is {shown(array.tolist())}")
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


def one_point(name: str, value: ArrayLike, size: int) -> Array:
    """`value` as one weight vector: a finite float64 array (size,)."""
    point = weights(name, value, size)
    if point.ndim != 1:
        raise ValueError(f"{name} must be one point of shape ({size},), but has shape {point.shape}")
    return point


def positive_array(name: str, value: ArrayLike) -> Array:
    """`value` as a finite float64 array of any shape, not empty, all above 0."""
    array = finite_array(name, value)
    if not array.size:
        raise ValueError(f"{name} must hold at least one number above 0, but is empty")
    if not (array > 0).all():
        raise ValueError(f"{name} must be above 0, but one is {array.min():g}")
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
    """`value` as a finite float within the bounds; text, booleans and complex numbers are none."""
    bounds = [
        f"{words} {bound:g}"
        for words, bound in (("above", above), ("at least", at_least), ("below", below), ("at most", at_most))
        if math.isfinite(bound)
    ]
    right = " and ".join(["a finite number", *bounds])
    given = value[()] if isinstance(value, np.ndarray) and not np.ma.is_masked(value) else value
    # numpy counts a time span among its whole numbers.
    if isinstance(given, (bool, np.timedelta64)) or not isinstance(given, (numbers.Real, Decimal)):
        raise ValueError(f"{name} must be {right}, but is {shown(value)}")
    try:
        with np.errstate(over="ignore"):
            result = float(given)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{name} must be {right}, but is {shown(value)}") from error
    inside = above < result < below and at_least <= result <= at_most
    if not (math.isfinite(result) and inside):
        raise ValueError(f"{name} must be {right}, but is {result!r}")
    return result


def integer(name: str, value: int, *, at_least: int, at_most: int | None = None) -> int:
    """`value` as an int within the bounds, and below 2^63; 10.0 and True are not integers."""
    right = f"a whole number of at least {at_least}" + ("" if at_most is None else f" and at most {at_most}")
    try:
        if isinstance(value, (bool, np.bool_)) or np.ma.is_masked(value):
            raise TypeError
        result = operator.index(value)
    except TypeError as error:
        raise ValueError(f"{name} must be {right}, but is {shown(value)}") from error
    if result > LARGEST_INTEGER and at_most is None:
        right += f" and at most {LARGEST_INTEGER}"
    if not at_least <= result <= (LARGEST_INTEGER if at_most is None else at_most):
        raise ValueError(f"{name} must be {right}, but is {shown(result)}")
    return result


def boolean(name: str, value: bool) -> bool:
    """`value` as a bool; 1 and "yes" are none."""
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{name} must be true or false, but is {shown(value)}")
    return bool(value)


def generator(name: str, value: np.random.Generator) -> np.random.Generator:
    """A numpy Generator; a bare seed is refused so that no draw is repeated by accident."""
    if not isinstance(value, np.random.Generator):
        raise ValueError(
            f"{name} must be a numpy Generator such as numpy.random.default_rng(42), but is {shown(value)}"
        )
    return value


def instance(name: str, value: Kind, kind: type[Any], such_as: str = "") -> Kind:
    """`value`, which must be a `kind`: of the class, or with all that the protocol asks for."""
    if not isinstance(value, kind):
        example = f", such as {such_as}" if such_as else ""
        raise TypeError(f"{name} must be a {kind.__name__}{example}, but is {shown(value)}")
    return value


def few_numbers(name: str, count: int) -> None:
    """Refuses an array of `count` numbers, which `name` asks for, when no memory could hold it."""
    if count > MOST_NUMBERS:
        raise ValueError(f"{name} is too large: it asks for {count:.1e} numbers, at most 1e+08 are computed")


def no_overflow(name: str, result: Array, what: str) -> Array:
    """`result`, computed from `name`, unless a number of it was too large for float64."""
    if not np.isfinite(result).all():
        raise ValueError(f"{name} is too large: {what} overflows; give it in larger units")
    return result


def shown(value: Any) -> str:
    """`value` as an error shows it: short, however long or deep it is."""
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        return f"a whole number of about {round(value.bit_length() * math.log10(2))} digits"
    try:
        return _SHORT.repr(value)
    except Exception:  # whatever an object of somebody else's does when it is asked
        return f"a {type(value).__name__}"


_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 120


def readonly(array: ArrayLike) -> Array:
    """A copy of `array`, or of arrays to be stacked, that cannot be written to."""
    copy = np.array(array, dtype=np.float64)
    copy.flags.writeable = False
    return copy
