"""A scene that flashes, for the tests of what is checked."""

from manim import WHITE, FullScreenRectangle

from scenes.kit.beats import BeatScene
from scenes.kit.script import words

words._book("en")["Flashing"] = {
    "title": "Flashing",
    "beats": {
        "calm": {"title": "Calm", "say": ["Nothing happens."]},
        "flash": {"title": "Lightning", "say": ["Look away."]},
    },
}


class Flashing(BeatScene):
    """The whole picture becomes white and dark again, five times a second."""

    def construct(self):
        """Flash for a second."""
        sheet = FullScreenRectangle(stroke_width=0, fill_color=WHITE, fill_opacity=1)
        with self.beat("calm"):
            pass
        with self.beat("flash"):
            for _ in range(5):
                self.add(sheet)
                self.pause(0.1)
                self.remove(sheet)
                self.pause(0.1)
