"""Every way around the queue that a database role could try, and what refuses it.

`writes` is the matrix: a line for each forbidden write, with what refuses it where a grant alone does not. `scene`
makes the rows that the writes are about, `attempts` tries the matrix as each role and tells what is not as it should
be.
"""
