"""Text that has to fit a width: made smaller as far as it can be read, then said in fewer letters."""

from __future__ import annotations

from collections.abc import Sequence

from manim.utils.color import ParsableManimColor

from scenes.kit.lettering import typography
from scenes.kit.lettering.typography import LABEL, SMALL, Formula, Text


def fitted(
    markups: Sequence[str],
    width: float,
    color: ParsableManimColor | None = None,
    size: float = LABEL,
    smallest: float = SMALL,
) -> Text:
    """The first of ``markups`` that is no wider than ``width`` at ``size``, or made smaller than that.

    Args:
        markups: ways to say the same in Typst markup, the best first; the last is taken whatever its width.
        width: in picture units.
        color: None is the theme's muted color.
        size: the em in pixels at 1080p.
        smallest: the em that is still read well.
    """
    for markup in markups:
        text = typography.label(markup, color, size)
        if text.width > width and size > smallest:
            text = typography.label(markup, color, smaller(size, text.width, width, smallest))
        if text.width <= width:
            break
    return text


def fitted_formula(markup: str, width: float, size: float, smallest: float = SMALL) -> Formula:
    """A formula no wider than ``width``, unless it would have to be smaller than ``smallest`` for that."""
    formula = Formula(markup, size)
    if formula.width > width and size > smallest:
        formula = Formula(markup, smaller(size, formula.width, width, smallest))
    return formula


def wrapped(
    markup: str,
    width: float,
    size: float,
    smallest: float,
    color: ParsableManimColor | None = None,
    weight: str = "regular",
) -> Text:
    """A line no wider than ``width``: made smaller, down to ``smallest``, and then broken into lines."""
    text = Text(markup, size, color, weight)
    if text.width > width:
        size = smaller(size, text.width, width, smallest)
        text = Text(markup, size, color, weight)
    if text.width > width:
        ems = 0.99 * width / typography.em(size)
        text = Text(f"#box(width: {ems:.2f}em)[#set align(center); {markup}]", size, color, weight)
    return text


def smaller(size: float, width: float, wanted: float, smallest: float) -> float:
    """The em at which what is ``width`` wide at ``size`` is just ``wanted`` wide, or ``smallest``."""
    return max(0.995 * size * wanted / width, smallest)
