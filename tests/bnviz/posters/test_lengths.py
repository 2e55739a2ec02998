"""Lengths of scenes: as they are when they are run, and nearly so from their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz import doctor
from bnviz.cache.lengths import LengthCache
from bnviz.cache.store import Store
from bnviz.errors import SceneFailed, UserError
from bnviz.film.make import FilmRequest, make_film
from bnviz.posters import lengths
from bnviz.posters.lengths import Found, Origin
from bnviz.run.discover import SceneSource, find
from bnviz.run.quality import Quality
from bnviz.run.stills import beat_times
from scenes.kit.settings import Settings

SILENT = Settings(voice=False)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def test_scenes_that_are_run_through_are_kept(store: Store, examples: Path) -> None:
    sources = [find(name, examples) for name in ("Small", "Other", "Right")]
    found = lengths.run_through(sources, SILENT, store, workers=2)
    assert list(found) == ["Small", "Other", "Right"]
    for source in sources:
        title, beats = beat_times(source, SILENT)
        assert found[source.name].lengths.title == title
        assert list(found[source.name].lengths.beats) == beats
    assert lengths.kept(sources, SILENT, store) == found


def test_of_a_narrated_film_the_silent_lengths_are_known_at_least(
    store: Store, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = find("Small", examples)
    silent = lengths.run_through([small], SILENT, store, 1)["Small"]
    assert lengths.kept([small], Settings(), store) == {"Small": Found(silent.lengths, Origin.SILENT)}
    monkeypatch.setattr(doctor, "missing_voice", lambda: ["hibari-tts"])  # then that is what the film has
    assert lengths.kept([small], Settings(), store) == {"Small": silent}


def test_a_film_tells_how_long_its_scenes_are(
    store: Store, examples: Path, tiny: Quality, tmp_path: Path
) -> None:
    sources = [find(name, examples) for name in ("Small", "Other")]
    make_film(FilmRequest(sources, SILENT, tmp_path / "film.mp4", tiny, store=store))
    found = LengthCache(store, SILENT).known(sources)
    for source in sources:
        title, beats = beat_times(source, SILENT)
        assert found[source.name].title == title
        assert dict(found[source.name].beats) == pytest.approx(dict(beats), abs=0.2)


@pytest.mark.parametrize("name", ["Downhill", "Recap"])
def test_reckoned_lengths_are_near_those_of_the_scene(name: str) -> None:
    reckoned = lengths.reckoned(find(name), SILENT)
    title, beats = beat_times(find(name), SILENT)
    assert reckoned.origin is Origin.WORDS and not reckoned.is_exact
    assert reckoned.lengths.title == title
    assert [beat for beat, _ in reckoned.lengths.beats] == [beat for beat, _ in beats]
    total = sum(seconds for _, seconds in beats)
    assert sum(seconds for _, seconds in reckoned.lengths.beats) == pytest.approx(total, rel=0.15)


def test_a_scene_of_one_s_own_brings_its_words_or_is_told(examples: Path, tmp_path: Path) -> None:
    found = lengths.reckoned(find("Small", examples), SILENT).lengths
    assert [beat for beat, _ in found.beats] == ["appear", "move"]
    path = tmp_path / "wordless.py"
    path.write_text(
        "from scenes.kit.beats import BeatScene\n\n\nclass Wordless(BeatScene):\n    pass\n", encoding="utf-8"
    )
    with pytest.raises(UserError, match=r"wordless.py: words/en.toml has no section \[Wordless\]"):
        lengths.reckoned(SceneSource("Wordless", path), SILENT)


def test_the_scene_that_cannot_be_run_is_named(store: Store, examples: Path) -> None:
    sources = [find(name, examples) for name in ("Small", "Broken")]
    with pytest.raises(SceneFailed, match="scene Broken failed: ") as failure:
        lengths.run_through(sources, SILENT, store, 1)
    assert "Traceback" in failure.value.details
