"""A scene in which everything is as it should be, for the tests of publishing."""

from manim import LEFT, RIGHT, Create, Square

from scenes.kit.beats import BeatScene
from scenes.kit.lettering.typography import label, title
from scenes.kit.script import words

words._book("en")["Right"] = {
    "title": "Right",
    "word": "left or right",
    "beats": {
        "move": {
            "title": "It moves",
            "say": [
                "A square appears, and travels slowly across the picture.",
                "Nothing else happens in this little scene, and that is exactly as it should be.",
            ],
        },
    },
}


class Right(BeatScene):
    """A square moves while two sentences are said."""

    def construct(self):
        """Move it."""
        square = Square(side_length=1, color=self.theme.bowl).shift(4 * LEFT)
        self.add(
            title(self.words.title).shift([0, 2.5, 0]), label(self.words.label("word")).shift([0, -2, 0])
        )
        with self.beat("move") as beat:
            self.play(Create(square), run_time=0.4)
            self.play(square.animate.shift(4 * RIGHT), run_time=2)
            beat.next_sentence()
            self.play(square.animate.shift(4 * RIGHT), run_time=2)
