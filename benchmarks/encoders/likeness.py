"""How near encoded frames come to those that went in: PSNR, SSIM, and VMAF where a program has it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from benchmarks.encoders.samples import Frame
from bnviz.errors import UserError
from bnviz.run.quality import Quality

EXACT = 100.0  # dB, for a frame that came back as it was


@dataclass(frozen=True)
class Score:
    """A measure over frames: its mean, and that of the frame that came out worst."""

    mean: float
    worst: float

    @classmethod
    def of(cls, frames: Sequence[float]) -> Score:
        """From the frames' own."""
        return cls(float(np.mean(frames)), float(np.min(frames)))


@dataclass(frozen=True)
class Likeness:
    """PSNR in dB and SSIM of all planes together; VMAF, 0 to 100, is None where nothing measures it."""

    psnr: Score
    ssim: Score
    vmaf: Score | None


def likeness(frames: Sequence[Frame], film: Path, quality: Quality, ffmpeg: Path | None) -> Likeness:
    """Compare ``frames`` with those of ``film``, in whose folder files are left.

    Raises:
        UserError: ``ffmpeg`` does not measure VMAF.
    """
    psnr = [min(decibels, EXACT) for decibels in _filtered(frames, film, "psnr", "psnr_avg")]
    ssim = _filtered(frames, film, "ssim", "All")
    vmaf = _vmaf(frames, film, quality, ffmpeg) if ffmpeg else None
    return Likeness(Score.of(psnr), Score.of(ssim), Score.of(vmaf) if vmaf else None)


def _filtered(frames: Sequence[Frame], film: Path, name: str, value: str) -> list[float]:
    """What FFmpeg's filter ``name`` writes under ``value`` for each pair of frames."""
    log = film.with_name(f"{name}.log")
    _run(frames, film, f"{name}", f"stats_file={log}")
    return [
        float(dict(part.split(":", 1) for part in line.split() if ":" in part)[value])
        for line in log.read_text(encoding="utf-8").splitlines()
    ]


def _run(frames: Sequence[Frame], film: Path, name: str, options: str) -> None:
    """Send both rows of frames through a filter; it has written all when it is gone."""
    height, width = frames[0].shape[0] * 2 // 3, frames[0].shape[1]
    graph: Any = av.filter.Graph()
    form, base = av.VideoFormat("yuv420p"), Fraction(1, 1)
    inputs = [graph.add_buffer(width=width, height=height, format=form, time_base=base) for _ in range(2)]
    measured, sink = graph.add(name, options), graph.add("buffersink")
    for place, item in enumerate(inputs):
        item.link_to(measured, 0, place)
    measured.link_to(sink)
    graph.configure()
    with av.open(str(film)) as container:
        for number, pair in enumerate(zip(container.decode(video=0), frames, strict=True)):
            for item, frame in zip(inputs, (pair[0].to_ndarray(), pair[1]), strict=True):
                picture = av.VideoFrame.from_ndarray(frame, format="yuv420p")
                picture.pts, picture.time_base = number, base
                item.push(picture)
            _empty(sink)
    for item in inputs:
        item.push(None)
    _empty(sink)


def _empty(sink: Any) -> None:
    while True:
        try:
            sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def _vmaf(frames: Sequence[Frame], film: Path, quality: Quality, ffmpeg: Path) -> list[float]:
    log, raw = film.with_name("vmaf.json"), film.with_name("frames.yuv")
    with raw.open("wb") as file:
        for frame in frames:
            file.write(frame.tobytes())
    rate, size = str(quality.frame_rate), f"{quality.width}x{quality.height}"
    given = ["-r", rate, "-i", str(film)]
    given += ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", rate, "-i", str(raw)]
    graph = ["-lavfi", f"libvmaf=log_fmt=json:log_path={log}:n_threads=1", "-f", "null", "-"]
    run = subprocess.run(
        [str(ffmpeg), "-v", "error", *given, *graph],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if run.returncode:
        raise UserError(
            f"--ffmpeg {ffmpeg} does not measure VMAF; it must be an FFmpeg with the filter libvmaf; "
            f"it says: {run.stderr.strip()[-300:]}"
        )
    read = json.loads(log.read_text(encoding="utf-8"))
    return [float(frame["metrics"]["vmaf"]) for frame in read["frames"]]
