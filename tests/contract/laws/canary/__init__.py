"""Law 4: values are planted behind every secret contract, everything is played, and everything is searched for them.

`values` makes the values, `finder` sees them however they are written, `places` are where it looks and what to do about
a leak. `far_side` are the servers that get the values and give them back in every way, `paths` play the product
against them, and `scene` is the stack on which all of it happens.
"""
