"""A scene that stands still for too long, for the tests of what is checked."""

from manim import Square

from scenes.kit.beats import BeatScene
from scenes.kit.script import words

words._book("en")["Frozen"] = {
    "title": "Frozen",
    "beats": {"stand": {"title": "It stands", "say": ["Here is a square."]}},
}


class Frozen(BeatScene):
    """A square that stands for five seconds after all is said."""

    def construct(self):
        """Wait."""
        self.add(Square(color=self.theme.bowl))
        with self.beat("stand") as beat:
            self.pause(beat.time_left)
            self.pause(5)
