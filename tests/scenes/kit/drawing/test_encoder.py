"""Frames that are converted piece by piece are those that are converted as a whole."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim._config.video_encoder import VideoEncoderSpec
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes.kit.drawing.encoder import Changes, FrameEncoder, Pixels

SIZES = [(64, 48), (854, 480), (90, 66), (1920, 1080)]
OPTIONS = (("crf", "18"), ("threads", "1"))


def whole(pixels: Pixels) -> Pixels:
    return (
        av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(format="yuv420p", threads=1).to_ndarray()
    )


def noise(width: int, height: int, seed: int = 0) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 4), dtype=np.uint8)


def changed(pixels: Pixels, first: int, last: int, seed: int) -> Pixels:
    after = pixels.copy()
    after[first:last] = noise(pixels.shape[1], last - first, seed)
    return after


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_whatever_rows_change_the_colors_are_those_of_a_whole_conversion(width: int, height: int) -> None:
    converter, pixels = Changes(width, height), noise(width, height)
    places = [(0, 1), (height - 1, height), (7, 8), (8, 17), (height // 2, height // 2 + 3), (0, height)]
    assert np.array_equal(converter.convert(pixels).to_ndarray(), whole(pixels))
    for seed, (first, last) in enumerate(places, start=1):
        pixels = changed(pixels, first, last, seed)
        assert np.array_equal(converter.convert(pixels).to_ndarray(), whole(pixels)), (first, last)


@given(data=st.data(), size=st.sampled_from([(64, 48), (90, 66), (854, 480)]))
def test_whatever_rectangle_changes_the_colors_are_those_of_a_whole_conversion(
    data: st.DataObject, size: tuple[int, int]
) -> None:
    width, height = size
    converter, pixels = Changes(width, height), noise(width, height)
    converter.convert(pixels)
    for seed in range(3):
        top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
        bottom, right = data.draw(st.integers(top + 1, height)), data.draw(st.integers(left + 1, width))
        pixels = pixels.copy()
        pixels[top:bottom, left:right] = noise(right - left, bottom - top, seed)
        assert np.array_equal(converter.convert(pixels).to_ndarray(), whole(pixels))


def test_one_pixel_that_changes_is_seen_wherever_it_is() -> None:
    converter, pixels = Changes(64, 48), noise(64, 48)
    converter.convert(pixels)
    for y, x, channel in [(0, 0, 0), (47, 63, 2), (20, 31, 1)]:
        pixels = pixels.copy()
        pixels[y, x, channel] ^= 255
        assert np.array_equal(converter.convert(pixels).to_ndarray(), whole(pixels))


def test_a_frame_that_changes_back_is_converted_back() -> None:
    converter, first = Changes(64, 48), noise(64, 48)
    second = changed(first, 10, 30, 1)
    for pixels in (first, second, first, second):
        assert np.array_equal(converter.convert(pixels).to_ndarray(), whole(pixels))


def spec(width: int, height: int) -> VideoEncoderSpec:
    return VideoEncoderSpec("mp4", "libx264", "yuv420p", width, height, Fraction(30), OPTIONS)


def encoded(kind: type[VideoSegmentEncoder], path: Path, frames: list[tuple[Pixels, int]]) -> list[bytes]:
    height, width = frames[0][0].shape[:2]
    encoder = kind(target=path, spec=spec(width, height))
    for pixels, repeat in frames:
        encoder.write_frame(pixels, repeat=repeat)
    encoder.finish()
    with av.open(path) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def test_a_segment_is_byte_for_byte_the_one_that_manim_encodes(tmp_path: Path) -> None:
    first = noise(320, 240)
    frames = [(first, 3), (changed(first, 100, 140, 1), 1), (changed(first, 90, 120, 2), 12)]
    ours = encoded(FrameEncoder, tmp_path / "ours.mp4", frames)
    assert len(ours) == 16
    assert ours == encoded(VideoSegmentEncoder, tmp_path / "manims.mp4", frames)


def test_an_encoder_that_takes_nv12_gets_the_same_pictures(tmp_path: Path) -> None:
    frames = [noise(320, 240), changed(noise(320, 240), 100, 140, 1)]
    films = []
    for name in ("yuv420p", "nv12"):
        path = tmp_path / f"{name}.mp4"
        encoder = FrameEncoder(target=path, spec=replace(spec(320, 240), pixel_format=name))
        for pixels in frames:
            encoder.write_frame(pixels)
        encoder.finish()
        with av.open(path) as container:
            films.append([frame.to_ndarray(format="yuv420p") for frame in container.decode(video=0)])
    np.testing.assert_array_equal(films[0], films[1])


def test_a_frame_of_another_size_is_refused(tmp_path: Path) -> None:
    encoder = FrameEncoder(target=tmp_path / "a.mp4", spec=spec(64, 48))
    with pytest.raises(ValueError, match="shape"):
        encoder.write_frame(noise(48, 64))
    encoder.abort()
