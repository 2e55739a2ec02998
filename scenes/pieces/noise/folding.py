"""A batch-norm layer in use and a linear layer next to it, in one line of figures; below it both as one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    ManimColor,
    Mobject,
    RoundedRectangle,
    VGroup,
    smooth,
    squish_rate_func,
)

from scenes.kit import theme
from scenes.kit.charts.features import feature_colors
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import SMALL
from scenes.kit.script import numbers
from scenes.kit.script.words import Words
from scenes.pieces.noise.sums import Sums

ABOVE, BELOW = 0.62, 0.16  # of the height: both layers, and the one that they become
GAP, AIR = 0.42, 0.34  # picture units: between two figures; in a panel, round what is in it
LARGE, NAMED = 54.0, 50.0  # sizes of the figures, and of a name
# Of the joining's time: what goes down first, what follows once that is gone, and what comes of both.
FIRST, THEN, LAST = (0.0, 0.45), (0.35, 0.8), (0.65, 1.0)


class Folding:
    """The picture of it, for which a wide box is best.

    Args:
        sums: the arithmetic.
        words: the scene's.
        box: the place of all of it.
    """

    def __init__(self, sums: Sums, words: Words, box: Box) -> None:
        self.sums, self.words, self.box = sums, words, box
        self.written = sums.written

    @cached_property
    def both(self) -> dict[str, Mobject]:
        """The first line by its parts: the weight times what batch norm makes of the feature, and that."""
        written = self.written
        parts = {
            "weight": self._figure(written["weight"]),
            "opens": self._figure("× ("),
            "scale": self._figure(written["scale"]),
            "x": self._figure(_factor(written["x"]), feature_colors()[self.sums.feature]),
            "shift": self._figure(_added(written["shift"])),
            "closes": self._figure(")"),
            "out": self._figure(f"\\= {written['out']}"),
        }
        return self._in_a_row(parts, ABOVE)

    @cached_property
    def one(self) -> dict[str, Mobject]:
        """The second line by its parts; what comes out stands below what came out of both."""
        written = self.written
        parts = {
            "times": self._figure(written["times"]),
            "x": self._figure(_factor(written["x"]), feature_colors()[self.sums.feature]),
            "added": self._figure(_added(written["added"])),
            "out": self._figure(f"\\= {written['out']}"),
        }
        made = self._in_a_row(parts, BELOW, self.both["out"].height / parts["out"].height)
        left = VGroup(*(made[key] for key in ("times", "x", "added")))
        made["out"].match_x(self.both["out"])
        left.set_x(self.both["out"].get_left()[0] - 4 * AIR - left.width / 2)
        return made

    @cached_property
    def names(self) -> dict[str, Mobject]:
        """Over the figures of the first line, and under those of the second, what they are."""
        made = {}
        for key in ("weight", "scale", "x", "shift"):
            made[key] = self._name(key, self.both[key]).next_to(self.both[key], UP, buff=0.25)
        for key in ("times", "added"):
            made[key] = self._name(key, self.one[key]).next_to(self.one[key], DOWN, buff=0.25)
        return made

    @cached_property
    def panels(self) -> VGroup:
        """Round the figures of each layer, with its name above."""
        palette, figures, names = theme.current(), self.both, self.names
        layer = VGroup(*(figures[key] for key in ("scale", "x", "shift")))
        layer.add(*(names[key] for key in ("scale", "x", "shift")))
        linear = VGroup(figures["weight"], names["weight"])
        made, height = VGroup(), layer.height + 2 * AIR
        for inside, key, color in ((linear, "linear", palette.text), (layer, "layer", palette.bowl)):
            panel = RoundedRectangle(
                width=inside.width + AIR, height=height, corner_radius=0.2, stroke_width=5
            )
            panel.set_stroke(color).move_to([inside.get_x(), layer.get_y(), 0.0])
            name = fitted([self.words.label(key)], self.box.width / 3, color, NAMED, SMALL)
            name.next_to(panel, UP, buff=0.25)
            name.shift(RIGHT * max(self.box.left - name.get_left()[0], 0.0))
            made.add(VGroup(panel, name))
        return made

    @cached_property
    def first(self) -> VGroup:
        """All of the first line."""
        return VGroup(*self.both.values(), *(self.names[key] for key in ("weight", "scale", "x", "shift")))

    @property
    def part(self) -> Mobject:
        """Of what the line is, above all."""
        text = fitted([self.words.label("out")], self.box.width, theme.current().muted, NAMED, SMALL)
        return self.box.put(text, 0.0, 1.0)

    @cached_property
    def panel(self) -> VGroup:
        """Round the figures of the one layer."""
        inside = VGroup(*(self.one[key] for key in ("times", "x", "added")))
        inside.add(self.names["times"], self.names["added"])
        panel = RoundedRectangle(
            width=inside.width + 2 * AIR, height=inside.height + 1.4 * AIR, corner_radius=0.2, stroke_width=5
        )
        panel.set_stroke(theme.current().text).move_to(inside)
        return VGroup(panel)

    def join(self, run_time: float) -> Iterator[Animation]:
        """The weight goes into the other factor and into what is added; the rest comes down as it is."""
        first, then, last = (squish_rate_func(smooth, *span) for span in (FIRST, THEN, LAST))
        both, one = self.both, self.one
        seen = (one["times"], one["added"], self.names["times"], self.names["added"], self.panel)
        for source, target, rate in (
            ("scale", "times", first),
            ("shift", "added", first),
            ("weight", "times", then),
            ("weight", "added", then),
        ):
            goes = both[source].copy().animate(run_time=run_time, rate_func=rate, remover=True)
            yield goes.move_to(one[target]).set_opacity(0.0).build()
        for same in ("x", "out"):
            place = one[same].get_center()
            goes = one[same].move_to(both[same]).animate(run_time=run_time, rate_func=first)
            yield goes.move_to(place).build()
        for each in seen:
            yield FadeIn(each, run_time=run_time, rate_func=last)

    def _name(self, key: str, figure: Mobject) -> Mobject:
        color = feature_colors()[self.sums.feature] if key == "x" else theme.current().text
        return fitted([self.words.label(f"{key}_is")], figure.width + 1.6 * GAP, color, NAMED, SMALL)

    def _in_a_row(self, parts: dict[str, Mobject], high: float, size: float = 1.0) -> dict[str, Mobject]:
        """Side by side in the middle, no wider than the box."""
        row = VGroup(*parts.values()).arrange(RIGHT, buff=GAP)
        row.scale(min((self.box.width - 2 * AIR) / row.width, size)).move_to(self.box.at(0.5, high))
        return parts

    def _figure(self, written: str, color: ManimColor | None = None) -> Mobject:
        return typography.figure(written, color, LARGE)


def _factor(written: str) -> str:
    """A number that something is multiplied by; one below nought stands in brackets."""
    return f"× ({written})" if written.startswith(numbers.MINUS) else f"× {written}"


def _added(written: str) -> str:
    """A number that is added, with its sign."""
    if written.startswith(numbers.MINUS):
        return f"{numbers.MINUS} {written.removeprefix(numbers.MINUS)}"
    return f"\\+ {written}"
