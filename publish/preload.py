"""Imports Manim, for the process that all workers are forked from."""

from publish.quiet import import_manim

import_manim()
