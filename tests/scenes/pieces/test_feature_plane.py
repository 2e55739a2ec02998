"""The rows in the plane of their features: every row in its place, to scale where it says so."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from scenes.kit.lettering import places
from scenes.pieces.rows.feature_plane import FeaturePlane, RowCloud, strip
from scenes.pieces.rows.row_one import RowOne

FRAMES = (places.WIDE, places.SQUARE)


@pytest.fixture
def lesson() -> Lesson:
    return Lesson.article()


def test_the_wider_feature_lies(lesson: Lesson) -> None:
    assert FeaturePlane(lesson.data, places.WIDE.whole).wide == 1
    turned = Dataset(lesson.data.features[:, ::-1], lesson.data.target)
    assert FeaturePlane(turned, places.WIDE.whole).wide == 0


def test_each_feature_fills_its_side_at_first(lesson: Lesson) -> None:
    box = places.WIDE.whole
    spans = np.ptp(FeaturePlane(lesson.data, box).places(0.0), axis=0)[:2]
    np.testing.assert_allclose(spans, [0.92 * box.width, 0.92 * box.height])


def test_in_the_end_one_unit_is_as_long_on_both_axes(lesson: Lesson) -> None:
    for share in (0.3, 1.0):
        across, up = FeaturePlane(lesson.data, places.WIDE.whole).units(share)
        assert (across == pytest.approx(up)) == (share == 1.0)
    spans = np.ptp(FeaturePlane(lesson.data, places.WIDE.whole).places(1.0), axis=0)
    assert spans[0] / spans[1] == pytest.approx(lesson.span_ratio)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_strip_is_inside_and_has_row_one_in_its_place(lesson: Lesson, frame: places.Places) -> None:
    cloud = strip(lesson.data, frame)
    assert frame.whole.holds(cloud)
    np.testing.assert_allclose(cloud.first.place, cloud.plane.at(lesson.data.features[0], 1.0))
    assert len(cloud.others) == lesson.data.count - 1


def test_a_cloud_moves_to_where_its_rows_stand(lesson: Lesson) -> None:
    moved = RowCloud(FeaturePlane(lesson.data, places.WIDE.whole))
    moved.put(1.0)
    there = strip(lesson.data, places.WIDE)
    for one, other in zip(moved.get_family(), there.get_family(), strict=True):
        np.testing.assert_allclose(one.points, other.points, atol=1e-9)


def test_row_one_has_its_ring_round_its_dot() -> None:
    one = RowOne(np.array([2.0, 1.0, 0.0]))
    for part in one:
        np.testing.assert_allclose(part.get_center(), [2.0, 1.0, 0.0], atol=1e-9)
    assert one.ring.width > 2 * one.dot.width
