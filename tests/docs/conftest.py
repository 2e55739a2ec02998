"""The site, made once for all its tests, and a browser to open it in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bnviz.browser import MISSING, Browser, chromium
from tests.docs.pages import ROOT, Page


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, in a place whose name has to be escaped; a warning would be an error."""
    pytest.importorskip("furo", reason="install it with: sh bnviz/setup.sh docs")
    place = tmp_path_factory.mktemp("site")
    site, doctrees = place / "a site é", place / "doctrees"
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(doctrees)]
    done = subprocess.run(
        [*command, "docs", str(site)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture(scope="session")
def pages(folder: Path) -> dict[str, Page]:
    """Every page of the site by its address in it, the playground aside, which has tests of its own."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
    return {name: Page(path) for name, path in found.items() if name != "play.html"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if MISSING:
        pytest.skip(MISSING)
    with chromium(1280, 900) as browser:
        yield browser
