"""Captions as files: SubRip and WebVTT."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import srt

if TYPE_CHECKING:
    from scenes.kit.script.captions import Cue

JOINER = "\u2060"  # has no width, and no place to break a line


def shifted(cues: Sequence[Cue], seconds: float) -> tuple[Cue, ...]:
    """The same cues, later."""
    return tuple(replace(cue, start=cue.start + seconds, end=cue.end + seconds) for cue in cues)


def as_srt(cues: Sequence[Cue]) -> str:
    """The cues as SubRip text, in which nothing is a tag, an override or a time."""
    subtitles = [
        srt.Subtitle(number, timedelta(seconds=cue.start), timedelta(seconds=cue.end), plain(cue.text))
        for number, cue in enumerate(cues, start=1)
    ]
    return str(srt.compose(subtitles, reindex=False))


def as_vtt(cues: Sequence[Cue]) -> str:
    """The cues as WebVTT text."""
    blocks = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{_escaped(cue.text)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def plain(text: str) -> str:
    """``text`` in which no player finds markup: a joiner, which is not seen, stands behind what begins some.

    SubRip and the tracks of an MP4 know no escapes, but players take ``<b>`` for a tag, ``{`` and a backslash
    for overrides, and ``-->`` for a time.
    """
    return re.sub(r"[<{\\]|--(?=>)", lambda found: f"{found[0]}{JOINER}", text)


def write(cues: Sequence[Cue], srt_file: Path, vtt_file: Path) -> None:
    """Write both files."""
    srt_file.write_text(as_srt(cues), encoding="utf-8", newline="\n")
    vtt_file.write_text(as_vtt(cues), encoding="utf-8", newline="\n")


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
