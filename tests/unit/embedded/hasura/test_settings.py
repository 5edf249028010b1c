"""Every variable is honoured or refused with a sentence that names it."""

from pathlib import Path

import pytest

from embedded.hasura.settings import Limits, Polling, Settings, Websockets, WrongSettingError, settings_from

URL = {"HASURA_GRAPHQL_DATABASE_URL": "postgresql://somewhere/db"}


def settings(**variables: str) -> Settings:
    return settings_from({**URL, **{f"HASURA_GRAPHQL_{name}": value for name, value in variables.items()}})


def test_without_variables_everything_is_as_hasura_has_it():
    made = settings()

    assert made.admin_secret is None
    assert made.jwts == ()
    assert made.apis == {"metadata", "graphql", "pgdump", "config"}
    assert made.isolation_level == "read-committed"
    assert made.live_queries == Polling(interval_ms=1000, batch_max=100)
    assert made.streaming_queries == Polling(interval_ms=1000, batch_max=100)
    assert made.websockets == Websockets(5, 3, cookies_without_cors=False, closed_on_metadata_change=True)
    assert made.function_permissions_inferred
    assert made.admin_internal_errors
    assert not made.allow_list_enforced
    assert not made.console
    assert not made.dev_mode


def test_every_variable_arrives():
    made = settings(
        METADATA_DATABASE_URL="postgresql://elsewhere/db",
        METADATA_DIR="/metadata",
        SERVER_PROCESSES="2",
        TX_ISOLATION="serializable",
        ENABLE_ALLOWLIST="true",
        INFER_FUNCTION_PERMISSIONS="false",
        ENABLE_CONSOLE="yes",
        CONSOLE_ASSETS_DIR="/assets",
        ENABLED_APIS="graphql, CONFIG",
        LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL="250",
        LIVE_QUERIES_MULTIPLEXED_BATCH_SIZE="10",
        STREAMING_QUERIES_MULTIPLEXED_REFETCH_INTERVAL="350",
        STREAMING_QUERIES_MULTIPLEXED_BATCH_SIZE="20",
        WEBSOCKET_KEEPALIVE="7",
        WEBSOCKET_CONNECTION_INIT_TIMEOUT="4",
        WS_READ_COOKIE="t",
        CLOSE_WEBSOCKETS_ON_METADATA_CHANGE="n",
        ASYNC_ACTIONS_FETCH_INTERVAL="50",
        LIMIT_FIELDS="9",
        LIMIT_TOKENS="99",
    )

    assert made.metadata_database_url == "postgresql://elsewhere/db"
    assert made.metadata_dir == Path("/metadata")
    assert made.processes == 2
    assert made.isolation_level == "serializable"
    assert made.allow_list_enforced
    assert not made.function_permissions_inferred
    assert made.console
    assert made.console_assets_dir == Path("/assets")
    assert made.apis == {"graphql", "config"}
    assert made.live_queries == Polling(250, 10)
    assert made.streaming_queries == Polling(350, 20)
    assert made.websockets == Websockets(7, 4, cookies_without_cors=True, closed_on_metadata_change=False)
    assert made.async_actions_interval_ms == 50
    assert made.limits == Limits(fields_max=9, tokens_max=99)


def test_the_list_of_token_secrets_wins_over_the_single_one():
    made = settings(ADMIN_SECRET="s", JWT_SECRET='{"key": "one"}', JWT_SECRETS='[{"key": "a"}, {"key": "b"}]')

    assert made.jwts == ({"key": "a"}, {"key": "b"})
    assert settings(ADMIN_SECRET="s", JWT_SECRET='{"key": "one"}').jwts == ({"key": "one"},)


def test_the_old_name_of_the_admin_secret_still_works():
    assert settings(ACCESS_KEY="s").admin_secret == "s"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SERVER_PORT", "many", "HASURA_GRAPHQL_SERVER_PORT is no whole number: many"),
        ("PG_CONNECTIONS", "0", "HASURA_GRAPHQL_PG_CONNECTIONS must be 1 or more: 0"),
        ("DEV_MODE", "perhaps", "HASURA_GRAPHQL_DEV_MODE is neither true nor false: perhaps"),
        ("TX_ISOLATION", "loose", "HASURA_GRAPHQL_TX_ISOLATION must be one of read-committed, repeatable-read, "),
        ("ENABLED_APIS", "graphql,gopher", "metadata, graphql, pgdump, config, developer; it holds gopher"),
        ("JWT_SECRET", "no json", "HASURA_GRAPHQL_JWT_SECRET is no JSON"),
        ("JWT_SECRET", "[]", "HASURA_GRAPHQL_JWT_SECRET is no JSON object"),
        ("JWT_SECRETS", '[{"key": "a"}, 1]', "HASURA_GRAPHQL_JWT_SECRETS is no JSON list of objects"),
        ("JWT_SECRET", '{"key": "a"}', "HASURA_GRAPHQL_JWT_SECRET needs HASURA_GRAPHQL_ADMIN_SECRET"),
        ("UNAUTHORIZED_ROLE", "guest", "HASURA_GRAPHQL_UNAUTHORIZED_ROLE needs HASURA_GRAPHQL_ADMIN_SECRET"),
        ("AUTH_HOOK", "http://hook", "HASURA_GRAPHQL_AUTH_HOOK is set, but"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str, said: str):
    with pytest.raises(WrongSettingError) as refused:
        settings(**{name: value})

    assert said in str(refused.value)


def test_without_a_database_there_is_no_start():
    with pytest.raises(WrongSettingError, match="HASURA_GRAPHQL_DATABASE_URL is not set"):
        settings_from({})
