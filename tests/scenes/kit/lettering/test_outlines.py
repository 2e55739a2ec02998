"""Letters that are read in the short way are those that Manim reads."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest
from manim import VMobject

from scenes.kit.lettering import outlines
from scenes.kit.lettering.typography import Formula, Text

DRAWN = ("points", "fill_rgbas", "stroke_rgbas", "stroke_width", "background_stroke_width", "sheen_factor")
TEXTS: dict[str, Callable[[], Text | Formula]] = {
    "words": lambda: Text("Ag i, 123", color="#FF0000"),
    "strokes": lambda: Text("#underline[x] $sqrt(x/2)$ #box(stroke: 1pt)[p] #strike[q]"),
    "colors": lambda: Text('#text(fill: rgb("#FF000080"))[red] #box(fill: blue, radius: 2pt, inset: 2pt)[p]'),
    "turned and scaled": lambda: Text("#rotate(30deg)[q] #scale(300%)[#underline[s]] \\ a line"),
    "nothing": lambda: Text(" "),
    "parts": lambda: Formula("a/{{ b : den }} + sum_k {{ x^2 : den }} + {{ {{ q }} + vec(1, 2) : v }}"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_is_what_manim_makes_of_it(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = TEXTS[kind]()
    monkeypatch.setattr(outlines, "read", lambda root: None)
    manims = TEXTS[kind]()
    one, other = ours.get_family(), manims.get_family()
    assert len(one) == len(other)
    for part, manims_part in zip(one, other, strict=True):
        assert type(part) is type(manims_part)
        if isinstance(part, VMobject):
            for name in DRAWN:
                np.testing.assert_allclose(getattr(part, name), getattr(manims_part, name), atol=1e-9)
    for label in ours._label_aliases:
        found, manims_found = ours.select(label), manims.select(label)
        assert [one.index(part) for part in found] == [other.index(part) for part in manims_found]


@pytest.mark.parametrize(
    "inside",
    [
        "<circle r='1'/>",
        "<g style='fill: red'><path d='M 0 0 L 1 1'/></g>",
        "<path clip-path='url(#a)' d='M 0 0 L 1 1'/>",
    ],
)
def test_what_is_not_read_here_is_left_to_manim(inside: str) -> None:
    root = ElementTree.fromstring(f"<svg>{inside}</svg>")
    assert outlines.read(root) is None


def test_texts_share_no_outline() -> None:
    """An outline is parsed once; what is made of it may be changed."""
    one = Text("a")
    before = one[0].points.copy()
    Text("a").shift([1, 0, 0]).scale(3)
    np.testing.assert_array_equal(one[0].points, before)
    np.testing.assert_array_equal(Text("a")[0].points, before)
