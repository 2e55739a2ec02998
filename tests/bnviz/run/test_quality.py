"""Options for x264 are passed on, and what it does not know is refused at once."""

from pathlib import Path

import av
import pytest

from bnviz.errors import UserError
from bnviz.run import discover
from bnviz.run.quality import LOW, Quality, with_options
from bnviz.run.render import render_scene
from scenes.kit.settings import Settings


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["preset"], "must be name=value"),
        (["=fast"], "must be name=value"),
        (["crf=20", "crf=21"], "more than once"),
        (["presett=fast"], "x264 has no such option"),
        (["preset=bogus"], "x264 refuses this value"),
    ],
)
def test_an_option_that_cannot_be_used_is_named(options: list[str], message: str) -> None:
    with pytest.raises(UserError, match=message):
        with_options(LOW, options)


def test_an_option_takes_the_place_of_our_own() -> None:
    chosen = with_options(LOW, ["crf=40", "preset=veryfast"]).encoder_options
    assert chosen == LOW.encoder_options | {"crf": "40", "preset": "veryfast"}


def test_options_reach_the_encoder(tmp_path: Path, examples: Path, tiny: Quality) -> None:
    quality = with_options(tiny, ["preset=ultrafast", "crf=35"])
    scene = render_scene(discover.find("Small", examples), Settings(voice=False), quality, tmp_path)
    with av.open(scene.video) as container:
        settings = (container.streams.video[0].codec_context.extradata or b"").decode("latin1")
        settings += "".join(bytes(p).decode("latin1") for p in list(container.demux(video=0))[:1])
    assert "crf=35.0" in settings and "threads=1" in settings
    assert "cabac=0" in settings  # what the preset means
