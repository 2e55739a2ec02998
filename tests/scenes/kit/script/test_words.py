"""What words know of the numbers they were filled with, and how they tell a picture to who can not see it."""

from __future__ import annotations

import pytest

from bn_math import Lesson
from scenes.kit.script import words
from scenes.kit.script.words import Quantity, Words


@pytest.fixture
def page(lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> Words:
    """A scene's words with a bit of everything."""
    entry = {
        "title": "Title",
        "rows": "all {data.count} rows, {gamma}",
        "rate": "rate {rate:.2e} of {data.count}",
        "bare": "{count}",
        "paper": {"year": 2015},
        "beats": {
            "plain": {"title": "Plain", "say": ["and {raw.steps} steps,", "in {paper[year]:year},"]},
            "asked": {"title": "Asked", "say": ["So what changed?"]},
            "told": {
                "title": "Told",
                "say": ["Look."],
                "alt": "A needle, {raw.spectrum.contour_aspect:d} : 1.",
            },
        },
    }
    monkeypatch.setitem(words._book("en"), "Page", entry)
    return Words("Page", lesson)


def test_a_text_s_numbers_have_names_values_and_how_they_are_written(page: Words) -> None:
    text = page.label("rows")
    assert page.quantities(text) == (Quantity("data.count", 100.0, "100"),)
    rate = page.label("rate", rate=7.4e-5)
    assert page.quantities(rate) == (
        Quantity(
            "rate.rate", 7.4e-5, "7.40\u2009×\u200910#super[−5]"
        ),  # the scene's own: under the label's name
        Quantity("data.count", 100.0, "100"),
    )


def test_what_was_not_filled_has_no_numbers(page: Words) -> None:
    assert page.quantities("all 100 rows, gamma") == ()
    assert page.quantities(page.title) == ()


def test_a_text_is_found_in_a_longer_one_but_a_mere_number_is_not(page: Words) -> None:
    text, number = page.label("rows"), page.label("bare", count=7)
    assert page.quantities(f"Look: {text}!") == (Quantity("data.count", 100.0, "100"),)
    assert page.quantities(number) == (Quantity("bare.count", 7.0, "7"),)
    assert page.quantities("77 of 7") == ()


def test_a_caption_s_numbers_are_known_too(page: Words) -> None:
    first, second = page.narration("plain")
    assert page.quantities(first.caption) == (Quantity("raw.steps", 6352.0, "6352"),)
    assert page.quantities(second.caption) == (Quantity("paper[year]", 2015.0, "2015"),)


def test_a_beat_s_caption_stands_alone(page: Words) -> None:
    assert page.caption("plain") == "And 6352 steps, in 2015."
    assert page.caption("asked") == "So what changed?"


def test_what_a_derived_scene_has_no_words_for_is_said_as_its_base_says_it(
    page: Words, lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {"title": "Mine", "beats": {"asked": {"title": "Mine", "say": ["Why?"]}}}
    monkeypatch.setitem(words._book("en"), "Derived", own)
    for scene in ("Derived", "Nameless"):  # the second has no section, and comes before the two that have
        derived = Words(scene, lesson, bases=("Derived", "Page", "object"))
        assert derived.title == "Mine" and derived.label("rows") == page.label("rows")
        assert derived.beats == page.beats
        assert [derived.caption(beat) for beat in ("asked", "plain")] == ["Why?", page.caption("plain")]
        assert derived.table("paper") == {"year": 2015}
    with pytest.raises(KeyError, match=r"no section \[Nameless\]"):
        Words("Nameless", lesson, bases=("object",))


def test_a_title_that_asks_needs_no_other_mark(page: Words, lesson: Lesson) -> None:
    words._book("en")["Page"]["beats"]["asked"]["title"] = "What changed?"
    assert page.full_title("plain") == "Title: Plain"
    assert page.alt("asked") == "Title: What changed? So what changed?"
    words._book("en")["Page"]["title"] = "Why?"
    assert Words("Page", lesson).full_title("plain") == "Why? Plain"


def test_a_picture_is_told_by_its_own_words_or_by_what_is_said(page: Words) -> None:
    assert page.alt("plain") == "Title: Plain. And 6352 steps, in 2015."
    assert page.alt("told") == "A needle, 30 : 1."


def test_a_caption_is_its_own_sentences_as_far_as_they_are_true_or_what_is_said(page: Words) -> None:
    assert page.figure_caption("plain") == "And 6352 steps, in 2015."
    assert page.figure_sentences("plain") == ["and 6352 steps,", "in 2015,"]
    page._own["beats"]["told"]["figure"] = [
        "All {data.count} rows.",
        [{"when": "not raw_is_a_needle", "text": "No needle."}, {"text": "A needle."}],
        {"when": "not raw_is_a_valley", "text": "No valley."},
    ]
    assert page.figure_caption("told") == "All 100 rows. A needle."
    assert page.figure_sentences("told") == ["All 100 rows.", "A needle."]
    assert page.quantities("All 100 rows. A needle.") == (Quantity("data.count", 100.0, "100"),)


def test_the_number_chooses_the_plural_form(page: Words) -> None:
    page._own["left"] = "{count} {count:one=step|other=steps}"
    page._own["wrong"] = "{count:one=step}"
    assert [page.label("left", count=count) for count in (0, 1, 2)] == ["0 steps", "1 step", "2 steps"]
    with pytest.raises(KeyError, match=r"\[Page\] wrong: .*lacks the form 'other' that 3 takes"):
        page.label("wrong", count=3)
