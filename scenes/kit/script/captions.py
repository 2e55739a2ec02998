"""Captions: a sentence cut into cues that can be read in the time they stand. No files here.

The limits in one place: two lines of 42 characters, 17 characters a second, 5/6 s to 7 s.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, replace

LINE_LENGTH = 42
LINES = 2
CHARACTERS_PER_SECOND = 17.0
SHORTEST, LONGEST = 5 / 6, 7.0
SECONDS_PER_WORD = 0.3


@dataclass(frozen=True)
class Cue:
    """One caption.

    Args:
        start: in seconds.
        end: in seconds.
        text: what is read, with one newline at most.
    """

    start: float
    end: float
    text: str


def reading_time(text: str) -> float:
    """Seconds a viewer needs for ``text``."""
    return max(
        SHORTEST, len(text) / (CHARACTERS_PER_SECOND - 1.5), SECONDS_PER_WORD * 1.05 * len(text.split())
    )


def time_needed(sentence: str) -> float:
    """Seconds in which all the cues of ``sentence`` can be read, one after the other."""
    return sum(map(reading_time, split(sentence)))


def split(sentence: str) -> list[str]:
    """Cut a sentence into pieces of at most two lines, at punctuation where that is possible."""
    if _fits(sentence):
        return [sentence]
    words = sentence.split()
    cuts = range(1, len(words))

    def cost(cut: int) -> float:
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        pieces = -(-len(sentence) // (LINE_LENGTH * LINES - 12))
        balance = abs(len(head) - len(sentence) / pieces)
        punctuation = 0 if re.search(r"[,;:.?!]$", head) else 14
        return balance + punctuation + (0 if _fits(head) else 1000) + (0 if len(tail) > 12 else 50)

    cut = min(cuts, key=cost)
    return [" ".join(words[:cut]), *split(" ".join(words[cut:]))]


def cues(sentence: str, start: float, duration: float) -> tuple[Cue, ...]:
    """The cues of a sentence that is spoken from ``start`` for ``duration`` seconds.

    They share the time in proportion to what each needs to be read.
    """
    pieces = split(sentence)
    total = sum(map(reading_time, pieces))
    made, now = [], start
    for piece in pieces:
        end = now + duration * reading_time(piece) / total
        made.append(Cue(now, min(end, now + LONGEST), _two_lines(piece)))
        now = end
    return tuple(made)


def stretched(made: Iterable[Cue], until: float) -> tuple[Cue, ...]:
    """Let every cue stand into the pause behind it as long as it needs to be read, up to ``until``."""
    made = list(made)
    ends = [cue.start for cue in made[1:]] + [until]
    return tuple(
        replace(cue, end=max(cue.end, min(cue.start + reading_time(cue.text), end, cue.start + LONGEST)))
        for cue, end in zip(made, ends, strict=True)
    )


def _fits(text: str) -> bool:
    return (
        len(textwrap.wrap(text, LINE_LENGTH, break_on_hyphens=False)) <= LINES
        and reading_time(text) <= LONGEST
    )


def _two_lines(text: str) -> str:
    """Break ``text`` into two lines of about one length when it does not fit one."""
    if len(text) <= LINE_LENGTH:
        return text
    words = text.split()
    breaks = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return "\n".join(min(breaks, key=lambda pair: max(map(len, pair))))
