"""A scene of two short beats, for the tests of publishing."""

from manim import RIGHT, Create, Square

from scenes.kit.beats import BeatScene
from scenes.kit.lettering.typography import label
from scenes.kit.script import words

words._book("en")["Small"] = {
    "title": "Small",
    "word": "left or right",
    "beats": {
        "appear": {"title": "A square", "say": ["A square & its <side>."]},
        "move": {"title": "It moves", "say": ["It moves."]},
    },
}


class Small(BeatScene):
    """A square appears, and moves."""

    def construct(self):
        square = Square(side_length=2, color=self.theme.bowl, fill_opacity=1)
        with self.beat("appear"):
            self.add(label(self.words.label("word")).to_edge(RIGHT, buff=1.5))
            self.play(Create(square), run_time=0.4)
        with self.beat("move"):
            self.play(square.animate.shift(RIGHT), run_time=0.5)
