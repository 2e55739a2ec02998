"""Frames that are converted piece by piece are those that are converted as a whole."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from hypothesis import given
from hypothesis import strategies as st
from manim._config.video_encoder import VideoEncoderSpec
from numpy.typing import NDArray

from scenes.kit.drawing.encoder import Changes, FrameEncoder, Pixels
from scenes.kit.palettes import PALETTES

SIZES = [(64, 48), (854, 480), (90, 66), (1920, 1080)]
OPTIONS = (("crf", "18"), ("threads", "1"))


def whole(pixels: Pixels) -> Pixels:
    picture = av.VideoFrame.from_ndarray(pixels, format="rgba")
    converted = picture.reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG, threads=1
    )
    return converted.to_ndarray()


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


def segment(path: Path, frames: list[tuple[Pixels, int]]) -> Path:
    height, width = frames[0][0].shape[:2]
    encoder = FrameEncoder(target=path, spec=spec(width, height))
    for pixels, repeat in frames:
        encoder.write_frame(pixels, repeat=repeat)
    encoder.finish()
    return path


def packets(path: Path) -> list[bytes]:
    with av.open(path) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def plainly_encoded(path: Path, frames: list[tuple[Pixels, int]]) -> Path:
    """Every frame converted as a whole, and the colors named as options of x264."""
    named = {"colorspace": "bt709", "color_primaries": "bt709", "color_trc": "bt709", "color_range": "tv"}
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=30, options=dict(OPTIONS) | named)
        stream.height, stream.width = frames[0][0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for pixels in (pixels for pixels, repeat in frames for _ in range(repeat)):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(whole(pixels), format="yuv420p")))
        container.mux(stream.encode(None))
    return path


def test_a_segment_is_byte_for_byte_that_of_frames_converted_as_a_whole(tmp_path: Path) -> None:
    first = noise(320, 240)
    frames = [(first, 3), (changed(first, 100, 140, 1), 1), (changed(first, 90, 120, 2), 12)]
    ours = packets(segment(tmp_path / "ours.mp4", frames))
    assert len(ours) == 16
    assert ours == packets(plainly_encoded(tmp_path / "plain.mp4", frames))


@pytest.mark.parametrize(("width", "height"), [(854, 480), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize("name", PALETTES)
def test_a_theme_s_colors_come_back_as_bt_709_has_them(
    name: str, width: int, height: int, tmp_path: Path
) -> None:
    """Read back by the standard's own equations, not by those with which the frames were converted."""
    roles = [[given] if isinstance(given, str) else given for given in PALETTES[name].values()]
    plain = [np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) for role in roles for color in role]
    assert len(plain) > 20
    columns = width // len(plain) // 16 * 16
    pixels = np.full((height, width, 4), 255, dtype=np.uint8)
    for number, color in enumerate(plain):
        pixels[:, number * columns : (number + 1) * columns, :3] = color
    film = segment(tmp_path / "flat.mp4", [(pixels, 4)])
    with av.open(film) as container:
        context = container.streams.video[0].codec_context
        assert (context.colorspace, context.color_range) == (Colorspace.ITU709, ColorRange.MPEG)
        assert (context.color_primaries, context.color_trc) == (ColorPrimaries.BT709, ColorTrc.BT709)
        frames = [frame.to_ndarray().astype(float) for frame in container.decode(video=0)]
    assert len(frames) == 4
    middles = columns * np.arange(len(plain)) + columns // 2
    for frame in frames:
        half = frame[height:].reshape(2, height // 2, width // 2)[:, height // 4]
        seen = as_bt_709(frame[height // 2, middles], *half[:, middles // 2])
        assert np.abs(seen - plain).max() <= 3


def as_bt_709(y: NDArray[np.float64], u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    """Red, green and blue (n, 3), 0 to 255, of what television's range holds, by the standard's equations."""
    luma, blue, red = (y - 16) / 219, (u - 128) / 224, (v - 128) / 224
    r, b = luma + 2 * (1 - 0.2126) * red, luma + 2 * (1 - 0.0722) * blue
    return 255 * np.stack([r, (luma - 0.2126 * r - 0.0722 * b) / 0.7152, b], axis=-1)


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
