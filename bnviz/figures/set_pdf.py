"""A PDF whose letters are text: what cairo has drawn, layer by layer, and the texts that Typst sets over it.

Fonts are embedded, as many letters of them as there are. Made twice, a file is the same byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typst

from bnviz.figures.escapes import typst_string
from bnviz.temporary import temporary_folder

if TYPE_CHECKING:
    from bnviz.figures.writers import About
    from scenes.kit.lettering.set_again import SetText

_PUT = """\
#let put(x, y, angle, size, body) = place(top + left, dx: x, dy: y, {
  set text(size: size)
  context rotate(angle, origin: top + left, block(width: measure(body).width, body))
})
"""


def set_over(
    drawn: bytes,
    texts: Sequence[Sequence[SetText]],
    size: tuple[float, float],
    about: About,
    date: datetime,
) -> bytes:
    """The PDF of one page on which the pages of ``drawn`` lie one over another, each below its ``texts``.

    Args:
        drawn: a PDF with a page for each layer.
        texts: for each layer, what is set over it; their units are points.
        size: width and height of the page in points.
        about: what the file says about itself.
        date: when it was made, as it says.
    """
    width, height = (f"{side:.6f}pt" for side in size)
    keywords = "".join(f"{typst_string(word)}, " for word in about.keywords)
    lines = [
        f"#set document(title: {typst_string(about.title)}, description: {typst_string(about.description)}, "
        f"keywords: ({keywords}))",
        f"#set page(width: {width}, height: {height}, margin: 0pt, fill: none)",
        f"#let told = {typst_string(about.description)}",
        _PUT,
    ]
    for number, layer in enumerate(texts, start=1):
        sheet = f'image("/drawn.pdf", page: {number}, width: {width}, height: {height}, alt: told)'
        lines.append(f"#place(top + left, {sheet if number == 1 else f'pdf.artifact({sheet})'})")
        lines += map(_put, layer)
    with temporary_folder() as folder:
        (folder / "drawn.pdf").write_bytes(drawn)
        compiled: Any = typst.compile  # its stub wants the source and the root to be of one type
        return bytes(
            compiled(
                "\n".join(lines).encode(),
                root=str(folder),
                format="pdf",
                font_paths=_folders(text for layer in texts for text in layer),
                ignore_system_fonts=True,
                timestamp=date,
            )
        )


def _put(text: SetText) -> str:
    (x, y), angle = text.place, text.angle
    return f"#put({x:.5f}pt, {y:.5f}pt, {angle:.5f}deg, {text.size:.5f}pt)[\n{text.code}\n]"


def _folders(texts: Iterable[SetText]) -> list[str]:
    return [str(folder) for folder in dict.fromkeys(folder for text in texts for folder in text.folders)]
