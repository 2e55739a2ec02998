"""What the race of optimizers is drawn with: maps with trails, a legend, bars. Nothing of other scenes.

A new optimizer is drawn without a change here.
"""
