"""`onboarding`: bringing an organization to the state where work can launch."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import uuid4

import typer
import yaml
from rich.text import Text

import fractalops_client
from entrypoints.cli.accounts import give_accounts
from entrypoints.cli.calling import As, Key, call, failure, given, run
from entrypoints.cli.connection import client
from entrypoints.cli.output import Json, aside, people, say_json, say_table
from entrypoints.cli.records import plain, when

if TYPE_CHECKING:
    from entrypoints.cli.remote import Caller
    from fractalops_client import FractalOps, OrganizationRowOnboardingChecks, RecordedRow

Row = dict[str, Any]
app = typer.Typer(
    name="onboarding", no_args_is_help=True, help="Bring an organization to the state where work can launch."
)

_MARKS = {"passed": ("ok  ", "green"), "failed": ("FAIL", "red"), "pending": ("    ", "")}
_READ_EVERY_S = 0.5
_ENDED = ("succeeded", "failed", "cancelled")

NoWait = Annotated[bool, typer.Option("--no-wait", help="Come back at once; see `onboarding status` later.")]
Within = Annotated[float, typer.Option("--within-s", min=1, help="Wait no longer than this for the checks.")]


@app.command()
def start(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="YAML or JSON.")],
    *,
    no_wait: NoWait = False,
    within_s: Within = 120,
    key: Key = None,
    json: Json = False,
) -> None:
    """Onboard an organization from a file and show its checks as they finish. For the platform's administrator.

    The file holds slug, name, principals, and if you like secret_contracts, endpoints, runtime_assets and policy, at
    the top or under `organization`. seeds/scenarios/demo.yaml is an example. On the local stack every person in it
    can then `fractalops sign-in EMAIL`. Exit code 1 if a check fails.

    Example: fractalops onboarding start acme.yaml
    """
    organization = read_organization(file)
    at = client()
    secret = at.admin_secret
    if secret is None:
        raise failure(
            "FORBIDDEN",
            "Onboarding is for the platform's administrator.",
            remedy="Set FRACTALOPS_ADMIN_SECRET.",
        )

    async def told() -> Row:
        async with fractalops_client.FractalOps(at.graphql_url, admin_secret=secret) as platform:
            recorded = await platform.onboard_organization(
                given(fractalops_client.OnboardOrganizationInput, key, **organization)
            )
            await give_accounts([one["email"] for one in organization["principals"] if one.get("email")])
            return plain(recorded) if no_wait else await _checked(platform, recorded, within_s)

    _say(run(told), json=json)


@app.command()
def check(
    *, no_wait: NoWait = False, within_s: Within = 120, key: Key = None, as_: As = None, json: Json = False
) -> None:
    """Run the organization's checks again, after something was mended. For operators and owners.

    Exit code 1 if a check fails.

    Example: fractalops onboarding check
    """

    async def told(caller: "Caller") -> Row:
        recorded = await caller.platform.check_onboarding(given(fractalops_client.CheckOnboardingInput, key))
        return plain(recorded) if no_wait else await _checked(caller.platform, recorded, within_s)

    _say(call(as_, told), json=json)


@app.command()
def status(*, as_: As = None, json: Json = False) -> None:
    """Show whether work can launch, and every check with what to mend.

    Example: fractalops onboarding status
    """
    found = call(as_, lambda caller: caller.platform.onboarding_status())
    if not found:
        raise failure("NOT_FOUND", "You belong to no organization.")
    organization = found[0]
    if json:
        say_json(organization)
        return
    people.print(f"{organization.name} ({organization.slug}) is {organization.state}.", markup=False)
    columns = ("subject", "name", "state", "detail", "remedy", "checked")
    cells = [
        (
            *(one.subject_kind, one.subject_name, one.state),
            *(one.detail, one.remedy, when(one.checked_at)),
        )
        for one in organization.onboarding_checks
    ]
    say_table(columns, cells, empty="It declares nothing to check.")


def read_organization(file: Path) -> dict[str, Any]:
    """The organization in the file, as the API takes it.

    Raises:
        Failure: INVALID_INPUT, with the first place that is wrong.
    """
    from pydantic import ValidationError  # noqa: PLC0415  - only this command needs the contract

    from contracts.onboarding import OnboardOrganization  # noqa: PLC0415  - the same

    try:
        document: Any = yaml.safe_load(file.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise failure("INVALID_INPUT", f"{file} is neither YAML nor JSON: {' '.join(str(error).split())}.") from error
    if isinstance(document, dict) and "organization" in document:
        document = cast("dict[str, Any]", document)["organization"]
    if not isinstance(document, dict):
        raise failure("INVALID_INPUT", f"{file} holds no organization.")
    said = {name: value for name, value in cast("Row", document).items() if value is not None}
    try:
        checked = OnboardOrganization.model_validate({**said, "idempotency_key": uuid4()})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the organization"
        raise failure("INVALID_INPUT", f"{file}: {where}: {first['msg']}.") from error
    return checked.model_dump(mode="json", exclude_unset=True, exclude={"idempotency_key"})


async def _checked(platform: "FractalOps", recorded: "RecordedRow", within_s: float) -> Row:
    shown: set[tuple[str, str]] = set()
    try:
        async with asyncio.timeout(within_s):
            while True:
                found = await platform.onboarding_progress(recorded.id, recorded.command_id)
                organization, harness = found.organization[0], found.harness[0] if found.harness else None
                _show_new(organization.onboarding_checks, shown)
                if harness and harness.projection and harness.projection.phase in _ENDED:
                    return {**plain(recorded), **plain(organization), "harness": plain(harness)}
                await asyncio.sleep(_READ_EVERY_S)
    except TimeoutError:
        raise failure("TIMED_OUT", f"The checks have not ended within {within_s:g} s.") from None


def _show_new(checks: "Sequence[OrganizationRowOnboardingChecks]", shown: set[tuple[str, str]]) -> None:
    for one in checks:
        subject = (one.subject_kind, one.subject_name)
        if one.state != "pending" and subject not in shown:
            shown.add(subject)
            line = Text.assemble(_MARKS[one.state], f"  {one.subject_kind} {one.subject_name}: {one.detail}")
            aside.print(line.append(f"\n      → {one.remedy}" if one.remedy else ""), soft_wrap=True)


def _say(organization: Row, *, json: bool) -> None:
    if json:
        say_json(organization)
    else:
        people.print(f"Organization {organization['id']} is {organization['state']}.", markup=False)
    harness = organization.get("harness")
    if harness and harness["projection"]["phase"] != "succeeded":
        raise typer.Exit(1)
