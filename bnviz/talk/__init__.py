"""The film as a talk: slides, decks, and clips of one scene or beat.

It takes scenes as the film room renders them.
"""
