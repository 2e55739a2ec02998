"""One beat's still by its command: the picture that the beat ends on in the film."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bn_math.networks.trained.store import current_store
from bnviz.cache.networks import NetworkFiles
from bnviz.cli import app, common
from bnviz.run import discover, png
from bnviz.run.stills import beat_stills
from scenes.kit.settings import Settings
from tests.bnviz.commands import run


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    monkeypatch.chdir(tmp_path)
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))
    monkeypatch.setattr(app, "complaints", app.terminal(width=400, stderr=True))


@pytest.mark.parametrize("beat", ["appear", "move"])
def test_it_is_the_last_picture_of_the_beat(beat: str, examples: Path) -> None:
    code, output = run("still", f"Small/{beat}", "--quality", "low")
    path = Path("media/stills") / f"small-{beat}.png"
    assert code == 0 and output.startswith(f"{path} 854x480"), output
    every = beat_stills(discover.find("Small", examples), Settings(voice=False), 854, 480)
    assert set(every) == {"appear", "move"}
    np.testing.assert_array_equal(png.read(path), every[beat].picture)


def test_another_theme_has_a_file_of_its_own(tmp_path: Path) -> None:
    code, _ = run("still", "Small/move", "--quality", "low", "--theme", "light")
    assert code == 0 and (tmp_path / "media/stills/small-move-light.png").is_file()


def test_a_scene_alone_is_no_beat() -> None:
    code, output = run("still", "Small")
    assert code == 1 and output.startswith("error: Small names no beat; it must be like Small/move")


def test_what_training_networks_gives_is_kept_before_words_are_asked_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[object] = []
    monkeypatch.setattr(common, "require_beat", lambda source, beat: found.append(current_store()))
    common.beat_of("Small/move")
    assert isinstance(found[0], NetworkFiles)
