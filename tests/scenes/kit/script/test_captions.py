"""Whatever is said, and however fast, its captions can be read."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scenes
from bn_math import Lesson
from scenes.kit import settings as chosen
from scenes.kit.beats import BeatScene
from scenes.kit.script import captions, voice, words
from scenes.kit.script.captions import Cue
from scenes.kit.script.voice import SilentNarrator, Speech

quick = settings(max_examples=120, deadline=None, derandomize=True)

# Each stands as often as it is likely: short words carry the sentence.
ORDINARY = """
    the the the a a of of to to and and in in is is it it on at as by one step two that with from both each
    loss ball valley bowl slope weight until here again there every almost learning gradient features surface
    number standardized mini-batch condition curvature learning-rate distribution 12 101 0.137 x̂ normalization
""".split()  # noqa: SIM905
word = st.sampled_from(ORDINARY)
ending = st.sampled_from(["", "", "", "", ",", ";", ":"])
sentence = st.lists(st.builds(str.__add__, word, ending), min_size=1, max_size=45).map(
    lambda made: " ".join(made).rstrip(",;:").capitalize() + "."
)


def problems(cues: Sequence[Cue]) -> list[str]:
    """The limits, written out once more."""
    found = []
    for cue in cues:
        seconds, lines, said = cue.end - cue.start + 1e-6, cue.text.split("\n"), cue.text.split()
        checks = {
            "more than two lines": len(lines) <= 2,
            "a line over 42 characters": max(map(len, lines)) <= 42,
            "over 17 characters a second": len(cue.text) / seconds <= 17,
            "shorter than 5/6 s": seconds >= 5 / 6,
            "longer than 7 s": seconds <= 7.0001,
            "under 0.3 s a word": seconds / len(said) >= 0.3,
            "nothing to read": bool(said),
        }
        found += [f"{cue.text!r}, {seconds:.2f} s: {name}" for name, holds in checks.items() if not holds]
    found += [f"{b.text!r} starts too soon" for a, b in itertools.pairwise(cues) if b.start < a.end - 1e-9]
    return found


def test_the_check_itself_finds_what_is_wrong() -> None:
    assert problems([Cue(0, 2, "A short caption.")]) == []
    for bad in (
        Cue(0, 0.5, "Short."),
        Cue(0, 7.5, "Long."),
        Cue(0, 2, "a b c d e f g h"),
        Cue(0, 2, "one two three four five six eleven"[:36] + " twelve"),
        Cue(0, 6, "one line\nand two\nand three"),
        Cue(0, 6, "x" * 43),
    ):
        assert problems([bad]), bad
    assert problems([Cue(0, 2, "One."), Cue(1.5, 3, "Two.")])


@quick
@given(sentence)
def test_splitting_loses_no_word_and_every_piece_fits(said: str) -> None:
    pieces = captions.split(said)
    assert " ".join(pieces).split() == said.split()
    for cue in captions.cues(said, 0.0, 30.0):
        assert len(cue.text.split("\n")) <= 2 and max(map(len, cue.text.split("\n"))) <= 42


def test_a_sentence_that_fits_is_left_whole_and_a_long_one_is_cut_at_its_comma() -> None:
    assert captions.split("It is the same data, the same model.") == ["It is the same data, the same model."]
    first = "A step that is safe for the steep way is tiny for the flat one,"
    second = "and there is one rate for both of them."
    assert captions.split(f"{first} {second}") == [first, second]


def test_no_line_is_too_long_for_a_word_that_has_a_hyphen() -> None:
    """It would fit if it were broken at its hyphen, which it is not."""
    said = f"{'a' * 36} mini-batches {'b' * 34}"
    for cue in captions.cues(said, 0.0, 9.0):
        assert max(map(len, cue.text.split("\n"))) <= 42


def test_two_lines_are_about_as_long_as_each_other() -> None:
    (cue,) = captions.cues("Seen from above and drawn to scale, a line of equal loss is a needle.", 0, 5)
    one, two = cue.text.split("\n")
    assert abs(len(one) - len(two)) < 10


@quick
@given(sentence, st.floats(0, 100), st.floats(1.0, 30.0))
def test_cues_run_through_the_sentence_without_a_gap(said: str, start: float, duration: float) -> None:
    cues = captions.cues(said, start, duration)
    assert cues[0].start == start and cues[-1].end <= start + duration + 1e-9
    for before, after in itertools.pairwise(cues):
        assert before.end <= after.start + 1e-9
        assert after.start - before.end < 1e-9 or before.end - before.start == pytest.approx(captions.LONGEST)
    assert " ".join(cue.text for cue in cues).split() == said.split()


@quick
@given(sentence, st.integers(140, 160))
def test_a_caption_comes_with_its_words(said: str, pace: int) -> None:
    """Within 1.5 s of them, in a voice that needs the same time for every letter."""
    duration = 60 * len(said.split()) / pace
    spoken = 0
    for cue in captions.cues(said, 0.0, duration):
        assert abs(cue.start - duration * spoken / len(said)) < 1.5
        spoken += len(cue.text) + 1


@quick
@given(st.lists(sentence, min_size=1, max_size=3))
def test_in_a_silent_film_every_caption_can_be_read(said: list[str]) -> None:
    now, cues = 0.0, list[Cue]()
    for item in said:
        duration = SilentNarrator().say(item, item).duration
        cues.extend(captions.cues(item, now, duration))
        now += duration + voice.PAUSE
    assert problems(captions.stretched(cues, now)) == []


def test_a_caption_stands_into_the_pause_behind_it_but_not_into_the_next_one() -> None:
    first, second = Cue(0.0, 0.4, "So what changed?"), Cue(0.9, 1.2, "Everything.")
    stretched = captions.stretched([first, second], 1.4)
    assert stretched[0].end == pytest.approx(0.9) and stretched[1].end == pytest.approx(1.4)
    alone = captions.stretched([first], 9.0)[0]
    assert alone.end == pytest.approx(captions.reading_time(first.text)) and problems([alone]) == []
    long = Cue(0.0, 6.5, "One.")
    assert captions.stretched([long], 20.0) == (long,)


class Paced:
    """A voice of so many words a minute."""

    def __init__(self, pace: float) -> None:
        self.pace = pace

    def say(self, spoken: str, caption: str) -> Speech:
        return Speech(None, 60 * len(spoken.split()) / self.pace)


def captions_of(scene: str, narrator: Any, lesson: Lesson | None = None) -> list[tuple[str, Sequence[Cue]]]:
    """The captions of a scene whose beats show nothing, so that they last no longer than the words."""
    chosen.use(chosen.Settings(voice=False, lesson=lesson or Lesson.article()))
    empty: BeatScene = type(scene, (BeatScene,), {})()
    empty.renderer.skip_animations = True
    empty.narrator = narrator
    for beat in empty.words.beats:
        with empty.beat(beat):
            pass
    assert empty.beats
    return [(beat.name, beat.cues) for beat in empty.beats]


@pytest.mark.parametrize("pace", [130, 150, 170, 200])
@pytest.mark.parametrize("scene", scenes.ORDER)
def test_every_caption_of_the_film_can_be_read_whatever_the_pace(scene: str, pace: int) -> None:
    for beat, cues in captions_of(scene, Paced(pace)):
        assert problems(cues) == [], beat


@pytest.mark.parametrize("scene", scenes.ORDER)
def test_every_caption_of_the_silent_film_can_be_read(scene: str) -> None:
    for beat, cues in captions_of(scene, SilentNarrator()):
        assert problems(cues) == [], beat


@quick
@given(st.lists(sentence, min_size=1, max_size=3), st.integers(100, 220))
def test_every_caption_of_any_beat_can_be_read(said: list[str], pace: int) -> None:
    book = {"Any": {"title": "Any", "beats": {"one": {"title": "One", "say": said}}}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_book", lambda _: book)
        ((_, cues),) = captions_of("Any", Paced(pace))
    assert problems(cues) == []
    assert " ".join(cue.text for cue in cues).split() == " ".join(said).split()


@pytest.mark.parametrize("scene", scenes.ORDER)
def test_captions_can_be_read_with_another_lesson_s_numbers_too(scene: str) -> None:
    for beat, cues in captions_of(scene, Paced(150), Lesson.from_seed(7)):
        assert problems(cues) == [], beat
