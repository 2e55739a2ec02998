"""The README's table of posters."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz.errors import UserError
from bnviz.posters.readme_table import BEGIN, END, renew, table
from bnviz.run.discover import SceneSource

NAMES = ("One", "Two", "Three", "Four", "Five")
SOURCES = [SceneSource(name, Path(f"/somewhere/{name.lower()}.py")) for name in NAMES]
TITLES = {name: f"The title of {name}" for name in NAMES}


def test_every_scene_has_its_picture_its_number_and_its_title_in_order() -> None:
    lines = table(SOURCES, TITLES).splitlines()
    assert lines[:2] == ["| | | | |", "|---|---|---|---|"]
    assert lines[2].startswith("| ![One](media/posters/one.png) | ![Two](media/posters/two.png) |")
    assert lines[3].startswith(
        "| 1 [The title of One](scenes/one.py) | 2 [The title of Two](scenes/two.py) |"
    )
    assert lines[5] == "| 5 [The title of Five](scenes/five.py) | | | |"
    assert [line.count("|") for line in lines] == [5] * 6


def test_only_what_is_between_the_comments_changes(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# Title\n\n{BEGIN}\nold\n{END}\n\nmore\n", encoding="utf-8")
    assert renew(readme, "new")
    assert readme.read_text(encoding="utf-8") == f"# Title\n\n{BEGIN}\nnew\n{END}\n\nmore\n"
    assert not renew(readme, "new")
    assert list(tmp_path.iterdir()) == [readme]


@pytest.mark.parametrize("text", ["nothing", BEGIN, f"{END}\n{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_without_its_place_the_readme_stays_as_it_is(text: str, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(text, encoding="utf-8")
    with pytest.raises(
        UserError, match=r"README\.md has no place for the table; it needs the lines <!-- posters"
    ):
        renew(readme, "new")
    assert readme.read_text(encoding="utf-8") == text
