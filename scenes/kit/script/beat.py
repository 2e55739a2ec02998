"""A beat as it was rendered: its times, captions, narration and text. Plain data, readable without Manim."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenes.kit.script.captions import Cue

PAUSE = 0.45  # seconds between two sentences
HOLD = 0.75  # seconds that a beat's last still stands


@dataclass(frozen=True)
class AudioClip:
    """A piece of narration.

    Args:
        start: when it is heard, in seconds from the scene's start.
        path: its WAV file.
    """

    start: float
    path: Path


@dataclass(frozen=True)
class TextMeasure:
    """A text as it stands at the end of a beat, measured in a frame of 854 x 480 pixels.

    Args:
        text: what it says, as far as that can be told from its source.
        box: left, top, right and bottom edge in pixels.
        letter_height: of its tallest capital or digit, in pixels.
        contrast: WCAG's ratio, from 1 to 21, of the letter that stands out least from what is behind it.
        overlap: pixels by which one of its letters lies over one of another text; 0 or less if none does.
        overlapped: what the other text says; empty if no letters overlap.
        script_height: of its lowest exponent or subscript, in pixels; 0 if there is none.
        is_key_figure: whether it is a number that has a name of its own, and no label of marks or axes.
    """

    text: str
    box: tuple[float, float, float, float]
    letter_height: float
    contrast: float
    overlap: float = 0.0
    overlapped: str = ""
    script_height: float = 0.0
    is_key_figure: bool = False


@dataclass(frozen=True)
class Beat:
    """One idea of a scene, as it was rendered. Times are seconds from the scene's start.

    Args:
        name: what the beat is called in the words file.
        title: what its chapter is called.
        start: when it begins.
        end: when it ends.
        cues: its captions.
        clips: its narration; empty in a silent film.
        words: the number of words spoken.
        texts: the texts on the screen at the beat's end; empty where they were not measured.
    """

    name: str
    title: str
    start: float
    end: float
    cues: tuple[Cue, ...]
    clips: tuple[AudioClip, ...]
    words: int = 0
    texts: tuple[TextMeasure, ...] = ()
