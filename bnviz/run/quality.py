"""The sizes a film comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bnviz.errors import UserError
from bnviz.media import hardware
from bnviz.media.hardware import X264
from bnviz.media.x264_options import macroblock_tree, require_accepted, require_known

PRESET = "superfast"
LEFT_OUT = {"b_strategy": "0", "sc_threshold": "0", "weightp": "0"}
"""What x264 does less with that preset: it does not weigh each time how many frames may look ahead, nor look
for cuts, nor for pictures that became lighter as a whole. It costs a tenth, and saves nothing in a film."""


@dataclass(frozen=True)
class Quality:
    """A picture size in pixels, a frame rate, and how closely x264 keeps to the picture (less is closer).

    ``more_options`` are names and values of further options for x264, or for the ``encoder`` that is to be
    used instead: one of :data:`~bnviz.media.hardware.HARDWARE`.
    """

    name: str
    width: int
    height: int
    frame_rate: int
    constant_rate_factor: float
    more_options: tuple[tuple[str, str], ...] = ()
    encoder: str = X264

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height

    @property
    def encoder_options(self) -> dict[str, str]:
        """Options for x264.

        They take two fifths of the CPU time of x264's own, and with the tune and a little less of crf they
        keep at least as much of every frame: docs/benchmarks.md has the table. With more than one thread
        x264 does not write the same film twice; workers use the other cores. It looks 20 frames ahead, not
        40, which saves 100 MB and costs less than 1 dB of more than 50. Its macroblock tree is left out
        where what it writes would hang on what the memory held before (:func:`macroblock_tree`).
        """
        if self.encoder != X264:
            return hardware.options(self.encoder, self.constant_rate_factor) | dict(self.more_options)
        own = dict(self.more_options)
        return {
            "preset": PRESET,
            "tune": "animation",
            **({} if "preset" in own else LEFT_OUT),
            "crf": f"{self.constant_rate_factor:g}",
            "threads": "1",
            "rc-lookahead": "20",
            "mbtree": macroblock_tree(self.width),
            **own,
        }

    @property
    def pixel_format(self) -> str:
        """FFmpeg's name of what the encoder takes."""
        return hardware.pixel_format(self.encoder)

    def seconds(self, frames: int) -> Fraction:
        """How long ``frames`` frames last, exactly."""
        return Fraction(frames, self.frame_rate)


LOW = Quality("low", 854, 480, 15, 20)
MEDIUM = Quality("medium", 1280, 720, 30, 17)
HIGH = Quality("high", 1920, 1080, 60, 15)
UHD = Quality("4k", 3840, 2160, 60, 15)
QUALITIES = {quality.name: quality for quality in (LOW, MEDIUM, HIGH, UHD)}


def with_options(quality: Quality, options: Sequence[str], encoder: str = X264) -> Quality:
    """``quality`` with further options for x264, each ``name=value``, or for another ``encoder``.

    Raises:
        UserError: one is not of that form, is given twice, or x264 does not know it or refuses its value;
            or x264 refuses them all together; or the other encoder cannot be used on this machine.
    """
    chosen: dict[str, str] = {}
    for option in options:
        name, equals, value = (part.strip() for part in option.partition("="))
        if not (name and equals and value):
            raise UserError(f"--encoder-option is {option!r}; it must be name=value, such as preset=veryfast")
        if name in chosen:
            raise UserError(f"--encoder-option {name} is given more than once")
        if encoder == X264:
            require_known(name, value)
        chosen[name] = value
    changed = replace(quality, more_options=tuple(sorted(chosen.items())), encoder=encoder)
    if encoder != X264:
        hardware.require_usable(encoder, changed.encoder_options)
    elif chosen:
        require_accepted(chosen, changed.encoder_options)
    return changed
