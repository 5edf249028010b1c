"""A browser that is signed in already, as after a visit before."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.async_api import Browser, BrowserContext

from entrypoints.stack import Stack
from tests.support.world import Organization

# Two cores may be busy with everything else that the stack does.
SHOWN_WITHIN_MS = 15_000


@asynccontextmanager
async def signed_in(
    browser: Browser, stack: Stack, email: str, password: str, **options: Any
) -> AsyncGenerator[BrowserContext]:
    """A fresh browser profile that holds a session of this person; `options` are those of a Playwright context."""
    async with holding(browser, stack, await session_of(stack, email, password), **options) as context:
        yield context


async def session_of(stack: Stack, email: str, password: str) -> str:
    """A new session of this person, as the portal keeps it."""
    at = stack.addresses
    async with httpx.AsyncClient(base_url=at.supabase_url, headers={"apikey": stack.credentials.anon_key}) as client:
        given = {"email": email, "password": password}
        answer = await client.post("/auth/v1/token?grant_type=password", json=given)
        answer.raise_for_status()
    return json.dumps(answer.json())


@asynccontextmanager
async def holding(
    browser: Browser, stack: Stack, session: str | None, **options: Any
) -> AsyncGenerator[BrowserContext]:
    """A fresh browser profile that holds this session, or none."""
    at = stack.addresses
    context = await browser.new_context(
        base_url=at.portal_url,
        storage_state={
            "cookies": [],
            "origins": []
            if session is None
            else [{"origin": at.portal_url, "localStorage": [{"name": "fractalops-session", "value": session}]}],
        },
        **options,
    )
    context.set_default_timeout(SHOWN_WITHIN_MS)
    try:
        yield context
    finally:
        await context.close()


@dataclass
class Sessions:
    """One session for each role of an organization, however many pages are visited with it."""

    stack: Stack
    org: Organization
    _begun: dict[str, str] = field(default_factory=dict[str, str])

    async def of(self, role: str | None) -> str | None:
        """The session of that role; of none there is none."""
        if role is not None and role not in self._begun:
            email = f"{role}-{self.org.tag}@test.example"
            self._begun[role] = await session_of(self.stack, email, self.org.password)
        return None if role is None else self._begun[role]
