"""What the scenes share: colors, letters, beats, voice, loss surfaces and charts. It imports no scene."""

from scenes.kit.cairo_only import require_cairo

require_cairo()  # Manim's OpenGL replaces the bases of every Mobject that is defined from here on
