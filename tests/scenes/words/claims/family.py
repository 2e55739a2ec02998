"""The claims of the extras: the family of norms."""

from __future__ import annotations

import numpy as np

from bn_math import Lesson
from scenes.family import LARGE, SMALL
from scenes.pieces.blocks.company import Companies
from tests.scenes.words.claims import Claim, of_any


def swings(lesson: Lesson, size: int) -> float:
    """How far the sample's first output is spread over a hundred batches, by hand."""
    companies = Companies(lesson.settings.batch_seed)
    found = []
    for number in range(100):
        channel = companies.batch(number, size)[-1]
        found.append((channel[-1, 0] - channel.mean()) / channel.std())
    return float(np.std(found))


FAMILY = "what the norm is; see tests/scenes/pieces/test_blocks.py"
CLAIMS: dict[str, Claim] = {
    "Family.images.0": of_any("what a layer hands on"),
    "Family.batch.0": of_any(FAMILY),
    "Family.batch.1": of_any(FAMILY),
    "Family.own.0": of_any("what the others have in common; see tests/scenes/pieces/test_blocks.py"),
    "Family.own.1": of_any(FAMILY),
    "Family.company.0": lambda it: swings(it, SMALL) > 0.1,
    "Family.company.1": lambda it: swings(it, LARGE) < 0.6 * swings(it, SMALL),
    "Family.text.0": of_any("what a token is"),
    "Family.text.1": of_any("a mean over all positions is made of all of them"),
    "Family.text.2": of_any("what transformers do"),
    "Family.scale.0": of_any("what the norm is"),
}
