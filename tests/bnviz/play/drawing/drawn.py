"""The drawing of the page to play with, opened in Chromium, and its pictures as pixels."""

from __future__ import annotations

import base64
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bnviz.play.joined import joined
from scenes.kit.palettes import PALETTES
from tests.bnviz.browser import Browser, chromium

WEB = Path(__file__).parents[4] / "bnviz" / "play" / "web" / "drawing"
PUBLIC = {
    "window": "windowAround",
    "view": "viewFor, turned",
    "surface": "drawSurface",
    "map": "drawMap",
    "curve": "drawLossCurve",
    "cliff": "drawCliff",
    "plane": "drawPlane",
    "svg_pen": "SvgPen",
    "pace": "FULL_PACE, pacedBy, finenessOf",
    "marks/numbers": "writtenShort",
}
HESSIANS = {
    "valley": (((69.90611415782288, 1044.932159872927), (1044.932159872927, 26965.404709297633)), (2.0, 3.0)),
    "between": (((14.0, -25.0), (-25.0, 60.0)), (-1.0, 4.0)),
    "bowl": (((2.0, -0.27342117945522904), (-0.27342117945522904, 2.0)), (4.9, 173.4)),
    "round": (((3.0, 0.0), (0.0, 3.0)), (1.0, 1.0)),
}
"""Of losses, with their minimizers, from the steepest valley to a bowl without any direction."""
LOSS = """
function lossOf([hessian, minimizer]) {
  const [[a, b], [, c]] = hessian;
  const away = (w) => [w[0] - minimizer[0], w[1] - minimizer[1]];
  const gradient = (w) => { const [x, y] = away(w); return [a * x + b * y, b * x + c * y]; };
  const excess = (w) => { const [x, y] = away(w); const [p, q] = gradient(w); return (x * p + y * q) / 2; };
  return { hessian, minimizer, gradient, excess };
}
function runOf(loss, start, rate, steps) {
  const points = [start];
  for (let k = 0; k < steps; k += 1) {
    const slope = loss.gradient(points[k]);
    points.push(points[k].map((weight, axis) => weight - rate * slope[axis]));
  }
  return points;
}
"""
START = {"valley": (0.0, 0.0), "between": (2.0, 1.5), "bowl": (0.0, 0.0), "round": (1.5, 3.0)}
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
Pixels = NDArray[np.float64]


class Studio:
    """A page in Chromium with a canvas ``ctx`` of ``W`` x ``H`` CSS pixels, at two pixels each."""

    ratio = 2

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def run(self, script: str, theme: str = "dark") -> Any:
        """What a piece of JavaScript gives back."""
        found = self.browser.run(f"const palette = PALETTES.{theme}; {script}")
        assert not (isinstance(found, str) and "Error" in found), found
        return found

    def draw(
        self, script: str, size: tuple[int, int] = (390, 300), theme: str = "dark"
    ) -> tuple[Pixels, Any]:
        """The canvas (height, width, 3), 0 to 255, after ``script`` has drawn on it; what that gives back."""
        found = self.run(
            f"""
            const [W, H] = {list(size)}, ratio = {self.ratio};
            const canvas = document.createElement("canvas");
            Object.assign(canvas, {{ width: W * ratio, height: H * ratio }});
            const ctx = canvas.getContext("2d");
            ctx.scale(ratio, ratio);
            ctx.fillStyle = palette.background;
            ctx.fillRect(0, 0, W, H);
            const given = await (async () => {{ {script} }})();
            return [canvas.toDataURL("image/png"), given];""",
            theme,
        )
        return pixels_of(base64.b64decode(found[0].split(",")[1])), found[1]


def pixels_of(png: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float)


@contextmanager
def studio(folder: Path) -> Iterator[Studio]:
    """A browser with all public functions of the drawing as globals."""
    shutil.copytree(WEB, folder / "drawing")
    imports = [f'import {{ {names} }} from "./drawing/{module}.js";\n' for module, names in PUBLIC.items()]
    names = ", ".join(PUBLIC.values())
    (folder / "all.js").write_text(
        f"// All of it.\n{''.join(imports)}export const all = {{ {names} }};\n", encoding="utf-8"
    )
    page = folder / "index.html"
    page.write_text(
        f"""<!doctype html><meta charset="utf-8"><title>Drawing</title>
        <style>@font-face {{ font-family: Lato; src: url({lato().as_uri()}) }}</style>
        <script>{joined(folder, "all.js")}</script>
        <script>{LOSS} Object.assign(window, bnviz.all);
        const PALETTES = {json.dumps(PALETTES)}, LOSSES = {json.dumps(HESSIANS)};</script>""",
        encoding="utf-8",
    )
    with chromium() as browser:
        browser.open(page.as_uri())
        browser.run('await document.fonts.load("14px Lato");')
        yield Studio(browser)


def lato() -> Path:
    return Path(str(files("font_lato"))) / "files" / "Lato-Regular.ttf"


def scene(name: str, offset: float = 0, zenith: float = 50) -> str:
    return SCENE % {"name": name, "start": list(START[name]), "offset": offset, "zenith": zenith}
