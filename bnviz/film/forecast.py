"""How many frames are still to come, guessed better the more scenes are finished. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenes.kit.script.words import Words

# What fits the film of the article's data within a hundredth: pauses count with the beats.
WORDS_PER_SECOND = 4.0
SECONDS_PER_BEAT = 3.4
UNKNOWN = 30.0
CORE_SECONDS = {"low": 0.28, "high": 1.6}
"""How long a core renders a second of film, by quality, as measured for docs/scaling.md."""


def seconds_of(words: Words) -> float:
    """A scene's length guessed from what is said in it."""
    said = sum(len(sentence.spoken.split()) for beat in words.beats for sentence in words.narration(beat))
    return seconds_for(said, len(words.beats)) or UNKNOWN


def seconds_for(words: int, beats: int) -> float:
    """How long it takes to say so many words in so many beats, about."""
    return words / WORDS_PER_SECOND + SECONDS_PER_BEAT * beats


class Forecast:
    """Frames made and frames to be made, by scene. The finished scenes correct the guess for the others."""

    def __init__(self, expected: Mapping[str, float]) -> None:
        """Start with the frames each scene is guessed to have."""
        self._expected = dict(expected)
        self._made = dict.fromkeys(expected, 0)
        self._finished: set[str] = set()

    def made(self, scene: str, frames: int) -> None:
        """A scene has ``frames`` frames by now."""
        self._made[scene] = frames

    def finish(self, scene: str, frames: int) -> None:
        """A scene is finished with ``frames`` frames."""
        self._made[scene] = frames
        self._finished.add(scene)

    @property
    def scenes(self) -> tuple[int, int]:
        """How many scenes are finished, of how many."""
        return len(self._finished), len(self._expected)

    @property
    def frames(self) -> tuple[int, int]:
        """How many frames are made, of how many in all, as far as is known."""
        guessed = sum(self._expected[scene] for scene in self._finished)
        ratio = sum(self._made[scene] for scene in self._finished) / guessed if guessed else 1.0
        total = sum(
            made if scene in self._finished else max(made, ratio * self._expected[scene])
            for scene, made in self._made.items()
        )
        return sum(self._made.values()), round(total)
