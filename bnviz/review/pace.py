"""The narration in time: when each sentence is said, how fast, and whether it has the time it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bnviz.media.soundtrack import seconds
from bnviz.review.limits import LIMITS, Limits
from bnviz.review.measurement import Check, Figure, Place, Stretch

if TYPE_CHECKING:
    from scenes.kit.script.beat import Beat

PAUSE = 0.45  # seconds that the narrator leaves after a sentence: the last one of a beat has its own, too


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


def said(beat: Beat) -> Said:
    """What is said in a beat as it was rendered: its WAV files are looked at, so they must still be there."""
    lines = tuple(Stretch(clip.start, clip.start + seconds(clip.path)) for clip in beat.clips)
    return Said(beat.name, beat.start, beat.end, beat.words, lines)


def words_a_minute(beats: Sequence[Said]) -> float:
    """The pace of some beats together; 0 when nothing is said."""
    length = sum(beat.seconds for beat in beats)
    return 60 * sum(beat.words for beat in beats) / length if length else 0.0


def checks(scenes: Mapping[str, Sequence[Said]], limits: Limits = LIMITS) -> list[Check]:
    """The pace of every scene and beat, and sentences that are cut or talked over."""
    paces = ((scene, words_a_minute(beats)) for scene, beats in scenes.items())
    beat_paces: list[Figure] = []
    outside: list[Figure] = []
    over: list[Figure] = []
    for scene, beats in scenes.items():
        for beat in beats:
            if rate := words_a_minute([beat]):
                beat_paces.append(Figure(rate, Place(scene, beat.beat, beat.start)))
            for number, line in enumerate(beat.lines, start=1):
                place = Place(scene, beat.beat, line.start, f"sentence {number}")
                outside.append(Figure(max(beat.start - line.start, line.end - beat.end, 0.0), place))
            for number, (one, two) in enumerate(zip(beat.lines, beat.lines[1:], strict=False), start=2):
                place = Place(scene, beat.beat, two.start, f"sentence {number}")
                over.append(Figure(max(one.end - two.start, 0.0), place))
    return [
        Check(
            "pace",
            "narration of a scene",
            limits.scene_pace,
            tuple(Figure(rate, Place(scene)) for scene, rate in paces if rate),
        ),
        Check("pace", "narration of a beat", limits.beat_pace, tuple(beat_paces)),
        Check("pace", "said outside of its beat", limits.said_outside_beat, tuple(outside)),
        Check("pace", "said over the one ahead", limits.said_over_another, tuple(over)),
    ]
