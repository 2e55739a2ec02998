"""Many products as one command: what is shared, what is left out, and going on after a stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from bnviz.cache import store
from bnviz.cli import app
from bnviz.film import make
from bnviz.run import discover
from tests.bnviz.commands import run

ORDERS = """
folder = "out"
name = "{lesson}-{cut}-{theme}"
[[order]]
lessons = ["article", "other.toml", "refused.csv"]
scenes = ["Small", "Other"]
qualities = ["low"]
silent = true
"""


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    monkeypatch.chdir(tmp_path)
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))
    monkeypatch.setattr(discover, "scene_names", lambda: ["Small", "Other", "Broken"])
    monkeypatch.setattr(app, "complaints", app.terminal(width=400, stderr=True))
    Path("orders.toml").write_text(ORDERS, encoding="utf-8")
    Path("other.toml").write_text("batch_size = 20\n", encoding="utf-8")
    Path("refused.csv").write_text("a,b,y\n1,2,3\n2,4,5\n5,10,9\n7,14,3\n", encoding="utf-8")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each scene was rendered."""
    counted: Counter[str] = Counter()
    really: Callable[..., object] = make.render_missing

    def count(sources: list[discover.SceneSource], *more: object) -> object:
        counted.update(source.name for source in sources)
        return really(sources, *more)

    monkeypatch.setattr(make, "render_missing", count)
    return counted


def test_what_is_the_same_is_made_once_and_a_refused_lesson_stops_nothing(
    rendered: Counter[str],
) -> None:
    code, said = run("batch", "orders.toml", "--workers", "1")
    assert code == 1
    assert "1 of 3 could not be made: out/film/refused-small-other-dark.mp4: " in said
    assert "refused.csv" in said.split("could not be made")[1] and "--lesson" not in said
    for name in ("article", "other"):
        with av.open(f"out/film/{name}-small-other-dark.mp4") as film:
            assert film.duration
    assert rendered == {"Small": 1, "Other": 1}  # neither reads anything of the lesson


def test_a_command_that_was_stopped_goes_on(rendered: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("orders.toml").write_text(
        ORDERS.replace(', "refused.csv"', "").replace('qualities = ["low"]', 'themes = ["dark", "light"]')
        + 'qualities = ["low"]\n',
        encoding="utf-8",
    )
    really = make.make_film

    def stopped(request: make.FilmRequest, listener: make.Listener) -> object:
        if request.settings.theme == "light":
            raise KeyboardInterrupt
        return really(request, listener)

    monkeypatch.setattr("bnviz.orders.carry_out.make_film", stopped)
    code, said = run("batch", "orders.toml", "--workers", "1")
    assert code == 130 and "2 of 4: out/film/article-small-other-light.mp4" in said
    before = Path("out/film/article-small-other-dark.mp4").stat().st_mtime_ns
    monkeypatch.setattr("bnviz.orders.carry_out.make_film", really)
    code, said = run("batch", "orders.toml", "--workers", "1")
    assert code == 0 and said.count("there already") == 1 and "all 4 are there" in said
    assert rendered == {"Small": 2, "Other": 2}  # once a theme
    assert Path("out/film/article-small-other-dark.mp4").stat().st_mtime_ns == before
    rendered.clear()
    Path("out/film/other-small-other-light.srt").unlink()
    code, said = run("batch", "orders.toml", "--workers", "1")
    assert code == 0 and said.count("there already") == 3 and rendered == {}


def test_a_scene_that_fails_is_told_and_the_rest_is_made() -> None:
    Path("orders.toml").write_text(
        '[[order]]\nscenes = ["Broken"]\nqualities = ["low"]\nsilent = true\n'
        '[[order]]\nscenes = ["Other"]\nqualities = ["low"]\nsilent = true\nmake = ["figures"]\n',
        encoding="utf-8",
    )
    code, said = run("batch", "orders.toml", "--workers", "1")
    assert code == 1 and "scene Broken failed: RuntimeError: the circle does not close" in said
    folder = Path("media/batch/figures/article-other-dark-en-low-silent")
    assert {path.suffix for path in folder.glob("other-circle*")} == {".svg", ".pdf", ".png"}


def test_nothing_is_thrown_away_meanwhile(rendered: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LIMIT", 1)
    code, said = run("batch", "orders.toml", "--workers", "1")
    assert code == 1 and rendered == {"Small": 1, "Other": 1}
    assert "with the next film the longest unused scenes go" in said


def test_a_plan_makes_nothing() -> None:
    code, said = run("batch", "orders.toml", "--plan")
    assert code == 0 and said.split() == [
        f"out/film/{name}-small-other-dark.mp4" for name in ("article", "other", "refused")
    ]
    assert not Path("out").exists() and not Path("media").exists()
