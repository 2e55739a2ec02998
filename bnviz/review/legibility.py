"""Can a beat's still be read? Its text: in the safe area, not over other text, large and clear enough."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bnviz.run.stills import Glyph, Picture, Still, TextBox

SAFE_MARGIN = 0.05  # of width and height, on every side: the title-safe area is 90 %
SMALLEST = 8.0  # pixels at 480p
LARGE = 24.0 * 0.72  # 18 pt are 24 pixels at 480p, and a capital is 0.72 of that
CONTRAST, CONTRAST_LARGE = 4.5, 3.0
_REFERENCE_HEIGHT = 480
_TOUCHING = 1.0  # pixels at 480p by which boxes may overlap: outlines are rounded to pixels


def problems(still: Still) -> list[str]:
    """Everything that makes ``still`` hard to read, a sentence with a number each; empty when all is well.

    Raises:
        ValueError: the still was taken without what is behind its text.
    """
    if still.behind is None:
        raise ValueError(
            "take the still with behind=True: contrast is measured against what is behind the text"
        )
    height, width = still.picture.shape[:2]
    scale = _REFERENCE_HEIGHT / height
    found = [
        *(outside(text, width, height) for text in still.texts),
        *(overlap(one, two, scale) for one, two in combinations(still.texts, 2)),
        *(too_small(text, scale) for text in still.texts),
        *(too_faint(text, still.behind, scale) for text in still.texts),
    ]
    return [f"{still.scene}, beat {still.beat!r}: {problem}" for problem in found if problem]


def outside(text: TextBox, width: int, height: int) -> str | None:
    """Whether a text reaches beyond the safe area."""
    left, top, right, bottom = text.box
    reach = {
        "left": SAFE_MARGIN - left / width,
        "top": SAFE_MARGIN - top / height,
        "right": right / width - (1 - SAFE_MARGIN),
        "bottom": bottom / height - (1 - SAFE_MARGIN),
    }
    beyond = {side: by for side, by in reach.items() if by > 1e-3}
    if not beyond:
        return None
    sides = ", ".join(f"{side} by {by:.1%}" for side, by in beyond.items())
    return f"text {text.text!r} leaves the safe area ({sides} of the frame)"


def overlap(one: TextBox, two: TextBox, scale: float) -> str | None:
    """Whether a glyph of one text lies over a glyph of another."""
    first, second = _boxes(one), _boxes(two)
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = (high - low).min(axis=2) * scale
    if shared.max() <= _TOUCHING:
        return None
    return f"text {one.text!r} lies over text {two.text!r} (by {shared.max():.1f} pixels at 480p)"


def too_small(text: TextBox, scale: float) -> str | None:
    """Whether a text's capitals and digits are lower than the least height."""
    size = letter_height(text) * scale
    if size >= SMALLEST:
        return None
    return f"text {text.text!r} is {size:.1f} pixels high at 480p, {SMALLEST:g} are needed"


def too_faint(text: TextBox, behind: Picture, scale: float) -> str | None:
    """Whether some part of a text has too little contrast with what is behind it."""
    needed = CONTRAST_LARGE if letter_height(text) * scale >= LARGE else CONTRAST
    lowest = min(_contrast(glyph, behind) for glyph in text.glyphs)
    if lowest >= needed:
        return None
    return f"text {text.text!r} has a contrast of {lowest:.2f}:1, {needed:g}:1 is needed"


def letter_height(text: TextBox) -> float:
    """The height in pixels of the tallest ordinary glyph: capital, digit or ascender, not a tall bracket."""
    lying = [glyph.height < (glyph.box[2] - glyph.box[0]) / 2 for glyph in text.glyphs]  # a minus, a dash
    heights = np.array([glyph.height for glyph, flat in zip(text.glyphs, lying, strict=True) if not flat])
    if not len(heights):
        return max(glyph.height for glyph in text.glyphs)
    return float(heights[heights <= 1.8 * np.median(heights)].max())


def contrast(one: NDArray[np.floating], two: NDArray[np.floating]) -> NDArray[np.float64]:
    """The contrast ratio of WCAG 2 between colours, (..., 3) with channels from 0 to 255; from 1 to 21."""
    first, second = luminance(one), luminance(two)
    return np.asarray((np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05))


def luminance(colour: NDArray[np.floating]) -> NDArray[np.float64]:
    """The relative luminance of WCAG 2 of colours, (..., 3) with channels from 0 to 255."""
    channel = np.asarray(colour, dtype=np.float64) / 255
    linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _contrast(glyph: Glyph, behind: Picture) -> float:
    """Contrast of a glyph with what is behind its box; its worst tenth may be a line that crosses it."""
    height, width = behind.shape[:2]
    left, top = int(np.clip(glyph.box[0], 0, width - 1)), int(np.clip(glyph.box[1], 0, height - 1))
    right, bottom = int(np.clip(np.ceil(glyph.box[2]), left + 1, width)), int(np.ceil(glyph.box[3]))
    ground = behind[top : max(bottom, top + 1), left:right].reshape(-1, 3).astype(np.float64)
    ink = glyph.opacity * np.array(glyph.colour) + (1 - glyph.opacity) * ground
    return float(np.quantile(contrast(ink, ground), 0.1))


def _boxes(text: TextBox) -> NDArray[np.float64]:
    return np.array([glyph.box for glyph in text.glyphs])
