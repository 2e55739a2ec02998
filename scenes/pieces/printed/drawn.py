"""Pictures of the lesson that no scene of the film shows: a beat each, for figures made of several."""

from __future__ import annotations

from manim import ValueTracker

from bn_math.lesson.stage import Stage
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script import words
from scenes.pieces.printed.race_chart import RaceChart
from scenes.pieces.race.race_map import RaceMap

PLAIN = "gradient_descent"
MAP, CHART = Box(-3.0, 3.0, -2.0, 2.8), Box(-3.6, 3.6, -3.2, 3.2)
ABOVE = 0.17  # picture units from a map to its name
RACED = "race_raw", "race_standardized"


class Drawn(BeatScene):
    """Loss and descent at each of the four stages, and the optimizers' races."""

    def construct(self) -> None:
        """One picture after the other, each alone."""
        lesson = self.lesson
        stages = dict(zip(("raw", "centered", "scaled", "standardized"), lesson.stages, strict=True))
        for name, stage in stages.items():
            with self.beat(name):
                self.show_the_descent(name, stage)
            self.clear()
        race = (lesson.raw, lesson.standardized)
        rules = words.current("OptimizerRace")
        labels = {name: rules.label(name) for name in lesson.raw.optimizer_steps}
        axes = self.words.label("race_steps"), self.words.label("race_distance")
        for name, stage in zip(RACED, race, strict=True):
            with self.beat(name):
                self.add(RaceChart(stage, CHART, labels, axes))
            self.clear()

    def show_the_descent(self, name: str, stage: Stage) -> None:
        """The loss as a map, and gradient descent on it at theory's best rate."""
        color = self.theme.bowl if name == "standardized" else self.theme.valley
        drawn = RaceMap(stage, MAP)
        called = typography.name(self.words.label(name, steps=float(stage.steps or 0)), color)
        typography.align_baseline(called, MAP.top + ABOVE, left=MAP.left)
        trail = drawn.trail(PLAIN, ValueTracker(drawn.last(PLAIN)))
        self.add(drawn.map, called, trail, drawn.start)
