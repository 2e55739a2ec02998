"""One talk never takes the place of another."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

from bnviz.run import cuts, discover
from bnviz.talk.file_names import talk_folder
from scenes.kit.settings import Settings

SILENT = Settings(voice=False)
MEDIA = Path("media")


def test_the_whole_film_in_its_own_colors_without_the_voice_has_the_plain_name() -> None:
    assert talk_folder(MEDIA, cuts.cut(), SILENT) == MEDIA / "slides"


def test_what_is_otherwise_is_named() -> None:
    mine = replace(SILENT, theme="light", voice=True, lesson_name="my_lesson")
    assert talk_folder(MEDIA, cuts.cut("short"), mine, ["Question/race"], notes=True) == (
        MEDIA / "slides-short-light-my-lesson-voice-loop-question-race-notes"
    )
    two = discover.film(["TwoScales", "Bowl"])
    assert talk_folder(MEDIA, two, SILENT) == MEDIA / "slides-two-scales-bowl"


def test_many_scenes_have_a_short_name_that_is_theirs_alone() -> None:
    names = [source.name for source in cuts.cut()]
    folders = {
        talk_folder(MEDIA, discover.film(list(chosen)), SILENT).name
        for chosen in itertools.islice(itertools.permutations(names, 6), 40)
    }
    assert len(folders) == 40
    assert all(name.startswith("slides-6-scenes-") and len(name) < 30 for name in folders)


def test_every_choice_makes_another_folder() -> None:
    sources = cuts.cut()
    chosen = [
        talk_folder(MEDIA, sources, SILENT),
        talk_folder(MEDIA, cuts.cut("short"), SILENT),
        talk_folder(MEDIA, sources[:2], SILENT),
        talk_folder(MEDIA, sources[:2][::-1], SILENT),
        talk_folder(MEDIA, sources, replace(SILENT, theme="light")),
        talk_folder(MEDIA, sources, replace(SILENT, voice=True)),
        talk_folder(MEDIA, sources, replace(SILENT, lesson_name="mine")),
        talk_folder(MEDIA, sources, SILENT, ["Question/race"]),
        talk_folder(MEDIA, sources, SILENT, ["Question/race", "Bowl/descent"]),
        talk_folder(MEDIA, sources, SILENT, notes=True),
        talk_folder(MEDIA, sources, SILENT, one_file=True),
    ]
    assert len(set(chosen)) == len(chosen)
