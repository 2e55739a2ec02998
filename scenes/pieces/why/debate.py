"""The debate as one still: a finding a row, with what it looks like; beside two of them, what is doubted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import DOWN, LEFT, Circle, Line, Mobject, VGroup

from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box, Places
from scenes.kit.lettering.typography import NAME
from scenes.kit.script.words import Words
from scenes.pieces.why.cloud import Cloud, inside

FINDINGS, DOUBTS = ("ioffe", "smoother", "bjorck"), {"santurkar": "ioffe", "yao": "smoother"}
FOUND, BY = 68.0, 42.0  # pixels at 1080p, where there is the room
HEAD = 0.13  # of the height: for the question
COLUMNS = {True: (0.2, 0.23, 0.58), False: (0.15, 0.17, 0.59)}
"""In a wide picture or another: where pictures end, and findings and doubts begin, of the width."""
SMALL_DOT = 9.0  # pixels at 1080p
SHORT = 0.32  # of a long step, a short one


class Debate:
    """Three findings and two doubts.

    Args:
        words: of the scene.
        places: of the picture.
        who: takes a finding to its authors and year.
    """

    def __init__(self, words: Words, places: Places, who: Callable[[str], str]) -> None:
        self.words, self.who, self.whole = words, who, places.whole
        self.columns = COLUMNS[self.whole.is_wide]

    def row(self, key: str) -> Box:
        """Of a finding, or of the finding that is doubted."""
        place = FINDINGS.index(DOUBTS.get(key, key))
        top, height = self.whole.top - HEAD * self.whole.height, (1 - HEAD) * self.whole.height / 3
        return Box(
            self.whole.left, self.whole.right, top - (place + 1) * height, top - (place + 0.06) * height
        )

    def picture(self, key: str) -> Box:
        """Where a finding's picture is."""
        return self.row(key).part(right=self.columns[0], bottom=0.06, top=0.94)

    def entry(self, key: str) -> VGroup:
        """What was found, or what is doubted, and below it by whom and when."""
        palette, is_doubt = theme.current(), key in DOUBTS
        _, found_at, doubt_at = self.columns
        left, right = (doubt_at, 1.0) if is_doubt else (found_at, doubt_at - 0.01)
        room = self.row(key).part(left=left, right=right)
        color = palette.muted if is_doubt else palette.text
        ways = [f"#align(left)[{self.words.label(f'{key}_found{short}')}]" for short in ("", "_short")]
        found = fitted(ways, 0.93 * room.width, color, FOUND, NAME)
        by = fitted([self.who(key)], room.width, palette.muted, BY, NAME)
        group = VGroup(found, by).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        return room.put(group, 0.0, 0.5)

    def question(self) -> Mobject:
        """Above all."""
        text = typography.figure(self.words.label("title"), theme.current().text, FOUND)
        return self.whole.put(text, 0.0, 1.0)

    # -- pictures --
    def ring(self) -> Circle:
        """In which inputs are held."""
        box = self.picture("ioffe")
        radius = 0.5 * min(box.width, box.height)
        return Circle(radius, color=theme.current().bowl, stroke_width=6).move_to([*box.center, 0.0])

    def cloud(self, rows: np.ndarray) -> Cloud:
        """Inputs that are held in it."""
        ring = self.ring()
        cloud = Cloud(rows, ring.get_center()[:2], inside(rows, ring.width / 2))
        return cloud.stand(ring.get_center()[:2], inside(rows, ring.width / 2), SMALL_DOT)

    def steps(self) -> VGroup:
        """A short step and a long one."""
        palette, box, made = theme.current(), self.picture("bjorck").part(left=0.08, right=0.92), VGroup()
        for share, color, y in ((SHORT, palette.valley, 0.68), (1.0, palette.bowl, 0.32)):
            step = Line(box.at(0, y), box.at(share, y), color=color, stroke_width=11, buff=0)
            made.add(step.add_tip(tip_length=0.32, tip_width=0.32))
        return made
