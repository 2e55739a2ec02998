"""Loudness and true peak as ITU-R BS.1770-4 measures them, and bringing speech to a common loudness.

K-weighting (a shelf for the head, a high-pass for the low end), mean square over 400 ms blocks that overlap
by 75 %, an absolute gate at -70 LUFS and a relative one 10 LU below the rest. Peaks are those of the signal
between its samples, too: it is looked at four times as finely.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d
from scipy.signal import lfilter, resample_poly

Samples = NDArray[np.float32]
SPEECH_LOUDNESS = -16.0  # LUFS, usual for speech on the web
CEILING = 10 ** (-2.0 / 20)  # the coder may overshoot by some tenths of a decibel; -1 dBTP must hold after it
_FINER = 4  # BS.1770-4 annex 2: four times 48 kHz
_BLOCK, _EDGE = 1 << 18, 64  # samples looked at together, and those around them that shape the curve


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
    signal = np.asarray(samples, dtype=np.float64).reshape(len(samples), -1)
    for numerator, denominator in k_weighting(rate):
        signal = lfilter(numerator, denominator, signal, axis=0)
    block, step = round(0.4 * rate), round(0.1 * rate)
    power = np.concatenate([[0.0], np.cumsum((signal**2).sum(axis=1))])
    starts = np.arange(0, max(len(signal) - block, 0) + 1, step)
    energies = (power[np.minimum(starts + block, len(signal))] - power[starts]) / block
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
    wanted = np.minimum(1.0, ceiling / np.maximum(envelope(samples), 1e-9))
    if wanted.min() >= 1.0:
        return samples
    width = 2 * round(0.005 * rate) + 1
    window = np.hanning(width + 2)[1:-1]
    lowest = np.pad(minimum_filter1d(wanted, width), width // 2, mode="edge")
    return (samples * np.convolve(lowest, window / window.sum(), mode="valid")).astype(np.float32)


def true_peak(samples: NDArray[np.floating]) -> float:
    """The true peak in dBTP of ``samples``, shape (n,) or (n, channels); -inf for silence."""
    channels = np.asarray(samples, dtype=np.float32).reshape(len(samples), -1).T
    highest = max(float(envelope(channel).max(initial=0)) for channel in channels)
    return 20 * math.log10(highest) if highest else -math.inf


def envelope(samples: Samples) -> Samples:
    """How far the curve through mono ``samples`` swings, from each sample up to the next; shape (n,)."""
    found = np.abs(samples)
    for start in range(0, len(samples), _BLOCK):
        before = min(_EDGE, start)
        part = samples[start - before : start + _BLOCK + _EDGE]
        fine = np.abs(resample_poly(part, _FINER, 1)).reshape(-1, _FINER).max(axis=1)[before:][:_BLOCK]
        found[start : start + _BLOCK] = np.maximum(found[start : start + _BLOCK], fine)
    return np.asarray(found, dtype=np.float32)


def _level(energy: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(energy, 1e-20)))
