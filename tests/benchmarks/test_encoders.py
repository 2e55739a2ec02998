"""Encoders' settings: what is measured is what numpy finds, and the yardstick is x264 as it comes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest

from benchmarks import page
from benchmarks.encoders.candidates import CANDIDATES, CHOSEN, x264, yardstick
from benchmarks.encoders.compare import Tried
from benchmarks.encoders.likeness import EXACT, Likeness, Score, likeness
from benchmarks.encoders.measure import Encoded, encoded
from benchmarks.encoders.samples import SAMPLES, Frame, Sample, frames_of
from bnviz.errors import UserError
from bnviz.run.beats import beats_of
from bnviz.run.discover import find
from bnviz.run.quality import HIGH, Quality
from scenes.kit.settings import Settings

WIDTH, HEIGHT, COUNT = 128, 96, 8
SMALL = Quality("small", WIDTH, HEIGHT, 30, 20)


def waves() -> list[Frame]:
    """Frames of a wave that moves."""
    across = np.arange(WIDTH)[None] + np.zeros((HEIGHT * 3 // 2, 1))
    return [(120 + 90 * np.sin((across + 5 * k) / 9)).astype(np.uint8) for k in range(COUNT)]


def film_of(frames: Sequence[Frame], path: Path) -> Path:
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=30, options={"crf": "30"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="yuv420p")))
        container.mux(stream.encode(None))
    return path


def test_psnr_is_what_numpy_finds_frame_by_frame(tmp_path: Path) -> None:
    frames = waves()
    film = film_of(frames, tmp_path / "film.mp4")
    with av.open(film) as container:
        back = [frame.to_ndarray().astype(float) for frame in container.decode(video=0)]
    errors = [np.mean((one - other) ** 2) for one, other in zip(frames, back, strict=True)]
    expected = 10 * np.log10(255**2 / np.array(errors))
    found = likeness(frames, film, SMALL, None)
    assert found.psnr.mean == pytest.approx(expected.mean(), abs=0.01)
    assert found.psnr.worst == pytest.approx(expected.min(), abs=0.01)
    assert 0.5 < found.ssim.worst < found.ssim.mean < 1
    assert found.vmaf is None


def test_frames_that_come_back_as_they_were_are_as_like_as_can_be(tmp_path: Path) -> None:
    found = encoded(waves(), x264("ultrafast", 0, more={"qp": "0"}), SMALL).likeness
    assert found.psnr == Score(EXACT, EXACT)
    assert found.ssim == Score(1.0, 1.0)


def test_more_effort_for_a_frame_brings_it_nearer_and_takes_more_bytes() -> None:
    rough, fine = (encoded(waves(), x264("veryfast", crf), SMALL) for crf in (45, 10))
    assert rough.kilobytes < fine.kilobytes
    assert rough.likeness.ssim.worst < fine.likeness.ssim.worst
    assert rough.milliseconds > 0


def test_a_program_without_vmaf_is_named(tmp_path: Path) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho 'No such filter: libvmaf' >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(UserError, match=r"--ffmpeg .* the filter libvmaf; it says: No such filter"):
        encoded(waves(), CHOSEN, SMALL, program)


def test_the_yardstick_is_x264_medium_as_it_comes() -> None:
    def packets(options: dict[str, str]) -> bytes:
        memory = io.BytesIO()
        with av.open(memory, "w", format="mp4") as container:
            stream = container.add_stream("libx264", rate=60, options=options)
            stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
            for frame in waves():
                container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="yuv420p")))
            container.mux(stream.encode(None))
        return memory.getvalue()

    ours = {"threads": "1", "rc-lookahead": "20", "mbtree": "1"}
    assert packets(yardstick(HIGH).encoder_options) == packets({"crf": "18"} | ours)
    assert packets(HIGH.encoder_options) != packets({"crf": "18"} | ours)


def test_what_the_film_takes_is_among_the_candidates() -> None:
    assert CHOSEN in CANDIDATES
    assert HIGH.encoder_options == HIGH.encoder_options | dict(CHOSEN.options)
    assert CANDIDATES[0].options == {"preset": "medium", "crf": "18", "tune": ""}


def test_every_sample_is_a_beat_that_there_is() -> None:
    for sample in SAMPLES:
        assert sample.beat in beats_of(find(sample.scene)), sample


def test_a_sample_is_a_stretch_of_its_beat() -> None:
    tiny = Quality("tiny", 160, 90, 10, 23)
    sample = Sample("chart", "LearningRates", "both", 1.0)
    some = frames_of(sample, Settings(voice=False), tiny, 4)
    assert [frame.shape for frame in some] == [(135, 160)] * 4
    later = frames_of(Sample("chart", "LearningRates", "both", 1.1), Settings(voice=False), tiny, 3)
    for one, other in zip(some[1:], later, strict=True):
        assert np.array_equal(one, other)


def test_settings_are_held_against_the_first_on_the_sample_where_they_do_worst() -> None:
    def one(milliseconds: float, kilobytes: float, ssim: float, vmaf: float) -> Encoded:
        found = Likeness(Score(50, 48), Score(ssim + 0.001, ssim), Score(vmaf + 1, vmaf))
        return Encoded(milliseconds, kilobytes, found)

    first = tuple(one(20, 2, 0.99, 95) for _ in SAMPLES)
    own = (one(10, 4, 0.98, 96), *(one(10, 2, 0.995, 97) for _ in SAMPLES[1:]))
    tried = [Tried(CANDIDATES[0], first, first), Tried(CHOSEN, own, first)]
    rows = [line.strip("| ").split(" | ") for line in page.encoder_lines(tried)]
    assert rows[2][1:] == ["20.0", "1.00", "1.00", "48.0 dB", "0.9900", "+0.0000", "95.00", "+0.00"]
    size = f"{1 + 1 / len(SAMPLES):.2f}"
    assert rows[3][1:] == ["10.0", "0.50", size, "48.0 dB", "0.9800", "-0.0100", "96.00", "+1.00"]
    assert [row[0] for row in rows[7 : 7 + len(SAMPLES)]] == [sample.kind for sample in SAMPLES]
    assert rows[7][1:] == ["20.0, 10.0", "2.00, 4.00", "0.9900, 0.9800", "95.00, 96.00"]
