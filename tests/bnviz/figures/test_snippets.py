"""The figures as LaTeX and Typst: every text is escaped, and what comes out is compiled."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import cairo
import pypdfium2
import pytest
import typst

from bnviz.figures.escapes import latex_text, latex_value, typst_string
from bnviz.figures.snippets import LATEX, TYPST, WAITING, snippets

HARD = 'A & B: 5 % of {x_1} #1 ~ $2, "so" \\ <γ> [x\u0302] − 3 × 10⁻⁵ of α^2 | `done`'
LATEX_PAGE = r"""\documentclass[twocolumn]{article}
\usepackage{graphicx}
\begin{document}
Before.
\input{figures.tex}
\end{document}
"""


def entry(
    name: str, width: float, formats: tuple[str, ...] = ("svg", "pdf"), text: str = HARD
) -> dict[str, Any]:
    return {
        "files": {kind: f"{name}.{kind}" for kind in formats},
        "width_mm": width,
        "caption": f"{name}: {text}",
        "alt": text,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two figures and their snippets."""
    for name, width in (("narrow", 85.0), ("wide", 180.0)):
        with cairo.PDFSurface(str(tmp_path / f"{name}.pdf"), width / 25.4 * 72, 100) as surface:
            cairo.Context(surface).paint()
    entries = [entry("narrow", 85.0, ("pdf",)), entry("wide", 180.0, ("pdf",))]
    for name, text in snippets(entries).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_figure_stands_at_its_size_and_a_wide_one_spans_both_columns() -> None:
    made = snippets([entry("narrow", 85.0), entry("wide", 180.0)])
    narrow, wide = made[LATEX].split(r"\end{figure}")
    assert r"\begin{figure}" in narrow and "width=85mm" in narrow and "{narrow.pdf}" in narrow
    assert r"\begin{figure*}" in wide and "width=180mm" in wide and r"\label{fig:wide}" in wide
    narrow, wide = made[TYPST].split("<fig:narrow>")
    assert 'image("narrow.pdf", width: 85mm' in narrow and "scope" not in narrow
    assert "width: 180mm" in wide and 'scope: "parent"' in wide and "<fig:wide>" in wide


def test_a_figure_is_there_once_in_a_format_that_can_be_shown() -> None:
    made = snippets(
        [entry("one", 85.0, ("png",)), entry("one", 85.0, ("svg",)), entry("other", 85.0, ("svg",))]
    )
    assert made[LATEX].count("includegraphics[") == 1 and "{one.png}" in made[LATEX]
    assert made[TYPST].count("image(") == 2 and '"one.svg"' in made[TYPST] and '"other.svg"' in made[TYPST]


def test_latex_is_not_given_more_figures_at_once_than_it_can_keep() -> None:
    many = snippets([entry(f"figure-{number}", 85.0) for number in range(2 * WAITING + 1)])[LATEX]
    assert many.count(r"\clearpage") == 2


def test_texts_are_escaped() -> None:
    assert latex_text("5 % of x_1 & #2") == r"5 \% of x\_1 \& \#2"
    assert latex_text("x\u0302 = γ × 10⁻⁵") == r"\(\hat{x}\) = \(\gamma\) \(\times\) 10\(^{-5}\)"
    assert latex_value("γ, 5 %") == r"{γ, 5 \%}"
    assert typst_string('a "b" \\ c\x07') == r'"a \"b\" \\ c "'


def text_of(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def test_typst_compiles_them_in_two_columns(folder: Path) -> None:
    source = f'#set page(columns: 2)\nBefore.\n#include "{TYPST}"\n'
    (folder / "page.typ").write_text(source, encoding="utf-8")
    typst.compile(folder / "page.typ", output=folder / "page.pdf", root=folder, ignore_system_fonts=True)
    found = text_of(folder / "page.pdf")
    assert 'A & B: 5 % of {x_1} #1 ~ $2, "so" \\ <γ>' in found and "Figure 2: wide" in found


def test_latex_compiles_them_in_two_columns(folder: Path) -> None:
    program = next(
        (found for name in ("pdflatex", "lualatex", "tectonic") if (found := shutil.which(name))), None
    )
    if program is None:
        pytest.skip("there is no LaTeX on this machine")
    (folder / "page.tex").write_text(LATEX_PAGE, encoding="utf-8")
    options = [] if program.endswith("tectonic") else ["-interaction=nonstopmode", "-halt-on-error"]
    done = subprocess.run(
        [program, *options, "page.tex"], cwd=folder, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "A & B: 5 % of" in text_of(folder / "page.pdf")
