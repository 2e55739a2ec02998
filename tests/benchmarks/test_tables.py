"""What the tables say follows from what was measured."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks import __main__ as command
from benchmarks import page
from benchmarks.encoding import EncodedFilm, EncodedScene
from benchmarks.growth import Point, Series
from benchmarks.maths import at_once
from benchmarks.plot import draw
from benchmarks.processes import Measured, in_a_process
from benchmarks.profiling import profile
from benchmarks.scenes import FilmCost, MadeFilm, assembled, film_cost
from benchmarks.shots import Speed
from bnviz.errors import UserError
from bnviz.run.discover import SceneSource
from bnviz.run.quality import Quality
from scenes.kit.settings import Settings

ALONE = {
    "One": Measured(600, seconds=20.0, cpu_seconds=30.0, peak_bytes=400_000_000),
    "Two": Measured(300, seconds=5.0, cpu_seconds=10.0, peak_bytes=700_000_000),
}
WHOLE = Measured(MadeFilm(15.0, 3_400_000), seconds=26.0, cpu_seconds=40.0, peak_bytes=900_000_000)
SERIES = [
    Series("size", "pixels", (Point("small", 100, 4.0), Point("large", 300, 6.0))),
    Series("length", "seconds", (Point("short", 2, 1.0), Point("long", 8, 4.0))),
]


def cost(slowness: float = 1.0, others: float = 0.0) -> FilmCost:
    """A film whose encoder is ``slowness`` times as slow; while it is alone, ``others`` take core seconds."""
    scenes = (
        EncodedScene("Two", 300, 5.0 * slowness),
        EncodedScene("One", 600, 15.0 * slowness),
    )
    busy = sum(scene.cpu_seconds for scene in scenes)
    return assembled(ALONE, EncodedFilm(10.0 * slowness, busy + others, scenes), WHOLE, 2, "high")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_ratio_is_the_whole_film_over_encoding_alone() -> None:
    film = cost()
    assert film.ratio == 2.6
    assert film.cpu_ratio == (30 + 10) / (15 + 5)
    assert (film.frames, film.peak_bytes) == (900, 700_000_000)


def test_encoding_has_the_larger_share_the_slower_it_is() -> None:
    assert cost(slowness=2).ratio == cost().ratio / 2
    for slow, fast in zip(cost(slowness=2).scenes, cost().scenes, strict=True):
        assert slow.encoding_share == 2 * fast.encoding_share


def test_the_table_has_a_line_for_every_scene_and_one_for_all() -> None:
    lines = list(page.film_lines(cost()))
    assert cells(lines[2]) == ["One", "600", "30.0", "50%", "400 MB"]
    assert cells(lines[3]) == ["Two", "300", "60.0", "50%", "700 MB"]
    assert cells(lines[4]) == ["**all, 2 processes**", "900", "34.6", "38%", "700 MB a process"]
    assert "**2.60 times**" in lines[6]
    assert lines[-1].startswith("Measured on ")


@pytest.mark.parametrize(("others", "share", "is_said"), [(0.0, "100%", False), (5.0, "80%", True)])
def test_a_machine_that_did_other_things_while_frames_were_encoded_alone_is_told(
    others: float, share: str, is_said: bool
) -> None:
    film = cost(others=others)
    said = list(page.film_lines(film))[8]
    assert f"at work {share} of the time." in said
    assert ("measure it anew" in said) == is_said == (not film.is_undisturbed)


def test_scenes_whose_frames_differ_between_the_measurements_are_not_compared() -> None:
    encoded = EncodedFilm(1.0, 2.0, (EncodedScene("One", 599, 1.0), EncodedScene("Two", 300, 1.0)))
    with pytest.raises(RuntimeError, match="scene One has 600 frames, but 599 were encoded alone"):
        assembled(ALONE, encoded, WHOLE, 2, "high")


def test_a_tiny_film_is_measured_from_end_to_end(sources: list[SceneSource], tiny: Quality) -> None:
    told: list[str] = []
    film = film_cost(sources, Settings(voice=False), tiny, 2, told.append)
    assert [scene.name for scene in film.scenes] == ["Small", "Other"]
    for scene in film.scenes:
        assert scene.encoding_share > 0
        assert 50_000_000 < scene.peak_bytes < 2_000_000_000
    assert film.ratio == film.seconds / film.encoding_seconds
    assert "encoding alone: Small is done" in told


def test_speeds_are_compared_with_ours_and_what_is_missing_is_said() -> None:
    speeds = [Speed("ours", (65, 65), 30.0), Speed("theirs", (32, 32), 2.0), Speed("other", (8, 8), None)]
    rows = [cells(line) for line in list(page.speed_lines(speeds))[2:5]]
    assert rows == [
        ["ours", "65 × 65", "30.0", "1.0"],
        ["theirs", "32 × 32", "2.0", "15.0"],
        ["other", "8 × 8", "not installed", ""],
    ]


def test_growth_is_counted_from_the_first_point() -> None:
    assert SERIES[0].growth == ((1.0, 1.0), (3.0, 1.5))
    lines = list(page.growth_lines(SERIES))
    assert lines[0].endswith("(benchmarks.svg)")
    assert cells(lines[5]) == ["length", "short: 1.00, long: 4.00"]


def test_the_plot_is_small_has_a_ground_of_its_own_and_is_the_same_twice(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        draw(SERIES, tmp_path / name)
    one = (tmp_path / "one.svg").read_bytes()
    assert one == (tmp_path / "two.svg").read_bytes()
    assert b"fill: #f7f7f4" in one  # so that ink is legible whatever the page's color is
    assert len(one) < 200_000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.svg", "two.svg"]


def test_a_part_goes_to_its_place_in_the_page_and_leaves_the_others(tmp_path: Path) -> None:
    copy = tmp_path / "benchmarks.md"
    shutil.copy(page.PAGE, copy)
    before = copy.read_text(encoding="utf-8")
    for part in ("scenes", "surface", "cut-out", "large", "author", "encoders", "growth", "maths"):
        page.put(copy, part, [f"new {part}"])
        assert f"-->\nnew {part}\n<!--" in copy.read_text(encoding="utf-8")
    assert copy.read_text(encoding="utf-8").split("\n## ")[0] == before.split("\n## ")[0]
    with pytest.raises(UserError, match="has no place for the table"):
        page.put(copy, "weather", ["rain"])


def test_many_runs_at_once_are_compared_with_as_many_in_a_loop() -> None:
    rules = [item.rule for item in at_once(runs=40, steps=20, sample=2)]
    assert rules == ["GradientDescent", "HeavyBall", "Nesterov", "Adam"]


def test_a_profile_names_what_draws_and_counts_moving_frames(
    sources: list[SceneSource], tiny: Quality
) -> None:
    found = in_a_process(profile, sources[0], Settings(voice=False), tiny)
    assert found.moving >= 0.9 * tiny.frame_rate  # 0.4 and 0.5 seconds of movement
    assert sum(found.share(cost) for cost in found.costs) == pytest.approx(1)
    assert any("display" in cost.function for cost in found.costs)
    assert list(page.profile_lines([found]))[0].startswith("Small: ")
    assert cells(list(page.profile_lines([found, found]))[2])[:2] == ["Small", str(found.moving)]


def test_a_scene_that_is_not_there_is_answered_with_a_sentence() -> None:
    done = CliRunner().invoke(command.app, ["scenes", "--scenes", "Vale"])
    assert done.exit_code == 1
    assert "there is no scene 'Vale'" in " ".join(done.output.split())
    assert "Valley" in done.output
