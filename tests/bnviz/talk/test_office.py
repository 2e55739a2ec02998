"""PowerPoint's slides in LibreOffice: what it prints, and what it understands of what plays when."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.bnviz.raster import page_pixels
from tests.bnviz.talk.conftest import MadeTalk
from tests.bnviz.talk.test_powerpoint import decoded, pictures_of

pptx = pytest.importorskip("pptx")
OFFICE = shutil.which("soffice")


def convert(path: Path, kind: str, folder: Path) -> Path:
    assert OFFICE is not None
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [OFFICE, home, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{kind}"


@pytest.fixture(scope="module")
def office(paged: MadeTalk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The deck as LibreOffice's PDF and ODP."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-impress")
    folder = tmp_path_factory.mktemp("office")
    convert(paged.powerpoint, "pdf", folder)
    convert(paged.powerpoint, "odp", folder)
    yield folder


def test_libreoffice_prints_the_stills(office: Path, paged: MadeTalk) -> None:
    pages = list(pptx.Presentation(str(paged.powerpoint)).slides)
    for number, (page, slide) in enumerate(zip(pages[1:-1], paged.slides, strict=True), 1):
        movie, still = pictures_of(page)
        seen = page_pixels(office / "valley-to-bowl.pdf", number, 426).astype(int)
        wanted, poster = decoded(still.image.blob), decoded(movie.poster_frame.blob)
        inside = np.s_[:225, :]  # the number stands below
        assert np.abs(seen - wanted)[inside].mean() < 3, slide.title
        assert np.abs(seen - poster)[inside].mean() > 2 * np.abs(seen - wanted)[inside].mean()


def test_libreoffice_understands_what_plays_when(office: Path) -> None:
    with zipfile.ZipFile(office / "valley-to-bowl.odp") as file:
        content = file.read("content.xml").decode()
    found = re.findall(r'preset-id="(ooo-entrance-appear)|anim:command="(play|stop)"', content)
    assert [appears or command for appears, command in found] == [
        *["play", "ooo-entrance-appear"] * 3,
        "stop",
    ]
