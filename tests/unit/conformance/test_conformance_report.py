"""What the conformance run makes of the runner's results."""

import pytest

from tests.conformance import report
from tests.conformance.__main__ import main
from tests.conformance.modes import MODES, Run
from tests.conformance.results import Answer, Case, joined


def answer(
    case_id: str, status: str, *, where: str = "default", transport: str = "http", why: str = "because"
) -> Answer:
    detail = [] if status == "passed" else [why]
    result = {
        "id": case_id,
        "suite": case_id.partition("#")[0],
        "category": "actions:sync",
        "status": status,
        "detail": detail,
        "transport": transport,
    }
    return Answer(where, result)


def case(case_id: str, priority: str, *failures: str, checks: int = 1) -> Case:
    return Case(case_id, priority, "actions", checks=checks, failures=list(failures))


def test_a_case_passes_only_if_it_passes_in_every_mode_and_over_every_transport():
    said = [
        answer("a#x", "passed"),
        answer("a#x", "failed", where="JWT"),
        answer("a#y", "passed"),
        answer("a#y", "passed"),
    ]

    first, second = joined(said, {"a": "core"})

    assert (first.passed, first.failures) == (False, ["[JWT, http] because"])
    assert (second.passed, second.checks) == (True, 2)


def test_a_case_that_one_mode_skips_is_judged_by_the_modes_that_ran_it():
    said = [answer("a#x", "skipped", why="needs ['jwt']"), answer("a#x", "passed", where="JWT")]

    (found,) = joined(said, {"a": "core"})

    assert found.passed


def test_a_case_that_no_mode_runs_neither_passes_nor_fails_and_its_need_is_told():
    (found,) = joined([answer("a#x", "skipped", why="needs ['postgis']")], {"a": "admin"})

    assert (found.ran, found.passed) == (False, False)
    assert "  a#x: needs ['postgis']" in list(report.lines([found], set(), verbose=False))
    assert report.faults([found], set()) == []


def test_another_wording_is_a_failure_and_says_so():
    (found,) = joined([answer("a#x", "wording")], {"a": "core"})

    assert found.failures == ["[default, http] worded differently: because"]


def test_a_run_over_one_transport_counts_nothing_else():
    newer = Run(transports=frozenset({"websocket"}), scripts="")

    assert newer.counts(answer("a#x", "passed", transport="websocket").result)
    assert not newer.counts(answer("a#x", "passed", transport="http").result)
    assert not newer.counts(answer("a#x", "passed", transport="script").result)


def test_with_tokens_only_scripts_about_tokens_count():
    (run,) = next(mode for mode in MODES if mode.name == "JWT").runs
    about_tokens = {**answer("a#x", "passed", transport="script").result, "category": "auth:jwt"}

    assert run.counts(about_tokens)
    assert not run.counts(answer("a#x", "passed", transport="script").result)


def test_one_failing_core_case_is_too_many_even_when_it_is_known():
    assert report.faults([case("a#x", "core", "no")], {"a#x"}) == ["1 core cases fail; every one must pass."]


def test_fewer_than_nine_of_ten_admin_cases_are_too_few():
    nine = [case(f"a#{number}", "admin") for number in range(9)]
    failing = [case("a#x", "admin", "no"), case("a#y", "admin", "no")]

    assert report.faults([*nine, failing[0]], {"a#x"}) == []
    assert report.faults([*nine, *failing], {"a#x", "a#y"}) == ["9 of 11 admin cases pass; 90 % are needed."]


def test_a_failing_admin_case_must_be_named_as_a_known_difference():
    nine = [case(f"a#{number}", "admin") for number in range(9)]

    (fault,) = report.faults([*nine, case("a#x", "admin", "no")], set())

    assert fault.endswith("KNOWN_DIFFERENCES.md: a#x.")


def test_a_failing_nice_case_is_told_and_tolerated():
    cases = [case("a#x", "nice", "no")]

    assert "  a#x" in list(report.lines(cases, set(), verbose=False))
    assert report.faults(cases, set()) == []


def test_the_page_names_cases_between_backticks():
    page = "Rows come otherwise (`graphql_query/x#TestY.test_z`, `not a case`, #no)."

    assert report.known(page) == {"graphql_query/x#TestY.test_z"}


def test_a_known_difference_that_passes_is_stale():
    assert report.stale([case("a#x", "admin"), case("a#y", "admin", "no")], {"a#x", "a#y"}) == ["a#x"]


def test_a_missing_suite_is_one_sentence_and_exit_code_2(capsys: pytest.CaptureFixture[str]):
    code = main(["--suite", "nowhere/at/all"])

    assert code == 2
    assert capsys.readouterr().err.strip().endswith("set HASURA_SUITE to the folder that holds its run.py.")
