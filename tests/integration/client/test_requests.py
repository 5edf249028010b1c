"""What the client does when the wire or the platform fails it."""

import asyncio
from uuid import uuid4

import pytest

from fractalops_client import (
    NO_RETRY,
    CreateWorkInput,
    FractalOps,
    Refused,
    RetireEndpointInput,
    Retry,
    Unreachable,
    WorkSpecificationInput,
)
from tests.integration.client.wire import OK, Answer, Platform, data, dropped, raw, refused, sent, status

QUICK = Retry(attempts=4, first_delay_s=0.01)
RECORDED = {"retire_endpoint": {"id": str(uuid4()), "command_id": str(uuid4()), "state": "retired"}}
FREE_MUTATION = "mutation ($input: Anything!) { anything(input: $input) { id } }"


async def names(platform: Platform, retry: Retry = QUICK) -> list[str]:
    async with FractalOps(platform.url, retry=retry) as client:
        return [row.name for row in await client.endpoint_names(limit=10)]


async def retire(platform: Platform) -> str:
    async with FractalOps(platform.url, retry=QUICK) as client:
        given = RetireEndpointInput(endpoint_id=uuid4(), idempotency_key=uuid4())
        return (await client.retire_endpoint(given)).state


@pytest.mark.parametrize("fault", [status(500), status(502), status(503), status(429), dropped, raw("null"), raw("[]")])
async def test_a_query_is_asked_again_when_no_answer_came(platform: Platform, fault: Answer):
    platform.answers = [fault, fault, data()]

    assert await names(platform) == ["repository"]
    assert len(platform.requests) == 3


@pytest.mark.parametrize("fault", [status(500), dropped])
async def test_a_mutation_is_sent_again_with_the_same_key(platform: Platform, fault: Answer):
    platform.answers = [fault, data(RECORDED)]

    assert await retire(platform) == "retired"
    assert len({sent(request) for request in platform.requests}) == 1
    assert len(platform.requests) == 2


@pytest.mark.parametrize("fault", [status(500), dropped])
async def test_a_mutation_without_a_key_is_sent_once(platform: Platform, fault: Answer):
    platform.answers = [fault]

    async with FractalOps(platform.url, retry=QUICK) as client:
        with pytest.raises(Unreachable):
            await client.execute(FREE_MUTATION, variables={"input": {"title": "x"}})

    assert len(platform.requests) == 1


async def test_a_refusal_is_final(platform: Platform):
    platform.answers = [refused("WRONG_STATE", retry=False)]

    with pytest.raises(Refused) as error:
        await retire(platform)

    assert (error.value.code, error.value.message, error.value.retry) == ("WRONG_STATE", "No: WRONG_STATE.", False)
    assert len(platform.requests) == 1


async def test_a_refusal_that_says_retry_is_sent_again(platform: Platform):
    platform.answers = [refused("UNAVAILABLE", retry=True), data(RECORDED)]

    assert await retire(platform) == "retired"


async def test_only_true_means_retry(platform: Platform):
    platform.answers = [raw('{"errors": [{"message": "No.", "extensions": {"retry": "yes"}}]}')]

    with pytest.raises(Refused):
        await names(platform)

    assert len(platform.requests) == 1


async def test_attempts_have_an_end_and_the_last_error_is_told(platform: Platform):
    platform.answers = [status(503)]

    with pytest.raises(Unreachable, match="503"):
        await names(platform)

    assert len(platform.requests) == QUICK.attempts


@pytest.mark.parametrize("code", [400, 401, 404])
async def test_a_request_that_cannot_pass_later_is_sent_once(platform: Platform, code: int):
    platform.answers = [status(code)]

    with pytest.raises(Unreachable):
        await names(platform)

    assert len(platform.requests) == 1


async def test_without_retries_everything_is_sent_once(platform: Platform):
    platform.answers = [dropped]

    with pytest.raises(Unreachable):
        await names(platform, NO_RETRY)

    assert len(platform.requests) == 1


async def test_a_platform_that_is_not_there_is_unreachable():
    async with FractalOps("http://127.0.0.1:9/graphql", retry=QUICK) as client:
        with pytest.raises(Unreachable):
            await client.organization()


async def test_a_platform_that_does_not_answer_in_time_is_unreachable():
    left = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65_536):
            pass
        writer.close()
        left.set()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/graphql"
    async with FractalOps(url, retry=NO_RETRY, timeout_s=0.2) as client, asyncio.timeout(10):
        with pytest.raises(Unreachable):
            await client.organization()
        await left.wait()
    server.close()


async def test_a_refused_token_is_asked_for_anew_once_for_all_requests(platform: Platform):
    platform.answers, platform.accepts = [data()], lambda sent: sent == "Bearer second"
    given = iter(("first", "second"))

    async def provider() -> str:
        await asyncio.sleep(0.01)
        return next(given)

    async with FractalOps(platform.url, token=provider, retry=NO_RETRY) as client:
        rows = await asyncio.gather(*(client.endpoint_names(limit=1) for _ in range(8)))

    assert [len(one) for one in rows] == [1] * 8
    assert set(platform.tokens) == {"Bearer first", "Bearer second"}
    assert next(given, None) is None


async def test_a_token_is_kept_while_it_is_good(platform: Platform):
    platform.answers, asked = [data()], 0

    async def provider() -> str:
        nonlocal asked
        asked += 1
        return "good"

    async with FractalOps(platform.url, token=provider) as client:
        for _ in range(3):
            await client.endpoint_names(limit=1)

    assert asked == 1


async def test_a_caller_whose_every_token_is_refused_is_refused(platform: Platform):
    platform.answers, platform.accepts = [data()], lambda _: False

    async def provider() -> str:
        return "bad"

    async with FractalOps(platform.url, token=provider, retry=QUICK) as client:
        with pytest.raises(Refused) as error:
            await client.organization()

    assert error.value.code == "invalid-jwt"
    assert len(platform.requests) == 2


async def test_what_a_token_provider_raises_is_raised(platform: Platform):
    async def provider() -> str:
        raise LookupError("nobody is signed in")

    async with FractalOps(platform.url, token=provider, retry=QUICK) as client:
        with pytest.raises(LookupError, match="nobody is signed in"):
            await client.organization()


async def test_what_is_left_out_of_an_input_is_left_out_of_the_request(platform: Platform):
    platform.answers = [data({"create_work": RECORDED["retire_endpoint"]})]
    given = CreateWorkInput(
        title="x",
        endpoint_id=uuid4(),
        runtime_asset_id=uuid4(),
        specification=WorkSpecificationInput(run="true", verify="true"),
        idempotency_key=uuid4(),
    )

    async with FractalOps(platform.url) as client:
        await client.create_work(given)

    variables = platform.requests[0]["variables"]["input"]
    assert variables == {
        "title": "x",
        "endpoint_id": str(given.endpoint_id),
        "runtime_asset_id": str(given.runtime_asset_id),
        "specification": {"run": "true", "verify": "true"},
        "idempotency_key": str(given.idempotency_key),
    }
    assert "$input: CreateWork!" in platform.requests[0]["query"]


async def test_columns_that_a_newer_platform_adds_are_passed_over(platform: Platform):
    platform.answers = [data({"endpoint": [{**OK["endpoint"][0], "color": "red"}]})]

    assert await names(platform) == ["repository"]


async def test_a_client_can_be_closed_twice(platform: Platform):
    platform.answers = [data()]
    client = FractalOps(platform.url)
    await client.endpoint_names(limit=1)

    await client.close()
    await client.close()
