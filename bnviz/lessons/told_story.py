"""Which story a lesson's data tell, in sentences, and what its film leaves out because it is not true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bn_math import Lesson

STORIES = ("helps", "hardly_helps", "hurts")
_BRACES = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class LeftOut:
    """A beat, or a sentence of one, that is not told of a lesson.

    Args:
        scene: its scene.
        beat: its beat's name.
        title: its beat's title, as the words file has it; of several the one that holds.
        needs: the conditions under which it is told.
        sentence: the text as the words file has it; empty for a whole beat.
    """

    scene: str
    beat: str
    title: str
    needs: str
    sentence: str = ""

    def as_data(self) -> dict[str, str | None]:
        """This as JSON can hold it."""
        return {
            "scene": self.scene,
            "beat": self.beat,
            "needs": self.needs,
            "sentence": self.sentence or None,
        }


@dataclass(frozen=True)
class Script:
    """What a scene says of a lesson.

    Args:
        beats: how many beats it has.
        words: about how many words it says.
        left_out: what it does not say.
    """

    beats: int
    words: int
    left_out: tuple[LeftOut, ...]


def story(lesson: Lesson) -> str:
    """The condition of :data:`STORIES` that is true of the lesson; empty if a descent never arrives."""
    return next((name for name in STORIES if getattr(lesson.story, name)), "")


def sentences(lesson: Lesson) -> tuple[str, ...]:
    """Whether standardizing helps, and if not by much, why."""
    raw, standardized = lesson.raw, lesson.standardized
    name, ratio = story(lesson), lesson.steps_ratio
    if not name or ratio is None:
        return ("gradient descent never arrives: there is no story to tell",)
    change = f"{raw.steps:,} steps of gradient descent become {standardized.steps:,}"
    if name == "helps":
        return (f"standardizing helps {number(ratio)} times: {change}",)
    before, after = raw.spectrum.condition_number, standardized.spectrum.condition_number
    left = (
        f"Standardizing takes away unequal scales and means, and leaves the correlation, r = "
        f"{lesson.correlation:.4g}: the condition number (1 + |r|) / (1 - |r|) = {number(after)} comes "
        "from that alone."
    )
    if name == "hardly_helps":
        return (
            f"standardizing hardly helps: {change}",
            f"Why: on the raw data the condition number is {number(before)} already. {left}",
        )
    return (
        f"standardizing hurts: {change}",
        f"Why: on the raw data the condition number is {number(before)}, and afterwards it is higher. {left}",
    )


def number(value: float) -> str:
    """A figure for a sentence: whole from ten on, else with two digits."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}" if value < 9.95 else "10"


def scripts(names: Sequence[str], lesson: Lesson, language: str) -> dict[str, Script]:
    """What each of the scenes ``names`` says of the lesson, without its numbers being computed."""
    from scenes.kit.script import words

    book = words.book(language)
    return {name: _script(name, book.get(name, {}), lesson) for name in names}


def _script(scene: str, page: Mapping[str, Any], lesson: Lesson) -> Script:
    from scenes.kit.script import variants

    beats = said = 0
    left_out: list[LeftOut] = []
    for name, beat in page.get("beats", {}).items():
        if not variants.holds(when := beat.get("when", ""), lesson, f"[{scene}] {name}"):
            left_out.append(LeftOut(scene, name, _title(beat, lesson, scene), when))
            continue
        beats += 1
        for entry in beat["say"]:
            if chosen := variants.choose(entry, lesson, f"[{scene}] {name}"):
                said += _word_count(chosen[1])
            else:
                left_out.extend(_unsaid(scene, name, _title(beat, lesson, scene), entry))
    return Script(beats, said, tuple(left_out))


def _title(beat: Mapping[str, Any], lesson: Lesson, scene: str) -> str:
    """A beat's title for the lesson: the first of its variants that holds, or else the last."""
    from scenes.kit.script import variants

    chosen = variants.choose(beat["title"], lesson, f"[{scene}] title")
    return chosen[1] if chosen else variants.texts(beat["title"])[-1][1]


def _unsaid(scene: str, beat: str, title: str, entry: Any) -> Iterator[LeftOut]:
    """A sentence none of whose variants holds: the last one, and what any of them needs."""
    from scenes.kit.script import variants

    found = variants.texts(entry)
    yield LeftOut(scene, beat, title, " or ".join(when for when, _ in found), found[-1][1])


def _word_count(text: str) -> int:
    """How many words are said, three for each number that is filled in."""
    return len(_BRACES.sub(" one point two ", text).split())
