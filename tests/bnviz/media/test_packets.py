"""Files of pictures are files, whatever FFmpeg would take their names for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bnviz.errors import JoinError
from bnviz.film.join import require_alike
from bnviz.media import packets
from bnviz.media.cut import cut
from bnviz.media.encoders import FORMATS, VideoFile
from bnviz.run.render import RenderedScene


@pytest.mark.parametrize("protocol", ["concat", "file", "crypto", "http"])
def test_a_name_is_never_taken_for_a_protocol(
    protocol: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    whole, part = Path(f"{protocol}:whole.mp4"), Path(f"{protocol}:part.mp4")
    file = VideoFile(whole, FORMATS["mp4"], (64, 64), 10)
    file.write(np.zeros((64, 64, 4), np.uint8), 3)
    file.finish()
    cut(whole, part, 10)
    assert len(packets.read(part)) == 3
    assert sorted(tmp_path.iterdir()) == [tmp_path / part, tmp_path / whole]


def test_a_scene_that_is_no_video_is_told(tmp_path: Path) -> None:
    video = tmp_path / "video.mp4"
    video.write_bytes(b"a letter, say")
    with pytest.raises(JoinError, match="Small is no video .* --fresh"):
        require_alike([RenderedScene("Small", "Small", video, (), 1, 1, (2, 2))])
