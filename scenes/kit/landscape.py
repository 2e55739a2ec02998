"""Floor, surface, lines, path and ball of one loss, put together in the order in which they are drawn."""

from __future__ import annotations

from manim import Group, ValueTracker

from bn_math.stage import Stage
from scenes.kit.ball import Ball, Path, Trail
from scenes.kit.contours import ContourShadow, IsoLines
from scenes.kit.floor import DEPTH, FloorGrid, FloorNumbers
from scenes.kit.space import Viewpoint
from scenes.kit.surface import LossSurface
from scenes.kit.window import LossWindow


class Landscape(Group):
    """One stage's loss as a picture. ``clock`` is the step that the ball has reached."""

    def __init__(self, stage: Stage, view: Viewpoint, names: tuple[str, str], rings: int = 36, spokes: int = 120) -> None:
        self.stage, self.view = stage, view
        self.window = LossWindow.around(stage.loss, stage.start)
        self.clock = ValueTracker(0)
        self.floor = FloorGrid(self.window, view)
        self.numbers = FloorNumbers(self.window, view, names)
        self.surface = LossSurface(self.window, view, rings, spokes)
        self.shadow = ContourShadow(self.surface, DEPTH)
        self.iso_lines = IsoLines(self.surface)
        self.path = Path(self.window, stage.descent.points)
        self.trail = Trail(self.surface, self.path, self.clock)
        self.ball = Ball(self.surface, self.path, self.clock)
        super().__init__(self.floor, self.numbers, self.shadow, self.surface, self.iso_lines)
