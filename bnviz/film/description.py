"""What lies beside a film for the site that it goes to: title, subject, chapters and credits, as text.

Sites make chapters of lines such as ``0:00 The question`` where the first is at 0:00, there are three at
least, and each lasts ten seconds or more. They refuse angle brackets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bnviz.film.chapters import Chapter

if TYPE_CHECKING:
    from bnviz.film.timeline import Timeline
    from scenes.kit.script.words import Words
    from scenes.kit.settings import Settings

FEWEST = 3
"""Chapters that a site takes for chapters."""

_BRACKETS = str.maketrans("<>", "‹›")


@dataclass(frozen=True)
class About:
    """What the words file says of a film as a whole: its subject, and a line for each that it is owed to."""

    subject: str = ""
    credits: tuple[str, ...] = ()


def about(settings: Settings) -> About:
    """What is to be said of a film with these settings; nothing in a language that has no words for it."""
    from scenes.kit.script.words import Words

    try:
        words = Words("Talk", settings.lesson, settings.language)
    except KeyError:
        return About()
    return about_in(words, settings.voice)


def about_in(words: Words, is_heard: bool) -> About:
    """The same in the words of ``Talk``; the voice is thanked where it is heard."""
    beats = ["credits", *(["voice"] if is_heard else [])]
    return About(
        subject=" ".join(sentence.caption for sentence in words.narration("title")),
        credits=tuple(sentence.caption for beat in beats for sentence in words.narration(beat)),
    )


def description(plan: Timeline, title: str, about: About) -> str:
    """The text, with a blank line between paragraphs. What the film is about is what its first scene says."""
    said = (word for beat in plan.scenes[0].beats for cue in beat.beat.cues for word in cue.text.split())
    chapters = plan.chapters
    paragraphs = [
        title,
        about.subject,
        " ".join(said),
        "\n".join(_lines(chapters)) if len(chapters) >= FEWEST else "",
        "\n".join(about.credits),
    ]
    return "\n\n".join(filter(None, paragraphs)).translate(_BRACKETS) + "\n"


def _lines(chapters: Iterable[Chapter]) -> Iterable[str]:
    return (f"{clock(chapter.start)} {chapter.title}" for chapter in chapters)


def clock(seconds: float) -> str:
    """A second of the film as sites write it: ``0:00``, ``12:05``, ``1:02:03``."""
    minutes, rest = divmod(int(seconds + 1e-6), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
