"""What all results have in common: read-only arrays whose shapes fit together."""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from bn_math.checks import finite_array, real_array, shown
from bn_math.pickling import PickleByFields

Whole = NDArray[np.int64]


class Result(PickleByFields):
    """A frozen data class of arrays; `AXES` names their axes, a name stands for one length throughout."""

    AXES: ClassVar[dict[str, str]] = {}
    # Arrays of whole numbers, and those that may hold what is not finite.
    WHOLE: ClassVar[frozenset[str]] = frozenset()
    OPEN: ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        """Checks the shapes, and copies the arrays."""
        lengths: dict[str, int] = {}
        for name, axes in self.AXES.items():
            array = (real_array if name in self.OPEN else finite_array)(name, getattr(self, name))
            wanted = axes.split()
            fits = array.ndim == len(wanted) and 0 not in array.shape
            if fits:
                for axis, length in zip(wanted, array.shape, strict=True):
                    known = int(axis) if axis.isdigit() else lengths.setdefault(axis, length)
                    fits = fits and known == length
            if not fits:
                shape = ", ".join(
                    axis if axis.isdigit() else f"{axis}={lengths.get(axis, '?')}" for axis in wanted
                )
                raise ValueError(f"{name} must have shape ({shape}), but has shape {array.shape}")
            kind: Any = np.float64
            if name in self.WHOLE:
                if not (array == np.round(array)).all() or np.abs(array).max() > 2**53:
                    raise ValueError(f"{name} must hold whole numbers, but is {shown(array)}")
                kind = np.int64
            copy = np.array(array, dtype=kind)
            copy.flags.writeable = False
            object.__setattr__(self, name, copy)
