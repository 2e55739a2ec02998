"""Whether captions can be read, and how they are read from a film."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bnviz.errors import UserError
from bnviz.media import caption_files
from bnviz.review.captions import captions_of, checks
from bnviz.review.measurement import Place, problems
from scenes.kit.script.captions import Cue
from tests.bnviz.films import write_film

GOOD = Cue(1.0, 3.5, "Same data, same model,\nsame algorithm.")


def test_a_good_caption_has_no_problem() -> None:
    assert problems(checks([GOOD, replace(GOOD, start=3.5, end=6.0)])) == []


@pytest.mark.parametrize(
    ("cue", "complaint"),
    [
        (replace(GOOD, text="a\nb\nc"), "lines 3, must be 1 to 2"),
        (Cue(0, 6, "x" * 43), "length of a line 43 characters, must be at most 42 characters"),
        (Cue(0, 2, "Standardization preconditions\ndescent."), "reading speed 19.0 characters/s, must be at"),
        (Cue(0, 0.8, "Stop."), "time on the screen 0.80 s, must be 0.833 to 7 s"),
        (Cue(0, 7.1, GOOD.text), "time on the screen 7.10 s, must be 0.833 to 7 s"),
        (Cue(0, 1.4, "a b c d e f"), "time for a word 0.23 s, must be at least 0.3 s"),
        (Cue(0, 2, " "), "lines 0, must be 1 to 2"),
    ],
)
def test_each_limit_is_checked(cue: Cue, complaint: str) -> None:
    found = problems(checks([cue]))
    assert len(found) == 1, found
    assert complaint in found[0]


def test_captions_must_not_overlap() -> None:
    (found,) = problems(checks([GOOD, replace(GOOD, start=3.0, end=5.5)]))
    assert found.endswith("over the one ahead 0.50 s, must be at most 0 s")


def test_a_caption_is_named_with_its_place() -> None:
    (found,) = problems(checks([Cue(4, 4.5, "Stop.")], lambda second: Place("Bowl", "end", second - 3)))
    assert found.startswith("Bowl, beat 'end', 1.0 s, 'Stop.': time on the screen 0.50 s")


def test_those_of_a_film_without_a_track_lie_beside_it(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", [0] * 10)
    assert captions_of(film) == ()
    later = Cue(3661.25, 3663.0, "It moves.")
    film.with_suffix(".srt").write_text(caption_files.as_srt([GOOD, later]), encoding="utf-8")
    assert captions_of(film) == (GOOD, later)


def test_what_is_no_caption_file_is_told(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", [0] * 10)
    film.with_suffix(".srt").write_text("nonsense", encoding="utf-8")
    with pytest.raises(UserError, match=r"film\.srt holds no captions in SubRip's form"):
        captions_of(film)
