"""The narration as sound: a speech recognizer hears the key words of every beat.

The key words are chosen by rule: every number, every symbol, every feature called A; and the longest other
words that the recognizer knows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from manim import tempconfig

from bn_math import Lesson
from scenes.kit.script import voice, words
from scenes.kit.script.words import Sentence, Words
from tests.scenes import ear as hearing
from tests.scenes.ear import NUMBERS, Ear

KEY_WORDS, SHORTEST = 8, 4  # of a beat, at most; letters
HEARD = 1 / 3  # of a beat's key words; the recognizer itself mishears every fifth
STRAY = 0.15  # of the key words that may be heard where something else is said


@cache
def ear() -> Ear:
    return Ear([symbol["spoken"] for symbol in words._book("en")["symbols"].values()])


@pytest.fixture(scope="session")
def say(tmp_path_factory: pytest.TempPathFactory):
    """Speak a sentence with the scenes' own narrator, and hand it over as the recognizer wants it."""
    folder = tmp_path_factory.mktemp("voice")

    @cache
    def spoken(sentence: str) -> bytes:
        with tempconfig({"media_dir": str(folder)}):
            path = voice.HibariNarrator().say(sentence, sentence).path
        assert path is not None
        return hearing.read(Path(path))

    return spoken


def beats(scene: str) -> dict[str, tuple[Sentence, ...]]:
    page = Words(scene, Lesson.article())
    return {beat: page.narration(beat) for beat in page.beats}


def key_words(sentences: tuple[Sentence, ...]) -> list[str]:
    """The longest words of a beat but for those that are asked for by choice, the longest first."""
    said = {
        word
        for sentence in sentences
        for kind, parts in ear().parts(sentence.spoken)
        for word in parts
        if kind == "word" and len(word) >= SHORTEST and word not in NUMBERS and ear().knows(word)
    }
    return sorted(said, key=lambda word: (-len(word), word))[:KEY_WORDS]


def among(key: list[str], heard: set[str]) -> list[str]:
    """Which key words were heard; an ending may be another: "slide" for "slides"."""
    stems = {word: word[: max(SHORTEST, len(word) - 2)] for word in key}
    return [word for word, stem in stems.items() if any(item.startswith(stem) for item in heard)]


# -- the film -------------------------------------------------------------------------------------------
def test_every_number_and_every_symbol_is_heard_as_it_is_meant(scene_name: str, say) -> None:
    wrong = {}
    for beat, sentences in beats(scene_name).items():
        for sentence in sentences:
            asked = ear().asked(sentence.spoken)
            heard = ear().choosing(sentence.spoken, say(sentence.spoken)) if asked else []
            if heard != asked:
                wrong[f"{beat}: {sentence.spoken}"] = f"heard {heard}, not {asked}"
    assert wrong == {}


def test_the_key_words_of_every_beat_are_heard(scene_name: str, say) -> None:
    unheard = {}
    for beat, sentences in beats(scene_name).items():
        key, audio = key_words(sentences), [(line.spoken, say(line.spoken)) for line in sentences]
        heard = {word for _, sound in audio for word in ear().freely(sound)}
        got = set(among(key, heard))
        if len(got) < HEARD * len(key):
            got |= second_look(audio, set(key) - got, heard)
        if len(got) < HEARD * len(key):
            unheard[beat] = f"of {key} only {sorted(got)} were heard in: {' '.join(sorted(heard))}"
    assert unheard == {}


def second_look(audio: list[tuple[str, bytes]], missed: set[str], heard: set[str]) -> set[str]:
    """Of the words missed at first, those that fit what is said better than anything heard instead."""
    found = set()
    for spoken, sound in audio:
        if doubted := missed & set(hearing.words_of(spoken)):
            found |= ear().again(spoken, sound, doubted, heard)
    return found


def test_the_voice_is_given_words_only(scene_name: str) -> None:
    for sentences in beats(scene_name).values():
        for sentence in sentences:
            assert not any(mark.isdigit() or mark in "%=+<>" for mark in sentence.spoken), sentence.spoken


# -- and it would notice --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "meant, said",
    [
        ("six thousand three hundred and fifty-two steps", "six three five two steps"),
        ("six thousand three hundred and fifty-two steps", "six thousand three hundred and fifty steps"),
        ("The ratio is thirty point three.", "The ratio is thirteen point three."),
        ("The ratio is thirty point three.", "The ratio is thirty three."),
        ("spread by zero point three zero sigma", "spread by zero point three sigma"),
        ("ten to the minus five", "ten to the five"),
        ("In twenty fifteen it was new.", "In two thousand and fifteen it was new."),
        ("Divide by sigma, the standard deviation.", "Divide by sign, the standard deviation."),
        ("gamma squeezes, or stretches.", "beta squeezes, or stretches."),
        ("So x hat is small.", "So x is small."),
    ],
)
def test_another_number_or_symbol_is_noticed(meant: str, said: str, say) -> None:
    asked = ear().asked(meant)
    assert asked and ear().choosing(meant, say(meant)) == asked
    assert ear().choosing(meant, say(said)) != asked


def test_a_feature_that_is_read_as_an_article_is_noticed(say, monkeypatch: pytest.MonkeyPatch) -> None:
    meant = "The weight of A hardly does."
    assert ear().choosing(meant, say(meant)) == ["letter-a"]
    monkeypatch.setattr(voice, "pronounceable", lambda spoken: spoken)
    assert ear().choosing(meant, say(meant + " ")) == []


def test_the_key_words_of_another_beat_are_not_heard(say) -> None:
    said, others = beats("Valley"), beats("Standardize")
    heard = {word for line in said["descent"] for word in ear().freely(say(line.spoken))}
    key = [word for sentences in others.values() for word in key_words(sentences)]
    assert len(among(key, heard)) < STRAY * len(key)


def test_a_second_look_does_not_find_what_is_not_said(say) -> None:
    meant, said = (
        "Now all of them on the bowl, against the clock.",
        "Now all of them on the ball, again the class.",
    )
    missed, heard = {"bowl", "clock"}, {"ball", "class", "again", "all"}
    assert second_look([(meant, say(meant))], missed, heard) == missed
    assert second_look([(meant, say(said))], missed, heard) == set()


def test_a_word_that_the_recognizer_does_not_know_is_said_as_the_voice_intends_it() -> None:
    assert not ear().knows("centred")
    assert hearing.pronunciation("centred") == "S EH N T ER D"
