"""Encoders of graphics cards and processors, as FFmpeg knows them: whether one can be used, and how it is asked.

They are quick, and write other bytes on another machine, or with another driver. x264 is used without them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass

import av

from bnviz.errors import UserError
from bnviz.media.x264_options import encoded, heard

X264 = "libx264"
TRIAL = 256  # pixels: some refuse smaller pictures


@dataclass(frozen=True)
class Hardware:
    """What an encoder needs, and how it is asked for one quality throughout.

    ``options`` are FFmpeg's, with ``{crf}`` where x264 has its constant rate factor: how coarsely is rounded,
    on a scale up to 51.
    """

    needs: str
    options: Mapping[str, str]
    pixel_format: str = "yuv420p"


HARDWARE = {
    "h264_nvenc": Hardware("an NVIDIA card with its driver", {"rc": "constqp", "qp": "{crf}"}),
    "h264_qsv": Hardware(
        "an Intel processor or card with its media driver", {"global_quality": "{crf}"}, pixel_format="nv12"
    ),
    "h264_amf": Hardware(
        "an AMD card with its driver", {"rc": "cqp", "qp_i": "{crf}", "qp_p": "{crf}", "qp_b": "{crf}"}
    ),
    "h264_videotoolbox": Hardware("a Mac", {"flags": "+qscale", "global_quality": "7080"}),
}
"""By FFmpeg's name. VideoToolbox counts from 1 to 100 in steps of 118; 60 of them are asked for."""

ENCODERS = (X264, *HARDWARE)


def options(encoder: str, constant_rate_factor: float) -> dict[str, str]:
    """What an encoder is asked for, in place of x264's options; they count in whole numbers."""
    asked = HARDWARE[encoder].options
    return {name: value.format(crf=round(constant_rate_factor)) for name, value in asked.items()}


def pixel_format(encoder: str) -> str:
    """FFmpeg's name of the pictures that an encoder takes."""
    return HARDWARE[encoder].pixel_format if encoder in HARDWARE else "yuv420p"


def require_usable(encoder: str, chosen: Mapping[str, str]) -> None:
    """Encode two small pictures with ``encoder`` and the options that are ``chosen`` for it.

    Raises:
        UserError: that does not work on this machine; the message says what it needs.
    """
    with tempfile.TemporaryFile() as said:
        try:
            with heard(said):
                encoded(chosen, encoder, pixel_format(encoder), TRIAL)
            return
        except (av.FFmpegError, ValueError) as error:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines() or [str(error)]
    raise UserError(
        f"--encoder {encoder} cannot be used here ({lines[0]}); it needs {HARDWARE[encoder].needs}. "
        "Leave it out: x264 encodes on any machine"
    )
