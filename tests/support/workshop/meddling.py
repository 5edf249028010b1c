"""Giving the activities of an organization's workflows to the test that plays the organization."""

import functools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from ledger.pool import Pool


@dataclass(frozen=True)
class Act:
    """One try of one activity, about to be carried out by `plainly`, which may be called more than once."""

    name: str
    attempt: int
    org_id: UUID
    input: Any
    plainly: Callable[[], Awaitable[Any]]


# What a test does with a try: carries it out, or not, or twice, and answers for it.
Way = Callable[[Act], Awaitable[Any]]


async def plainly(act: Act) -> Any:
    """The activity as it is."""
    return await act.plainly()


@dataclass
class Meddling(Interceptor):
    """Every activity goes the way of its organization, plainly if it has none; `reached` keeps the names."""

    superuser: Pool
    ways: dict[UUID, Way] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    _organizations: dict[str, UUID] = field(default_factory=dict)

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002  - the library's name
        return _Inbound(next, self)

    async def organization_of(self, workflow_id: str) -> UUID:
        """The organization whose command the workflow carries out."""
        if workflow_id not in self._organizations:
            command_id = UUID(workflow_id.removeprefix("command/"))
            sql = "SELECT org_id FROM ledger.command WHERE id = $1"
            self._organizations[workflow_id] = await self.superuser.fetchval(sql, command_id)
        return self._organizations[workflow_id]


class _Inbound(ActivityInboundInterceptor):
    def __init__(self, following: ActivityInboundInterceptor, meddling: Meddling) -> None:
        super().__init__(following)
        self._meddling = meddling

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002  - the library's name
        info = activity.info()
        org_id = await self._meddling.organization_of(info.workflow_id or "")
        self._meddling.reached.add(info.activity_type)
        carry_out = functools.partial(self.next.execute_activity, input)
        act = Act(info.activity_type, info.attempt, org_id, input.args[0], carry_out)
        return await self._meddling.ways.get(org_id, plainly)(act)


def lost() -> ApplicationError:
    """What an activity raises whose try is lost: it is worth another one."""
    return ApplicationError("The test lost this try.", type="LOST", category=ApplicationErrorCategory.BENIGN)


def refused() -> ApplicationError:
    """What an activity raises that fails for good."""
    # A benign error is logged less loudly and is otherwise like any other.
    benign = ApplicationErrorCategory.BENIGN
    return ApplicationError("The test fails this step for good.", type="INTERNAL", non_retryable=True, category=benign)
