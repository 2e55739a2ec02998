"""The first rows of a data set as a table of its two features, row 1 in a frame."""

from __future__ import annotations

from manim import ManimColor, Mobject, RoundedRectangle, VGroup

from bn_math import Dataset
from scenes.kit import theme
from scenes.kit.charts.features import feature_colors, powers_of
from scenes.kit.charts.table import NumberColumn, cell, column_style, ellipsis_below
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.pieces.rows.row_one import LINE

ROWS = 5  # that are shown at most
DIGITS = 72.0  # size of the numbers
HEAD, FIRST = 0.92, 0.8  # of the place's height: where names and rows begin
FORMS = ("", "_short")  # of a column's name


class RowTable:
    """Two columns of numbers under their names.

    Args:
        data: the rows.
        words: have the features' names, ``a`` and ``b``, each also short, and ``in_powers``.
        room: where it stands.
    """

    def __init__(self, data: Dataset, words: Words, room: Box) -> None:
        self.words = words
        self.columns: list[NumberColumn] = []
        self.rows_go_on = VGroup()
        size = DIGITS if room.is_wide else 0.75 * DIGITS
        colors, powers = feature_colors(), powers_of(data)
        for k in (0, 1):
            power, color = powers[k], ManimColor(colors[k])
            shown = [power.share(value) for value in data.features[:, k]]
            spec = column_style(power.share(1.0) * data.features[:, k])
            place = room.part(k / 2, (k + 1) / 2)
            head = self._name("ab"[k], 0.9 * place.width, color)
            unit = None
            if power.power:
                unit = typography.name(words.label("in_powers", power=power.markup), theme.current().muted)
            cells = [cell(value, spec, size, color) for value in shown[:ROWS]]
            column = NumberColumn(head, cells, place.at(0.8)[0], room.at(0, FIRST)[1], unit)
            self.columns.append(column)
            if data.count > ROWS:
                self.rows_go_on.add(ellipsis_below(column, 0.9 * typography.em(size)))

    @property
    def first(self) -> VGroup:
        """Row 1's numbers."""
        return VGroup(*(column.cells[0] for column in self.columns))

    @property
    def others(self) -> list[VGroup]:
        """The numbers of each row that follows."""
        return [VGroup(*line) for line in zip(*(it.cells[1:] for it in self.columns), strict=True)]

    @property
    def heads(self) -> list[Mobject]:
        """The columns' names, and in what their numbers are given."""
        return [it for column in self.columns for it in column if it is not column.cells]

    def frame(self) -> RoundedRectangle:
        """Row 1's ring, drawn out to hold its numbers."""
        row = self.first
        width, height = row.width + 0.8, row.height + 0.34
        frame = RoundedRectangle(corner_radius=height / 2, width=width, height=height, stroke_width=LINE)
        return frame.set_color(theme.current().text).move_to(row)

    def _name(self, key: str, width: float, color: ManimColor) -> typography.Text:
        """What a column is called, in fewer letters where it has to be."""
        ways = [self.words.label(f"{key}{form}") for form in FORMS]
        name = fitted(ways, width, color, typography.FIGURE, typography.NAME)
        layout.fit_width(name, width)
        return name
