"""What a check consists of: figures, each measured somewhere, and the range in which they must lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Stretch:
    """Seconds from ``start`` to ``end``."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


@dataclass(frozen=True)
class Range:
    """From ``least`` to ``most``, both allowed; None where there is no limit on that side.

    Args:
        least: the lower limit.
        most: the upper limit.
        unit: what follows a figure when it is written.
        digits: how many decimals a figure is written with.
        slack: by how much measuring may be off; a figure that is beyond a limit by less is not.
    """

    least: float | None = None
    most: float | None = None
    unit: str = ""
    digits: int = 1
    slack: float = 0.0

    def excess(self, value: float) -> float:
        """How far ``value`` lies beyond the limit nearest to it; negative inside of the range."""
        below = -float("inf") if self.least is None else self.least - value
        above = -float("inf") if self.most is None else value - self.most
        return max(below, above)

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies in the range, within the slack."""
        return self.excess(value) <= self.slack

    def write(self, value: float) -> str:
        """``value`` with its unit, with more digits where it would be taken for a limit it is beyond."""
        limits = {f"{limit:g}" for limit in (self.least, self.most) if limit is not None}
        digits = self.digits
        while not self.holds(value) and digits < 6 and f"{float(f'{value:.{digits}f}'):g}" in limits:
            digits += 1
        return f"{value:.{digits}f}{self._unit}"

    @property
    def bounds(self) -> str:
        """The limits in words, without the unit."""
        if self.least is None:
            return f"at most {self.most:.3g}"
        if self.most is None:
            return f"at least {self.least:.3g}"
        return f"{self.least:.3g} to {self.most:.3g}"

    def __str__(self) -> str:
        """The limits in words."""
        return f"{self.bounds}{self._unit}"

    @property
    def _unit(self) -> str:
        return self.unit if self.unit.startswith((":", "%")) or not self.unit else f" {self.unit}"


@dataclass(frozen=True)
class Place:
    """Where something was measured, as far as it is known.

    Args:
        scene: the scene's name; empty in a film that was opened without its scenes.
        beat: the beat's name; without scenes the title of the chapter.
        second: from the start of the scene; without scenes from that of the film.
        about: the text, caption or sentence that was measured.
    """

    scene: str = ""
    beat: str = ""
    second: float | None = None
    about: str = ""

    def __str__(self) -> str:
        """All that is known, separated by commas."""
        beat = f"beat {self.beat!r}" if self.scene and self.beat else self.beat
        second = "" if self.second is None else f"{self.second:.1f} s"
        return ", ".join(part for part in (self.scene, beat, second, self.about) if part)


@dataclass(frozen=True)
class Figure:
    """A value in the unit of its check, and where it was measured."""

    value: float
    place: Place = Place()


@dataclass(frozen=True)
class Check:
    """One thing that was measured, wherever it occurs.

    Args:
        subject: what it belongs to: pace, stillness, flashes, legibility, captions or loudness.
        name: what was measured.
        range: where its figures must lie.
        figures: all that were measured.
        unmeasured: why there can be no figures; empty if there can.
        is_binding: whether a film is wrong beyond the limits; else it is a warning.
    """

    subject: str
    name: str
    range: Range
    figures: tuple[Figure, ...] = ()
    unmeasured: str = ""
    is_binding: bool = True

    @property
    def worst(self) -> Figure | None:
        """The figure farthest beyond a limit, or nearest to one; None if nothing was measured."""
        return max(self.figures, key=lambda figure: self.range.excess(figure.value), default=None)

    @property
    def beyond(self) -> tuple[Figure, ...]:
        """The figures beyond a limit, in the order they were measured in."""
        return tuple(figure for figure in self.figures if not self.range.holds(figure.value))

    @property
    def problems(self) -> list[str]:
        """A sentence for every figure beyond a limit."""
        return [self.sentence(figure) for figure in self.beyond]

    def sentence(self, figure: Figure) -> str:
        """Where the figure was measured, what it is, and what it may be."""
        where = f"{figure.place}: " if str(figure.place) else ""
        return f"{where}{self.name} {self.range.write(figure.value)}, must be {self.range}"

    def as_data(self) -> dict[str, Any]:
        """The check as JSON can hold it; ``beyond`` lists every figure beyond a limit."""
        worst = self.worst
        return {
            "subject": self.subject,
            "name": self.name,
            "unit": self.range.unit,
            "least": self.range.least,
            "most": self.range.most,
            "is_binding": self.is_binding,
            "is_beyond": bool(self.beyond),
            "worst": None if worst is None else _as_data(worst),
            "beyond": [_as_data(figure) for figure in self.beyond],
            "unmeasured": self.unmeasured or None,
        }


def problems(checks: Iterable[Check]) -> list[str]:
    """A sentence for every figure of ``checks`` that is beyond a limit; empty when all is well."""
    return [problem for check in checks for problem in check.problems]


def unmeasured(checks: Iterable[Check], reason: str) -> list[Check]:
    """The same checks without figures, and why there are none."""
    return [replace(check, figures=(), unmeasured=reason) for check in checks]


def _as_data(figure: Figure) -> dict[str, Any]:
    place = figure.place
    return {
        "value": figure.value,
        "scene": place.scene or None,
        "beat": place.beat or None,
        "second": place.second,
        "about": place.about or None,
    }
