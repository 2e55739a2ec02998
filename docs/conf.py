"""How Sphinx makes the site: `make docs` writes it into build/site.

What it shows of scenes, commands and numbers is made by the modules in _ext/bnviz_site, from the code itself.
"""

import sys
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from bnviz_site import numbers  # noqa: E402 (the path above)

project = "From Valley to Bowl"
author = "The From Valley to Bowl developers"
copyright = f"{author}, MIT license"
release = version = metadata.version("valley-to-bowl")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "bnviz_site"]
root_doc = "index"
exclude_patterns = ["_ext", "_static"]
default_role = "literal"  # in docstrings `x` is code
highlight_language = "sh"
smartquotes_action = "qe"  # two hyphens are an option's, and no dash

myst_enable_extensions = ["attrs_inline", "colon_fence", "dollarmath", "substitution"]
myst_heading_anchors = 3
myst_substitutions = numbers.substitutions()
html_math_renderer = "mathml"  # see _ext/bnviz_site/mathml.py: a script would have to come from outside

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_use_ivar = True

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # a page that is opened from a file may not read the others
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
