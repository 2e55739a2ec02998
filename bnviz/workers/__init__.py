"""Tasks side by side: in processes of this machine or on a Dask cluster.

What a task does is not known here.
"""
