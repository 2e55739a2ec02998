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

WEB = Path(__file__).parents[3] / "bnviz" / "play" / "web" / "drawing"
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
    (folder / "all.js").write_text(f"// All of it.\n{''.join(imports)}export const all = {{ {names} }};\n")
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
