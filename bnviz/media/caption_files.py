"""Captions as files, and the limits that make them readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import srt

if TYPE_CHECKING:
    from scenes.kit.script.captions import Cue


@dataclass(frozen=True)
class Limits:
    """What a viewer can read; the sources are named in the project's facts."""

    lines: int = 2
    characters_per_line: int = 42
    characters_per_second: float = 17.0
    shortest: float = 5 / 6
    longest: float = 7.0
    seconds_per_word: float = 0.3


LIMITS = Limits()
_SLACK = 2e-3  # seconds: files hold milliseconds


def shifted(cues: Sequence[Cue], seconds: float) -> tuple[Cue, ...]:
    """The same cues, later."""
    return tuple(replace(cue, start=cue.start + seconds, end=cue.end + seconds) for cue in cues)


def as_srt(cues: Sequence[Cue]) -> str:
    """The cues as SubRip text."""
    subtitles = [
        srt.Subtitle(number, timedelta(seconds=cue.start), timedelta(seconds=cue.end), cue.text)
        for number, cue in enumerate(cues, start=1)
    ]
    return str(srt.compose(subtitles, reindex=False))


def as_vtt(cues: Sequence[Cue]) -> str:
    """The cues as WebVTT text."""
    blocks = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{_escaped(cue.text)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def write(cues: Sequence[Cue], srt_file: Path, vtt_file: Path) -> None:
    """Write both files."""
    srt_file.write_text(as_srt(cues), encoding="utf-8")
    vtt_file.write_text(as_vtt(cues), encoding="utf-8")


def problems(cues: Sequence[Cue], limits: Limits = LIMITS) -> list[str]:
    """Every way in which ``cues`` are not readable, each as one sentence; empty when all is well."""
    found = []
    for number, cue in enumerate(cues):
        at = f"{_clock(cue.start)} {cue.text!r}"
        seconds = cue.end - cue.start + _SLACK
        lines = cue.text.split("\n")
        letters = len(cue.text.replace("\n", " "))
        words = len(cue.text.split())
        if not cue.text.strip():
            found.append(f"{at}: no text")
        if len(lines) > limits.lines:
            found.append(f"{at}: {len(lines)} lines, {limits.lines} at most")
        if max(map(len, lines)) > limits.characters_per_line:
            found.append(f"{at}: a line of {max(map(len, lines))}, {limits.characters_per_line} at most")
        if letters > limits.characters_per_second * seconds:
            found.append(
                f"{at}: {letters / seconds:.1f} characters a second, {limits.characters_per_second:g} at most"
            )
        if not limits.shortest <= seconds <= limits.longest + 2 * _SLACK:
            found.append(
                f"{at}: {seconds:.2f} s, from {limits.shortest:.2f} to {limits.longest:g} s are allowed"
            )
        if seconds < limits.seconds_per_word * words:
            found.append(
                f"{at}: {words} words in {seconds:.2f} s, {limits.seconds_per_word:g} s a word are needed"
            )
        if number and cue.start < cues[number - 1].end - _SLACK:
            found.append(f"{at}: starts before the caption ahead of it ends")
    return found


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
