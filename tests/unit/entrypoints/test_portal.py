"""What the portal's server gives to whom, and what it lets a browser do."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from entrypoints.config import Portal
from entrypoints.portal import build

CONFIG = Portal(
    host="portal.example.test",
    port=443,
    graphql_url="https://graphql.example.test/v1/graphql",
    supabase_url="http://supabase.example.test:8000",
    anon_key="anon",
)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>the page</title>")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-1a2b.js").write_text("export {}\n" * 500)
    (tmp_path / "secret.txt").write_text("outside")
    return folder


@pytest.fixture
async def portal(dist: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build(CONFIG, dist=dist))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.example.test") as client:
        yield client


async def test_a_browser_is_told_the_addresses_and_nothing_else(portal: httpx.AsyncClient):
    answer = await portal.get("/config.json")

    assert answer.json() == {
        "graphql_url": CONFIG.graphql_url,
        "supabase_url": CONFIG.supabase_url,
        "anon_key": CONFIG.anon_key,
    }
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/harnesses", "/proposals/7?tab=proof", "/deep/er/path.with.dots"])
async def test_every_path_of_the_portal_gives_the_page_which_is_asked_for_anew_each_time(
    portal: httpx.AsyncClient, path: str
):
    answer = await portal.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "the page" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    # A page that was kept would bear the number of another answer's policy.
    assert "etag" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "sent"), [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("identity", None)]
)
async def test_a_file_with_a_digest_in_its_name_is_kept_for_ever_and_sent_compressed(
    portal: httpx.AsyncClient, accepted: str, sent: str | None
):
    answer = await portal.get("/assets/index-1a2b.js", headers={"accept-encoding": accepted})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers.get("content-encoding") == sent


async def test_a_file_of_an_earlier_build_is_not_found_instead_of_being_the_page(portal: httpx.AsyncClient):
    answer = await portal.get("/assets/index-0000.js")

    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/assets/%2fetc%2fpasswd", "/%00"]
)
async def test_no_path_leads_out_of_the_built_files(portal: httpx.AsyncClient, path: str):
    answer = await portal.get(path)

    assert "outside" not in answer.text
    assert "root:" not in answer.text
    assert "the page" in answer.text or answer.status_code == 404


@pytest.mark.parametrize("path", ["/", "/config.json", "/favicon.svg", "/assets/index-1a2b.js", "/assets/none.js"])
async def test_every_answer_carries_the_policy(portal: httpx.AsyncClient, path: str):
    headers = (await portal.get(path)).headers

    policy = policy_of(headers)
    style = re.sub(r" 'nonce-[\w-]{22}'$", "", policy["style-src"])
    assert (style == policy["style-src"]) is (path != "/")
    assert {**policy, "style-src": style} == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self' http://supabase.example.test:8000 https://graphql.example.test "
        "ws://supabase.example.test:8000 wss://graphql.example.test",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_the_page_and_its_policy_bear_the_same_number_new_every_time(portal: httpx.AsyncClient, dist: Path):
    (dist / "index.html").write_text('<meta property="csp-nonce" nonce="CSP_NONCE">')

    first, second = await portal.get("/"), await portal.get("/proposals")

    numbers = [
        policy_of(answer.headers)["style-src"].split("'nonce-")[1].removesuffix("'") for answer in (first, second)
    ]
    assert [answer.text for answer in (first, second)] == [
        f'<meta property="csp-nonce" nonce="{number}">' for number in numbers
    ]
    assert numbers[0] != numbers[1]


def policy_of(headers: httpx.Headers) -> dict[str, str]:
    """The policy, by what it is about."""
    return dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))


async def test_nothing_can_be_sent_to_it(portal: httpx.AsyncClient):
    assert (await portal.post("/config.json")).status_code == 405


async def test_without_a_build_the_page_says_what_to_run_until_there_is_one(portal: httpx.AsyncClient, dist: Path):
    (dist / "index.html").rename(dist / "elsewhere.html")

    missing = await portal.get("/")
    (dist / "elsewhere.html").rename(dist / "index.html")
    built = await portal.get("/")

    assert missing.status_code == 503
    assert "make setup" in missing.text
    assert missing.headers["cache-control"] == "no-store"
    assert "the page" in built.text
