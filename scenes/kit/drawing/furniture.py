"""What belongs to the film alone: a heading, a count of what happens. A printed figure leaves it out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from manim import Mobject

AnyMobject = TypeVar("AnyMobject", bound=Mobject)


def furniture(mobject: AnyMobject) -> AnyMobject:
    """Mark ``mobject``, and with it all that belongs to it, as something that only a film needs."""
    mobject.set(is_furniture=True)
    return mobject


def without_furniture(members: Iterable[Mobject]) -> list[Mobject]:
    """What is left of ``members``, which are in the order of drawing."""
    members = list(members)
    marked = (mobject for mobject in members if getattr(mobject, "is_furniture", False))
    left_out = {part for mobject in marked for part in mobject.get_family()}
    return [mobject for mobject in members if mobject not in left_out]
