"""Two sliders below a formula, one under each of the letters that it sets."""

from __future__ import annotations

from manim import Animation, Line, ManimColor, Square, VGroup, there_and_back

from scenes.kit import theme
from scenes.kit.lettering.typography import Formula

BELOW, REACH = 0.55, 0.75  # in picture units: from the formula to a slider; half its length
KNOB, LINE, RAIL = 0.32, 9.0, 5.0  # a knob's side; lines as Manim counts them
MOVED = {"gamma": 0.8, "beta": -0.7}  # of its reach, how far a knob swings


class Sliders:
    """A slider for gamma and one for beta.

    Args:
        formula: has the parts ``gamma`` and ``beta``.
        color: of the knobs.
    """

    def __init__(self, formula: Formula, color: ManimColor) -> None:
        base = float(formula.get_bottom()[1]) - BELOW
        self._knobs, self._all = dict[str, Square](), dict[str, VGroup]()
        for key in MOVED:
            x = float(formula.select(key).get_center()[0])
            rail = Line(
                [x - REACH, base, 0], [x + REACH, base, 0], color=theme.current().rule, stroke_width=RAIL
            )
            knob = Square(KNOB, fill_color=color, fill_opacity=1, stroke_width=0).move_to([x, base, 0])
            self._knobs[key], self._all[key] = knob, VGroup(rail, knob)

    def of(self, key: str) -> VGroup:
        """All of the slider of a letter."""
        return self._all[key]

    def swing(self, key: str) -> Animation:
        """Its knob goes some way and back."""
        moved: Animation = (
            self._knobs[key].animate(rate_func=there_and_back).shift([MOVED[key] * REACH, 0, 0]).build()
        )
        return moved
