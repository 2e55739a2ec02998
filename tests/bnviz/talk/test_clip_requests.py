"""What may be asked of a clip: formats, sizes, and how often it is played."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz.errors import UserError
from bnviz.media.encoders import FORMATS
from bnviz.run.quality import HIGH, LOW
from bnviz.talk.clip import kind_of, require_once, size_of


@pytest.mark.parametrize(
    ("kind", "loop", "answer"),
    [
        ("mp4", False, "--once is for a GIF; a file of the format mp4"),
        ("gif", True, "--once and --loop are oppos"),
    ],
)
def test_only_a_gif_that_does_not_loop_is_played_once(kind: str, loop: bool, answer: str) -> None:
    with pytest.raises(UserError, match=answer):
        require_once(True, loop, FORMATS[kind])
    require_once(False, loop, FORMATS[kind])


def test_the_format_is_named_or_taken_from_the_file() -> None:
    assert kind_of(None, None) is FORMATS["mp4"]
    assert kind_of("gif", None) is FORMATS["gif"]
    assert kind_of(None, Path("a.WEBM")) is FORMATS["webm"]
    with pytest.raises(UserError, match=r"--output is a\.avi; it must end in \.mp4, \.gif, \.webm, \.mov"):
        kind_of(None, Path("a.avi"))
    with pytest.raises(UserError, match=r"--output is a\.gif, but --format is mp4"):
        kind_of("mp4", Path("a.gif"))
    with pytest.raises(UserError, match=r"--format is 'avi'; it must be mp4, gif, webm or mov"):
        kind_of("avi", None)
    for nothing in (("", None), ("", Path("a.gif")), (None, Path("a")), (None, Path())):
        with pytest.raises(UserError, match=r"--(format|output) is .*; it must (be|end in)"):
            kind_of(*nothing)


def test_the_size_is_that_of_the_quality_or_the_one_asked_for() -> None:
    assert size_of(FORMATS["mp4"], LOW, None, None) == ((854, 480), 15)
    assert size_of(FORMATS["gif"], HIGH, None, None) == ((720, 405), 20)
    assert size_of(FORMATS["webm"], HIGH, 721, 24) == ((720, 406), 24)
    for width, fps, answer in (
        *((10, None, "--width is 10"), (None, 90, "--fps is 90; it must be 1 to 60")),
        *((0, None, "--width is 0; it must be 64 to 3840"), (None, 0, "--fps is 0; it must be 1 to 60")),
    ):
        with pytest.raises(UserError, match=answer):
            size_of(FORMATS["mp4"], LOW, width, fps)
