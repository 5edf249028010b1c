"""The platform as a command speaks to it. Apart from `calling`, because its libraries take a second to load."""

from dataclasses import replace
from typing import Self

from httpx import HTTPError
from supabase import AsyncClient, AuthError, acreate_client

from entrypoints.cli.calling import failure
from entrypoints.cli.session import Session, SessionFile
from entrypoints.config import Client
from entrypoints.platform import signed_in
from fractalops_client import FractalOps, Refused, Unreachable


async def sign_in(at: Client, email: str, password: str) -> Session:
    """A new session.

    Raises:
        Refused: UNAUTHENTICATED.
        Unreachable: if there is no answer.
    """
    try:
        client, _ = await signed_in(at.supabase_url, at.anon_key, email, password)
        session = await client.auth.get_session()
    except (HTTPError, AuthError) as error:
        raise Unreachable(f"Signing in got no answer: {error}") from error
    if session is None:
        raise Refused("UNAUTHENTICATED", "Signing in gave no session.")
    return Session.of(at.supabase_url, session.access_token, session.refresh_token)


async def sign_out(at: Client, session: Session) -> None:
    """End the session at the platform; one that has ended already is fine."""
    try:
        client = await acreate_client(at.supabase_url, at.anon_key)
        await client.auth.admin.sign_out(session.access_token, "local")
    except (HTTPError, AuthError):
        # The session is forgotten here in any case, and ends there by itself.
        return


class Caller:
    """The person signed in; `file` is where the session is kept (None: it is for this command alone)."""

    def __init__(self, at: Client, session: Session, file: SessionFile | None) -> None:
        self.at = at
        self.session = session
        self.platform = FractalOps(at.graphql_url, token=self.token)
        self._file = file

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.platform.close()

    async def token(self) -> str:
        """An access token that has not ended; a new one is fetched if it has.

        Raises:
            Failure: SIGNED_OUT, if the session cannot be renewed.
        """
        if self.session.is_over:
            if self._file is None:
                self.session = await self._renewed(self.session)
            else:
                with self._file.held():
                    kept = self._file.load() or self.session
                    self.session = await self._renewed(kept) if kept.is_over else kept
                    self._file.keep(self.session)
        return self.session.access_token

    async def supabase(self) -> AsyncClient:
        """A Supabase client; it knows the address and not the person."""
        return await acreate_client(self.at.supabase_url, self.at.anon_key)

    async def _renewed(self, session: Session) -> Session:
        client = await self.supabase()
        try:
            answer = await client.auth.refresh_session(session.refresh_token)
        except AuthError as error:
            raise failure("SIGNED_OUT", "The session has ended.", remedy=_AGAIN) from error
        except HTTPError as error:
            raise Unreachable(f"The session could not be renewed: {error}") from error
        if answer.session is None:
            raise failure("SIGNED_OUT", "The session has ended.", remedy=_AGAIN)
        fresh = Session.of(session.supabase_url, answer.session.access_token, answer.session.refresh_token)
        return replace(fresh, email=fresh.email or session.email)


_AGAIN = "Sign in again with `fractalops sign-in EMAIL`."
