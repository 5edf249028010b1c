"""Who may open a socket, and how much one may ask for."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse

from embedded.hasura.api.cors import Origins
from embedded.hasura.api.websocket import operations, sockets
from embedded.hasura.api.websocket.endpoint import WebsocketEndpoint
from embedded.hasura.auth.identity import Identity
from embedded.hasura.errors import EngineError
from embedded.hasura.settings import Settings, Websockets


class Engine:
    """As much of an engine as the door of a socket needs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def on_change(self, listener: object) -> None:
        del listener

    def on_farewell(self, listener: object) -> None:
        del listener

    def shows_internals(self, who: object) -> bool:
        del who
        return False


class Authenticator:
    """Lets everyone in whose cookie is good."""

    def identify(self, headers: dict[str, str]) -> Identity:
        if headers.get("cookie") != "good":
            raise EngineError("access-denied", f"cookie {headers.get('cookie')}")
        return Identity("admin", {})


def client(**settings: Any) -> TestClient:
    engine: Any = Engine(Settings(database_url="", **settings))
    authenticator: Any = Authenticator()
    endpoint = WebsocketEndpoint(engine, authenticator, Origins.of(engine.settings))
    return TestClient(Starlette(routes=[WebSocketRoute("/", endpoint.serve)]))


def greeted(asked: TestClient, origin: str) -> dict[str, Any]:
    headers = {"origin": origin, "cookie": "good"}
    with asked.websocket_connect("/", headers=headers, subprotocols=["graphql-ws"]) as socket:
        socket.send_json({"type": "connection_init"})
        return socket.receive_json()


def test_a_page_of_an_allowed_origin_is_let_in_with_its_cookies():
    assert greeted(client(cors_domain="https://a.com, https://b.com"), "https://b.com") == {"type": "connection_ack"}


def test_a_page_from_elsewhere_is_refused():
    with pytest.raises(WebSocketDenialResponse) as refused:
        greeted(client(cors_domain="https://a.com"), "https://evil.com")

    assert refused.value.status_code == 400
    assert "does not match configured CORS domains" in refused.value.text


def test_without_cors_a_page_is_let_in_without_its_cookies():
    assert greeted(client(cors_disabled=True), "https://a.com")["payload"] == "cookie None"


def test_without_cors_cookies_count_if_that_is_wanted():
    settings = Websockets(cookies_without_cors=True)

    assert greeted(client(cors_disabled=True, websockets=settings), "https://a.com") == {"type": "connection_ack"}


def test_there_are_only_so_many_sockets(monkeypatch):
    monkeypatch.setattr(sockets, "CONNECTIONS_MAX", 1)
    asked = client()
    headers = {"cookie": "good"}
    with asked.websocket_connect("/", headers=headers), pytest.raises(WebSocketDenialResponse) as refused:
        asked.websocket_connect("/", headers=headers).__enter__()

    assert refused.value.status_code == 503
    with asked.websocket_connect("/", headers=headers):
        pass


def test_a_socket_holds_only_so_many_subscriptions(monkeypatch):
    monkeypatch.setattr(operations, "SUBSCRIPTIONS_MAX", 2)

    class Planned:
        plan = type("Plan", (), {"kind": "subscription"})

    class Subscribed:
        def stop(self) -> None:
            return

    monkeypatch.setattr(Engine, "compiled", lambda *_, **__: Planned(), raising=False)
    monkeypatch.setattr(Engine, "subscribe", lambda *_: Subscribed(), raising=False)
    with client().websocket_connect("/", headers={"cookie": "good"}) as socket:
        socket.send_json({"type": "connection_init"})
        assert [socket.receive_json()["type"] for _ in range(2)] == ["connection_ack", "ka"]
        for n in range(3):
            socket.send_json({"type": "start", "id": str(n), "payload": {"query": "subscription { a }"}})

        refused = socket.receive_json()
        assert (refused["id"], refused["payload"]["errors"][0]["extensions"]["code"]) == ("2", "busy")
        assert socket.receive_json()["type"] == "complete"
        socket.send_json({"type": "stop", "id": "0"})
        socket.send_json({"type": "start", "id": "4", "payload": {"query": "subscription { a }"}})
        socket.send_json({"type": "start", "id": "5", "payload": {"query": "subscription { a }"}})

        assert socket.receive_json()["id"] == "5"
