"""Which beats a change is about."""

from __future__ import annotations

import pytest

from bnviz.run.discover import find
from bnviz.watch import beats

WORDS = """
[shared]
steps = "steps"
[Valley]
title = "Down"
home = "home"
[Valley.beats.descent]
title = "Descent"
say = ["It falls.", "It lands."]
[Valley.beats.home]
title = "Home"
say = ["It arrives."]
[Bowl.beats.descent]
title = "Descent"
say = ["It falls."]
"""
SCENE = '''
"""A scene."""
SPEED = 3


class Valley:
    def construct(self):
        self.start = 1
        self.fall()
        with self.beat("home") as beat:
            self.play(self.ball())
        with self.beat("last"):
            self.wait(SPEED)

    def fall(self):
        """Down."""
        with self.beat("descent"):
            self.play(self.arrow())

    def arrow(self):
        return self.long_one()

    def long_one(self):
        return 7

    def ball(self):
        return 2
'''


def words_after(before: str, after: str) -> list[tuple[str, str]]:
    assert before in WORDS
    old, new = beats.parsed(WORDS), beats.parsed(WORDS.replace(before, after, 1))
    assert old is not None and new is not None
    return beats.in_words(old, new)


@pytest.mark.parametrize(
    ("before", "after", "about"),
    [
        ("It lands.", "It rests.", [("Valley", "descent")]),
        ('"Home"', '"At home"', [("Valley", "home")]),
        ("It falls.", "It drops.", [("Valley", "descent")]),
        ("It arrives.", "It is there.", [("Valley", "home")]),
        ('home = "home"', 'home = "goal"', [("Valley", "")]),
        ('steps = "steps"', 'steps = "moves"', []),
        ("\n[shared]", "\n# only a remark\n[shared]", []),
        (
            "[Bowl.beats.descent]",
            '[Bowl.beats.first]\ntitle = "x"\nsay = []\n[Bowl.beats.descent]',
            [("Bowl", "first")],
        ),
    ],
)
def test_a_word_is_about_the_beat_that_says_it(before: str, after: str, about: list[tuple[str, str]]) -> None:
    assert words_after(before, after) == about


def test_while_it_is_edited_a_file_may_be_no_toml() -> None:
    assert beats.parsed("title = ") is None


@pytest.mark.parametrize(
    ("before", "after", "about"),
    [
        ("self.play(self.ball())", "self.play(self.ball(1))", ["home"]),
        ("self.wait(SPEED)", "self.wait(2)", ["last"]),
        ("return 7", "return 8", ["descent"]),
        ("return 2", "return 3", ["home"]),
        ("self.start = 1", "self.start = 2", ["home", "last"]),
        ("SPEED = 3", "SPEED = 4", ["home", "last", "descent"]),
        ("return 7", "return 7  # as it is", []),
        ('self.beat("last")', 'self.beat("end")', ["end"]),
        ("return 7", "return (", None),
    ],
)
def test_code_is_about_the_beats_that_run_it(before: str, after: str, about: list[str] | None) -> None:
    assert before in SCENE
    found = beats.in_code(SCENE, SCENE.replace(before, after, 1))
    assert found is None if about is None else set(found or ()) == set(about)


def test_the_film_s_own_beats_are_found() -> None:
    text = find("Valley").path.read_text(encoding="utf-8")
    assert beats.in_code("", text) == ["descent", "home", "fair", "why"]
    assert beats.in_code(text, text) == []
    assert beats.in_code(text, text.replace("glass = self.glass()", "glass = None")) == ["home"]
