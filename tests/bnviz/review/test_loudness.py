"""How loud a film is, as a whole and part by part, on sines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bnviz.media.loudness import SPEECH_LOUDNESS
from bnviz.review.limits import LIMITS
from bnviz.review.loudness import checks, heard, sound_of
from bnviz.review.measurement import Place, Stretch, problems
from tests.bnviz.films import moving, write_film

Sine = Callable[..., np.ndarray]
RIGHT = 10 ** (-16 / 20)  # the amplitude of a 997 Hz sine with -16 LUFS on two channels


def stereo(*parts: np.ndarray) -> np.ndarray:
    both = np.concatenate(parts)
    return np.stack([both, both], axis=1)


def test_the_middle_of_what_is_allowed_is_what_films_are_brought_to() -> None:
    for allowed in (LIMITS.loudness, LIMITS.scene_loudness):
        assert allowed.least is not None and allowed.most is not None
        assert (allowed.least + allowed.most) / 2 == SPEECH_LOUDNESS


def test_right_sound_has_no_problem(sine: Sine) -> None:
    parts = [(Place("Valley"), Stretch(0, 2)), (Place("Bowl"), Stretch(2, 4))]
    assert problems(checks(stereo(sine(997, 4, RIGHT)), parts)) == []


def test_a_film_that_is_too_loud_or_clipped_is_named(sine: Sine) -> None:
    loud, peak = problems(checks(stereo(sine(997, 4, 1.0)), []))
    assert loud.startswith("film -0.0 LUFS, must be -16.5 to -15.5") or "film 0.0 LUFS" in loud
    assert "true peak" in peak and peak.endswith("must be at most -1 dBTP")


def test_a_scene_that_is_quieter_than_the_others_is_named(sine: Sine) -> None:
    sound = stereo(sine(997, 27, RIGHT), sine(997, 3, RIGHT * 10 ** (-2 / 20)))
    parts = [(Place("Valley"), Stretch(0, 27)), (Place("Bowl"), Stretch(27, 30))]
    assert problems(checks(sound, parts)) == ["Bowl: scene -18.0 LUFS, must be -17.5 to -14.5 LUFS"]


def test_a_part_without_sound_is_not_asked_for(sine: Sine) -> None:
    sound = stereo(sine(997, 4, RIGHT), np.zeros(48_000, np.float32))
    _, part, _ = checks(sound, [(Place("", "title"), Stretch(4, 5))], "chapter")
    assert (part.name, part.figures) == ("chapter", ())


def test_silence_is_told_as_the_gate(sine: Sine) -> None:
    whole, _, peak = checks(np.zeros((48_000, 1), np.float32), [])
    assert whole.worst is not None and peak.worst is not None
    assert (whole.worst.value, peak.worst.value) == (-70.0, -70.0)


def test_what_is_heard_is_known_to_a_tenth_of_a_second(sine: Sine) -> None:
    quiet = np.zeros(48_000, np.float32)
    assert heard(stereo(quiet, sine(440, 2, 0.1), quiet)) == [Stretch(1.0, 3.0)]
    assert heard(stereo(quiet)) == []


@pytest.mark.parametrize("channels", [1, 2])
def test_sound_comes_back_from_a_film(sine: Sine, tmp_path: Path, channels: int) -> None:
    film = write_film(tmp_path / "film.mp4", moving(2), sine(997, 2, 0.25), channels)
    found = sound_of(film)
    assert found is not None
    assert found.shape[1] == channels
    assert len(found) / 48_000 == pytest.approx(2, abs=0.1)
    assert np.abs(found[24_000:72_000]).max() == pytest.approx(0.25, abs=0.02)


def test_a_film_without_sound_has_none(tmp_path: Path) -> None:
    assert sound_of(write_film(tmp_path / "film.mp4", moving(1))) is None
