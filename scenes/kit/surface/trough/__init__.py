"""A quadratic loss cut out at one value: trough or bowl, its floor, and what lies on it. No mesh.

Colors are worked out on a coarse grid and clipped to exact outlines. Losses that are no quadratic have no
place here.
"""
