"""What the tests of notebooks share: a tiny scene that is found as those of the film are."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from bnviz.notebook import asked
from bnviz.run import discover
from tests.bnviz.conftest import EXAMPLES


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``Small`` is found, and the other examples are; the working directory is empty."""
    monkeypatch.setattr(asked, "find", partial(discover.find, folder=EXAMPLES))
    monkeypatch.chdir(tmp_path)
