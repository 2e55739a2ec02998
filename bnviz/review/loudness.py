"""How loud a film is, as a whole and part by part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from bnviz.media.loudness import loudness, true_peak
from bnviz.media.soundtrack import RATE
from bnviz.review.limits import LIMITS, Limits
from bnviz.review.measurement import Check, Figure, Place, Stretch

Sound = NDArray[np.float32]
"""Shape (samples, channels), one channel or two, from -1 to 1, at :data:`RATE`."""
SILENCE = -70.0
"""LUFS: the absolute gate of ITU-R BS.1770; what is quieter is told as this."""
_TENTH = RATE // 10
_HEARD = 0.003  # of full scale, the peak of a tenth of a second in which something is heard: -50 dBFS


def sound_of(film: Path) -> Sound | None:
    """A film's first sound track, more than two channels mixed to two; None if it has none."""
    with av.open(film) as container:
        if not container.streams.audio:
            return None
        layout = "mono" if container.streams.audio[0].channels == 1 else "stereo"
        resampler = av.AudioResampler(format="fltp", layout=layout, rate=RATE)
        parts = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        parts += resampler.resample(None) if parts else []
        return np.concatenate([part.to_ndarray() for part in parts], axis=1).T if parts else None


def heard(sound: Sound) -> list[Stretch]:
    """The stretches in which something is heard, to a tenth of a second; pauses within a sentence count."""
    peaks = np.abs(sound[: len(sound) // _TENTH * _TENTH]).max(axis=1).reshape(-1, _TENTH).max(axis=1)
    loud = np.concatenate([[False], peaks > _HEARD, [False]])
    edges = np.flatnonzero(loud[1:] != loud[:-1]) / 10
    return [Stretch(float(start), float(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def checks(
    sound: Sound, parts: Sequence[tuple[Place, Stretch]], what: str = "scene", limits: Limits = LIMITS
) -> list[Check]:
    """The loudness of the whole and of its parts, and the true peak.

    Args:
        sound: of the whole film.
        parts: where each part is in it; what the check calls them is ``what``.
        what: scene or chapter.
        limits: what is allowed.
    """
    levels = []
    for place, part in parts:
        samples = sound[round(part.start * RATE) : round(part.end * RATE)]
        if len(samples) and np.abs(samples).max() > _HEARD:
            levels.append(Figure(max(loudness(samples, RATE), SILENCE), place))
    return [
        Check("loudness", "film", limits.loudness, (Figure(max(loudness(sound, RATE), SILENCE)),)),
        Check("loudness", what, limits.scene_loudness, tuple(levels)),
        Check("loudness", "true peak", limits.true_peak, (_highest(sound),)),
    ]


def _highest(sound: Sound) -> Figure:
    """The true peak, and the second of the film where the highest sample is."""
    second = int(np.abs(sound).max(axis=1).argmax()) / RATE
    return Figure(max(true_peak(sound, RATE), SILENCE), Place(second=second))
