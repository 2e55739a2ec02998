"""Every picture of the page to play with: in its box, as an SVG, its texts, and long runs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import resvg_py

from tests.bnviz.browser import MISSING
from tests.bnviz.play.drawing.drawn import PICTURES, Studio, lato, pixels_of, studio

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("pictures")) as found:
        yield found


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


LISTENING = """
function textsOf(W, H, draw) {
  const texts = [];
  class Listening extends SvgPen {
    fillText(text, x, y) {
      const size = Number(/([\\d.]+)px/.exec(this.font)[1]), wide = this.measureText(text).width;
      const left = x - wide * { left: 0, center: 0.5, right: 1 }[this.textAlign];
      const base = y + (this.textBaseline === "middle" ? 0.35 * size : 0);
      const { a, b, c, d, e, f } = this.getTransform();
      const [right, top] = [left + wide, base - 0.72 * size];
      const corners = [[left, base], [right, base], [left, top], [right, top]];
      const ends = corners.map(([p, q]) => [a * p + c * q + e, b * p + d * q + f]);
      texts.push({ text, size, leans: b !== 0, ends });
    }
  }
  draw(new Listening(W, H));
  return texts;
}
"""


def check_texts(texts: list[dict[str, Any]], width: int, height: int) -> None:
    """Large enough, inside the picture, and none over another."""
    boxes = []
    for text in texts:
        ends = np.array(text["ends"])
        assert text["size"] >= (10 if text["text"].lstrip("\u2212").isdigit() else 12), text
        assert (ends >= -0.5).all() and (ends <= [width + 0.5, height + 0.5]).all(), (text, width)
        boxes.append((text, ends.min(axis=0), ends.max(axis=0)))
    for (one, low, high), (other, low2, high2) in combinations(boxes, 2):
        apart = (low >= high2 - 0.5).any() or (low2 >= high - 0.5).any()
        assert apart or one["leans"] or other["leans"], (one, other, width)


@pytest.mark.parametrize("name", PICTURES)
def test_texts_can_be_read(page: Studio, name: str) -> None:
    """On a phone, in an article, and on a desk."""
    for width, height in ((390, 300), (326, 220), (800, 560)):
        texts = page.run(
            f"""{LISTENING} const [W, H] = [{width}, {height}], box = {{ x: 0, y: 0, width: W, height: H }};
            return textsOf(W, H, (ctx) => {{ {PICTURES[name]} }});"""
        )
        assert len(texts) >= 2
        check_texts(texts, width, height)


def test_axes_can_be_read_whatever_their_numbers(page: Studio) -> None:
    drawn = page.run(
        f"""{LISTENING} const [W, H] = [390, 280], box = {{ x: 0, y: 0, width: W, height: H }};
        let seed = 5;
        const random = () => {{ seed = (seed * 16807) % 2147483647; return seed / 2147483647; }};
        const wild = () => (random() - 0.5) * 10 ** (14 * random() - 7), labels = ["across", "upwards"];
        return Array.from({{ length: 60 }}, () => {{
          const around = [wild(), wild()], [[p, q], r] = [[wild() ** 2, wild()], wild() ** 2];
          const loss = lossOf([[[p + q * q, q * r], [q * r, r * r + 1e-9]], [wild(), wild()]]);
          const count = 3 + Math.floor(random() * 3e4), low = 14 * random() - 10;
          const losses = Array.from({{ length: count }}, () => Math.abs(wild()));
          const points = [[wild(), wild()], [wild(), wild()], around];
          const sets = [{{ points, color: palette.bowl }}];
          const many = Array.from({{ length: 50 }}, (_, k) => 10 ** (low + 0.05 * k));
          const steps = many.map((rate, k) => k < 40 ? 1 + 10 ** (6 * random()) : Infinity);
          const current = {{ rate: many[3], steps: steps[3] }};
          const rates = {{ rates: many, steps, limit: many[40], current }};
          const words = {{ below: "rate", above: "steps", limit: "never" }};
          return [(ctx) => drawMap(ctx, {{ box, loss, around, palette, labels }}),
            (ctx) => drawLossCurve(ctx, {{ box, losses, palette, labels }}),
            (ctx) => drawCliff(ctx, {{ box, ...rates, palette, labels: words }}),
            (ctx) => drawPlane(ctx, {{ box, sets, palette, labels }})].map((draw) => textsOf(W, H, draw));
        }}).flat();"""
    )
    assert len(drawn) == 240
    for texts in drawn:
        assert len(texts) >= 4, texts
        check_texts(texts, 390, 280)


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
