"""The numbers that a figure shows, in it and in its caption, for the index."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bnviz.run.stills import letterings

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene


@dataclass(frozen=True)
class Number:
    """A number in a figure: its name, how it is written, and its value as far as that is known."""

    name: str
    text: str
    value: float | None = None


def shown_numbers(scene: BeatScene, beat: str) -> Iterator[Number]:
    """The numbers on the screen and in the caption: those of the words, then the key figures."""
    from scenes.kit.lettering.counter import Counter

    seen = [item for item in letterings(scene) if _is_seen(item)]
    texts = [str(getattr(item, "markup", "")) for item in seen]
    texts += scene.words.figure_sentences(beat)
    found = {quantity for text in texts for quantity in scene.words.quantities(text)}
    for quantity in sorted(found, key=lambda item: (item.name, item.text)):
        value = quantity.value if math.isfinite(quantity.value) else None
        yield Number(quantity.name, plain(quantity.text), value)
    for item in seen:
        if item.name != type(item).__name__:
            text = item.written if isinstance(item, Counter) else str(getattr(item, "markup", ""))
            yield Number(plain(item.name), plain(text))


def plain(markup: str) -> str:
    """Typst markup without what only Typst needs."""
    for mark, replacement in {"#super[": "^", "]": "", "$": "", "\\": " "}.items():
        markup = markup.replace(mark, replacement)
    return " ".join(markup.split())


def _is_seen(lettering: Any) -> bool:
    shapes = (part for part in lettering.get_family() if len(part.points) > 1)
    return any(float(part.get_fill_opacity()) > 0 for part in shapes)
