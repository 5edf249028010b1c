"""Law 8, in the text: what is shown live is read from `harness_projection` and from nothing else."""

from pathlib import Path

import asyncpg
import pytest

from tests.contract.house_rules.live_truth import ONE_READ
from tests.contract.laws.planting import THE_TREE, places, planted, told
from tests.support.ledger import Api, Ledger

_PUBLISHED = (
    "SELECT schemaname || '.' || tablename AS name FROM pg_publication_tables WHERE pubname = 'supabase_realtime'"
)


def test_the_tree_keeps_the_law():
    assert told(8, THE_TREE) == []


def test_the_guard_sees_the_live_documents_of_the_tree(tmp_path: Path):
    """Else it would keep silent about everything: renamed, each of them breaks the law."""
    files = {
        file.name: file.text.replace("harness_projection", "work")
        for file in THE_TREE.files
        if file.name.startswith(("portal/src/harnesses/", "codegen/operations/", "hasura/migrations/"))
    }

    found = {place.rpartition(":")[0] for place in places(8, planted(tmp_path, files))}

    assert {"portal/src/harnesses/feed.ts", "portal/src/harnesses/snapshot.ts"} <= found
    assert any(name.startswith("hasura/migrations/") for name in found)


CHANNEL = "channel.on('postgres_changes', { event: '*', schema: 'public', table: 'TABLE' }, tell)"


@pytest.mark.parametrize(
    "broken",
    [
        CHANNEL.replace("TABLE", "portal_live_events"),
        CHANNEL.replace("TABLE", "work"),
        CHANNEL.replace(", table: 'TABLE'", ""),
        "channel.on('broadcast', { event: 'news' }, tell)",
        "const socket = new WebSocket(url)",
        "const news = new EventSource(url)",
        "import { createClient } from 'graphql-ws'",
        "const NEWS = graphql(`subscription News { proposal { id state } }`)",
        "const NEWS = graphql(`subscription News { harness_projection { phase } proposal { id } }`)",
        "const NEWS = graphql(`subscription News { harness_projection { phase work { title } } }`)",
        "const NEWS = graphql(`query LiveWork { work { title } }`)",
        "const NEWS = `subscription News { ${columns} }`",
        "setInterval(read, 1000); const NEWS = graphql(`query News { execution { state } }`)",
        "useQuery({ refetchInterval: 500 }); const NEWS = graphql(`query News { proof { id } }`)",
    ],
)
def test_a_second_live_read_in_the_portal_is_told_with_its_place_and_the_remedy(tmp_path: Path, broken: str):
    found = told(8, planted(tmp_path, {"portal/src/news/news.ts": f"// A page.\n{broken}\n"}))

    assert {(violation.file, violation.line) for violation in found} == {("portal/src/news/news.ts", 2)}
    assert all("write it whole" in one.remedy or one.remedy.endswith(ONE_READ) for one in found)


def test_the_rows_of_the_one_live_read_may_be_counted_and_nothing_else_of_them_summed_up(tmp_path: Path):
    asked = "const N = graphql(`query N { harness_projection_aggregate { aggregate { FIELD } } }`)\n"
    page = "portal/src/harnesses/count.ts"

    assert places(8, planted(tmp_path, {page: asked.replace("FIELD", "count")})) == []
    assert places(8, planted(tmp_path, {page: asked.replace("FIELD", "max { headline }")})) != []


@pytest.mark.parametrize("fields", ["work { title }", "...Hidden"])
def test_a_fragment_in_a_document_of_its_own_hides_nothing(tmp_path: Path, fields: str):
    rows = "const ROWS = graphql(`query Rows { harness_projection { ...Row } }`)\n"
    fragment = f"graphql(`fragment Row on harness_projection {{ {fields} }}`)\n"

    assert places(8, planted(tmp_path, {"portal/src/harnesses/rows.ts": fragment + rows})) == [
        "portal/src/harnesses/rows.ts:2"
    ]


def test_a_query_of_the_live_room_reads_the_one_table(tmp_path: Path):
    broken = "const ROWS = graphql(`\n  query Harnesses {\n    harness { id state }\n  }\n`)\n"

    assert places(8, planted(tmp_path, {"portal/src/harnesses/snapshot.ts": broken})) == [
        "portal/src/harnesses/snapshot.ts:3"
    ]


@pytest.mark.parametrize(
    "harmless",
    [
        CHANNEL.replace("TABLE", "harness_projection"),
        "const ONE = graphql(`query Work($id: uuid!) { work(where: {id: {_eq: $id}}) { title } }`)",
        "const ROWS = graphql(`subscription Rows { harness_projection(limit: 5) { phase } }`)",
    ],
)
def test_the_one_live_read_and_questions_asked_once_are_let_be(tmp_path: Path, harmless: str):
    assert places(8, planted(tmp_path, {"portal/src/news/page.ts": f"{harmless}\n"})) == []


@pytest.mark.parametrize(
    "broken",
    [
        "subscription News { work { title } }",
        "subscription News { harness_projection { harness_id executions { id } } }",
        "fragment Row on harness_projection { work { title } } subscription News { harness_projection { ...Row } }",
    ],
)
def test_a_subscription_of_a_client_to_another_table_is_told(tmp_path: Path, broken: str):
    assert places(8, planted(tmp_path, {"codegen/operations/news.graphql": f"# News.\n{broken}\n"})) == [
        "codegen/operations/news.graphql:2"
    ]


def test_a_client_may_follow_the_outbox_in_its_order(tmp_path: Path):
    follows = "subscription Events { portal_live_events_stream(batch_size: 9, cursor: []) { position type } }"

    assert places(8, planted(tmp_path, {"codegen/operations/events.graphql": follows})) == []
    assert places(8, planted(tmp_path, {"portal/src/events.ts": f"graphql(`{follows}`)"})) == ["portal/src/events.ts:1"]


@pytest.mark.parametrize(
    "broken",
    [
        "ALTER PUBLICATION supabase_realtime ADD TABLE public.proposal;",
        "ALTER PUBLICATION supabase_realtime ADD TABLE public.harness_projection, public.work;",
        "ALTER PUBLICATION supabase_realtime SET TABLE public.work;",
        "CREATE PUBLICATION supabase_realtime FOR ALL TABLES;",
    ],
)
def test_publishing_another_table_is_told(tmp_path: Path, broken: str):
    file = "hasura/migrations/default/1_more/up.sql"

    assert places(8, planted(tmp_path, {file: f"SET lock_timeout = '4s';\n{broken}\n"})) == [f"{file}:2"]


async def test_the_migrated_database_publishes_the_one_table(api: Api):
    assert [row["name"] for row in await api.superuser.fetch(_PUBLISHED)] == ["public.harness_projection"]


async def test_a_table_that_is_published_by_hand_is_seen(ledger: Ledger):
    connection = await asyncpg.connect(ledger.url)
    await connection.execute("BEGIN; ALTER PUBLICATION supabase_realtime ADD TABLE public.work")

    found = {row["name"] for row in await connection.fetch(_PUBLISHED)}

    await connection.close()
    assert found == {"public.harness_projection", "public.work"}
