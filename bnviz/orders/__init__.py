"""Many films, talks, pages and figures as one order: what a file of orders says, and how it is carried out.

How one of them is made is the business of its own room.
"""
