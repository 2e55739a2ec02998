"""Files of every format as pixels, drawn by programs that are not ours: PDFium and resvg."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
import resvg_py
from PIL import Image

from publish.stills import Picture


def raster(path: Path, width: int) -> Picture:
    """Any of the three formats as pixels, on white."""
    if path.suffix == ".pdf":
        page = pypdfium2.PdfDocument(path)[0]
        image = page.render(scale=width / page.get_width()).to_pil()
    elif path.suffix == ".svg":
        image = Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_path=str(path), width=width, dpi=96)))
    else:
        image = Image.open(path)
    white = Image.new("RGBA", image.size, "#FFFFFF")
    white.alpha_composite(image.convert("RGBA"))
    return np.asarray(white.convert("RGB").resize((width, width * 9 // 16), Image.Resampling.BOX))
