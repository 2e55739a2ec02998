"""A scene of one beat, for the tests of publishing."""

from manim import Circle, Create

from scenes.kit.beats import BeatScene
from scenes.kit.script import words

words._book("en")["Other"] = {
    "title": "Other",
    "beats": {"circle": {"title": "A circle", "say": ["Here is a circle."]}},
}


class Other(BeatScene):
    """A circle appears."""

    def construct(self):
        with self.beat("circle"):
            self.play(Create(Circle(color=self.theme.valley)), run_time=0.5)
