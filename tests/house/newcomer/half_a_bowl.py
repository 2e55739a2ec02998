"""A scene that nobody needs: how a newcomer's first one may look."""

from manim import Create, Square

from scenes.kit.beats import BeatScene
from scenes.kit.lettering import layout, typography


class HalfABowl(BeatScene):
    """A square, and what it is called."""

    def construct(self) -> None:
        """The square."""
        with self.beat("square"):
            square = Square(side_length=2, color=self.theme.bowl, fill_opacity=1)
            self.add(layout.heading(typography.title(self.words.title)))
            self.play(Create(square), run_time=0.4)
