"""What tests of every room share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import settings as tries

# For pytest's workers, in which pyproject.toml makes an error of it; what a test starts says nothing of it.
os.environ.setdefault("PYTHONWARNDEFAULTENCODING", "1")
os.environ.setdefault("PYTHONWARNINGS", "ignore::EncodingWarning")

tries.register_profile("no times", deadline=None)  # a busy machine is no failure
tries.load_profile("no times")


@pytest.fixture(autouse=True, scope="session")
def networks_trained_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is found by training networks is shared by all processes of a run, those it starts, too."""
    from bnviz.cache.networks import VARIABLE, keep_networks

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "networks"
    os.environ.setdefault(VARIABLE, str(folder))
    keep_networks(folder)


@pytest.fixture(autouse=True)
def settings_from_nowhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees the settings of the shell it runs in, or of the test before it."""
    for name in ("BNVIZ_THEME", "BNVIZ_VOICE", "BNVIZ_LANGUAGE", "BNVIZ_LESSON"):
        monkeypatch.delenv(name, raising=False)
    yield
    from scenes.kit import settings

    settings.use(None)


@pytest.fixture
def add_palette(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, Mapping[str, Any]], None]]:
    """Register a palette for one test; themes made of it are forgotten afterwards."""
    from scenes.kit import theme
    from scenes.kit.palettes import PALETTES

    theme.named.cache_clear()
    yield lambda name, roles: monkeypatch.setitem(PALETTES, name, roles)
    theme.named.cache_clear()
