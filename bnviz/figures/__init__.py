"""Every beat's still as a figure: SVG, PDF, PNG, and the arrays behind it.

How a still is taken is the run room's business.
"""
