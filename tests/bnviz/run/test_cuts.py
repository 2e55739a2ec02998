"""The list of cuts: what is read from it, and what a mistake in it is answered with."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace

import pytest

import scenes
from bnviz.cli.common import film_of
from bnviz.errors import UserError
from bnviz.run import cuts, discover
from bnviz.run.told import is_told
from scenes.kit.settings import Settings

ENDS = 'full = ["Valley"]\neverything = ["Valley", "Bowl"]\n'
Listing = Callable[[str], None]


@pytest.fixture
def listing(monkeypatch: pytest.MonkeyPatch) -> Listing:
    """Let the list of cuts be a text."""

    def write(text: str) -> None:
        read = scenes._read
        monkeypatch.setattr(scenes, "cuts", lambda: read(text))

    return write


def test_the_film_is_its_full_cut_and_everything_holds_every_scene() -> None:
    assert [source.name for source in cuts.cut()] == [item.name for item in scenes.cuts()["full"]]
    assert [source.name for source in film_of(None, None)] == [source.name for source in cuts.cut("full")]
    files = {path.name for path in discover.FOLDER.glob("*.py") if not path.stem.startswith("_")}
    assert {discover.file_name(name) for name in scenes.ORDER} == files


@pytest.mark.parametrize("name", scenes.cuts())
def test_every_cut_s_scenes_and_beats_are_there_and_in_the_order_of_everything(name: str) -> None:
    found = [source.name for source in cuts.cut(name)]
    assert found == [scene for scene in scenes.ORDER if scene in found]


def test_some_beats_of_a_scene(listing: Listing) -> None:
    listing(ENDS + 'mine = ["Valley", { scene = "Bowl", beats = ["descent", "parts"] }]\n')
    valley, bowl = cuts.cut("mine")
    assert (valley.beats, bowl.beats) == ((), ("descent", "parts"))
    assert cuts.beats_of(bowl) == ("descent", "parts")
    assert pickle.loads(pickle.dumps(bowl)) == bowl
    assert cuts.name_of([valley, bowl]) == "mine"
    assert cuts.name_of([valley, replace(bowl, beats=())]) == "everything"
    assert cuts.name_of([bowl]) is None
    assert is_told(bowl, Settings())
    assert not is_told(replace(bowl, beats=("nothing",)), Settings())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("full = [", r"^scenes/cuts.toml is not valid TOML: "),
        ("full = ['Valley']", r"^scenes/cuts.toml has no cut 'everything'$"),
        ("mine = ['Valley']", r"^scenes/cuts.toml has no cut 'full' and no cut 'everything'$"),
        (ENDS + "mine = ['Bowl']\nMine = ['Valley']", r"has cuts that differ by capitals alone"),
        (ENDS + "mine = 'Valley'", r"the cut 'mine' must be a list of scenes, like"),
        (ENDS + "mine = []", r"the cut 'mine' must be a list of scenes, like"),
        (ENDS + "mine = ['Valley', 'Bowl', 'Valley']", r"the cut 'mine' names Valley more than once"),
        (ENDS + "mine = [3]", r"the cut 'mine' holds 3; it must be a scene's name, or some of its beats: \{"),
        (ENDS + "mine = [{ scene = 'Bowl' }]", r"the cut 'mine' holds \{'scene': 'Bowl'\}; it must be"),
        (ENDS + "mine = [{ scene = 'Bowl', beats = [] }]", r"the cut 'mine' holds .*; it must be"),
        (ENDS + "mine = [{ scene = 'Bowl', beats = 'why' }]", r"the cut 'mine' holds .*; it must be"),
        (ENDS + "mine = [{ scene = 'Bowl', beats = ['why'], x = 1 }]", r"the cut 'mine' holds .*; it must"),
        (
            ENDS + "mine = [{ scene = 'Bowl', beats = ['why', 'why'] }]",
            r"the cut 'mine' names why of Bowl more than once",
        ),
        (ENDS + "'a b' = ['Valley']", r"a cut is called 'a b'; a film's file is, too: letters, digits"),
        (
            ENDS + "mine = ['Vally']",
            r"^scenes/cuts.toml, cut 'mine': there is no scene 'Vally' .*mean Valley",
        ),
        (
            ENDS + "mine = [{ scene = 'Bowl', beats = ['desent'] }]",
            r"cut 'mine': Bowl has no beat 'desent'; did you mean 'descent'\? It has: descent, ",
        ),
        (
            ENDS + "mine = [{ scene = 'Bowl', beats = ['parts', 'descent'] }]",
            r"cut 'mine': Bowl shows its beats in the order descent, parts; list them so$",
        ),
    ],
)
def test_a_mistake_is_answered_with_what_would_be_right(listing: Listing, text: str, problem: str) -> None:
    listing(text)
    with pytest.raises(UserError, match=problem):
        cuts.cut("mine")


def test_an_unknown_cut_is_answered_with_the_closest() -> None:
    with pytest.raises(
        UserError, match=r"'shrot', which is no cut; did you mean short\? scenes/cuts.toml has full, sho"
    ):
        film_of(None, "shrot")


def test_scenes_and_a_cut_are_not_both_named() -> None:
    with pytest.raises(UserError, match=r"scenes and --cut both say what is shown; give one of them"):
        film_of("Valley", "short")


def test_a_list_that_cannot_be_read_is_a_sentence_everywhere(listing: Listing) -> None:
    listing("full = [")
    for ask in (discover.film, discover.scene_names, cuts.cut_names):
        with pytest.raises(UserError, match="not valid TOML"):
            ask()
