"""The narration in time: when each sentence is said, how fast, and whether it has the time it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bnviz.media.soundtrack import seconds
from bnviz.review.stillness_and_flashes import Stretch

if TYPE_CHECKING:
    from scenes.kit.script.beat import Beat

PAUSE = 0.45  # seconds that the narrator leaves after a sentence: the last one of a beat has its own, too
_SLACK = 1e-3  # seconds: a clip starts on a frame, and its length is a whole number of samples


@dataclass(frozen=True)
class Pace:
    """Words a minute, pauses counted: a scene's from ``slowest`` to ``fastest``, no beat's over ``rush``."""

    slowest: float = 140.0
    fastest: float = 160.0
    rush: float = 180.0


PACE = Pace()


@dataclass(frozen=True)
class Said:
    """A beat's narration: from ``start`` to ``end`` in its scene, ``words`` words in ``lines``."""

    beat: str
    start: float
    end: float
    words: int
    lines: tuple[Stretch, ...]

    @property
    def seconds(self) -> float:
        """From the first word to the end of the pause after the last one."""
        return self.lines[-1].end + PAUSE - self.lines[0].start if self.lines else 0.0


def said(beat: Beat, words: int) -> Said:
    """What is said in a beat as it was rendered: its WAV files are looked at, so they must still be there."""
    lines = tuple(Stretch(clip.start, clip.start + seconds(clip.path)) for clip in beat.clips)
    return Said(beat.name, beat.start, beat.end, words, lines)


def words_a_minute(beats: Sequence[Said]) -> float:
    """The pace of some beats together; 0 when nothing is said."""
    length = sum(beat.seconds for beat in beats)
    return 60 * sum(beat.words for beat in beats) / length if length else 0.0


def problems(scenes: Mapping[str, Sequence[Said]], pace: Pace = PACE) -> list[str]:
    """Every sentence that is cut or talked over, every pace that is too fast or too slow; one line each."""
    found = []
    for scene, beats in scenes.items():
        for beat in beats:
            found += [f"{scene}, beat {beat.beat!r}: {problem}" for problem in _in_beat(beat, pace)]
        if (rate := words_a_minute(beats)) and not pace.slowest <= rate <= pace.fastest:
            found.append(
                f"{scene}: {rate:.0f} words a minute, from {pace.slowest:g} to {pace.fastest:g} are right"
            )
    return found


def _in_beat(beat: Said, pace: Pace) -> list[str]:
    found = []
    for number, line in enumerate(beat.lines, start=1):
        if line.start < beat.start - _SLACK or line.end > beat.end + _SLACK:
            found.append(
                f"sentence {number} is said from {line.start:.2f} to {line.end:.2f} s, "
                f"but the beat lasts from {beat.start:.2f} to {beat.end:.2f} s"
            )
    for number, (one, two) in enumerate(zip(beat.lines, beat.lines[1:], strict=False), start=2):
        if two.start < one.end - _SLACK:
            found.append(f"sentence {number} starts {one.end - two.start:.2f} s before the one ahead ends")
    if (rate := words_a_minute([beat])) > pace.rush:
        found.append(f"{rate:.0f} words a minute, {pace.rush:g} at most")
    return found
