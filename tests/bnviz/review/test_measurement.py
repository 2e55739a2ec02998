"""Figures, ranges and how they are told."""

from __future__ import annotations

import json

import pytest

from bnviz.review.limits import LIMITS
from bnviz.review.measurement import Check, Figure, Place, Range, problems, unmeasured
from scenes.kit.lettering import layout
from scenes.kit.script import captions

PACE = Range(140, 160, "words/min", 0)
HERE, THERE = Place("Bowl", "end", 3.0), Place("", "The bowl: End", 63.0, "text 'J'")


@pytest.mark.parametrize(("value", "excess"), [(150, -10), (139, 1), (165, 5), (140, 0), (160, 0)])
def test_excess_is_counted_from_the_nearest_limit(value: float, excess: float) -> None:
    assert PACE.excess(value) == excess
    assert PACE.holds(value) == (excess <= 0)


def test_a_limit_on_one_side_is_none_on_the_other() -> None:
    assert Range(most=3).holds(-1e9) and not Range(most=3).holds(3.1)
    assert Range(least=3).holds(1e9) and not Range(least=3).holds(2.9)
    assert Range(most=3, slack=0.2).holds(3.1)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (PACE, "140 to 160 words/min"),
        (Range(4.5, None, ":1"), "at least 4.5:1"),
        (Range(None, 0, "%"), "at most 0%"),
        (Range(None, 3), "at most 3"),
    ],
)
def test_limits_are_told_with_their_unit(limits: Range, words: str) -> None:
    assert str(limits) == words


def test_a_figure_beyond_a_limit_is_never_written_as_the_limit() -> None:
    assert (PACE.write(160.0), PACE.write(160.4), PACE.write(161.4)) == (
        "160 words/min",
        "160.4 words/min",
        "161 words/min",
    )
    assert Range(None, 0.0, "s", 1).write(0.004) == "0.004 s"


def test_the_worst_figure_is_the_one_farthest_beyond_or_nearest_to_a_limit() -> None:
    check = Check("pace", "narration", PACE, (Figure(150, HERE), Figure(158, THERE), Figure(145, HERE)))
    assert check.worst == Figure(158, THERE)
    assert (check.beyond, check.problems) == ((), [])
    bad = Check("pace", "narration", PACE, (Figure(165), Figure(100, HERE), Figure(159)))
    assert bad.worst == Figure(100, HERE)
    assert bad.problems == [
        "narration 165 words/min, must be 140 to 160 words/min",
        "Bowl, beat 'end', 3.0 s: narration 100 words/min, must be 140 to 160 words/min",
    ]
    assert problems([check, bad]) == bad.problems


def test_a_place_is_what_is_known_of_it() -> None:
    assert str(HERE) == "Bowl, beat 'end', 3.0 s"
    assert str(THERE) == "The bowl: End, 63.0 s, text 'J'"
    assert str(Place()) == ""


def test_a_check_is_plain_data() -> None:
    check = Check("pace", "narration", PACE, (Figure(165, HERE),))
    assert json.loads(json.dumps(check.as_data())) == {
        "subject": "pace",
        "name": "narration",
        "is_binding": True,
        "unit": "words/min",
        "least": 140,
        "most": 160,
        "is_beyond": True,
        "worst": {"value": 165, "scene": "Bowl", "beat": "end", "second": 3.0, "about": None},
        "beyond": [{"value": 165, "scene": "Bowl", "beat": "end", "second": 3.0, "about": None}],
        "unmeasured": None,
    }
    (empty,) = unmeasured([check], "needs the scenes")
    data = empty.as_data()
    assert (data["worst"], data["is_beyond"], data["unmeasured"]) == (None, False, "needs the scenes")


def test_what_the_kit_keeps_to_is_what_is_checked() -> None:
    """Captions are cut, and things are laid out, by numbers of the kit's own: they must be these."""
    assert (LIMITS.caption_lines.most, LIMITS.caption_line_length.most) == (
        captions.LINES,
        captions.LINE_LENGTH,
    )
    assert LIMITS.caption_speed.most == captions.CHARACTERS_PER_SECOND
    assert (LIMITS.caption_seconds.least, LIMITS.caption_seconds.most) == (
        captions.SHORTEST,
        captions.LONGEST,
    )
    assert LIMITS.caption_seconds_a_word.least == captions.SECONDS_PER_WORD
    assert layout.SAFE == 0.05
