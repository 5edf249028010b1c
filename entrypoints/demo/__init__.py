"""The main job, played end to end through the outside interfaces: `make demo`.

`__main__` finds or starts a stack; `repository` makes the sample or looks at the given one; `path` plays the path step
by step as its principals; `live` listens to what Realtime pushes meanwhile; `show` prints.
"""
