"""A scene that fails half way, for the tests of publishing."""

from manim import Circle, Create

from scenes.kit.beats import BeatScene
from scenes.kit.script import words

words._book("en")["Broken"] = {
    "title": "Broken",
    "beats": {"circle": {"title": "A circle", "say": ["Here is a circle."]}},
}


class Broken(BeatScene):
    """A circle appears, then everything ends."""

    def construct(self):
        with self.beat("circle"):
            self.play(Create(Circle()), run_time=0.5)
            raise RuntimeError("the circle does not close")
