"""Stillness and flashes, measured on frames made by hand."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.review import stillness_and_flashes
from bnviz.review.measurement import Place, Stretch
from bnviz.review.stillness_and_flashes import (
    FIELD,
    GRID,
    Seen,
    bursts,
    checks,
    flashes,
    longer_than,
    still_stretches,
    turns,
    unsaid,
)

RATE = 10


def clip(*levels: int, height: int = 6, width: int = 8) -> list[np.ndarray]:
    """Grey frames, each of one level."""
    return [np.full((height, width), level, dtype=np.uint8) for level in levels]


# -- stillness ------------------------------------------------------------------------------------------
def test_frames_that_stay_are_one_still_stretch() -> None:
    frames = clip(*[10] * 20, *range(20, 220, 10), *[250] * 30)
    assert list(still_stretches(frames, RATE)) == [Stretch(0.0, 2.0), Stretch(4.0, 7.0)]


def test_one_small_thing_that_moves_is_enough() -> None:
    frames = clip(*[10] * 30)
    frames[15][2, 3] = 60
    assert list(still_stretches(frames, RATE)) == [Stretch(0.0, 1.5), Stretch(1.6, 3.0)]


def test_what_coding_changes_is_no_movement_and_a_slow_drift_is_one() -> None:
    rng = np.random.default_rng(5)
    noisy = [frame + rng.integers(0, 4, frame.shape).astype(np.uint8) for frame in clip(*[100] * 50)]
    assert list(still_stretches(noisy, RATE)) == [Stretch(0.0, 5.0)]
    drifting = clip(*range(100, 150))
    assert max(item.seconds for item in still_stretches(drifting, RATE)) < 1.0


def test_a_single_frame_is_no_stretch() -> None:
    assert list(still_stretches(clip(1), RATE)) == []
    assert list(still_stretches([], RATE)) == []


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ([], [(1, 9)]),
        ([(0, 10)], []),
        ([(2, 3)], [(1, 2), (3, 9)]),
        ([(5, 6), (0, 2), (5.5, 8)], [(2, 5), (8, 9)]),
        ([(8, 12), (20, 30)], [(1, 8)]),
    ],
)
def test_what_is_said_under_a_still_is_taken_away(
    said: list[tuple[float, float]], left: list[tuple[float, float]]
) -> None:
    assert unsaid([Stretch(1, 9)], [Stretch(*item) for item in said]) == [Stretch(*item) for item in left]


def test_only_what_is_longer_is_named() -> None:
    assert longer_than(4, [Stretch(0, 4), Stretch(1, 5.1)]) == [Stretch(1, 5.1)]


# -- flashes --------------------------------------------------------------------------------------------
def film(*levels: float, share: tuple[int, int] | None = None) -> np.ndarray:
    """Luminance of frames on the grid; with ``share`` only so many rows and columns change."""
    rows, columns = share or (GRID[1], GRID[0])
    made = np.full((len(levels), GRID[1], GRID[0]), 0.2)
    made[:, :rows, :columns] = np.array(levels)[:, None, None]
    return made


def test_a_turn_is_a_change_by_a_tenth_against_the_last() -> None:
    assert np.flatnonzero(turns(np.array([0, 0.02, 0.5, 0.48, 0.5, 0.7]))).tolist() == [2]
    assert turns(np.array([0, 0.5, 0.1, 0.5, 0.1, 0.5, 0.1, 0.5])).sum() == 7
    assert turns(np.array([0.5, 0.41, 0.5, 0.41])).sum() == 0
    assert np.flatnonzero(turns(np.linspace(0, 1, 101))).tolist() == [10]  # slowly is a change, too


def test_bright_against_brighter_is_no_flash() -> None:
    assert turns(np.array([1.0, 0.85, 1.0, 0.85])).sum() == 0
    assert turns(np.array([1.0, 0.75, 1.0, 0.75])).sum() == 3


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_flashes_are_pairs_of_opposite_changes_within_a_second(count: int) -> None:
    levels = [0.2] * 20 + [0.6, 0.2] * count + [0.2] * 20
    found = flashes(film(*levels), RATE)
    assert found.max() == count
    assert found[:10].max() == 0 and found[-10:].max() == 0


def test_a_curtain_or_a_cut_is_no_flash() -> None:
    assert flashes(film(0.2, 0.2, 0.9, 0.9, 0.9), RATE).max() == 0


def test_flashes_further_apart_than_a_second_do_not_add_up() -> None:
    levels = ([0.6, 0.2] + [0.2] * 10) * 6
    assert flashes(film(*levels), RATE).max() == 1


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ((FIELD[1] // 2, FIELD[0] // 2), 4),  # a quarter of a field
        ((FIELD[1] // 2 - 1, FIELD[0] // 2), 0),
        ((1, GRID[0]), 0),  # a long line through many fields
        ((4, GRID[0]), 4),
    ],
)
def test_a_quarter_of_some_field_has_to_flash(share: tuple[int, int], expected: int) -> None:
    assert flashes(film(*[0.2, 0.6] * 4, 0.2, share=share), RATE).max() == expected


def test_the_place_of_the_field_does_not_matter() -> None:
    for rows, columns in ((0, 0), (GRID[1] - 6, GRID[0] - 8), (10, 20)):
        made = film(*[0.2] * 9)
        made[1::2, rows : rows + 6, columns : columns + 8] = 0.6
        assert flashes(made, RATE).max() == 4


def test_flashes_are_placed_where_they_begin() -> None:
    """Two bursts: one of four flashes, and, well after it, one of two."""
    levels = [0.2] * 20 + [0.6, 0.2] * 4 + [0.2] * 30 + [0.6, 0.2] * 2 + [0.2] * 20
    found = list(bursts(Seen(RATE, (), flashes(film(*levels), RATE))))
    assert found == [(2.0, 4), (5.8, 2)]


def test_stills_and_flashes_beyond_their_limits_are_named_with_their_places() -> None:
    counts = np.zeros(100, dtype=np.int64)
    counts[30:35] = 4
    seen = Seen(RATE, (Stretch(0.0, 2.0), Stretch(4.0, 9.5)), counts)
    still, flashing = checks(seen, [Stretch(0.0, 2.0)], lambda second: Place("Bowl", "end", second))
    assert still.problems == ["Bowl, beat 'end', 4.0 s: still with nothing said 5.5 s, must be at most 4 s"]
    assert flashing.problems == ["Bowl, beat 'end', 3.4 s: flashes in a second 4, must be at most 3"]
    assert checks(seen, [Stretch(0.0, 2.0), Stretch(5.0, 6.0)])[0].problems == []
    calm = Seen(RATE, (), np.zeros(100, dtype=np.int64))
    assert [item.worst and item.worst.value for item in checks(calm, [])] == [0.0, 0.0]


# -- on a film ------------------------------------------------------------------------------------------
def test_a_film_is_watched_in_one_pass(tmp_path: Path) -> None:
    """Two seconds still, then white and black in turn for a second, ten times; then still."""
    path, seen = tmp_path / "film.mp4", []
    levels = [40] * 2 * RATE + [255, 0] * (RATE // 2) + [40] * 3 * RATE
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 854, 480, "yuv420p"
        for level in levels:
            picture = np.full((480, 854, 3), level, dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    found = stillness_and_flashes.watch(path, lambda number, frame: seen.append((number, frame.width)))
    assert seen == [(number, 854) for number in range(len(levels))]
    assert (found.frame_rate, found.flashes.max()) == (RATE, 5)
    assert found.stills == (Stretch(0.0, 2.0), Stretch(3.0, 6.0))
