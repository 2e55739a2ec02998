"""Encoders of graphics cards: refused in a sentence where they are not there, used throughout where they are."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.errors import UserError
from bnviz.film.join import join
from bnviz.media import hardware
from bnviz.media.hardware import HARDWARE, Hardware
from bnviz.run import discover
from bnviz.run.quality import LOW, Quality, with_options
from bnviz.run.render import RenderedScene, render_scene
from scenes.kit.settings import Settings
from tests.bnviz.films import pictures


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> str:
    """An encoder that every machine has takes the place of a graphics card."""
    monkeypatch.setitem(HARDWARE, "mpeg4", Hardware("nothing", {"flags": "+qscale", "global_quality": "236"}))
    return "mpeg4"


@pytest.mark.parametrize("encoder", HARDWARE)
def test_one_that_is_not_there_is_told_and_one_that_is_writes(encoder: str) -> None:
    try:
        chosen = with_options(LOW, [], encoder)
    except UserError as error:
        said = str(error)
        assert said.startswith(f"--encoder {encoder} cannot be used here (")
        assert HARDWARE[encoder].needs in said and "x264 encodes on any machine" in said and "\n" not in said
    else:
        assert chosen.encoder == encoder and "crf" not in chosen.encoder_options


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac has it")
def test_what_only_a_mac_has_is_refused_elsewhere() -> None:
    with pytest.raises(UserError, match="it needs a Mac"):
        hardware.require_usable("h264_videotoolbox", {})


def test_an_option_that_it_refuses_is_told(stand_in: str) -> None:
    with pytest.raises(UserError, match="--encoder mpeg4 cannot be used here"):
        with_options(LOW, ["b=nonsense"], stand_in)


def test_it_encodes_the_scenes_and_the_cross_fades_between_them(
    stand_in: str, tiny: Quality, examples: Path, tmp_path: Path
) -> None:
    settings = Settings(voice=False)

    def rendered(quality: Quality) -> list[RenderedScene]:
        return [
            render_scene(discover.find(name, examples), settings, quality, tmp_path / quality.encoder / name)
            for name in ("Small", "Other")
        ]

    chosen = replace(tiny, encoder=stand_in)
    scenes, usual = rendered(chosen), rendered(tiny)
    film = tmp_path / "film.mp4"
    plan = join(scenes, film, "Film", encoder_options=chosen.encoder_options, encoder=stand_in)
    with av.open(film) as container:
        assert container.streams.video[0].codec_context.name == "mpeg4"
        assert container.streams.video[0].frames == plan.frames
    for one, other in zip(pictures(scenes[0].video), pictures(usual[0].video), strict=True):
        assert np.abs(one.astype(int) - other).mean() < 3


def test_its_files_are_never_taken_for_x264_s(stand_in: str) -> None:
    assert replace(LOW, encoder=stand_in) != LOW
    assert replace(LOW, encoder=stand_in).encoder_options == {"flags": "+qscale", "global_quality": "236"}
