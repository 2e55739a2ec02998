"""Formulas as MathML, which browsers draw themselves: docutils writes it, and no script is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


LEAF = r"(<m[ino][^>]*>[^<]*</m[ino]>)"
BAR = r"<mo[^>]*>([|‖/⌈⌉])</mo>"  # which would grow, or keep its distance as an operator
UNDER_A_HAT = rf"<munderover>\s*{LEAF}\s*{LEAF}\s*(<mo[^>]*>[ˆ¯]</mo>)\s*</munderover>"


def setup(app: Sphinx) -> None:
    """Offer `html_math_renderer = "mathml"`."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))


def _mathml(tex: str, as_block: bool = False) -> str:
    """A formula; an index of a letter with a hat stands beside it, where docutils writes it below."""
    found = tex2mathml(tex, as_block=as_block)
    found = re.sub(UNDER_A_HAT, r"<msub><mover accent='true'>\1\3</mover>\2</msub>", found)
    return re.sub(BAR, r'<mo stretchy="false" lspace="0" rspace="0">\1</mo>', found)


def _inline(writer: HTML5Translator, node: nodes.math) -> None:
    writer.body.append(_mathml(node.astext()))
    raise nodes.SkipNode


def _block(writer: HTML5Translator, node: nodes.math_block) -> None:
    formula = _mathml(node.astext(), as_block=True)
    writer.body.append(
        f'<div class="formula" tabindex="0" role="group" aria-label="formula">{formula}</div>\n'
    )
    raise nodes.SkipNode
