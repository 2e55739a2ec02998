"""The shapes as they are drawn: against stored pictures, in both themes, in files, and while they move.

After a change that is meant to be seen: ``BNVIZ_RENEW=1``, look at what has changed in ``control``.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import cairo
import numpy as np
import pytest
from manim import FadeIn, ValueTracker, linear
from PIL import Image

from bn_math import Lesson
from bnviz.review.reference_frames import HEIGHT, WIDTH, differs
from bnviz.run import png
from scenes.kit import theme
from scenes.kit.drawing.layers import moving_members
from scenes.kit.drawing.page_canvas import ImageMeshCanvas, PageCamera, PageCanvas, in_units
from scenes.kit.palettes import PALETTES
from scenes.kit.surface.trough.arrow import LyingArrow, downhill
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.loss_map import LossMap
from scenes.kit.surface.trough.shading import Shading
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import SHALLOW, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint

CONTROL = Path(__file__).parent / "control"
START = np.zeros(2)


def valley(lesson: Lesson) -> list[Any]:
    """A long way into the descent."""
    window = CutWindow.around(lesson.raw.loss, START, depth=SHALLOW)
    view = Viewpoint(azimuth=window.azimuth(), zenith=45, perspective=0.06, center=(0, -0.2), scale=1.2)
    trough, clock = Trough(window, view), ValueTracker(240.6)
    run = lesson.raw.descent.points
    return [trough, RunTrail(trough, run, clock), CutBall(trough, run, clock)]


def bowl(lesson: Lesson) -> list[Any]:
    """All seven steps."""
    window = CutWindow.around(lesson.standardized.loss, START, depth=SHALLOW)
    view = Viewpoint(azimuth=55, zenith=42, perspective=0.06, center=(0, 0.2), scale=1.5)
    trough, run = Trough(window, view), lesson.standardized.descent.points
    clock = ValueTracker(len(run) - 1)
    return [trough, RunTrail(trough, run, clock), CutBall(trough, run, clock)]


def between(lesson: Lesson) -> list[Any]:
    """On the way from the one to the other: the ball is parked, the arrow on surface and floor."""
    window = CutWindow.around(lesson.standardizing.loss(0.72), START)
    view = Viewpoint(azimuth=window.azimuth(), zenith=55, perspective=0.06, center=(0, 0), scale=1.3)
    trough = Trough(window, view)
    ends = downhill(window.loss, START, 1.0 / window.scale)  # type: ignore[arg-type]
    below = LyingArrow(trough.floor, ends, color=theme.current().muted)
    return [trough, below, LyingArrow(trough, ends), CutBall(trough, START[None], ValueTracker(0))]


def maps(lesson: Lesson) -> list[Any]:
    """Two runs on a flat map, the one in another color, with a dash and a mark of its own."""
    window = CutWindow.around(lesson.raw.loss, START, half_width=2.0, length=1.6)
    map_, stage = LossMap(window, (0.0, 0.0), (7.0, 6.0)), lesson.raw
    found: list[Any] = [map_]
    styles: dict[str, Any] = {
        "gradient_descent": {"color": theme.current().sheen},
        "adam": {
            "color": theme.current().loss,
            "dash": (20, 12),
            "mark": np.array([[-1, -1], [1, -1], [0, 1]]),
        },
    }
    for name, style in styles.items():
        run = stage.descend(stage.optimizers[name], 400).points
        found.append(RunTrail(map_, run, ValueTracker(399.5), head=15, **style))
    return found


STUDIES = {study.__name__: study for study in (valley, bowl, between, maps)}


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("study", STUDIES)
def test_it_looks_as_its_control(study: str, name: str, lesson: Lesson, picture_of: Any) -> None:
    theme.use(theme.named(name))
    picture = picture_of(*STUDIES[study](lesson), width=WIDTH, height=HEIGHT, name=name)
    path = CONTROL / f"{study}-{name}.png"
    if os.environ.get("BNVIZ_RENEW"):
        png.write(picture, path)
    assert differs(png.read(path), picture) is None


def test_no_control_is_left_of_a_study_that_is_gone() -> None:
    expected = {f"{study}-{name}.png" for study in STUDIES for name in PALETTES}
    assert {path.name for path in CONTROL.iterdir()} == expected


def test_drawn_twice_it_is_the_same_to_the_last_bit(lesson: Lesson, picture_of: Any) -> None:
    for study in STUDIES.values():
        np.testing.assert_array_equal(picture_of(*study(lesson)), picture_of(*study(lesson)))


def test_after_a_detour_it_is_the_same_to_the_last_bit(lesson: Lesson, picture_of: Any) -> None:
    mobjects = between(lesson)
    before, view = picture_of(*mobjects), mobjects[0].view
    azimuth = float(np.degrees(view.points[0, 0]))
    view.look(azimuth=10)
    assert (picture_of(*mobjects) != before).any()
    view.look(azimuth=azimuth)
    np.testing.assert_allclose(picture_of(*mobjects).astype(int), before, atol=1)


@pytest.mark.parametrize("name", PALETTES)
def test_the_silhouette_is_apart_from_the_background(name: str, lesson: Lesson, picture_of: Any) -> None:
    palette = theme.named(name)
    rim, background = (np.array(color.to_rgb()) for color in (palette.rim, palette.background))
    linear_ = [np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) for c in (rim, background)]
    light, dark = sorted((float(c @ [0.2126, 0.7152, 0.0722]) for c in linear_), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_the_shadow_is_darkest_below_the_shape_and_gone_at_the_floor_s_edge(lesson: Lesson) -> None:
    trough = bowl(lesson)[0]
    seen, level = trough.seen(), trough.floor.level
    shadow = seen.shading.shadow(level, np.array([[0.0, 0.0], [0.0, 6.0], [6.0, -6.0]]))
    assert shadow[0] > 0.9 and shadow[1:].max() < 0.05
    line = np.linspace(0, 6, 400)[:, None] * np.array([0.8, -0.6])
    steps = np.diff(seen.shading.shadow(level, line))
    assert np.abs(steps).max() < 0.03  # soft everywhere


def test_the_inside_is_brighter_than_the_outside(lesson: Lesson) -> None:
    seen = bowl(lesson)[0].seen()
    shading: Shading = seen.shading
    places = seen.outside.mean(axis=0)[None]
    assert shading.inside(places).mean() > 1.3 * shading.outside(places).mean()


# -- in files --


def page_of(mobjects: list[Any], kind: str, folder: Path) -> Any:
    """The same picture from a file, as pixels on white, by a program that is not ours."""
    import pypdfium2
    import resvg_py

    path = folder / f"page.{kind}"
    surface = (cairo.PDFSurface if kind == "pdf" else cairo.SVGSurface)(str(path), 640, 360)
    context = cairo.Context(surface)
    page = PageCanvas(context) if kind == "pdf" else ImageMeshCanvas(context, 45.0)
    context.set_source_rgb(1, 1, 1)
    context.paint()
    with in_units(context, 640, 360, 128 / 9):
        PageCamera(page).capture_mobjects(mobjects)
    surface.finish()
    if kind == "pdf":
        image = pypdfium2.PdfDocument(path)[0].render(scale=1).to_pil()
    else:
        svg = path.read_text(encoding="utf-8").replace("640pt", "640").replace("360pt", "360")
        image = Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_string=svg, width=640)))
    return np.asarray(image.convert("RGB").resize((640, 360)))


@pytest.mark.parametrize("kind", ["pdf", "svg"])
@pytest.mark.parametrize("study", STUDIES)
def test_a_file_has_the_same_outline_and_nearly_the_same_colors(
    kind: str, study: str, lesson: Lesson, picture_of: Any, tmp_path: Path
) -> None:
    theme.use(theme.named("light"))
    mobjects = STUDIES[study](lesson)
    film = picture_of(*mobjects, width=640, height=360, name="light").astype(float)
    theme.use(theme.named("light"))
    page = page_of(mobjects, kind, tmp_path).astype(float)
    far = np.abs(film - page).max(axis=-1)
    assert np.mean(far > 40) < 0.012, np.mean(far > 40)
    assert far.mean() < 3.0
    assert (tmp_path / f"page.{kind}").stat().st_size < 700_000


# -- while it moves --


def test_a_window_given_as_a_function_is_asked_when_its_tracker_moves(lesson: Lesson) -> None:
    share, asked = ValueTracker(0.0), []

    def window() -> CutWindow:
        asked.append(share.get_value())
        return CutWindow.around(lesson.standardizing.loss(float(share.get_value())), START)

    trough = Trough(window, Viewpoint(), follows=(share,))
    for _ in range(3):
        assert not trough.seen().solid.inner.is_closed
    share.set_value(1.0)
    assert trough.seen().solid.inner.is_closed
    assert asked == [0.0, 1.0]


def test_everything_on_it_moves_with_the_view_and_the_window(lesson: Lesson) -> None:
    share = ValueTracker(0.0)
    window = CutWindow.around(lesson.raw.loss, START)
    trough = Trough(lambda: window, Viewpoint(), follows=(share,))
    ball = CutBall(trough, START[None], ValueTracker(0))
    arrow = LyingArrow(trough.floor, (START, START + 1))
    scene = [trough, arrow, ball]
    for source in (share, trough.view):
        animation = source.animate(rate_func=linear).shift([0.1, 0, 0]).build()
        moving = moving_members(scene, [animation])
        assert {trough, trough.floor, trough.near, arrow, ball} <= set(moving)


def test_it_fades_as_a_whole(lesson: Lesson, picture_of: Any) -> None:
    trough = bowl(lesson)[0]
    animation = FadeIn(trough)
    animation.begin()
    animation.interpolate(0.5)
    assert {part.opacity for part in trough.get_family()} == {0.5}
    pale = picture_of(trough)
    animation.finish()
    assert {part.opacity for part in trough.get_family()} == {1.0}
    assert (picture_of(trough) != pale).any()
    nothing = picture_of(trough.fade(1))
    assert (nothing == nothing[0, 0]).all()


def test_a_copy_draws_the_same_and_keeps_its_own_parts(lesson: Lesson, picture_of: Any) -> None:
    trough = bowl(lesson)[0]
    copied = trough.copy()
    assert copied.floor is not trough.floor and copied.floor in copied.submobjects
    np.testing.assert_array_equal(picture_of(copied), picture_of(trough))
