"""All figures of a folder as LaTeX and as Typst, at their size: to be pasted, or taken in whole.

Captions and alternative texts are those of the index. What is wider than a column spans both of two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from bnviz.figures.escapes import latex_text, latex_value, typst_string

LATEX, TYPST = "figures.tex", "figures.typ"
COLUMN = 95.0  # mm: what is wider spans both columns
WAITING = 18  # figures that LaTeX is given at once
_KINDS = {LATEX: ("pdf", "png"), TYPST: ("pdf", "svg", "png")}

_LATEX_HEAD = """\
% In the preamble: \\usepackage{graphicx} (of 2021 or later, for alt). In the text, from this file's folder:
% \\input{figures.tex}, or one figure alone, pasted."""
_TYPST_HEAD = """\
// #include "figures.typ", or one figure alone, pasted. It needs Typst 0.14 or later, for PDFs as images."""


def snippets(entries: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The two files' contents, by name, for the entries of an index."""
    latex = [_latex(entry, file) for entry, file in _files(entries, LATEX)]
    for place in range(WAITING, len(latex), WAITING):
        latex[place] = f"\\clearpage % LaTeX keeps no more than so many figures waiting\n{latex[place]}"
    typst = [_typst(entry, file) for entry, file in _files(entries, TYPST)]
    return {LATEX: _whole(_LATEX_HEAD, latex), TYPST: _whole(_TYPST_HEAD, typst)}


def _files(entries: Sequence[Mapping[str, Any]], name: str) -> list[tuple[Mapping[str, Any], str]]:
    """Each figure with the file of it that LaTeX or Typst can show; those without one are left out.

    The same figure may have several entries, of other formats.
    """
    formats: dict[str, dict[str, str]] = {}
    last: dict[str, Mapping[str, Any]] = {}
    for entry in entries:
        stem = PurePosixPath(next(iter(entry["files"].values()))).stem
        formats[stem] = formats.get(stem, {}) | entry["files"]
        last[stem] = entry
    found = {stem: [formats[stem][kind] for kind in _KINDS[name] if kind in formats[stem]] for stem in last}
    return [(last[stem], files[0]) for stem, files in found.items() if files]


def _whole(head: str, figures: list[str]) -> str:
    return "\n\n".join([head, *figures]) + "\n"


def _latex(entry: Mapping[str, Any], file: str) -> str:
    kind = "figure*" if entry["width_mm"] > COLUMN else "figure"
    alt = latex_value(entry["alt"])
    return "\n".join(
        [
            rf"\begin{{{kind}}}",
            r"  \centering",
            rf"  \includegraphics[width={entry['width_mm']:g}mm, alt={alt}]{{{file}}}",
            rf"  \caption{{{latex_text(entry['caption'])}}}",
            rf"  \label{{fig:{PurePosixPath(file).stem}}}",
            rf"\end{{{kind}}}",
        ]
    )


def _typst(entry: Mapping[str, Any], file: str) -> str:
    place = 'placement: auto, scope: "parent",' if entry["width_mm"] > COLUMN else "placement: auto,"
    width, alt = f"{entry['width_mm']:g}mm", typst_string(entry["alt"])
    return "\n".join(
        [
            "#figure(",
            f"  image({typst_string(file)}, width: {width}, alt: {alt}),",
            f"  caption: {typst_string(entry['caption'])},",
            f"  {place}",
            f") <fig:{PurePosixPath(file).stem}>",
        ]
    )
