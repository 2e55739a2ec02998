"""A newcomer's four changes, each made in a copy of the packages: what it touches, shows, and may forget."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = Path(__file__).with_name("newcomer")
PACKAGES = ("bn_math", "scenes", "bnviz")
LOOK = """
import json, sys
scene, theme, language = sys.argv[1:]
from bnviz.review import legibility, registries
found = {"problems": registries.problems(), "told": [], "unread": [], "beats": 0}
if scene:
    from bnviz.cli.common import require_complete
    from bnviz.errors import UserError
    from bnviz.run import discover
    from bnviz.run.stills import beat_stills
    from scenes.kit.settings import Settings
    settings, source = Settings(theme=theme, voice=False, language=language), discover.find(scene)
    try:
        require_complete([source], settings)
        stills = beat_stills(source, settings, 854, 480, behind=True)
        found["beats"] = len(stills)
        found["unread"] = [each for still in stills.values() for each in legibility.still_problems(still)]
    except UserError as error:
        found["told"] = str(error).split("; ")
print(json.dumps(found))
"""


class Copy:
    """A copy of the packages, to be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in PACKAGES:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))

    def take(self, name: str, place: str) -> None:
        shutil.copyfile(OURS / name, self.folder / place)

    def edit(self, place: str, before: str, after: str) -> None:
        file = self.folder / place
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1
        file.write_text(text.replace(before, after), encoding="utf-8")

    @property
    def touched(self) -> set[str]:
        """The files that are new or other than in the repository."""
        files = {path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file()}
        return {
            path.as_posix()
            for path in files
            if "__pycache__" not in path.parts
            and (
                not (ROOT / path).is_file() or (ROOT / path).read_bytes() != (self.folder / path).read_bytes()
            )
        }

    def look(self, scene: str = "", theme: str = "dark", language: str = "en") -> dict[str, Any]:
        """What the checks say, of the registries and of the scene's stills."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-c", LOOK, scene, theme, language],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        shutil.rmtree(self.folder / "media", ignore_errors=True)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_seventh_optimizer_is_its_file(copy: Copy) -> None:
    copy.take("lion.py", "bn_math/descent/optimizers/lion.py")
    assert copy.look("OptimizerRace") == {"problems": [], "told": [], "unread": [], "beats": 4}
    assert copy.touched == {"bn_math/descent/optimizers/lion.py"}


def test_a_scene_is_its_file_its_words_and_its_place_in_the_cuts(copy: Copy) -> None:
    place = '  "WhyItWorks",\n  "Recap",\n]\n\nshort'
    copy.edit("scenes/cuts.toml", place, place.replace("Recap", "HalfABowl"))
    assert copy.look()["problems"] == [
        "the cut 'full' names the scene HalfABowl, but there is no scenes/half_a_bowl.py",
        "words/en.toml has no section [HalfABowl], a scene of the cut 'full'",
        "scenes/cuts.toml: the cut 'everything' lacks the scene HalfABowl",
    ]
    everything = copy.folder / "scenes/cuts.toml"
    text = everything.read_text(encoding="utf-8")
    assert text.endswith('  "Recap",\n]\n')
    everything.write_text(text.removesuffix("]\n") + '  "HalfABowl",\n]\n', encoding="utf-8")
    copy.take("half_a_bowl.py", "scenes/half_a_bowl.py")
    with (copy.folder / "scenes/words/en.toml").open("a", encoding="utf-8") as words:
        words.write(
            '\n[HalfABowl]\ntitle = "Half a bowl"\n'
            '[HalfABowl.beats.square]\ntitle = "A square"\nsay = ["A square."]\n'
        )
    assert copy.look("HalfABowl") == {"problems": [], "told": [], "unread": [], "beats": 1}
    assert copy.touched == {"scenes/half_a_bowl.py", "scenes/words/en.toml", "scenes/cuts.toml"}


def test_a_theme_is_a_palette(copy: Copy) -> None:
    sepia = 'PALETTES["sepia"] = {**PALETTES["light"], "background": "#FBF3E4", "panel": "#F6ECD8"}\n'
    file = copy.folder / "scenes/kit/palettes.py"
    whole = file.read_text(encoding="utf-8") + sepia
    file.write_text(whole + 'del PALETTES["sepia"]["bowl"]\n', encoding="utf-8")
    told = copy.look("Question", "sepia")["told"]
    assert told == ["the palette 'sepia' in palettes.py has no color for the role 'bowl'"]
    file.write_text(whole, encoding="utf-8")
    assert copy.look("Question", "sepia") == {"problems": [], "told": [], "unread": [], "beats": 3}
    assert copy.touched == {"scenes/kit/palettes.py"}


def test_a_language_is_a_words_file_and_an_entry(copy: Copy) -> None:
    words = copy.folder / "scenes/words/de.toml"
    copy.take("de.toml", "scenes/words/de.toml")
    assert copy.look()["problems"] == [
        "words/de.toml has no entry in scenes/kit/languages.py, so that nobody can ask for it"
    ]
    german = (
        'GERMAN = Language("de", "deu", "German", "Komma", "zehn hoch", '
        '{"%": "Prozent", "=": "gleich", "\\u2212": "minus", "\\u00d7": "mal"})\n\n'
    )
    copy.edit("scenes/kit/languages.py", "LANGUAGES: dict", german + "LANGUAGES: dict")
    copy.edit("scenes/kit/languages.py", "(ENGLISH,)", "(ENGLISH, GERMAN)")
    whole = words.read_text(encoding="utf-8")
    words.write_text(
        whole.replace('title = "Die Frage"\n', "").replace('dieselbe Regel"', 'dieselbe ก"'),
        encoding="utf-8",
    )
    assert copy.look("Question", language="de")["told"] == [
        "words/de.toml has no Question.title",
        "words/de.toml Question.rule: no font of German (Lato) has ก (U+0E01), wanted in 'dieselbe ก'",
    ]
    words.write_text(whole, encoding="utf-8")
    found = copy.look("Question", language="de")
    assert (found["told"], found["unread"], found["beats"]) == ([], [], 3)
    # The film is made scene by scene: those that are not said in German yet are named.
    assert "words/de.toml has no section [TwoScales]" in found["problems"]
    assert copy.touched == {"scenes/words/de.toml", "scenes/kit/languages.py"}
