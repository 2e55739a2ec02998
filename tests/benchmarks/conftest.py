"""A tiny scene to measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz.run import discover
from bnviz.run.discover import SceneSource
from bnviz.run.quality import Quality

EXAMPLES = Path(__file__).parents[1] / "bnviz" / "examples"


@pytest.fixture
def tiny() -> Quality:
    return Quality("tiny", 426, 240, 15, 23)


@pytest.fixture
def sources() -> list[SceneSource]:
    return [discover.find(name, EXAMPLES) for name in ("Small", "Other")]
