"""Loudness and true peak as ITU-R BS.1770-4 measures them, and bringing speech to a common loudness.

FFmpeg's filter ``ebur128`` measures. The limiter is ours: FFmpeg's turns down samples, not the curve between
them, and moves with its look-ahead.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import av
import av.filter
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.ndimage import convolve1d, minimum_filter1d
from scipy.signal import resample_poly

Samples = NDArray[np.float32]
SPEECH_LOUDNESS = -16.0  # LUFS, usual for speech on the web
CEILING = 10 ** (-2.0 / 20)  # the coder may overshoot by some tenths of a decibel; -1 dBTP must hold after it
_SHORTEST, _NOTHING = 0.4, -70.0  # seconds of a block; LUFS, below which it is not heard
_FINER = 4  # BS.1770-4 annex 2: four times 48 kHz
_BLOCK, _EDGE = 1024, 16  # samples looked at together, and those around them that shape the curve
_OVERSHOOT = 2.25  # times the highest sample near it: the curve stays below, its filter's gain is 2.241


def loudness(samples: NDArray[np.floating], rate: int) -> float:
    """Integrated loudness in LUFS of ``samples``, shape (n,) or (n, channels), at most two; -inf for silence.

    What is shorter than 400 ms is measured as if silence followed.
    """
    found = float(_measured(samples, rate, peak="none")["lavfi.r128.I"])
    return found if found > _NOTHING else -math.inf


def normalized(samples: Samples, rate: int, target: float = SPEECH_LOUDNESS, channels: int = 1) -> Samples:
    """Mono ``samples`` at ``target`` LUFS when played on ``channels`` equal channels; peaks limited."""
    level = loudness(samples, rate)
    if math.isinf(level):
        return samples
    result, gain = samples, target - level - 10 * math.log10(channels)
    for _ in range(4):  # limiting takes a little loudness away, so aim again
        result = limited(samples * np.float32(10 ** (gain / 20)), rate)
        missing = target - 10 * math.log10(channels) - loudness(result, rate)
        if abs(missing) < 0.05:
            break
        gain += missing
    return result


def limited(samples: Samples, rate: int, ceiling: float = CEILING) -> Samples:
    """``samples`` with true peaks over ``ceiling`` turned down, from 5 ms before to 5 ms after each."""
    reach = round(0.005 * rate)
    width = 2 * reach + 1
    window = np.hanning(width + 2)[1:-1]
    around = _around(envelope(samples, over=ceiling), width - 1)
    peaks = around.max(axis=1) > ceiling
    wanted = ceiling / np.maximum(around[peaks], ceiling)
    lowest = minimum_filter1d(wanted, width, axis=1)
    smooth = convolve1d(lowest, window / window.sum(), axis=1)[:, width - 1 : 1 - width]
    result = _rows(samples)
    result[peaks] *= smooth
    return result.reshape(-1)[: len(samples)]


def true_peak(samples: NDArray[np.floating], rate: int) -> float:
    """The true peak in dBTP of ``samples``, shape (n,) or (n, channels), at most two; -inf for silence."""
    highest = float(_measured(samples, rate, peak="true")["lavfi.r128.true_peak"])
    return 20 * math.log10(highest) if highest else -math.inf


def _measured(samples: NDArray[np.floating], rate: int, peak: str) -> dict[str, str]:
    """What FFmpeg's filter ``ebur128`` says of ``samples`` when it has heard them to the end."""
    channels = np.asarray(samples, dtype=np.float32).reshape(len(samples), -1)
    channels = np.pad(channels, ((0, max(round(_SHORTEST * rate) - len(channels), 0)), (0, 0)))
    layout = {1: "mono", 2: "stereo"}[channels.shape[1]]
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate, format="fltp", layout=layout)
    meter = graph.add("ebur128", f"metadata=1:framelog=quiet:dualmono=false:peak={peak}")
    graph.link_nodes(source, meter, graph.add("abuffersink")).configure()
    found: dict[str, str] = {}
    for start in range(0, len(channels), rate):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(channels[start : start + rate].T), format="fltp", layout=layout
        )
        frame.sample_rate, frame.pts = rate, start
        graph.push(frame)
        found = _heard(graph) or found
    graph.push(None)
    return _heard(graph) or found


def _heard(graph: av.filter.Graph) -> dict[str, str]:
    """The newest measurement that waits at the end of ``graph``; empty if none does."""
    newest: dict[str, str] = {}
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return newest
        newest = dict(frame.metadata)


def envelope(samples: Samples, over: float = 0.0) -> Samples:
    """How far the curve through mono ``samples`` swings, from each sample up to the next; shape (n,).

    Where it stays below ``over``, it may be the samples' own size: that is quicker.
    """
    found = np.abs(_rows(samples))
    around = _around(samples, _EDGE)
    highest = np.maximum(around.max(axis=1), -around.min(axis=1))
    loud = np.flatnonzero(highest * _OVERSHOOT > over)

    def measure_blocks(blocks: NDArray[np.intp]) -> None:
        fine = np.abs(resample_poly(around[blocks], _FINER, 1, axis=1)[:, _FINER * _EDGE : -_FINER * _EDGE])
        found[blocks] = np.maximum.reduce(
            [found[blocks], *(fine[:, phase::_FINER] for phase in range(_FINER))]
        )

    with ThreadPoolExecutor() as pool:
        list(pool.map(measure_blocks, np.array_split(loud, len(loud) // 256 + 1)))
    return found.reshape(-1)[: len(samples)]


def _rows(samples: Samples) -> Samples:
    """``samples`` a block a row, the last one filled up with zeros."""
    return np.pad(samples, (0, -len(samples) % _BLOCK)).reshape(-1, _BLOCK)


def _around(samples: Samples, margin: int) -> Samples:
    """The same rows, each with the ``margin`` samples before and after it; read only."""
    padded = np.pad(samples, (margin, margin + -len(samples) % _BLOCK))
    return sliding_window_view(padded, _BLOCK + 2 * margin)[::_BLOCK]
