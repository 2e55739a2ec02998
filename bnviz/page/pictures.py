"""Figures in so few bytes that a page of sixty is quickly there.

A loss surface is a smooth shading, of which WebP needs a tenth of what PNG does; letters and lines stay
paths. What is looked at on a dark page alone is WebP as a whole.
"""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bnviz.run import png

QUALITY = 85  # of WebP, from 0 to 100
LARGEST = 60_000  # bytes that a PNG may have with all its colors
COLORS = 256
_EMBEDDED = re.compile(r'data:image/png;base64,([^"]+)')


def take_over(drawn: Path, folder: Path) -> Path:
    """Write a figure's SVG or PNG into ``folder`` under its own name, smaller, and give its path."""
    path = folder / drawn.name
    if drawn.suffix == ".svg":
        path.write_text(
            _EMBEDDED.sub(_smaller, drawn.read_text(encoding="utf-8")), encoding="utf-8", newline="\n"
        )
    elif drawn.stat().st_size > LARGEST:
        _write_with_fewer_colors(drawn, path)
    else:
        path.write_bytes(drawn.read_bytes())
    return path


def take_over_to_look_at(drawn: Path, folder: Path) -> Path:
    """Write a figure's PNG into ``folder`` as WebP, and give its path."""
    path = (folder / drawn.name).with_suffix(".webp")
    path.write_bytes(_webp(drawn.read_bytes()))
    return path


def _smaller(embedded: re.Match[str]) -> str:
    """The address of the same picture in another format."""
    return f"data:image/webp;base64,{base64.b64encode(_webp(base64.b64decode(embedded[1]))).decode()}"


def _webp(picture: bytes) -> bytes:
    memory = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.save(memory, format="WEBP", quality=QUALITY)
    return memory.getvalue()


def _write_with_fewer_colors(drawn: Path, path: Path) -> None:
    """The title, the description and the dots an inch are kept."""
    with Image.open(drawn) as image:
        told = PngInfo()
        for key in ("Title", "Description"):
            told.add_itxt(key, image.info[key])
        fewer = png.with_colors(image.convert("RGB"), COLORS)
        fewer.save(path, format="PNG", optimize=True, dpi=image.info["dpi"], pnginfo=told)
