"""The sizes a film comes in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Quality:
    """A picture size in pixels, a frame rate, and how closely x264 keeps to the picture (less is closer)."""

    name: str
    width: int
    height: int
    frame_rate: int
    constant_rate_factor: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height

    @property
    def encoder_options(self) -> dict[str, str]:
        """Options for x264.

        Manim's frames go through the BT.601 matrix; the stream says so, or a player would show other colours.
        """
        return {
            "crf": str(self.constant_rate_factor),
            "colorspace": "smpte170m",
            "color_primaries": "bt709",
            "color_trc": "bt709",
            "color_range": "tv",
        }

    def seconds(self, frames: int) -> Fraction:
        """How long ``frames`` frames last, exactly."""
        return Fraction(frames, self.frame_rate)


LOW = Quality("low", 854, 480, 15, 23)
MEDIUM = Quality("medium", 1280, 720, 30, 20)
HIGH = Quality("high", 1920, 1080, 60, 18)
QUALITIES = {quality.name: quality for quality in (LOW, MEDIUM, HIGH)}
