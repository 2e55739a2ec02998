"""Captions as files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import srt

from bnviz.media.caption_files import as_srt, as_vtt, plain, shifted
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


def test_captions_move_with_their_scene() -> None:
    assert shifted([GOOD], 10) == (replace(GOOD, start=11.0, end=13.5),)


def test_no_letter_of_a_name_is_code() -> None:
    """SubRip has no escapes; players take tags, overrides and arrows for code wherever they stand."""
    hostile = r'<b>&"{$#--> {\b1}\N </i>'
    text = as_srt([Cue(0, 1, hostile), GOOD])
    read = list(srt.parse(text))
    assert [subtitle.content.replace("\u2060", "") for subtitle in read] == [hostile, GOOD.text]
    for code in ("<b>", r"{\b", r"\N", "</i>", "--> {"):
        assert code not in text
    assert as_vtt([Cue(0, 1, hostile)]).count("-->") == 1
    assert plain(GOOD.text) == GOOD.text
