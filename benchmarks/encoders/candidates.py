"""Settings of encoders that are compared; the first is the yardstick, which stays whatever the film takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bnviz.run.quality import LEFT_OUT, PRESET, Quality


@dataclass(frozen=True)
class Candidate:
    """An encoder, one thread of it, and the options that differ from the film's."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    codec: str = "libx264"


def x264(preset: str, crf: float, tune: str = "", more: Mapping[str, str] | None = None) -> Candidate:
    """x264 with a preset, a rate factor, a tune or none, and more of FFmpeg's options for it."""
    words = [f"x264 {preset}", f"crf {crf}", *([tune] if tune else ())]
    words += [f"{name}={value}" for name, value in (more or {}).items()]
    return Candidate(", ".join(words), {"preset": preset, "crf": str(crf), "tune": tune, **(more or {})})


MORE_CRF = 3
"""More than the film's own, and x264's medium keeps no more of a frame than the film's settings do."""


def yardstick(quality: Quality) -> Quality:
    """A quality with x264's own effort instead of the film's: medium, which at 1080p60 is medium, crf 18."""
    medium = {"preset": "medium", "crf": f"{quality.constant_rate_factor + MORE_CRF:g}", "tune": ""}
    return replace(quality, more_options=tuple(medium.items()))


CHOSEN = x264(PRESET, 15, "animation", LEFT_OUT)
CANDIDATES = (
    x264("medium", 18),
    x264("faster", 17),
    x264("veryfast", 17),
    x264("veryfast", 17, "animation"),
    x264("veryfast", 15.5, "animation"),
    x264("superfast", 15, "animation"),
    CHOSEN,
    x264("superfast", 15, "animation", {**LEFT_OUT, "rc-lookahead": "10"}),
    x264("superfast", 16, "animation", LEFT_OUT),
    x264("ultrafast", 15),
    Candidate(
        "x265 ultrafast, crf 18",
        {"preset": "ultrafast", "crf": "18", "x265-params": "pools=none:frame-threads=1:log-level=error"},
        "libx265",
    ),
    Candidate(
        "SVT-AV1 preset 9, crf 20",
        {"preset": "9", "crf": "20", "svtav1-params": "lp=1"},
        "libsvtav1",
    ),
)
"""The first is what the others are held against."""
