"""A video as a notebook shows it: film, captions and poster inside of the cell's HTML, nothing beside it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from bnviz.html.parts import address_of_bytes


@dataclass(frozen=True, repr=False)
class Video:
    """A scene or a beat of it as a film; Jupyter displays it where it is a cell's last value.

    Args:
        what: ``Valley`` or ``Valley/descent``.
        title: what it is called.
        alt: what it shows, for those who do not see it.
        movie: the MP4 file.
        captions: the WebVTT file; it has no cue where nothing is said.
        poster: the JPEG file of its last picture.
        size: width and height in pixels.
        seconds: how long it lasts.
        language: of the captions: its code and its name.
        has_voice: whether it is narrated; else its captions are on from the beginning.
    """

    what: str
    title: str
    alt: str
    movie: bytes
    captions: str
    poster: bytes
    size: tuple[int, int]
    seconds: float
    language: tuple[str, str]
    has_voice: bool

    def __repr__(self) -> str:
        """A sentence for where no HTML is shown."""
        width, height = self.size
        return (
            f"{self.what}, {self.title!r}: a video of {self.seconds:.1f} seconds, {width} × {height} pixels, "
            "which shows where a notebook displays HTML"
        )

    def _repr_html_(self) -> str:
        """The video with its controls, captions and poster."""
        width, height = self.size
        code, name = self.language
        is_on = "" if self.has_voice else " default"
        return (
            f'<video controls playsinline preload="auto" width="{width}" height="{height}" '
            f'style="max-width: 100%; height: auto" aria-label="{escape(self.alt)}" '
            f'poster="{address_of_bytes("image/jpeg", self.poster)}">'
            f'<source type="video/mp4" src="{address_of_bytes("video/mp4", self.movie)}">'
            f'<track kind="captions" srclang="{code}" label="{escape(name)}"{is_on} '
            f'src="{address_of_bytes("text/vtt", self.captions.encode())}">'
            f"{escape(self.title)}: this browser shows no video.</video>"
        )
