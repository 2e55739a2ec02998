"""Texts written so that Typst and LaTeX show them as they are."""

from __future__ import annotations

import json
import unicodedata

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\(\$\)",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    "\u2009": r"\,",
    "\u2026": r"\ldots{}",
}
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "λ": "lambda"}
_GREEK |= {"μ": "mu", "µ": "mu", "σ": "sigma", "η": "eta"}
_MATH = {letter: f"\\{name}" for letter, name in _GREEK.items()}
_MATH |= {"\u2212": "-", "×": r"\times", "÷": r"\div", "±": r"\pm", "≈": r"\approx", "∞": r"\infty"}
_RAISED = {letter: digit for letter, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)} | {"⁻": "-"}
HAT = "\u0302"  # a hat over the letter before it


def typst_string(text: str) -> str:
    """A string in Typst's code that is ``text``."""
    return json.dumps(_in_one_line(text), ensure_ascii=False)


def latex_text(text: str) -> str:
    """``text`` for LaTeX's paragraphs, with formulas for Greek letters, signs and powers.

    Letters of other scripts stay as they are: XeLaTeX and LuaLaTeX take them.
    """
    pieces: list[str] = []
    for letter in _in_one_line(text):
        if letter == HAT and pieces:
            pieces.append(rf"\(\hat{{{pieces.pop()}}}\)")
        elif letter in _MATH:
            pieces.append(rf"\({_MATH[letter]}\)")
        elif letter in _RAISED:
            pieces.append(rf"\(^{{{_RAISED[letter]}}}\)")
        else:
            pieces.append(_LATEX.get(letter, letter))
    return "".join(pieces).replace(r"}\)\(^{", "")


def latex_value(text: str) -> str:
    """``text`` as the value of a key, which is not printed: all letters as they are."""
    signs = _LATEX | {"$": r"\$"}
    return "{" + "".join(signs.get(letter, letter) for letter in _in_one_line(text)) + "}"


def _in_one_line(text: str) -> str:
    plain = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return "".join(plain)
