"""Captions as files, and the limits that make them readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import srt

from bnviz.media.caption_files import as_srt, as_vtt, problems, shifted
from scenes.kit.script.captions import Cue

GOOD = Cue(1.0, 3.5, "Same data, same model,\nsame algorithm.")


def test_srt_can_be_read_back() -> None:
    later = Cue(3661.25, 3663.0, "It moves.")
    read = list(srt.parse(as_srt([GOOD, later])))
    assert [subtitle.content for subtitle in read] == [GOOD.text, later.text]
    assert read[1].start == timedelta(hours=1, minutes=1, seconds=1, milliseconds=250)
    assert [subtitle.index for subtitle in read] == [1, 2]


def test_vtt_has_its_head_its_clock_and_no_markup() -> None:
    text = as_vtt([Cue(3661.25, 3663.0, "a < b & c > d")])
    assert text == "WEBVTT\n\n01:01:01.250 --> 01:01:03.000\na &lt; b &amp; c &gt; d\n"


def test_a_good_caption_has_no_problem() -> None:
    assert problems([GOOD, replace(GOOD, start=3.5, end=6.0)]) == []


@pytest.mark.parametrize(
    ("cue", "complaint"),
    [
        (replace(GOOD, text="a\nb\nc"), "3 lines, 2 at most"),
        (Cue(0, 6, "x" * 43), "a line of 43, 42 at most"),
        (Cue(0, 2, "Standardization preconditions\ndescent."), "19.0 characters a second"),
        (Cue(0, 0.8, "Stop."), "0.80 s, from 0.83 to 7 s"),
        (Cue(0, 7.1, GOOD.text), "7.10 s, from 0.83 to 7 s"),
        (Cue(0, 1.4, "a b c d e f"), "6 words in"),
        (Cue(0, 2, " "), "no text"),
    ],
)
def test_each_limit_is_checked(cue: Cue, complaint: str) -> None:
    found = problems([cue])
    assert len(found) == 1, found
    assert complaint in found[0]


def test_captions_must_not_overlap() -> None:
    assert "before the caption ahead of it ends" in problems([GOOD, replace(GOOD, start=3.0, end=5.5)])[0]


def test_captions_move_with_their_scene() -> None:
    assert shifted([GOOD], 10) == (replace(GOOD, start=11.0, end=13.5),)
