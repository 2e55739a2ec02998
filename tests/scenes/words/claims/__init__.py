"""What each sentence of the film claims, as a predicate of the lesson: one module for some scenes.

A key is ``Scene.beat.place``, and ``Scene.beat.place.variant`` for a sentence that has variants. A predicate
is computed from the rows, or by another way than the condition under which the sentence stands.
"""

from __future__ import annotations

from collections.abc import Callable

from bn_math import Lesson

Claim = Callable[[Lesson], bool]


def of_any(why: str) -> Claim:
    """The claim of a sentence that is true of any data, because of what it says: a definition, a question."""
    assert why
    return lambda lesson: True
