"""The command ``bnviz``: options, progress, and one module a group of commands.

What a command does is done elsewhere; nothing outside this room imports it.
"""
