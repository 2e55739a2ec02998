"""How the page writes times, sizes and colours."""

from __future__ import annotations

from pathlib import Path

from bnviz.page.model import clock, size, theme_css


def test_times_sizes_and_colours(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 87_000)
    assert size(file) == "87 kB"
    assert (clock(0), clock(125.9), clock(59.9999999)) == ("0:00", "2:05", "1:00")
    light, dark = theme_css().splitlines()
    assert "--background: #FFFFFF;" in light and "--background: #0F1216;" in dark
