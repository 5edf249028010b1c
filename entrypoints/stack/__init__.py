"""The stack on one machine: what its parts are, and who starts, keeps and ends them.

In the order of control flow: `home` (the folder, its credentials, who runs here) and `ports` say where; `parts` is the
one list of what runs; `stack` puts these together; `supervisor` starts the parts in the order of their needs and ends
them in reverse; `keeper` keeps one part alive; `run` is one process of a part; `guard` ends orphans if all of this is
killed; `scratch` starts some of the parts alone; `running` is what others learn about a stack from outside.
"""

from entrypoints.stack.keeper import PartState, Phase
from entrypoints.stack.stack import Stack
from entrypoints.stack.supervisor import StartError

__all__ = ["PartState", "Phase", "Stack", "StartError"]
