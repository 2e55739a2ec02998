"""What is done to a batch, as a formula whose parts come and light up as they act."""

from __future__ import annotations

from manim import DL, UR, Animation, FadeIn, Line, ManimColor, Transform, VGroup

from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words

LARGEST, SMALLEST = 100.0, 44.0  # in pixels at 1080p
STRIKE = 7.0  # of the line through it, as Manim counts it
PARTS = ("left", "mean", "spread")


class LayerFormula:
    """First ``plain``, with the spread alone below the line, then ``whole``, with the root and epsilon in it.

    Both have the parts ``left``, ``mean`` and ``spread``, and the whole one ``eps``. They are drawn by the
    scene: the plain one's parts are hidden until they light up.

    Args:
        words: have ``standardized_plain`` and ``standardized_by`` as formulas.
        room: where the whole formula fits.
        y: its place in the room, see :meth:`Box.put`.
    """

    def __init__(self, words: Words, room: Box, y: float) -> None:
        self.whole = room.put(in_room(words.label("standardized_by"), room), 0.0, y)
        self.plain = typography.Formula(words.label("standardized_plain"), self.whole.size)
        self.plain.shift(self.whole.select("left").get_center() - self.plain.select("left").get_center())
        self.bar = self.plain[-1]
        self.plain.set_opacity(0)
        self.is_whole = False

    @property
    def shown(self) -> typography.Formula:
        """The one that is there now."""
        return self.whole if self.is_whole else self.plain

    def color(self, part: str, color: ManimColor) -> Animation:
        """A part takes a color; it comes if it was hidden."""
        return self.shown.select(part).animate.set_fill(color, opacity=1).build()

    def draw_bar(self) -> Animation:
        """The line of the fraction comes."""
        return self.bar.animate.set_stroke(opacity=1).set_fill(opacity=1).build()

    def let_the_spread_vanish(self, color: ManimColor) -> Animation:
        """Below the line of the plain formula stands a zero."""
        spread = self.plain.select("spread")
        zero = typography.Formula("0", self.whole.size, color).move_to(spread)
        return Transform(spread, VGroup(*zero))

    def strike(self, color: ManimColor) -> Line:
        """A line through the plain fraction, which says nothing any more."""
        fraction = VGroup(self.plain.select("mean"), self.bar, self.plain.select("spread"))
        return Line(fraction.get_corner(DL), fraction.get_corner(UR), color=color, stroke_width=STRIKE)

    def become_whole(self) -> list[Animation]:
        """The plain formula makes room for epsilon and its root; the whole one then takes its place."""
        self.is_whole = True
        kept = [Transform(self.plain.select(it), self.whole.select(it)) for it in PARTS]
        named = {id(glyph) for it in PARTS for glyph in self.whole.select(it)}
        new = [glyph for glyph in self.whole[:-1] if id(glyph) not in named]
        return [*kept, Transform(self.bar, self.whole[-1]), *map(FadeIn, new)]


def in_room(markup: str, room: Box, largest: float = LARGEST) -> typography.Formula:
    """A formula as large as its room lets it be."""
    found = typography.Formula(markup, largest)
    share = min(room.width / found.width, room.height / found.height)
    return found if share >= 1 else typography.Formula(markup, max(SMALLEST, 0.99 * largest * share))
