"""What shows a network's layers as panes of glass one behind another, and what the rows become on each.

No scene lives here, and nothing of losses.
"""
