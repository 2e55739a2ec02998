"""The narrator says every sentence the same way, writes it whole, or is silent and says so."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import logger, tempconfig

import scenes
from scenes.kit import settings as chosen
from scenes.kit.script import captions, voice, words
from scenes.kit.script.voice import HibariNarrator, SilentNarrator

HERE = all(importlib.util.find_spec(name) for name in ("manim_voiceover", "hibari"))
with_the_voice = pytest.mark.skipif(not HERE, reason="the extra 'voice' is not installed")
ORDINARY = ("a", "bowl", "is", "the", "same", "loss,", "standardized", "once", "again;")
SAID = "Two balls look for the lowest point."


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> Any:
    """What Manim's logger says: it does not hand its messages on by itself."""
    logger.addHandler(caplog.handler)
    with caplog.at_level(logging.WARNING, logger=logger.name):
        yield caplog
    logger.removeHandler(caplog.handler)


# -- without a voice ------------------------------------------------------------------------------------
@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=40))
def test_silence_lasts_as_long_as_the_captions_need(said: list[str]) -> None:
    sentence = " ".join(said)
    speech = SilentNarrator().say("something else that is spoken", sentence)
    assert speech.path is None
    assert speech.duration >= max(len(sentence) / 17, 0.3 * len(said), 5 / 6)
    assert speech.duration <= len(sentence) / 12 + 0.4 * len(said) + 1  # and not for ever


@pytest.mark.parametrize("missing", [{"hibari"}, {"manim_voiceover"}, {"hibari", "manim_voiceover"}])
def test_without_the_extra_the_film_is_silent_and_says_so_and_how_to_mend_it(
    missing: set[str], monkeypatch: pytest.MonkeyPatch, heard: Any
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name in missing else found(name, *a)
    )
    assert isinstance(voice.narrator(wanted=True), SilentNarrator)
    (message,) = [record.getMessage() for record in heard.records]
    assert "silent" in message and "bnviz doctor" in message
    assert all(name in message for name in missing)


def test_a_film_that_is_to_be_silent_says_nothing_about_it(heard: Any) -> None:
    assert isinstance(voice.narrator(wanted=False), SilentNarrator)
    assert not heard.records


# -- the file -------------------------------------------------------------------------------------------
def read(path: Path) -> tuple[Any, int]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate()


def test_a_wav_file_holds_the_audio_it_was_given(tmp_path: Path) -> None:
    audio = np.array([0.0, 0.5, -0.5, 1.0, -1.0, 1.7, -1.7], dtype=np.float32)
    voice._write_whole(tmp_path / "a.wav", audio, 24_000)
    samples, rate = read(tmp_path / "a.wav")
    assert rate == 24_000
    np.testing.assert_allclose(samples / 32767, np.clip(audio, -1, 1), atol=1e-4)
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.wav"
    voice._write_whole(target, np.ones(10, np.float32), 24_000)
    before = target.read_bytes()

    def break_off(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(wave.Wave_write, "writeframes", break_off)
    with pytest.raises(OSError, match="disk full"):
        voice._write_whole(target, np.zeros(10, np.float32), 24_000)
    assert target.read_bytes() == before


def test_the_silence_around_a_sentence_is_cut_off_and_the_sentence_is_not() -> None:
    loud = np.sin(np.linspace(0, 500, 12_000)).astype(np.float32) + 0.2
    audio = np.concatenate([np.zeros(24_000), loud, np.zeros(24_000)]).astype(np.float32)
    trimmed = voice._trimmed(audio)
    start = int(np.flatnonzero(trimmed)[0])
    np.testing.assert_array_equal(trimmed[start : start + 12_000], loud)
    assert start < 0.05 * 24_000 and len(trimmed) - start - 12_000 < 0.15 * 24_000
    silence = np.zeros(1000, np.float32)
    np.testing.assert_array_equal(voice._trimmed(silence), silence)


# -- with the voice -------------------------------------------------------------------------------------
def say(folder: Path, sentence: str = SAID) -> Path:
    with tempconfig({"media_dir": str(folder)}):
        speech = HibariNarrator().say(sentence, sentence)
    assert speech.path is not None and speech.path.is_relative_to(folder)
    samples, rate = read(speech.path)
    assert speech.duration == pytest.approx(len(samples) / rate)
    return speech.path


@with_the_voice
def test_a_sentence_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    first = say(tmp_path / "one").read_bytes()
    voice._voice.cache_clear()
    say(tmp_path / "two", "Something else comes first.")
    second = say(tmp_path / "two").read_bytes()
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    assert first != say(tmp_path / "two", "Another sentence.").read_bytes()


@with_the_voice
def test_a_sentence_is_heard_at_once_and_not_clipped(tmp_path: Path) -> None:
    samples, rate = read(say(tmp_path))
    assert 1.0 < len(samples) / rate < 5.0
    assert 2_000 < np.abs(samples.astype(int)).max() < 32_767
    assert int(np.flatnonzero(np.abs(samples.astype(int)) > 200)[0]) < 0.15 * rate


@with_the_voice
def test_a_sentence_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(wave.Wave_write, "writeframes", break_off)
        with pytest.raises(OSError, match="disk full"):
            say(tmp_path)
    assert not list(tmp_path.rglob("*.wav"))
    assert len(list(tmp_path.rglob("*.wav"))) == 0 and say(tmp_path).exists()


@with_the_voice
def test_a_sentence_is_said_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = say(tmp_path)
    made = path.stat().st_mtime_ns
    monkeypatch.setattr(voice, "_voice", lambda: pytest.fail("said again"))
    assert say(tmp_path) == path and path.stat().st_mtime_ns == made


@with_the_voice
def test_another_pace_is_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = say(tmp_path)
    monkeypatch.setattr(voice, "PACE", voice.PACE * 0.8)
    slower = say(tmp_path)
    assert slower != path
    assert len(read(slower)[0]) > 1.1 * len(read(path)[0])


@with_the_voice
def test_the_narrator_is_not_rushed(tmp_path: Path) -> None:
    """140 to 160 words a minute over the film, pauses counted, and in no beat over 180."""
    chosen.use(chosen.Settings())
    rushed, said, seconds = {}, 0, 0.0
    with tempconfig({"media_dir": str(tmp_path)}):
        narrator = HibariNarrator()
        for scene in set(scenes.ORDER) & set(words._book("en")):
            page = words.current(scene)
            for beat in page.beats:
                sentences = page.narration(beat)
                count = sum(len(sentence.spoken.split()) for sentence in sentences)
                length = sum(
                    max(narrator.say(item.spoken, item.caption).duration, captions.time_needed(item.caption))
                    + voice.PAUSE
                    for item in sentences
                )
                said, seconds = said + count, seconds + length
                if 60 * count / length > 180:
                    rushed[f"{scene}: {beat}"] = round(60 * count / length)
    assert not rushed
    assert 140 <= 60 * said / seconds <= 160
