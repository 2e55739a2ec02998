"""The list of figures of several beats: that of the program, and what is wrong in one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz.errors import UserError
from bnviz.figures.panel_lists import panel_figures


def test_the_program_s_own_list_can_be_drawn() -> None:
    found = {figure.name: figure for figure in panel_figures()}
    assert len(found) >= 5
    assert [panel.beat for panel in found["before-centred-scaled-both"].panels] == [
        "raw",
        "centered",
        "scaled",
        "standardized",
    ]
    assert all(figure.width == 180 and figure.columns == 2 for figure in found.values())


def test_a_reader_s_own_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[mine]\npanels = ["Bowl/parts", "Drawn/raw"]\ncolumns = 1\nwidth = 85\ncaption = "So."\n',
        encoding="utf-8",
    )
    (figure,) = panel_figures(path)
    assert (figure.name, figure.columns, figure.width, figure.caption) == ("mine", 1, 85.0, "So.")
    assert [(panel.source.name, panel.beat) for panel in figure.panels] == [
        ("Bowl", "parts"),
        ("Drawn", "raw"),
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "lists no figure"),
        ("[a", "is not valid TOML"),
        ("a = 1", r"\[a\] is no table"),
        ('["../a"]\npanels = ["Bowl/parts", "Bowl/before"]', "a figure's name is letters and digits"),
        ('[nul]\npanels = ["Bowl/parts", "Bowl/before"]', "Windows keeps this name for a device"),
        (
            "".join(f'[{name}]\npanels = ["Bowl/parts", "Bowl/before"]\n' for name in ("one", "One")),
            "one and One are one file where capitals do not count",
        ),
        ('[a]\npanels = ["Bowl/parts"]', "panels must be a list of 2 to 12 beats"),
        ('[a]\npanels = "Bowl/parts"', "panels must be a list"),
        ('[a]\npanels = ["Bowl/parts", "Bowl"]', "the panel 'Bowl' should be a scene and a beat"),
        ('[a]\npanels = ["Bowl/parts", 3]', "the panel 3 should be"),
        ('[a]\npanels = ["Bowl/parts", "Bwl/parts"]', "there is no scene 'Bwl'"),
        ('[a]\npanels = ["Bowl/parts", "Bowl/part"]', "Bowl has no beat 'part'; did you mean Bowl/parts"),
        ('[a]\npanels = ["Bowl/parts", "Bowl/before"]\ncolumns = 0', "columns is 0; it must be"),
        ('[a]\npanels = ["Bowl/parts", "Bowl/before"]\ncolumns = true', "columns is True; it must be"),
        ('[a]\npanels = ["Bowl/parts", "Bowl/before"]\nwidth = nan', "width is nan; it must be"),
        ('[a]\npanels = ["Bowl/parts", "Bowl/before"]\nalt = 3', "alt is 3; it must be a text"),
        ('[a]\npanels = ["Bowl/parts", "Bowl/before"]\npanel = 3', "has panel, which is unknown; known are"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, answer: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=answer) as caught:
        panel_figures(path)
    assert "mine.toml" in str(caught.value)


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--list .*nothing.toml"):
        panel_figures(tmp_path / "nothing.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="is not UTF-8"):
        panel_figures(tmp_path / "bytes.toml")
