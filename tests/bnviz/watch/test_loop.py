"""From a saved file to a picture: which beat is made, what is told when it cannot be, and that it goes on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bnviz.errors import SceneFailed
from bnviz.run import discover
from bnviz.run.discover import SceneSource
from bnviz.run.stills import beat_stills
from bnviz.watch import loop
from bnviz.watch.files import Watched
from bnviz.watch.loop import Author, News, Target, follow
from bnviz.watch.picture import Wish, make
from scenes.kit.settings import Settings

WORDS = """
[Valley.beats.descent]
say = ["It falls."]
[Valley.beats.home]
say = ["It arrives."]
[Bowl.beats.descent]
say = ["It falls."]
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two scenes."""
    (tmp_path / "scenes" / "words").mkdir(parents=True)
    (tmp_path / "scenes/words/en.toml").write_text(WORDS, encoding="utf-8")
    for name in ("valley", "bowl"):
        (tmp_path / f"scenes/{name}.py").write_text(
            'with self.beat("descent"):\n    pass\n', encoding="utf-8"
        )
    monkeypatch.setattr(discover, "find", lambda name: SceneSource(name, tmp_path / f"scenes/{name}.py"))
    return tmp_path


def author(tree: Path, *targets: Target) -> Author:
    first = targets[0] if targets else Target(SceneSource("Valley", tree / "scenes/valley.py"))
    wish = Wish(first.source, first.beat, "dark", "en")
    return Author(Watched(root=tree), targets, wish, is_shown=bool(targets))


def target(tree: Path, scene: str, beat: str = "") -> Target:
    return Target(SceneSource(scene, tree / f"scenes/{scene.lower()}.py"), beat)


def say(tree: Path, before: str, after: str) -> list[Path]:
    path = tree / "scenes/words/en.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return [path]


def chosen(wish: Wish | None) -> tuple[str, str] | None:
    return wish and (wish.source.name, wish.beat)


def test_the_beat_of_a_word_is_made_and_stays(tree: Path) -> None:
    one = author(tree)
    assert one.choose([tree / "scenes/kit/ball.py"]) is None  # nothing is shown that it could be about
    assert chosen(one.choose(say(tree, "It arrives.", "There."))) == ("Valley", "home")
    assert chosen(one.choose([tree / "scenes/kit/ball.py"])) == ("Valley", "home")
    assert chosen(one.choose(say(tree, "It falls.", "It drops."))) == ("Valley", "descent")


def test_what_is_not_asked_for_is_left_alone(tree: Path) -> None:
    one = author(tree, target(tree, "Bowl"), target(tree, "Valley", "home"))
    assert chosen(one.choose(say(tree, "It arrives.", "There."))) == ("Valley", "home")
    one = author(tree, target(tree, "Bowl"))
    assert one.choose(say(tree, "There.", "It is there.")) is None
    assert one.choose([]) is None


def test_words_of_a_scene_that_has_no_file_yet_are_nobody_s(tree: Path) -> None:
    one = author(tree, target(tree, "Valley", "home"))
    path = tree / "scenes/words/en.toml"
    path.write_text(
        path.read_text(encoding="utf-8") + '[Newest.beats.first]\nsay = ["It is new."]\n', encoding="utf-8"
    )
    assert chosen(one.choose([path])) == ("Valley", "home")


def test_a_scene_s_code_is_about_its_beat(tree: Path) -> None:
    one = author(tree)
    path = tree / "scenes/bowl.py"
    path.write_text('with self.beat("descent"):\n    1\n', encoding="utf-8")
    assert one.choose([path]) is None  # it is in no method, so in no beat
    path.write_text(
        "class Bowl:\n    def construct(self):\n        with self.beat('parts'):\n            1\n",
        encoding="utf-8",
    )
    assert chosen(one.choose([path])) == ("Bowl", "parts")
    path.write_text("class Bowl:\n    def construct(self)\n", encoding="utf-8")
    assert chosen(one.choose([path])) == ("Bowl", "parts")  # what is wrong with it is told


def test_it_goes_on_after_a_mistake(tree: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    """The real thing, with the example scenes: a failure, then another scene's picture."""
    monkeypatch.setattr(loop, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(discover, "find", lambda name: SceneSource(name, examples / f"{name.lower()}.py"))
    one = author(tree, Target(SceneSource("Broken", examples / "broken.py"), "circle"))
    begun: list[str] = []
    news = follow(one, Watched(root=tree), begun.append)
    failed = next(news)
    assert failed.made is None and failed.title == "Broken/circle"
    assert failed.error.startswith("RuntimeError: the circle does not close at ")
    assert "broken.py:" in failed.error and "Traceback" in failed.details
    one.wish = Wish(SceneSource("Small", examples / "small.py"), "", "dark", "en")
    (tree / "scenes/words/de.toml").write_text("x = 1", encoding="utf-8")
    made = next(news)
    assert (made.title, made.error) == ("Small/move", "") and begun == ["Broken/circle", "Small"]
    assert made.made is not None
    right = beat_stills(discover.find("Small"), Settings(voice=False), 1920, 1080)["move"].picture
    with Image.open(io.BytesIO(made.made.content)) as image:
        np.testing.assert_array_equal(np.asarray(image.convert("RGB")), right)
    news.close()


def test_a_clip_is_a_film_of_the_beat(examples: Path) -> None:
    wish = Wish(SceneSource("Small", examples / "small.py"), "move", "dark", "en", is_clip=True)
    made = make(wish)
    assert made.beat == "move" and made.content[4:8] == b"ftyp"


def test_what_the_words_lack_is_told_as_it_is(examples: Path, tmp_path: Path) -> None:
    path = tmp_path / "small.py"
    path.write_text(
        (examples / "small.py").read_text(encoding="utf-8").replace('label("word")', 'label("wrod")'),
        encoding="utf-8",
    )
    with pytest.raises(SceneFailed) as failure:
        make(Wish(SceneSource("Small", path), "move", "dark", "en"))
    assert failure.value.reason == "words/en.toml has no 'wrod' in [Small] or [shared]"


def test_it_ends_when_it_is_told_to(tree: Path) -> None:
    def news() -> Iterator[News]:
        return follow(author(tree), Watched(root=tree), lambda title: None, is_over=lambda: True)

    assert list(news()) == []
