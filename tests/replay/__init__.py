"""Recorded histories of every workflow, and how they are recorded and replayed.

`courses` says what is recorded, `__main__` records it (`make record-histories`), `histories` reads, cleans and replays;
the histories themselves lie in a folder for each workflow, in Temporal's own JSON.
"""
