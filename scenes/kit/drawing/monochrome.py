"""A picture without colors, in which things are still told apart: by dashes, rings and hatching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cairo
import numpy as np
from manim import ManimColor
from numpy.typing import NDArray

Colors = NDArray[np.float64]
LUMA = np.array([0.2126, 0.7152, 0.0722])
"""What red, green and blue count for how bright a color is (ITU-R BT.709)."""


@dataclass(frozen=True)
class Pattern:
    """How things of one color are told from others in gray.

    Args:
        dash: lengths that are drawn and left out in turn, in widths of the line; () is a solid line.
        is_open: whether a dot is a ring.
        hatch: direction of the lines that fill an area, in degrees; None for an even gray.
    """

    dash: tuple[float, ...] = ()
    is_open: bool = False
    hatch: float | None = None


PLAIN = Pattern()


@dataclass(frozen=True)
class Monochrome:
    """The patterns of those colors that mean something, by their hexadecimal value."""

    patterns: Mapping[str, Pattern] = field(default_factory=dict)

    def of(self, color: ManimColor) -> Pattern:
        """The pattern of a color, whatever its opacity."""
        return self.patterns.get(color.to_hex()[:7].upper(), PLAIN)

    @staticmethod
    def gray(colors: Colors) -> Colors:
        """Colors (..., 3) -> grays of the same brightness, (..., 3)."""
        return np.repeat((np.asarray(colors) @ LUMA)[..., None], 3, axis=-1)


SMALL = 0.36  # picture units: what is smaller is a dot and is not hatched
PALE = 0.72  # of the way from an area's gray to white, below its hatching
HATCH, SPACING = 0.018, 0.11  # picture units: width of the lines of a hatching, and from one to the next


def fill_patterned(
    context: cairo.Context[Any], gray: float, alpha: float, pattern: Pattern, width: float | None
) -> None:
    """Fill the path that is on ``context``, and keep it: a dot as a ring, an area hatched, else evenly.

    Args:
        context: in picture units.
        gray: how bright the color is, 0 to 1.
        alpha: its opacity.
        pattern: of the color.
        width: of thin lines, in picture units; None is the film's.
    """
    left, low, right, high = context.fill_extents()
    size, thin = max(right - left, high - low), width or HATCH
    if size < SMALL and pattern.is_open:
        context.set_source_rgba(1.0, 1.0, 1.0, alpha)
        context.fill_preserve()
        context.set_source_rgba(gray, gray, gray, alpha)
        context.set_line_width(1.5 * thin)
        context.stroke_preserve()
    elif size >= SMALL and pattern.hatch is not None:
        pale = gray + PALE * (1 - gray)
        context.set_source_rgba(pale, pale, pale, alpha)
        context.fill_preserve()
        kept = context.copy_path()
        context.save()
        context.clip()
        _hatch(context, pattern.hatch, thin, (left, low, right, high))
        context.set_source_rgba(gray, gray, gray, alpha)
        context.stroke()
        context.restore()
        context.append_path(kept)
    else:
        context.set_source_rgba(gray, gray, gray, alpha)
        context.fill_preserve()


def _hatch(
    context: cairo.Context[Any], degrees: float, width: float, box: tuple[float, float, float, float]
) -> None:
    """Put parallel lines over a box on the path."""
    left, low, right, high = box
    x, y, half = (left + right) / 2, (low + high) / 2, float(np.hypot(right - left, high - low)) / 2
    along = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    across = np.array([-along[1], along[0]])
    context.new_path()
    context.set_line_width(width)
    context.set_dash([])
    for offset in np.arange(-half, half, SPACING):
        middle = np.array([x, y]) + offset * across
        context.move_to(*(middle - half * along))
        context.line_to(*(middle + half * along))
