"""From the columns of a statement to the JSON text of `data`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from embedded.hasura.plan.operation import OperationPlan


@dataclass(frozen=True)
class AnswerShape:
    """The text between the columns, made once for all answers: one more piece than there are columns."""

    pieces: tuple[str, ...]

    def text(self, columns: Sequence[str | None]) -> str:
        """The answer with these columns; those beyond what was asked for are left out."""
        parts = [self.pieces[0]]
        for column, piece in zip(columns, self.pieces[1:], strict=False):
            parts += ("null" if column is None else column, piece)
        return "".join(parts)


def answer_shape(plan: OperationPlan) -> AnswerShape:
    """How the answers of a plan of queries and constants look."""
    queried = {query.key for query in plan.queries}
    pieces = ["{"]
    for i, key in enumerate(plan.keys):
        pieces[-1] += f'{"," if i else ""}"{key}":'
        if key in queried:
            pieces.append("")
        else:
            pieces[-1] += json.dumps(plan.constants[key])
    pieces[-1] += "}"
    return AnswerShape(tuple(pieces))
