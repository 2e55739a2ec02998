"""The spread of each feature as a figure in its color, measured at every frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import LEFT, UP, ValueTracker, VGroup

from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.pieces.scaling.mean_box import MeanBox

SPEC = "3s"
LEAST = 0.1  # a spread that two decimals show well
GAP = 0.25  # between the heading and the figures, in picture units


class MeasuredFigures(VGroup):
    """Two figures in a row below their heading.

    Args:
        box: measures them.
        words: have ``spread`` and the features' names.
        room: where they stand.
        order: the features, from the left.
        ends: numbers that there has to be room for.
    """

    def __init__(
        self, box: MeanBox, words: Words, room: Box, order: list[int], ends: Sequence[float]
    ) -> None:
        width = room.width / 2 - 0.15
        widest = max(Counter(ValueTracker(end), SPEC, typography.KEY).width_of(end) for end in ends)
        size = typography.KEY * min(1.0, width / widest)
        figures = VGroup()
        for place, feature in enumerate(order):
            counter = Counter(ValueTracker(1.0), SPEC, size, feature_colors()[feature])
            counter.clear_updaters()
            follow(counter, box.sources, _measuring(box, feature, min(ends) >= LEAST))
            named = self._named(counter, words, "ab"[feature], width)
            figures.add(
                Box(room.left + place * room.width / 2, room.right, room.bottom, room.top).put(named, 0, 0)
            )
        heading = typography.name(words.label("spread"))
        heading.next_to(figures, UP, buff=GAP).align_to(room.at(0, 0), LEFT)
        super().__init__(figures, heading)

    @staticmethod
    def _named(counter: Counter, words: Words, letter: str, width: float) -> VGroup:
        """The figure with its feature's name below it."""
        ways = [words.label(f"axis_{letter}"), words.label(f"axis_{letter}_short")]
        color = feature_colors()["ab".index(letter)]
        name = layout.fit_width(fitted(ways, width, color, typography.NAME, typography.NAME), width)
        named = key_figure(counter, words.label(f"axis_{letter}_short"), typography.NAME)
        return VGroup(counter, name.move_to(named[1]).align_to(counter, LEFT))


def _measuring(box: MeanBox, feature: int, plainly: bool) -> Callable[[Counter], object]:
    """Writes what is measured; ``plainly`` with two decimals when it is on its way to zero."""

    def write(counter: Counter) -> None:
        value = float(box.measured[1][feature])
        counter.spec = ".2f" if plainly and abs(value) < 1 else SPEC
        counter.write(value)

    return write
