"""What `init` and `update` of an optimizer are given: checked here, so that a rule is its formula alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from bn_math.checks import Array, finite_array, real_array, shown

State = tuple[Array, ...]
Init = Callable[[Any, Array], State]
Update = Callable[[Any, Callable[[Array], Array], Array, State], tuple[Array, State]]


def checked_init(init: Init) -> Init:
    """`init`, which raises ValueError for a start that is no array of finite numbers."""

    @wraps(init)
    def checked(rule: Any, start: Array) -> State:
        return init(rule, finite_array("start", start))

    return checked


def checked_update(update: Update) -> Update:
    """`update`, which raises ValueError or TypeError for what no step can be taken with.

    NaN and infinity pass: a descent that diverges is an answer, not a mistake.
    """

    @wraps(update)
    def checked(
        rule: Any, gradient: Callable[[Array], Array], point: Array, state: State
    ) -> tuple[Array, State]:
        point = real_array("point", point)
        if not point.ndim:
            raise ValueError(f"point must have shape (..., d), but is {shown(point)}")
        if not callable(gradient):
            raise TypeError(f"gradient must be a function of the point, but is {shown(gradient)}")
        if not isinstance(state, tuple) or not all(_fits(item, point) for item in state):
            raise ValueError(f"state must be what init(point) or the last update gave, but is {shown(state)}")
        return update(rule, gradient, point, state)

    return checked


def _fits(item: object, point: Array) -> bool:
    return isinstance(item, (np.ndarray, np.generic)) and item.shape in ((), point.shape)
