"""schemathesis, which makes requests of its own from the introspected schema."""

import subprocess
from pathlib import Path

from tests.integration.embedded.hasura.engine import ADMIN_SECRET
from tests.integration.embedded.hasura.fuzz.conftest import Target

SCHEMATHESIS = Path(__file__).resolve().parents[5] / ".state" / "clients" / "bin" / "schemathesis"
EXAMPLES_EACH = 1
WITHIN_S = 120


def test_schemathesis_finds_no_server_error_and_no_answer_out_of_form(target: Target, tmp_path: Path):
    done = subprocess.run(
        [
            *(SCHEMATHESIS, "run", f"{target.url}/v1/graphql"),
            *("--header", f"X-Hasura-Admin-Secret: {ADMIN_SECRET}"),
            *("--checks", "not_a_server_error", "--max-examples", str(EXAMPLES_EACH), "--seed", "1"),
            *("--phases", "fuzzing", "--continue-on-failure", "--no-color", "--warnings", "off"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert "No issues found" in done.stdout, done.stdout[-2000:]
