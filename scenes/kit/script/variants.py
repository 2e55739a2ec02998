"""Words that depend on what is true of the data: which of several is said, or whether anything is.

In a words file a text may stand under a condition, ``{ when = "helps", text = "..." }``, or be the first of
several that hold, a list of such tables. Conditions are those of :class:`bn_math.lesson.story.Story`,
joined by ``and``, each with ``not`` before it where it must not hold. A text without ``when`` always holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bn_math import Lesson
from bn_math.lesson.story import conditions

KEYS = {"when", "text"}


def holds(when: str, lesson: Lesson, place: str = "") -> bool:
    """Whether the conditions named in ``when`` are true of ``lesson``.

    Raises:
        KeyError: a condition is none that a lesson has; ``place`` is what the message calls the entry.
    """
    return all(_is_true(part.split(), lesson, when, place) for part in when.split(" and "))


def choose(entry: Any, lesson: Lesson, place: str = "") -> tuple[int, str] | None:
    """The first text of ``entry`` that holds, and its position; None if nothing is to be said.

    Raises:
        KeyError: the entry is neither a text nor such tables, or names a condition that does not exist.
    """
    for position, (when, text) in enumerate(texts(entry, place)):
        if holds(when, lesson, place):
            return position, text
    return None


def texts(entry: Any, place: str = "") -> list[tuple[str, str]]:
    """All texts of an entry with the conditions under which they hold, empty for one that always does.

    Raises:
        KeyError: the entry is something else.
    """
    if isinstance(entry, str):
        return [("", entry)]
    tables = entry if isinstance(entry, list) else [entry]
    if not tables or not all(
        isinstance(table, Mapping) and set(table) <= KEYS and "text" in table for table in tables
    ):
        raise KeyError(
            f'{place}: {entry!r} must be a text, a table such as {{ when = "helps", text = "..." }}, '
            "or a list of them"
        )
    return [(table.get("when", ""), table["text"]) for table in tables]


def is_entry(value: Any) -> bool:
    """Whether ``value`` is a text, or texts under conditions, and no table of other things."""
    tables = value if isinstance(value, list) else [value]
    return isinstance(value, str) or (
        bool(tables)
        and all(isinstance(table, Mapping) and set(table) <= KEYS and "text" in table for table in tables)
    )


def _is_true(words: list[str], lesson: Lesson, when: str, place: str) -> bool:
    if not words and not when.strip():
        return True
    wanted = words[0] != "not" if words else True
    name = " ".join(words if wanted else words[1:])
    if name not in conditions():
        raise KeyError(
            f"{place}: {when!r} names {name!r}, which is no condition; they are {', '.join(conditions())}"
        )
    return bool(getattr(lesson.story, name)) is wanted
