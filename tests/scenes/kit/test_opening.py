"""Valley and bowl enter alike: from the map on the floor, seen from one side and then from another."""

from __future__ import annotations

from manim import tempconfig

from scenes.kit import opening, settings
from scenes.kit.beats import BeatScene
from scenes.kit.settings import Settings
from scenes.kit.surface.landscape import Landscape


class Entering(BeatScene):
    """Lets the raw loss enter under another scene's words."""

    def construct(self) -> None:
        names = (self.words.label("weight_a"), self.words.label("weight_b"))
        self.landscape = Landscape(self.lesson.raw, opening.viewpoint(), names)
        self.azimuth_before = self.landscape.view.points[0, 0]
        with self.beat("surface") as beat:
            subject = self.words.label("subject")
            self.heading, self.rim = opening.enter(self, beat, self.landscape, subject, self.theme.valley)


def test_the_surface_has_risen_and_the_camera_has_turned(tmp_path) -> None:
    settings.use(Settings(voice=False))
    options = {
        "media_dir": str(tmp_path),
        "pixel_width": 160,
        "pixel_height": 90,
        "save_last_frame": True,
        "verbosity": "ERROR",
        "progress_bar": "none",
    }
    scene_type = type("Valley", (Entering,), {})
    with tempconfig(options):
        scene = scene_type()
        scene.render()
    landscape = scene.landscape
    assert landscape.surface.lift == 1.0
    assert landscape.view.points[0, 0] != scene.azimuth_before
    shown = scene.get_mobject_family_members() + scene.mobjects
    assert {scene.rim, scene.heading[0]} <= set(shown)
    assert [beat.name for beat in scene.beats] == ["surface"]
