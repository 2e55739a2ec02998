"""Letters are copied and blended as Manim does it, only faster."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from manim import FadeIn, Mobject, Transform, VMobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

from scenes.kit.lettering.glyph import Glyph
from scenes.kit.lettering.typography import Formula, Text

BLENDED = ("points", "fill_rgbas", "stroke_rgbas", "stroke_width", "sheen_factor", "background_stroke_width")


def glyph(stroke: float = 0) -> Glyph:
    found = Text("S", color="#FF0000").family_members_with_points()[0]
    assert isinstance(found, Glyph)
    return found.set_stroke("#00FF00", stroke)


def by_manim(one: Glyph) -> VMobject:
    """The same letter, which Manim copies and blends."""
    other = VMobjectFromSVGPath.__new__(VMobjectFromSVGPath)
    other.__dict__.update(copy.deepcopy(one.__dict__))
    return other


def test_a_copy_is_equal_and_shares_nothing_that_changes() -> None:
    original = glyph().add(VMobject())
    original.add_updater(lambda mobject: None)
    copied = original.copy()
    assert copied.original_id == str(id(original))
    assert copied.__dict__.keys() - {"original_id"} == original.__dict__.keys()
    for name, value in original.__dict__.items():
        other = copied.__dict__[name]
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(other, value)
        if isinstance(value, np.ndarray | list):
            assert other is not value, name
        elif not isinstance(value, Mobject):
            assert other == value, name
    copied.shift([1, 0, 0]).set_fill("#0000FF")
    np.testing.assert_array_equal(original.points, original.copy().points)
    assert original.get_fill_color().to_hex() == "#FF0000"


@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0])
@pytest.mark.parametrize(("before", "after"), [(0, 0), (0, 4), (4, 0), (4, 2)])
def test_a_blend_looks_like_manim_s(before: float, after: float, alpha: float) -> None:
    start, end = glyph(before), glyph(after).set_fill("#0000FF", 0.4).shift([1, 0, 0])
    ours, manims = start.copy(), by_manim(start)
    ours.interpolate(start, end, alpha)
    manims.interpolate(by_manim(start), by_manim(end), alpha)
    for name in BLENDED:
        np.testing.assert_array_equal(getattr(ours, name), getattr(manims, name), err_msg=name)


def test_letters_of_a_formula_become_those_of_another() -> None:
    one, other = Formula("x + {{ y : part }}"), Formula("{{ z : part }}", color="#00FF00")
    change = Transform(one, other)
    change.begin()
    change.interpolate(1)
    assert one.select("part")[0].get_fill_color().to_hex() == "#00FF00"


def test_the_parts_of_a_formula_that_have_a_name_fade_with_it() -> None:
    formula = Formula("x + {{ y : part }}")
    fade = FadeIn(formula)
    fade.begin()
    assert formula.select("part")[0].get_fill_opacity() == 0
    fade.interpolate(1)
    assert formula.select("part")[0].get_fill_opacity() == 1
    copied = formula.copy()
    assert copied.select("part")[0] in copied.family_members_with_points()
