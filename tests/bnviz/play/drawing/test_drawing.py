"""The loss that is cut out on the page to play with: where things stand, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from scenes.kit.surface.trough.seen import Seen
from scenes.kit.surface.trough.solid import WALL
from scenes.kit.surface.trough.window import HALF_WIDTH, SHALLOW, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from tests.bnviz.browser import MISSING
from tests.bnviz.play.drawing.drawn import HESSIANS, START, Pixels, Studio, scene, studio

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)

VIEWS = [(0, 50), (-70, 30), (110, 60), (25, 0), (-150, 70), (40, 12)]
"""Degrees by which the viewer stands aside, and to the vertical."""
BALL = (247, 228, 99)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("drawing")) as found:
        yield found


@dataclass(frozen=True)
class Form:
    """A loss as the film's own window asks for it."""

    hessian: NDArray[np.float64]
    minimizer: NDArray[np.float64]


def films_window(name: str) -> CutWindow:
    """The film's own cut of the same loss."""
    hessian, minimizer = (np.array(part, dtype=float) for part in HESSIANS[name])
    return CutWindow.around(Form(hessian, minimizer), np.array(START[name]), depth=SHALLOW)


def films_view(view: dict[str, float], frame: dict[str, float]) -> Viewpoint:
    """The film's own viewpoint, from which all stands where the page has it; y runs upwards there."""
    place = (frame["x"], -frame["y"])
    return Viewpoint(view["azimuth"], view["zenith"], 1 / view["distance"], place, frame["scale"])


@pytest.mark.parametrize("name", HESSIANS)
def test_a_loss_is_cut_out_as_in_the_film(page: Studio, name: str) -> None:
    found = page.run(
        f"const W = 390, H = 300; {scene(name)}"
        "const { level, scale, top, form, length, curvatures } = shown;"
        "return { level, scale, top, form, length, curvatures, there: shown.lifted(shown.ground([3, 7])) };"
    )
    film = films_window(name)
    assert found["form"] == pytest.approx([film.form[0, 0], film.form[0, 1], film.form[1, 1]], rel=1e-9)
    assert found["curvatures"] == pytest.approx(film.curvatures, rel=1e-9)
    assert found["there"] == pytest.approx(film.place(np.array([3.0, 7.0])), rel=1e-9)
    for part in ("level", "scale", "top", "length"):
        assert found[part] == pytest.approx(getattr(film, part), rel=1e-9), part


@pytest.mark.parametrize("name", HESSIANS)
def test_a_place_in_the_picture_is_found_again(page: Studio, name: str) -> None:
    """At every place that is seen, from everywhere; and what is not seen is never given back."""
    for offset, zenith in VIEWS:
        _, (total, seen, worst, wrong) = page.draw(
            scene(name, offset, zenith)
            + """
            const handle = drawSurface(ctx, scene), reach = 2.9 / shown.scale;
            let [total, seen, worst, wrong] = [0, 0, 0, 0];
            for (let i = 0; i <= 40; i += 1) for (let j = 0; j <= 40; j += 1) {
              const w = [loss.minimizer[0] + (i / 20 - 1) * reach, loss.minimizer[1] + (j / 20 - 1) * reach];
              const [x, y, z] = shown.lifted(shown.ground(w));
              const along = Math.abs(shown.directions[0][0] * x + shown.directions[0][1] * y);
              if (z > shown.top || along > shown.length) continue;
              total += 1;
              const back = handle.toWeights(...handle.toPicture(w));
              const off = back ? Math.hypot(back[0] - w[0], back[1] - w[1]) / reach : Infinity;
              if (handle.isSeen(w)) { seen += 1; worst = Math.max(worst, off); }
              else if (off < 1e-4) wrong += 1;
            }
            return [total, seen, worst, wrong];"""
        )
        assert worst is not None and worst < 1e-6, (offset, zenith)
        assert wrong == 0, (offset, zenith)
        assert total > 100 and (seen == total if zenith == 0 else 0.1 * total < seen <= total), (
            offset,
            zenith,
        )


def mask(outlines: list[NDArray[np.float64]], pixels: Pixels, ratio: int) -> Image.Image:
    """Where outlines of the film's, y upwards, lie in a picture."""
    image = Image.new("L", (pixels.shape[1], pixels.shape[0]))
    for outline in outlines:
        if len(outline) > 2:
            ImageDraw.Draw(image).polygon([(x * ratio, -y * ratio) for x, y in outline], fill=255)
    return image


@pytest.mark.parametrize(("offset", "zenith"), VIEWS)
@pytest.mark.parametrize("name", ["valley", "bowl"])
def test_the_outline_is_exact(page: Studio, name: str, offset: float, zenith: float) -> None:
    """The film's own: a pixel beyond it nothing is drawn, and a pixel within it nothing is left out."""
    pixels, (view, frame) = page.draw(
        scene(name, offset, zenith)
        + """
        const floorless = ["shade", "panel", "grid", "rule"].map((role) => [role, palette.background]);
        const bare = { ...palette, ...Object.fromEntries(floorless) };
        const { frame } = drawSurface(ctx, { ...scene, palette: bare });
        return [view, frame];"""
    )
    seen = Seen(films_window(name), films_view(view, frame), WALL * HALF_WIDTH)
    assert seen.sight.view.scale_factor == frame["scale"]
    shape = mask(
        [*seen.inside, seen.outside, *(seen.rim[:1] if seen.solid.inner.is_closed else seen.rim)], pixels, 2
    )
    for part in [*seen.near_rim, seen.face]:
        shape.paste(255, mask=mask([part], pixels, 2))
    background = np.array([0x0F, 0x12, 0x16])
    drawn = np.abs(pixels - background).max(axis=2) > 6  # lines of the floor are rounded
    wide = np.asarray(shape.filter(ImageFilter.MaxFilter(5))) > 0
    narrow = np.asarray(shape.filter(ImageFilter.MinFilter(5))) > 0
    assert narrow.sum() > 20_000
    assert not (drawn & ~wide).any()
    assert (narrow & ~drawn).sum() <= 0.0002 * narrow.sum()


@pytest.mark.parametrize("name", HESSIANS)
def test_the_ball_is_where_it_is_said_to_be(page: Studio, name: str) -> None:
    pixels, places = page.draw(
        scene(name)
        + """
        const places = [];
        for (const share of [-0.8, -0.3, 0.2, 0.7]) {
          const ball = loss.minimizer.map((middle, axis) => middle + share * (start[axis] - middle));
          const handle = drawSurface(ctx, { ...scene, ball });
          const [x, y] = handle.toPicture(ball);
          const [r, g, b] = ctx.getImageData(x * ratio, (y - 2) * ratio, 1, 1).data;
          places.push([handle.isSeen(ball), r, g, b]);
        }
        return places;"""
    )
    seen = [color for is_seen, *color in places if is_seen]
    assert len(seen) >= 2
    for color in seen:
        assert color[0] > 1.5 * color[2] and color[1] > 1.3 * color[2], (color, BALL)


def test_what_the_near_wall_hides_is_hidden(page: Studio) -> None:
    """A ball, a trail and an arrow behind it change no pixel; on the far wall they do."""
    for side, is_changed in ((1, False), (-1, True)):
        _, (changed, seen) = page.draw(
            scene("bowl", 0, 70)
            + f"""
            const towards = [Math.cos(view.azimuth * Math.PI / 180), Math.sin(view.azimuth * Math.PI / 180)];
            const there = (share) => shown.weights(towards.map((part) => {side} * share * part));
            const [ball, home] = [there(1.2), there(1.05)];
            drawSurface(ctx, scene);
            ctx.fillRect(0, 0, W, H);
            const handle = drawSurface(ctx, scene);
            const before = ctx.getImageData(0, 0, W * ratio, H * ratio).data;
            ctx.fillRect(0, 0, W, H);
            drawSurface(ctx, {{ ...scene, ball, home, trail: {{ points: [there(0.9), there(1.2)] }} }});
            const after = ctx.getImageData(0, 0, W * ratio, H * ratio).data;
            return [before.reduce((sum, part, i) => sum + (part !== after[i]), 0), handle.isSeen(ball)];"""
        )
        assert seen is is_changed
        assert (changed > 500) is is_changed and (changed == 0) is not is_changed


@pytest.mark.parametrize("name", ["valley", "bowl"])
def test_what_stands_still_is_drawn_again_as_it_was(page: Studio, name: str) -> None:
    """Frame after frame; and what has changed is not."""
    _, differences = page.draw(
        scene(name)
        + """
        const box = { x: 15, y: 10, width: 360, height: 280 }, more = { ...scene, box, labels: ["A", "B"] };
        const [one, other] = [[0.5, 0.5], [0.3, -0.4]].map((place) => shown.weights(place));
        const frame = (changed) => {
          ctx.fillRect(0, 0, W, H);
          drawSurface(ctx, { ...more, ball: one, ...changed });
          return ctx.getImageData(0, 0, W * ratio, H * ratio).data;
        };
        const aside = viewFor(shown, { azimuthOffset: 3 }), light = { ...PALETTES.light };
        const away = (a, b) => a.reduce((sum, part, i) => sum + (Math.abs(part - b[i]) > 2), 0);
        const first = frame({});
        const changes = [{}, {}, {}, { ball: other }, {}, { view: aside }, {}, { palette: light }, {},
          { lines: 3 }, { box: { ...box, x: 25 } }, {}, { arrow: { from: one, to: other } }, {}];
        return changes.map((changed) => away(first, frame(changed)));"""
    )
    same = (0, 1, 2, 4, 6, 8, 11, 13)
    assert all((count < 20) is (k in same) for k, count in enumerate(differences)), differences
    assert min(count for k, count in enumerate(differences) if k not in same) > 300


def test_a_turned_view_has_its_limits(page: Studio) -> None:
    views = page.run(
        f"""const W = 390, H = 300; {scene("valley")}
        const far = [[0, 0], [90, -20], [-5000, 4000], [5000, -4000]].map(([dx, dy]) => turned(view, dx, dy));
        return far.map(({{ azimuth, zenith, axis }}) => [azimuth - axis, zenith]);"""
    )
    assert views[0] == [0, 50]
    assert views[1][0] < 0 and 50 < views[1][1] < 70
    assert views[2] == [160, 0] and views[3] == [-160, 70]


def test_a_trough_is_seen_along_its_axis_and_the_start_on_the_far_wall(page: Studio) -> None:
    for name in HESSIANS:
        view, away = page.run(f"const W = 390, H = 300; {scene(name)} return [view, shown.ground(start)];")
        towards = np.array([np.cos(np.radians(view["azimuth"])), np.sin(np.radians(view["azimuth"]))])
        assert towards @ np.array(away) < 0, name
        if name == "valley":
            flat = films_window(name).directions[0]
            assert np.degrees(np.arccos(abs(towards @ flat))) == pytest.approx(18, abs=3)
