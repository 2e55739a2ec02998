"""A beat as it was rendered: its times, captions and narration. Plain data, readable without Manim."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenes.kit.script.captions import Cue


@dataclass(frozen=True)
class Clip:
    """A piece of narration: the WAV file ``path``, heard from ``start`` (seconds into the scene)."""

    start: float
    path: Path


@dataclass(frozen=True)
class Beat:
    """One idea of a scene, as it was rendered. Times are seconds from the scene's start."""

    name: str
    title: str
    start: float
    end: float
    cues: tuple[Cue, ...]
    clips: tuple[Clip, ...]
