"""Blocks of cubes: which of them share a mean, one sample's output in other company, where text goes."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import BatchNorm, GroupNorm, InstanceNorm, Lesson
from scenes.family import LARGE, SMALL
from scenes.kit.lettering import places
from scenes.kit.script.words import Words
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.blocks.block import Block
from scenes.pieces.blocks.company import CHANNELS, PIXELS, SAMPLES, Companies
from scenes.pieces.blocks.norm_line import NormLine
from scenes.pieces.blocks.norms import members_of
from scenes.pieces.blocks.portrait import seats
from scenes.pieces.blocks.sentences import AT_HAND, COUNTS, LENGTHS, LEVEL, Sentences

COUNT = (CHANNELS, SAMPLES, PIXELS)


def block() -> Block:
    return Block(COUNT, Viewpoint(40, 60, 0.04))


def batch_norm(x: np.ndarray) -> np.ndarray:
    """Of (channels, samples, pixels)."""
    rows = x.transpose(1, 2, 0).reshape(-1, CHANNELS)
    done = BatchNorm(CHANNELS, affine=False, track_running_stats=False).forward(rows)
    return np.asarray(done.reshape(SAMPLES, PIXELS, CHANNELS).transpose(2, 0, 1))


def test_what_glows_for_batch_norm_is_what_it_takes_a_mean_of() -> None:
    x = np.random.default_rng(1).normal(size=COUNT)
    glows = members_of(block(), "batch_norm").reshape(COUNT)
    before = batch_norm(x)[-1, -1, 0]
    for place in np.ndindex(COUNT):
        other = x.copy()
        other[place] += 1
        assert (batch_norm(other)[-1, -1, 0] != before) == bool(glows[place])


OTHERS = {
    "layer_norm": GroupNorm(1, CHANNELS),  # over a sample's channels and pixels
    "instance_norm": InstanceNorm(CHANNELS),
    "group_norm": GroupNorm(2, CHANNELS),
}


@pytest.mark.parametrize("norm", OTHERS)
def test_what_glows_for_the_others_is_what_they_take_a_mean_of(norm: str) -> None:
    x = np.random.default_rng(2).normal(size=COUNT)
    glows = members_of(block(), norm).reshape(COUNT)

    def output(values: np.ndarray) -> float:
        return float(OTHERS[norm].forward(values.transpose(1, 0, 2))[-1, -1, 0])

    for place in np.ndindex(COUNT):
        other = x.copy()
        other[place] += 1
        assert (output(other) != output(x)) == bool(glows[place])


def test_an_output_swings_with_its_company_and_less_in_large_batches() -> None:
    companies = Companies(3)
    assert companies.swing(SMALL) > 0.1
    assert companies.swing(LARGE) < 0.6 * companies.swing(SMALL)
    chosen = members_of(block(), "layer_norm")
    x = companies.batch(0)
    by_hand = (x[-1, -1, 0] - x[:, -1].mean()) / x[:, -1].std()
    assert companies.alone(chosen) == pytest.approx(by_hand)
    first, second = companies.batch(0), companies.batch(1)
    assert np.array_equal(first[:, -1], second[:, -1]) and not np.array_equal(first, second)


def test_a_norm_without_a_mean_leaves_it_and_divides() -> None:
    numbers, box = np.array([0.2, 0.5, 1.4]), places.WIDE.side
    moved, divided = (NormLine(numbers, has_mean, box).go(2.0).shown for has_mean in (True, False))
    assert moved.mean() == pytest.approx(0) and moved.std() == pytest.approx(1)
    assert (divided**2).mean() == pytest.approx(1)
    assert divided == pytest.approx(numbers / np.sqrt((numbers**2).mean()))


def test_text_has_padding_where_its_sentences_end() -> None:
    lesson = Lesson.article()
    text = Sentences(Words("Family", lesson), block(), places.WIDE.picture)
    count = int(np.prod(COUNTS))
    feature = text.one_feature()[:count].reshape(COUNTS)
    padding = text.padding()[:count].reshape(COUNTS)
    assert feature.sum() == COUNTS[0] * COUNTS[1] and feature[..., LEVEL].all()
    assert list(padding[..., LEVEL].sum(axis=1)) == [COUNTS[1] - length for length in LENGTHS]
    assert text.one_token()[:count].reshape(COUNTS)[-1, AT_HAND].all()
    assert text.later()[:count].reshape(COUNTS)[-1, AT_HAND + 1 :, LEVEL].all()
    filled = text.filled()
    assert (filled.size[count:] == 0).all() and (filled.size[:count] > 0).all()


@pytest.mark.parametrize("shape", [places.WIDE, places.SQUARE])
def test_the_four_have_a_place_each(shape: places.Places) -> None:
    boxes = [box for seat in seats(shape) for box in (seat.block, seat.name, seat.line, seat.figure)]
    for one in boxes:
        assert shape.whole.left - 1e-9 <= one.left < one.right <= shape.whole.right + 1e-9
        for other in boxes:
            apart = one.right <= other.left or other.right <= one.left
            apart |= one.top <= other.bottom or other.top <= one.bottom
            assert one is other or apart
