"""A letter's outline, copied and blended in the short way: a film does it some hundred thousand times."""

from __future__ import annotations

import copy
from types import NoneType
from typing import Any, Self

import numpy as np
from manim import ManimColor, VMobject
from manim.constants import CapStyleType, LineJointType
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.utils.bezier import interpolate

from scenes.kit.lettering.extent import Cut
from scenes.kit.lettering.outlines import Outline

_NEVER_CHANGED = (NoneType, bool, int, float, str, ManimColor, CapStyleType, LineJointType, Cut)


class Glyph(VMobjectFromSVGPath):
    """Keeps its outline and not the parsed file; is mostly filled, and not stroked.

    Args:
        path: the outline, as Manim's SVG parser hands it over; it is not kept.
        options: Manim's options for a VMobjectFromSVGPath.
    """

    def __init__(self, path: Any, **options: Any) -> None:
        super().__init__(path, **options)
        self.path_obj: Any = None
        self.is_letter = True

    def generate_points(self) -> Self:
        """Take the points where they are known, else make them of the path."""
        if isinstance(self.path_obj, Outline):
            self.points = self.path_obj.points
            return self
        return super().generate_points()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        copied: Self = object.__new__(type(self))
        memo[id(self)] = copied
        for name, value in self.__dict__.items():
            if isinstance(value, np.ndarray):
                copied.__dict__[name] = value.copy()
            elif isinstance(value, _NEVER_CHANGED):
                copied.__dict__[name] = value
            else:
                copied.__dict__[name] = copy.deepcopy(value, memo)
        copied.original_id = str(id(self))
        return copied

    def interpolate_color(self, mobject1: VMobject, mobject2: VMobject, alpha: float) -> Self:
        """Blend the fill; what else there is to blend only where it shows, and at the end."""
        if alpha == 1 or _is_more_than_filled(mobject1) or _is_more_than_filled(mobject2):
            return super().interpolate_color(mobject1, mobject2, alpha)
        self.fill_rgbas = interpolate(mobject1.fill_rgbas, mobject2.fill_rgbas, alpha)
        return self


def _is_more_than_filled(mobject: VMobject) -> bool:
    return bool(mobject.stroke_width or mobject.background_stroke_width or mobject.sheen_factor)
