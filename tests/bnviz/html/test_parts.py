"""A policy names what the page holds, by the hashes that browsers compute, and nothing else."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

from bnviz.html.parts import Part, data_address, policy


def test_a_policy_names_scripts_and_styles_by_their_hashes(tmp_path: Path) -> None:
    file = tmp_path / "script"
    file.write_bytes("let ü = 1;".encode())
    digest = subprocess.run(
        ["sha256sum", file], capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout.split()[0]
    told = policy([Part("a {}")], [Part("let ü = 1;")], {"img-src": ["data:", "blob:"]})
    directives = {name: sources for name, *sources in (part.split() for part in told.split("; "))}
    assert directives["script-src"] == [f"'sha256-{base64.b64encode(bytes.fromhex(digest)).decode()}'"]
    assert directives["default-src"] == ["'none'"]
    assert directives["img-src"] == ["data:", "blob:"]
    assert len(directives["style-src"]) == 1


def test_a_file_as_an_address(tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    file.write_text("<svg/>", encoding="utf-8")
    assert data_address(file) == "data:image/svg+xml;base64,PHN2Zy8+"
