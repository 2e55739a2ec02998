"""An optimizer's entry in the race: what it is called, and how its settings are found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bn_math.descent.optimizers.rule import Optimizer

if TYPE_CHECKING:
    from bn_math.descent.spectrum import Spectrum


@dataclass(frozen=True)
class Entry:
    """One optimizer of the race; exactly one of `best` and `tuned` is given.

    name: by which `Stage.optimizers`, the settings and the words know it; year: of its publication, which is
    its place in the race; best: makes it from a quadratic's spectrum, by a formula; tuned: makes it from a
    learning rate, which is then found by trying the grid, and from its own settings by their names (those of
    `RaceSettings` that begin with its name); decays: whether that rate falls to 0 on the race's schedule.
    Raises ValueError for both or neither way.
    """

    name: str
    year: int
    best: "Callable[[Spectrum], Optimizer] | None" = None
    tuned: Callable[..., Optimizer] | None = None
    decays: bool = False

    def __post_init__(self) -> None:
        """Checks that there is one way to its settings."""
        if (self.best is None) == (self.tuned is None):
            raise ValueError(f"{self.name} must have a formula (best) or a factory (tuned), and not both")

    @property
    def tuning(self) -> str:
        """How its settings are found: from_theory, from_a_grid, or decaying (from a grid, on a schedule)."""
        if self.best is not None:
            return "from_theory"
        return "decaying" if self.decays else "from_a_grid"
