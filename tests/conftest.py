"""What tests of every room share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings as tries

tries.register_profile("no times", deadline=None)  # a busy machine is no failure
tries.load_profile("no times")


@pytest.fixture(autouse=True)
def settings_from_nowhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees the settings of the shell it runs in, or of the test before it."""
    for name in ("BNVIZ_THEME", "BNVIZ_VOICE", "BNVIZ_LANGUAGE", "BNVIZ_LESSON"):
        monkeypatch.delenv(name, raising=False)
    yield
    from scenes.kit import settings

    settings.use(None)
