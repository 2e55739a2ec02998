"""The house on one page is the house as it is."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"


def test_the_drawing_of_the_rooms_is_current() -> None:
    spec = importlib.util.spec_from_file_location("rooms", ROOT / "docs" / "rooms.py")
    assert spec is not None and spec.loader is not None
    rooms = importlib.util.module_from_spec(spec)
    sys.modules["rooms"] = rooms  # dataclasses look themselves up there
    spec.loader.exec_module(rooms)
    assert rooms.DRAWING.read_text(encoding="utf-8") == rooms.drawing(), "run: python docs/rooms.py"


def test_every_place_that_the_page_names_is_there() -> None:
    named = set(
        re.findall(r"`((?:bn_math|bnviz|scenes|tests|docs)/[\w./]*)`", PAGE.read_text(encoding="utf-8"))
    )
    assert len(named) > 15
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
