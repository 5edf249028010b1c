"""Histories of harnesses at random: any events, in any order in which they may follow one another."""
