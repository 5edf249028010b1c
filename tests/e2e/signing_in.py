"""A browser that is signed in already, as after a visit before."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from playwright.async_api import Browser, BrowserContext

from entrypoints.stack import Stack

# Two cores may be busy with everything else that the stack does.
SHOWN_WITHIN_MS = 15_000


@asynccontextmanager
async def signed_in(
    browser: Browser, stack: Stack, email: str, password: str, **options: Any
) -> AsyncGenerator[BrowserContext]:
    """A fresh browser profile that holds a session of this person; `options` are those of a Playwright context."""
    at = stack.addresses
    async with httpx.AsyncClient(base_url=at.supabase_url, headers={"apikey": stack.credentials.anon_key}) as client:
        given = {"email": email, "password": password}
        answer = await client.post("/auth/v1/token?grant_type=password", json=given)
        answer.raise_for_status()
    kept = {"name": "fractalops-session", "value": json.dumps(answer.json())}
    context = await browser.new_context(
        base_url=at.portal_url,
        storage_state={"cookies": [], "origins": [{"origin": at.portal_url, "localStorage": [kept]}]},
        **options,
    )
    context.set_default_timeout(SHOWN_WITHIN_MS)
    try:
        yield context
    finally:
        await context.close()
