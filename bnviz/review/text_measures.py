"""The text of a scene as it stands: how large, how clear, where, and over what. Judged in legibility.py.

This is part of how a scene is rendered: it is called at the end of every beat, and what it finds is kept with
the beat. A frame is drawn for it, without the text and with a camera of its own, so the film stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bnviz.review.wcag import contrast
from bnviz.run.stills import Glyph, Picture, TextBox, draw_without, letterings, text_boxes
from scenes.kit.script.beat import TextMeasure

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene

WIDTH, HEIGHT = 854, 480
"""The frame in which text is measured, whatever the size of the film."""


def measure_scene(scene: BeatScene) -> tuple[TextMeasure, ...]:
    """Every text that ``scene`` shows at this moment."""
    texts = text_boxes(scene, WIDTH, HEIGHT)
    return measure(texts, draw_without(scene, list(letterings(scene)), WIDTH, HEIGHT)) if texts else ()


def measure(texts: Sequence[TextBox], behind: Picture) -> tuple[TextMeasure, ...]:
    """``texts``, whose boxes are in pixels of ``behind``, the picture without them.

    A text that lies over several others is told with the one it covers most.
    """
    to_480p = HEIGHT / len(behind)
    over = dict.fromkeys(range(len(texts)), (0.0, ""))
    for one, two in combinations(range(len(texts)), 2):
        shared = overlap(texts[one], texts[two]) * to_480p
        over[one] = max(over[one], (shared, texts[two].text))
    found = []
    for number, text in enumerate(texts):
        left, top, right, bottom = (to_480p * edge for edge in text.box)
        found.append(
            TextMeasure(
                text=text.text,
                box=(left, top, right, bottom),
                letter_height=to_480p * letter_height(text),
                contrast=min(_contrast(glyph, behind) for glyph in text.glyphs),
                overlap=over[number][0],
                overlapped=over[number][1],
                script_height=to_480p * script_height(text),
                is_key_figure=text.is_key_figure,
            )
        )
    return tuple(found)


def overlap(one: TextBox, two: TextBox) -> float:
    """By how many pixels a glyph of one text lies over a glyph of another, at most; negative if apart."""
    first, second = (np.array([glyph.box for glyph in text.glyphs]) for text in (one, two))
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    return float((high - low).min(axis=2).max())


def letter_height(text: TextBox) -> float:
    """The height in pixels of the tallest ordinary glyph: capital, digit or ascender, not a tall bracket."""
    lying = [glyph.height < (glyph.box[2] - glyph.box[0]) / 2 for glyph in text.glyphs]  # a minus, a dash
    heights = np.array([glyph.height for glyph, flat in zip(text.glyphs, lying, strict=True) if not flat])
    if not len(heights):
        return max(glyph.height for glyph in text.glyphs)
    return float(heights[heights <= 1.8 * np.median(heights)].max())


def script_height(text: TextBox) -> float:
    """The height in pixels of the lowest exponent or subscript of a text whose source has one; else 0.

    An exponent stands on the middle of the letter that it follows, or above; a subscript begins below its
    top and reaches below its foot. Both are lower than it. Dots, commas and lines are none.
    """
    if not re.search(r"#su(per|b)\b|[\^_]", text.text):
        return 0.0
    whole, found = letter_height(text), []
    for before, glyph in pairwise(text.glyphs):
        left, top, right, bottom = before.box
        follows = 0 <= glyph.box[0] - right + 0.2 * whole < 0.8 * whole
        is_letter = glyph.height > 0.42 * whole and glyph.height > (glyph.box[2] - glyph.box[0]) / 2
        is_smaller = is_letter and glyph.height < 0.9 * before.height
        is_raised = glyph.box[3] <= (top + bottom) / 2 + 0.1 * whole
        is_lowered = glyph.box[1] > top + 0.15 * whole and glyph.box[3] > bottom + 0.05 * whole
        if follows and is_smaller and (is_raised or is_lowered):
            found.append(glyph.height)
    return min(found, default=0.0)


def _contrast(glyph: Glyph, behind: Picture) -> float:
    """Contrast of a glyph with what is behind its box; its worst tenth may be a line that crosses it."""
    height, width = behind.shape[:2]
    left, top = int(np.clip(glyph.box[0], 0, width - 1)), int(np.clip(glyph.box[1], 0, height - 1))
    right, bottom = int(np.clip(np.ceil(glyph.box[2]), left + 1, width)), int(np.ceil(glyph.box[3]))
    ground: NDArray[np.float64] = behind[top : max(bottom, top + 1), left:right].reshape(-1, 3).astype(float)
    color = glyph.opacity * np.array(glyph.color) + (1 - glyph.opacity) * ground
    return float(np.quantile(contrast(color, ground), 0.1))
