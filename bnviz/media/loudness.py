"""Loudness and true peak as ITU-R BS.1770-4 measures them, and bringing speech to a common loudness.

K-weighting (a shelf for the head, a high-pass for the low end), mean square over 400 ms blocks that overlap
by 75 %, an absolute gate at -70 LUFS and a relative one 10 LU below the rest. Peaks are those of the signal
between its samples, too: it is looked at four times as finely.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.ndimage import convolve1d, minimum_filter1d
from scipy.signal import lfilter, resample_poly

Samples = NDArray[np.float32]
SPEECH_LOUDNESS = -16.0  # LUFS, usual for speech on the web
CEILING = 10 ** (-2.0 / 20)  # the coder may overshoot by some tenths of a decibel; -1 dBTP must hold after it
_SECTION, _RUN_UP = 100, 5  # tenths of a second that are filtered at once, and those the filters start from
_FINER = 4  # BS.1770-4 annex 2: four times 48 kHz
_BLOCK, _EDGE = 1024, 16  # samples looked at together, and those around them that shape the curve
_OVERSHOOT = 2.25  # times the highest sample near it: the curve stays below, its filter's gain is 2.241


def k_weighting(rate: int) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """The two filters of BS.1770 for any sampling rate, as (numerator, denominator).

    The analogue prototypes are those whose bilinear transform at 48 kHz gives the standard's coefficients.
    """
    # stage 1: high shelf, +4 dB above some 1.7 kHz
    frequency, gain, quality = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k = math.tan(math.pi * frequency / rate)
    high = 10 ** (gain / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / quality + k * k
    shelf = (
        np.array([high + band * k / quality + k * k, 2 * (k * k - high), high - band * k / quality + k * k])
        / a0,
        np.array([1.0, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0]),
    )
    # stage 2: high-pass at some 38 Hz
    frequency, quality = 38.13547087602444, 0.5003270373238773
    k = math.tan(math.pi * frequency / rate)
    a0 = 1 + k / quality + k * k
    high_pass = (
        np.array([1.0, -2.0, 1.0]),
        np.array([1.0, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0]),
    )
    return [shelf, high_pass]


def loudness(samples: NDArray[np.floating], rate: int) -> float:
    """Integrated loudness in LUFS of ``samples``, shape (n,) or (n, channels); -inf for silence.

    Every channel weighs 1, as left, right and centre do.
    """
    step = round(0.1 * rate)
    (shelf, shelf_poles), (high_pass, high_pass_poles) = k_weighting(rate)
    numerator, denominator = np.convolve(shelf, high_pass), np.convolve(shelf_poles, high_pass_poles)
    channels = np.asarray(samples).reshape(len(samples), -1)

    def weighted(first: int) -> NDArray[np.float64]:
        """The energy of each tenth of a second in the section from ``first`` on."""
        start = max(first - _RUN_UP * step, 0)
        section = channels[start : first + _SECTION * step].astype(np.float64)
        power = (lfilter(numerator, denominator, section, axis=0)[first - start :] ** 2).sum(axis=1)
        return np.add.reduceat(power, range(0, len(power), step))

    with ThreadPoolExecutor() as pool:
        tenths = np.concatenate(list(pool.map(weighted, range(0, len(channels), _SECTION * step))))
    whole = tenths[: max(len(channels) // step, 4)]
    energies = np.convolve(whole, np.ones(4), mode="valid") / (4 * step)  # blocks of 400 ms
    gated = energies[_level(energies) > -70.0]
    if not len(gated):
        return -math.inf
    gated = gated[_level(gated) > _level(gated.mean()) - 10.0]
    return float(_level(gated.mean()))


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


def true_peak(samples: NDArray[np.floating]) -> float:
    """The true peak in dBTP of ``samples``, shape (n,) or (n, channels); -inf for silence."""
    channels = np.asarray(samples, dtype=np.float32).reshape(len(samples), -1).T
    highest = max(float(envelope(each, over=np.abs(each).max(initial=0)).max(initial=0)) for each in channels)
    return 20 * math.log10(highest) if highest else -math.inf


def envelope(samples: Samples, over: float = 0.0) -> Samples:
    """How far the curve through mono ``samples`` swings, from each sample up to the next; shape (n,).

    Where it stays below ``over``, it may be the samples' own size: that is quicker.
    """
    found = np.abs(_rows(samples))
    around = _around(samples, _EDGE)
    highest = np.maximum(around.max(axis=1), -around.min(axis=1))
    loud = np.flatnonzero(highest * _OVERSHOOT > over)

    def look(blocks: NDArray[np.intp]) -> None:
        fine = np.abs(resample_poly(around[blocks], _FINER, 1, axis=1)[:, _FINER * _EDGE : -_FINER * _EDGE])
        found[blocks] = np.maximum.reduce(
            [found[blocks], *(fine[:, phase::_FINER] for phase in range(_FINER))]
        )

    with ThreadPoolExecutor() as pool:
        list(pool.map(look, np.array_split(loud, len(loud) // 256 + 1)))
    return found.reshape(-1)[: len(samples)]


def _rows(samples: Samples) -> Samples:
    """``samples`` a block a row, the last one filled up with zeros."""
    return np.pad(samples, (0, -len(samples) % _BLOCK)).reshape(-1, _BLOCK)


def _around(samples: Samples, margin: int) -> Samples:
    """The same rows, each with the ``margin`` samples before and after it; read only."""
    padded = np.pad(samples, (margin, margin + -len(samples) % _BLOCK))
    return sliding_window_view(padded, _BLOCK + 2 * margin)[::_BLOCK]


def _level(energy: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(energy, 1e-20)))
