"""No sentence is said of data for which it is false: every claim is tried on lessons of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bn_math import Lesson
from bnviz.lessons.random_lessons import random_lesson
from scenes.kit.script import variants
from scenes.kit.script.words import Words
from tests.scenes.words.book import ARTICLE, book
from tests.scenes.words.claims.registry import all_claims

CLAIMS = all_claims()
SCENES = sorted({key.split(".")[0] for key in CLAIMS})


TOLD = "figure", "alt"  # of a beat's still


def sentences(page: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a beat says, and what is told of its still: each sentence's place in the beat, and its entry."""
    yield from ((str(place), entry) for place, entry in enumerate(page["say"]))
    for kind in TOLD:
        written = page.get(kind, [])
        for place, entry in enumerate(written if isinstance(written, list) else [written]):
            yield f"{kind}.{place}", entry


def keys(scene: str, needed: bool = False) -> Iterator[str]:
    """The keys of all of a scene's sentences; or of those that need a claim.

    What is told of a still may tell of the drawing alone, but not under a condition.
    """
    for beat, page in book()[scene]["beats"].items():
        for place, entry in sentences(page):
            several = variants.texts(entry)
            for variant, (when, _) in enumerate(several):
                if not needed or place.isdigit() or when:
                    yield f"{scene}.{beat}.{place}" + (f".{variant}" if len(several) > 1 else "")


def said(scene: str, lesson: Lesson) -> Iterator[tuple[str, str]]:
    """(key, text) of every sentence with a claim that is said of the lesson."""
    for beat in Words(scene, lesson).beats:
        for place, entry in sentences(book()[scene]["beats"][beat]):
            if chosen := variants.choose(entry, lesson):
                variant = f".{chosen[0]}" if len(variants.texts(entry)) > 1 else ""
                if (key := f"{scene}.{beat}.{place}{variant}") in CLAIMS:
                    yield key, chosen[1]


@pytest.mark.parametrize("scene", SCENES)
def test_every_sentence_has_its_claim(scene: str) -> None:
    claimed = {key for key in CLAIMS if key.startswith(f"{scene}.")}
    assert set(keys(scene, needed=True)) <= claimed <= set(keys(scene))


@pytest.mark.parametrize("scene", SCENES)
def test_every_claim_holds_of_the_article_s_data(scene: str) -> None:
    assert [text for key, text in said(scene, ARTICLE) if not CLAIMS[key](ARTICLE)] == []


@pytest.mark.parametrize("seed", range(18))
def test_what_is_said_of_any_data_is_true_of_them(seed: int) -> None:
    try:
        lesson = random_lesson(seed)
    except ValueError as refusal:
        assert "data must have a condition number of at most" in str(refusal)
        return
    false = [(key, text) for scene in SCENES for key, text in said(scene, lesson) if not CLAIMS[key](lesson)]
    assert false == []
