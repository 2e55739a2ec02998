"""Encoders: all are there; a MOV says what it is, and what is clear in it stays clear up to the edge."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.media.cut import cut
from bnviz.media.encoders import FORMATS, VideoFile
from bnviz.media.sink import Pixels
from bnviz.media.soundtrack import RATE as SOUND_RATE

SIZE, FRAMES, RATE = (854, 480), 30, 15


def walking() -> list[Pixels]:
    """A red block that walks over nothing and never comes near an edge."""
    frames = []
    for number in range(FRAMES):
        frame = np.zeros((SIZE[1], SIZE[0], 4), dtype=np.uint8)
        frame[100:200, 40 + number : 140 + number] = (200, 30, 30, 255)
        frames.append(frame)
    return frames


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mov") / "pictures.mov"
    file = VideoFile(path, FORMATS["mov"], SIZE, RATE)
    for pixels in walking():
        file.write(pixels)
    file.finish()
    return path


def codes(path: Path) -> list[bytes]:
    """The four letters of every track's sample description: box stsd, version, count, length, letters."""
    data = path.read_bytes()
    starts = [at for at in range(len(data)) if data.startswith(b"stsd", at)]
    return [data[at + 16 : at + 20] for at in starts]


@pytest.mark.parametrize("sound", [False, True])
def test_its_sample_description_is_prores_4444_s(encoded: Path, tmp_path: Path, sound: bool) -> None:
    samples = np.zeros(FRAMES * SOUND_RATE // RATE, dtype=np.float32) if sound else None
    cut(encoded, tmp_path / "clip.mov", RATE, samples=samples)
    assert codes(tmp_path / "clip.mov") == [b"ap4h", b"sowt"][: 1 + sound]


def test_what_is_clear_is_clear_up_to_the_edge_in_every_frame(encoded: Path) -> None:
    with av.open(encoded) as container:
        frames = list(container.decode(video=0))
    assert len(frames) == FRAMES
    for frame in frames:
        assert frame.format.name.startswith("yuva444p")
        alpha = frame.planes[3]
        opacity = np.frombuffer(alpha, np.uint16).reshape(-1, alpha.line_size // 2)[:, : SIZE[0]]
        assert (opacity[:, :24] == 0).all() and (opacity[:, -24:] == 0).all()
        assert opacity.max() > 0.99 * 2 ** frame.format.components[3].bits


def test_the_same_pictures_give_the_same_file(encoded: Path, tmp_path: Path) -> None:
    again = VideoFile(tmp_path / "again.mov", FORMATS["mov"], SIZE, RATE)
    for pixels in walking():
        again.write(pixels)
    again.finish()
    assert (tmp_path / "again.mov").read_bytes() == encoded.read_bytes()

def test_every_encoder_is_in_this_pyav() -> None:
    for kind in FORMATS.values():
        assert av.Codec(kind.codec, "w").name == kind.codec


@pytest.mark.parametrize("name", ["mp4", "webm", "mov"])
def test_a_flat_color_comes_back(name: str, tmp_path: Path) -> None:
    colors = np.array([(242, 163, 58), (98, 184, 238), (247, 228, 99), (15, 18, 22)], dtype=np.uint8)
    pixels = np.full((SIZE[1], SIZE[0], 4), 255, dtype=np.uint8)
    pixels[..., :3] = colors[np.minimum(np.arange(SIZE[0]) // 213, 3)]
    file = VideoFile(tmp_path / f"flat.{name}", FORMATS[name], SIZE, RATE)
    file.write(pixels, repeat=5)
    file.finish()
    with av.open(tmp_path / f"flat.{name}") as container:
        frames = list(container.decode(video=0))
    assert len(frames) == 5
    for frame in frames:
        assert frame.colorspace == 1  # BT.709
        seen = frame.to_ndarray(format="rgb24", threads=1)[SIZE[1] // 2, 106::213][:4]
        assert np.abs(seen.astype(int) - colors).max() <= 3
