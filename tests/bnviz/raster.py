"""Files of every format as pixels, drawn by programs that are not ours: PDFium and resvg."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pypdfium2
import resvg_py
from PIL import Image

from bnviz.run.stills import Picture


def raster(path: Path, width: int) -> Picture:
    """Any of the three formats as pixels, on white."""
    if path.suffix == ".pdf":
        page = pypdfium2.PdfDocument(path)[0]
        image = page.render(scale=width / page.get_width()).to_pil()
    elif path.suffix == ".svg":
        # resvg rounds a size in mm to whole pixels first, and moves the picture by a part of one.
        svg = re.sub(
            r'width="[\d.]+mm" height="[\d.]+mm"',
            'width="1920" height="1080"',
            path.read_text(encoding="utf-8"),
            count=1,
        )
        image = Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_string=svg, width=width)))
    else:
        image = Image.open(path)
    white = Image.new("RGBA", image.size, "#FFFFFF")
    white.alpha_composite(image.convert("RGBA"))
    return np.asarray(white.convert("RGB").resize((width, width * 9 // 16), Image.Resampling.BOX))


def page_pixels(path: Path, number: int, width: int) -> Picture:
    """The page ``number``, from 0 on, of a PDF whose pages are 16:9."""
    page = pypdfium2.PdfDocument(path)[number]
    image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    return np.asarray(image.resize((width, round(width * 9 / 16)), Image.Resampling.BOX))
