"""The one place where permissions enter a plan.

Every `Rows` and every EXISTS that a client's request leads to is made here, so a plan without its role's row filter
cannot be written elsewhere by accident. Relationships inside a permission's own filter are not restricted again: that
is how the filter language is defined.
"""

from dataclasses import replace

from embedded.hasura.plan.tree import Rows
from embedded.hasura.schema.conditions import TRUE, Condition, Exists, both
from embedded.hasura.schema.tracked import TrackedRelationship, TrackedTable
from embedded.hasura.schema.view import RoleView


def visible(view: RoleView, table: TrackedTable, wanted: Condition = TRUE) -> Condition:
    """`wanted`, and what the role may see of the table."""
    return both(view.grant(table).condition, wanted)


def visible_rows(view: RoleView, table: TrackedTable, rows: Rows) -> Rows:
    """The rows, less those the role may not see."""
    return replace(rows, where=visible(view, table, rows.where))


def visible_list(view: RoleView, table: TrackedTable, rows: Rows) -> Rows:
    """The rows the role may see, and no more of them than it may have at once."""
    return replace(visible_rows(view, table, rows), limit_max=view.grant(table).limit)


def related_exists(
    view: RoleView, relationship: TrackedRelationship, target: TrackedTable, wanted: Condition
) -> Condition:
    """Whether a related row exists that the role may see and that meets `wanted`."""
    return Exists(target.name, relationship.mapping, visible(view, target, wanted))
