"""A scene whose letters are too small, for the tests of what is checked."""

from scenes.kit.beats import BeatScene
from scenes.kit.lettering.typography import label
from scenes.kit.script import words

words._book("en")["Tiny"] = {
    "title": "Tiny",
    "word": "Small print",
    "beats": {
        "empty": {"title": "Nothing", "say": ["Nothing is here."]},
        "print": {"title": "Small print", "say": ["Read this."]},
    },
}


class Tiny(BeatScene):
    """Letters of seven pixels at 480p."""

    def construct(self):
        """Show them in the second beat."""
        with self.beat("empty"):
            pass
        with self.beat("print"):
            self.add(label(self.words.label("word"), self.theme.text, size=20))
