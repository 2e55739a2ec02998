"""What a command asks before it renders costs no second: Manim is not imported for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ASKED = """
import sys
from pathlib import Path
from bnviz.cli.common import request_of, settings_of
from bnviz.run import discover
from bnviz.run.quality import QUALITIES
settings = settings_of("dark", False, Path(sys.argv[1]))
request_of(discover.film(), settings, Path("film.mp4"), QUALITIES["low"], 1, Path(sys.argv[2]), False)
print("manim" in sys.modules)
"""


def test_names_words_and_scenes_are_looked_at_without_manim(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("±,größe,y\n1,20,3\n2,10,4\n3,50,1\n4,40,4\n5,90,2\n", encoding="utf-8")
    command = [sys.executable, "-c", ASKED, str(data), str(tmp_path / "cache")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "False"
