"""Can the captions of a film be read in the time they stand?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import srt
from av.subtitles.subtitle import AssSubtitle

from bnviz.errors import UserError
from bnviz.media.caption_files import JOINER
from bnviz.review.limits import LIMITS, Limits
from bnviz.review.measurement import Check, Figure, Place, Range
from scenes.kit.script.captions import Cue

_SLACK = 2e-3  # seconds: files hold milliseconds
# Overrides of ASS and tags of SubRip; not what a joiner keeps from being one, and not the joiner.
_STYLE = re.compile(rf"\{{\\[^}}]*\}}|<(?!{JOINER})[^>]*>|{JOINER}")


def captions_of(film: Path) -> tuple[Cue, ...]:
    """The captions in a film's first subtitle track; where it has none, those of the .srt beside it.

    Raises:
        UserError: the .srt is none.
    """
    with av.open(film) as container:
        found = tuple(_track(container)) if container.streams.subtitles else ()
    beside = film.with_suffix(".srt")
    if found or not beside.is_file():
        return found
    try:
        read = list(srt.parse(beside.read_text(encoding="utf-8-sig")))
    except (srt.SRTParseError, UnicodeDecodeError) as error:
        raise UserError(f"{beside} holds no captions in SubRip's form: {error}") from error
    return tuple(Cue(item.start.total_seconds(), item.end.total_seconds(), item.content) for item in read)


def checks(
    cues: Sequence[Cue],
    where: Callable[[float], Place] = lambda second: Place(second=second),
    limits: Limits = LIMITS,
) -> list[Check]:
    """Lines, their lengths, times and order; ``where`` says what place a second of the film is."""

    def check(name: str, range: Range, value: Callable[[Cue], float], among: Sequence[Cue] = cues) -> Check:
        figures = (
            Figure(value(cue), replace(where(cue.start), about=repr(" ".join(cue.text.split()))))
            for cue in among
        )
        return Check("captions", name, range, tuple(figures))

    written = [cue for cue in cues if cue.text.strip()]
    ends = {id(two): one.end for one, two in pairwise(cues)}
    return [
        check("lines", limits.caption_lines, lambda cue: len(cue.text.strip().splitlines())),
        check(
            "length of a line", limits.caption_line_length, lambda cue: max(map(len, cue.text.split("\n")))
        ),
        check("reading speed", limits.caption_speed, lambda cue: len(cue.text) / _seconds(cue), written),
        check("time on the screen", limits.caption_seconds, lambda cue: cue.end - cue.start),
        check(
            "time for a word",
            limits.caption_seconds_a_word,
            lambda cue: _seconds(cue) / len(cue.text.split()),
            written,
        ),
        check(
            "over the one ahead",
            limits.caption_overlap,
            lambda cue: max(ends[id(cue)] - cue.start, 0.0),
            cues[1:],
        ),
    ]


def _seconds(cue: Cue) -> float:
    """How long a caption stands at most, if its times were rounded; more than 0."""
    return max(cue.end - cue.start, 0.0) + _SLACK


def _track(container: av.container.InputContainer) -> Iterator[Cue]:
    """The captions of the first subtitle track; nothing of one that consists of pictures."""
    track = container.streams.subtitles[0]
    for packet in container.demux(track):
        if packet.pts is None or packet.time_base is None:
            continue
        start = float(packet.pts * packet.time_base)
        end = start + float((packet.duration or 0) * packet.time_base)
        for line in track.decode(packet):
            if isinstance(line, AssSubtitle):
                text = _STYLE.sub("", line.dialogue.decode(errors="replace")).strip()
                if text:
                    yield Cue(start, end, text)
