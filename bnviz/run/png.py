"""PNG files: small posters, exact controls, and differences that a person can see."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bnviz.files import replacing
from bnviz.run.stills import Picture

POSTER_BYTES = 200_000


def read(path: Path) -> Picture:
    """An RGB picture."""
    with Image.open(path) as image:
        return np.array(image.convert("RGB"), dtype=np.uint8)


def write(picture: Picture, path: Path, optimize: bool = True) -> None:
    """Write every pixel as it is; in fewer bytes if there is the time to ``optimize``."""
    with replacing(path) as beside:
        Image.fromarray(picture).save(beside, format="PNG", optimize=optimize)


def write_poster(picture: Picture, path: Path, limit: int = POSTER_BYTES) -> int:
    """Write a picture in at most ``limit`` bytes, with fewer colors or smaller; returns the bytes.

    Raises:
        ValueError: even the smallest with 32 colors takes more.
    """
    size = 0
    for image in _versions(Image.fromarray(picture)):
        memory = io.BytesIO()
        image.save(memory, format="PNG", optimize=True)
        size = len(memory.getvalue())
        if size <= limit:
            with replacing(path) as beside:
                beside.write_bytes(memory.getvalue())
            return size
    raise ValueError(f"{path.name} takes {size} bytes with 32 colors, {limit} are allowed")


def _versions(exact: Image.Image) -> Iterator[Image.Image]:
    yield exact
    yield with_colors(exact, 256)
    smaller = exact
    for share in (0.75, 2 / 3):
        size = round(exact.width * share), round(exact.height * share)
        smaller = exact.resize(size, Image.Resampling.LANCZOS)
        yield smaller
    for colors in (256, 128, 64, 32):
        yield with_colors(smaller, colors)


def with_colors(image: Image.Image, colors: int) -> Image.Image:
    """The picture dithered in so many colors, chosen so that what is small keeps its own.

    A color counts by the root of its pixels: by their number a yellow ball gets none, since the sand of a
    wall around it has a thousand times as many.
    """
    pixels = np.asarray(image).reshape(-1, 3)
    cells = (pixels.astype(np.int64) >> 2) @ np.array([1 << 12, 1 << 6, 1])
    _, cell, counts = np.unique(cells, return_inverse=True, return_counts=True)
    sums = np.stack([np.bincount(cell, pixels[:, channel]) for channel in range(3)], axis=1)
    means = np.round(sums / counts[:, None]).astype(np.uint8)
    sample = np.repeat(means, np.ceil(np.sqrt(counts)).astype(int), axis=0)
    palette = Image.fromarray(sample[None]).quantize(colors, kmeans=3)
    return image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)


def difference(one: Picture, two: Picture) -> NDArray[np.uint8]:
    """How far each pixel is from the other picture's, the largest of its three channels."""
    return np.asarray(np.abs(one.astype(np.int16) - two).max(axis=2), dtype=np.uint8)


def side_by_side(control: Picture, now: Picture) -> Picture:
    """The control, the picture now, and their difference (times four, on black) in one row."""
    if control.shape != now.shape:
        height = max(control.shape[0], now.shape[0])
        padded = [np.pad(item, ((0, height - item.shape[0]), (0, 0), (0, 0))) for item in (control, now)]
        return np.concatenate(padded, axis=1)
    far = np.minimum(difference(control, now).astype(np.int32) * 4, 255).astype(np.uint8)
    return np.concatenate([control, now, np.repeat(far[:, :, None], 3, axis=2)], axis=1)
