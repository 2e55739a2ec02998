"""What a film is held against beside its faults: losses shown, motion, joins, letters, figures at once.

Beyond these limits a film is not wrong: it could be better, and that is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame

from bnviz.review.legibility import Shown, capital_height
from bnviz.review.limits import LIMITS, Limits
from bnviz.review.measurement import Check, Figure, Place, Range, Stretch
from bnviz.review.text_measures import HEIGHT
from scenes.kit.script.beat import TextMeasure

Where = Callable[[float], Place]
TO_1080P = 1080 / HEIGHT
RESTS = 0.5  # seconds in which nothing is seen to move: what moves slowly stands still from frame to frame
FIGURE = 40.0  # pixels at 1080p: a number whose digits are as high is one that a viewer is to take home
BESIDE = 0.8  # of its height, from one part of a figure to the next: "24" and ": 1"
PLAIN = 12  # of 255: what coding leaves of a picture that has faded away is nearer to the background


def losses(
    shown: Sequence[Stretch], seconds: float, opening: float, where: Where, limits: Limits = LIMITS
) -> list[Check]:
    """How soon, and how long, a loss is on the screen.

    Args:
        shown: when there is one, in seconds of the film, in order.
        seconds: the film's length.
        opening: when its first scene ends: that one only asks, and explains nothing.
        where: what place a second of the film is.
        limits: what is allowed.
    """
    explained = (Stretch(max(item.start, opening), item.end) for item in shown if item.end > opening)

    def first(of: Iterable[Stretch]) -> tuple[Figure, ...]:
        return tuple(Figure(item.start, where(item.start)) for item in list(of)[:1])

    share = 100 * sum(item.seconds for item in shown) / seconds
    return [
        _measure("surfaces", "first surface or map", limits.first_loss, first(shown)),
        _measure("surfaces", "first one after the opening", limits.first_explained_loss, first(explained)),
        _measure("surfaces", "time with a surface or map", limits.time_with_a_loss, (Figure(share),)),
    ]


def motion(
    stills: Sequence[Stretch], said: Sequence[Stretch], seconds: float, where: Where, limits: Limits = LIMITS
) -> list[Check]:
    """How much of the time nothing moves, and how long a picture stands while something is said.

    A hold counts from the first to the last moment in it at which something is said. A rest shorter than
    :data:`RESTS` may be a slow motion, and does not count as time in which nothing moves.
    """
    holds = []
    for still in stills:
        inside = [line for line in said if line.start < still.end and line.end > still.start]
        if inside:
            begin = max(still.start, min(line.start for line in inside))
            end = min(still.end, max(line.end for line in inside))
            holds.append(Figure(end - begin, where(begin)))
    share = 100 * sum(still.seconds for still in stills if still.seconds >= RESTS) / seconds
    return [
        _measure("stillness", "time in which nothing moves", limits.time_without_motion, (Figure(share),)),
        _measure(
            "stillness", "hold under narration", limits.hold_under_narration, tuple(holds) or (Figure(0.0),)
        ),
    ]


class Joins:
    """Looks at the frames on both sides of each join of a film: is one of them empty?

    Args:
        film: the film's file.
        joins: for each join the second at which the last frame before it ends, and that at which the first
            frame after it begins: a cross-fade lies between them.
        where: what place a second of the film is.
    """

    def __init__(self, film: Path, joins: Sequence[tuple[float, float]], where: Where) -> None:
        with av.open(film.absolute()) as container:
            rate = float(container.streams.video[0].average_rate or 0)
        self._where, self._joins = where, joins
        self._frames = [(round(end * rate) - 1, round(start * rate)) for end, start in joins]
        self._wanted = {number for pair in self._frames for number in pair}
        self._empty: set[int] = set()

    def watch(self, number: int, frame: VideoFrame) -> None:
        """Take a frame of the film."""
        if number in self._wanted and is_plain(frame):
            self._empty.add(number)

    def checks(self, limits: Limits = LIMITS) -> list[Check]:
        """The share of joins through an empty frame."""
        empty = [
            self._where(start)
            for (_, start), frames in zip(self._joins, self._frames, strict=True)
            if not self._empty.isdisjoint(frames)
        ]
        share = 100 * len(empty) / max(len(self._joins), 1)
        places = ", ".join(dict.fromkeys(place.scene or place.beat for place in empty))
        about = f"{len(empty)} of {len(self._joins)}" + (f": before {places}" if places else "")
        figures = (Figure(share, Place(about=about)),) if self._joins else ()
        return [_measure("joins", "joins through an empty frame", limits.empty_joins, figures)]


def is_plain(frame: VideoFrame) -> bool:
    """Whether a frame shows nothing but one color."""
    luma = frame.reformat(format="gray", threads=1).to_ndarray().astype(np.int16)
    return bool(np.abs(luma - np.median(luma)).max() <= PLAIN)


def letters(shown: Iterable[Shown], limits: Limits = LIMITS) -> list[Check]:
    """Heights of letters at 1080p, and how many key figures stand at once at a beat's end."""
    capitals: list[Figure] = []
    scripts: list[Figure] = []
    counts: list[Figure] = []
    for item in shown:
        for text in item.texts:
            place = replace(item.place, about=f"text {text.text!r}")
            if not text.text or any(map(str.isalnum, text.text)):
                capitals.append(Figure(TO_1080P * capital_height(text), place))
            if text.script_height:
                scripts.append(Figure(TO_1080P * text.script_height, place))
        counts.append(Figure(float(key_figures(item.texts)), item.place))
    return [
        _measure("legibility", "capitals at 1080p", limits.capital_height, tuple(capitals)),
        _measure("legibility", "exponents and subscripts at 1080p", limits.script_height, tuple(scripts)),
        _measure("legibility", "key figures at once", limits.key_figures, tuple(counts)),
    ]


def key_figures(texts: Iterable[TextMeasure]) -> int:
    """How many figures stand there: numbers with a name of their own, and large ones; labels are none."""
    boxes = sorted(text.box for text in texts if text.is_key_figure or _is_large_number(text))
    parts = 0
    for place, (left, top, _, bottom) in enumerate(boxes):
        for _, above, end, below in boxes[:place]:
            shared = min(bottom, below) - max(top, above)
            height = min(bottom - top, below - above)
            if shared > height / 2 and -height < left - end < BESIDE * height:
                parts += 1
                break
    return len(boxes) - parts


def _is_large_number(text: TextMeasure) -> bool:
    written = re.sub(r"#box\(width: [^)]*\)", "", text.text)
    is_number = text.text.endswith("Counter") or any(map(str.isdigit, written))
    return is_number and TO_1080P * capital_height(text) >= FIGURE


def _measure(subject: str, name: str, limit: Range, figures: tuple[Figure, ...]) -> Check:
    return Check(subject, name, limit, figures, is_binding=False)
