"""Imports Manim, for the process that all workers are forked from."""

from bnviz.run.quiet import import_manim

import_manim()
