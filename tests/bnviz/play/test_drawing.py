"""The drawing of the page to play with: where things stand, what is hidden; an SVG shows the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest
import resvg_py
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from scenes.kit.surface.trough.seen import Seen
from scenes.kit.surface.trough.solid import WALL
from scenes.kit.surface.trough.window import HALF_WIDTH, SHALLOW, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from tests.bnviz.browser import MISSING
from tests.bnviz.play.drawn import HESSIANS, Pixels, Studio, lato, pixels_of, studio

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)

VIEWS = [(0, 50), (-70, 30), (110, 60), (25, 0), (-150, 70), (40, 12)]
"""Degrees by which the viewer stands aside, and to the vertical."""
START = {"valley": (0.0, 0.0), "between": (2.0, 1.5), "bowl": (0.0, 0.0), "round": (1.5, 3.0)}
BALL = (247, 228, 99)
SCENE = """
const loss = lossOf(LOSSES.%(name)s), start = %(start)s, shown = windowAround(loss, start);
const view = viewFor(shown, { azimuthOffset: %(offset)s, zenith: %(zenith)s });
const scene = { box: { x: 0, y: 0, width: W, height: H }, window: shown, view, palette };
"""
PICTURES = {
    "surface": """const loss = lossOf(LOSSES.between), start = [2, 1.5], shown = windowAround(loss, start);
        const points = runOf(loss, start, 0.027, 60);
        drawSurface(ctx, { box, window: shown, view: viewFor(shown), palette, home: loss.minimizer,
          ghost: start, trail: { points, step: 7.5 }, ball: points[7],
          arrow: { from: points[7], to: points[8] }, labels: ["weight of A", "weight of B"] });""",
    "map": """const loss = lossOf(LOSSES.valley), points = runOf(loss, [0, 0], 7.3e-5, 400);
        drawMap(ctx, { box, loss, around: [0, 0], palette, home: loss.minimizer, ball: points[300],
          ghost: [0, 0], trail: { points, step: 300 }, labels: ["weight of A", "weight of B"] });""",
    "curve": """const loss = lossOf(LOSSES.valley);
        const losses = runOf(loss, [0, 0], 7.3e-5, 9000).map(loss.excess);
        drawLossCurve(ctx, { box, losses, upTo: 6000.5, palette, labels: ["steps", "loss above its minimum"],
          marks: [{ loss: losses[0] * 1e-6, label: "a millionth" }] });""",
    "cliff": """const rates = Array.from({ length: 150 }, (_, i) => 10 ** (-7 + 3.4 * i / 149));
        const steps = rates.map((rate) => rate < 7.4e-5 ? 0.3 / rate : Infinity);
        drawCliff(ctx, { box, rates, steps, current: { rate: 1e-4, steps: Infinity }, limit: 7.4e-5, palette,
          best: { rate: 7e-5, steps: 4300 },
          labels: { below: "learning rate", above: "steps", limit: "never arrives", best: "best" } });""",
    "plane": """const at = (i) => [5 + 3 * Math.sin(i), 100 + 57 * Math.cos(1.7 * i)];
        const points = Array.from({ length: 60 }, (_, i) => at(i));
        drawPlane(ctx, { box, palette, labels: ["feature A", "feature B"],
          sets: ["circle", "square", "triangle", "cross"].map((shape, k) =>
            ({ points: points.slice(15 * k, 15 * k + 15), color: palette.bowl, shape })),
          highlight: { point: points[0], label: "row 1" },
          ellipse: [{ mean: [5, 100], covariance: [[4.5, 20], [20, 1600]] }] });""",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("drawing")) as found:
        yield found


def scene(name: str, offset: float = 0, zenith: float = 50) -> str:
    return SCENE % {"name": name, "start": list(START[name]), "offset": offset, "zenith": zenith}


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


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_is_drawn_outside_the_box(page: Studio, name: str) -> None:
    pixels, _ = page.draw(
        'ctx.fillStyle = "#FF00FF"; ctx.fillRect(0, 0, W, H);'
        f"const box = {{ x: 60, y: 40, width: 280, height: 210 }}; {PICTURES[name]}"
    )
    magenta = (pixels == [255, 0, 255]).all(axis=2)
    inside = np.zeros_like(magenta)
    inside[80:500, 120:680] = True
    assert magenta[~inside].all()
    assert (~magenta)[inside].sum() > 3000


@pytest.mark.parametrize("theme_name", ["dark", "light"])
@pytest.mark.parametrize("name", PICTURES)
def test_an_svg_shows_the_same(page: Studio, name: str, theme_name: str) -> None:
    box = "const box = { x: 0, y: 0, width: W, height: H };"
    pixels, _ = page.draw(f"{box} {PICTURES[name]}", theme=theme_name)
    svg = page.run(
        f"""const [W, H] = [390, 300]; {box}
        const words = {{ title: "A & B", desc: "<what it shows>" }};
        const ctx = new SvgPen(W, H, {{ ...words, background: palette.background }});
        ctx.save();
        {PICTURES[name]}
        return ctx.toString();""",
        theme_name,
    )
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert [root.findtext(f"{space}{tag}") for tag in ("title", "desc")] == ["A & B", "<what it shows>"]
    assert len(svg) < 400_000
    png = resvg_py.svg_to_bytes(svg_string=svg, zoom=2, skip_system_fonts=True, font_files=[str(lato())])
    other = pixels_of(png)
    assert other.shape == pixels.shape
    away = np.abs(other - pixels).mean(axis=2)
    assert away.mean() < 1.5
    assert (away > 60).mean() < 0.004
    rolled = np.abs(
        np.roll(other, 6, axis=1) - pixels
    ).mean()  # the same picture a little aside is not the same
    assert rolled > 2 * away.mean()


@pytest.mark.parametrize("name", PICTURES)
def test_texts_can_be_read(page: Studio, name: str) -> None:
    """Large enough, inside the box, and none over another; on a phone and beside a text."""
    for width, height in ((390, 300), (326, 220), (800, 560)):
        texts = page.run(
            f"""const [W, H] = [{width}, {height}], box = {{ x: 0, y: 0, width: W, height: H }}, texts = [];
            class Listening extends SvgPen {{
              fillText(text, x, y) {{
                const size = Number(/([\\d.]+)px/.exec(this.font)[1]), wide = this.measureText(text).width;
                const left = x - wide * {{ left: 0, center: 0.5, right: 1 }}[this.textAlign];
                const base = y + (this.textBaseline === "middle" ? 0.35 * size : 0);
                const {{ a, b, c, d, e, f }} = this.getTransform();
                const ends = [[left, base], [left + wide, base], [left, base - 0.72 * size],
                  [left + wide, base - 0.72 * size]].map(([p, q]) => [a * p + c * q + e, b * p + d * q + f]);
                texts.push({{ text, size, leans: b !== 0, ends }});
              }}
            }}
            const ctx = new Listening(W, H); {PICTURES[name]} return texts;"""
        )
        assert len(texts) >= 2
        boxes = []
        for text in texts:
            ends = np.array(text["ends"])
            assert text["size"] >= (10 if text["text"].lstrip("\u2212").isdigit() else 12), text
            assert (ends >= -0.5).all() and (ends <= [width + 0.5, height + 0.5]).all(), (text, width)
            boxes.append((text, ends.min(axis=0), ends.max(axis=0)))
        for (one, low, high), (other, low2, high2) in combinations(boxes, 2):
            apart = (low >= high2 - 0.5).any() or (low2 >= high - 0.5).any()
            assert apart or one["leans"] or other["leans"], (one, other, width)


@pytest.mark.parametrize("picture", ["map", "surface"])
def test_a_long_trail_is_few_points(page: Studio, picture: str) -> None:
    """Of 5000 jumps to and fro, or round and round, as many are drawn as can be seen."""
    counted = page.run(
        f"""const [W, H] = [390, 300], box = {{ x: 0, y: 0, width: W, height: H }};
        let lines = 0;
        class Counting extends SvgPen {{ lineTo() {{ lines += 1; }} }}
        const draw = (points, trail) => {{
          const ctx = new Counting(W, H), loss = lossOf(LOSSES.valley), shown = windowAround(loss, [0, 0]);
          lines = 0;
          if ("{picture}" === "map") drawMap(ctx, {{ box, loss, around: [0, 0], palette, trail }});
          else drawSurface(ctx, {{ box, window: shown, view: viewFor(shown), palette, trail }});
          return lines;
        }};
        const loss = lossOf(LOSSES.valley);
        const all = (point) => Array.from({{ length: 5001 }}, (_, k) => point(k));
        const round = all((k) => [2 + 1.5 * Math.sin(k), 3 + 1.5 * Math.cos(k)]);
        const slow = all((k) => [2 * (k / 5000), 3 * (k / 5000) ** 2]);
        const runs = [runOf(loss, [0, 0], 7.3e-5, 5000), round, slow];
        return [draw(null, null), ...runs.map((points) => draw(points, {{ points, step: 4999.5 }}))];"""
    )
    none, to_and_fro, round_and_round, slow = counted
    assert none < 6000
    assert 100 < to_and_fro - none < 3000
    assert 100 < slow - none < 3000
    assert 300 < round_and_round - none < 60_000


@pytest.mark.parametrize("steps", [5, 24, 400, 5000])
def test_a_run_that_flies_off_leaves_the_picture_whole(page: Studio, steps: int) -> None:
    """Its jumps are lines across the valley, whatever numbers they end at; no area is colored by them."""
    for picture in ("surface", "map"):
        _, (changed, svg) = page.draw(
            f"""
            const loss = lossOf(LOSSES.valley), shown = windowAround(loss, [0, 0]);
            const points = runOf(loss, [0.2, 2.6], 8.2e-5, {steps});
            const box = {{ x: 0, y: 0, width: W, height: H }};
            const draw = (pen, more) => "{picture}" === "map"
              ? drawMap(pen, {{ box, loss, window: shown, palette, ...more }})
              : drawSurface(pen, {{ box, window: shown, view: viewFor(shown), palette, ...more }});
            draw(ctx, {{}});
            const before = ctx.getImageData(0, 0, W * ratio, H * ratio).data;
            const [from, to] = points.slice(-2);
            const more = {{ trail: {{ points }}, ball: to, arrow: {{ from, to }} }};
            draw(ctx, more);
            const after = ctx.getImageData(0, 0, W * ratio, H * ratio).data;
            let changed = 0;
            for (let i = 0; i < after.length; i += 4) if (Math.abs(after[i] - before[i]) > 8) changed += 1;
            const pen = new SvgPen(W, H);
            draw(pen, more);
            return [changed / (W * H * ratio * ratio), pen.toString()];"""
        )
        assert 0.001 < changed < 0.04, picture
        assert "NaN" not in svg and "Infinity" not in svg
        ElementTree.fromstring(svg)


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


def test_a_map_and_a_plane_give_back_what_is_touched(page: Studio) -> None:
    found = page.draw(
        """const box = { x: 5, y: 8, width: 370, height: 280 }, loss = lossOf(LOSSES.bowl), far = [];
        const map = drawMap(ctx, { box, loss, around: [0, 0], palette });
        const sets = [{ points: [[0, 0], [3, 40]], color: palette.bowl }];
        const plane = drawPlane(ctx, { box, palette, aspect: "equal", sets });
        for (const w of [[0, 0], [4.9, 173.4], [-60, 200]]) {
          const [back, point] = [map.toWeights(...map.toPicture(w)), plane.toData(...plane.toPicture(w))];
          far.push(Math.hypot(back[0] - w[0], back[1] - w[1]), Math.hypot(point[0] - w[0], point[1] - w[1]));
        }
        const [a, b, c] = [[0, 0], [1, 0], [0, 1]].map(plane.toPicture);
        return [far, map.toWeights(1, 1), map.isSeen([0, 0]), b[0] - a[0], a[1] - c[1]];"""
    )[1]
    far, outside, is_seen, right, up = found
    assert max(far) < 1e-6 * 200
    assert outside is None and is_seen is True
    assert right == pytest.approx(up, rel=1e-9)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 3, "0"),
        (-0.25, 3, "\u22120.25"),
        (1234, 3, "1234"),
        (123456.7, 3, "123\u2009457"),
        (6352, 4, "6352"),
        (0.00007398, 3, "7.4\u2009\u00b7\u200910\u207b\u2075"),
        (float("inf"), 3, "\u221e"),
    ],
)
def test_numbers_are_written_as_in_print(page: Studio, value: float, digits: int, text: str) -> None:
    number = "Infinity" if value == float("inf") else value
    assert page.run(f"return writtenShort({number}, {digits});") == text


def test_a_slow_machine_draws_coarser_and_a_quick_one_does_not(page: Studio) -> None:
    quick, slow, pause = page.run(
        """const after = (frames) => frames.reduce(pacedBy, FULL_PACE);
        return [Array(60).fill(16.7), Array(60).fill(40), [40, 16, 40, 40, 1000, 16, 40]]
          .map((frames) => finenessOf(after(frames), 3));"""
    )
    assert quick == {"ratio": 3, "quality": 1} == pause
    assert slow["ratio"] < 1.5 and slow["quality"] < 1
