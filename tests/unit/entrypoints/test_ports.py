"""Ports: promised to one stack, and taken ones named."""

import os
import socket

import pytest

from entrypoints.config import LOOPBACK, Ports
from entrypoints.stack import ports


def test_ports_of_two_reservations_never_meet_though_nobody_listens_yet():
    one, other = ports.PortReservation(), ports.PortReservation()
    try:
        assert not set(vars(one.free()).values()) & set(vars(other.free()).values())
    finally:
        one.release()
        other.release()


def test_a_default_port_that_is_taken_is_replaced_and_its_holder_named(monkeypatch: pytest.MonkeyPatch):
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        monkeypatch.setattr(ports, "Ports", lambda **given: Ports(**{"hasura": wanted, **given}))
        reservation = ports.PortReservation()
        try:
            chosen, notices = reservation.preferred()
        finally:
            reservation.release()

    assert chosen.hasura != wanted
    [notice] = [notice for notice in notices if "(hasura)" in notice]
    assert f"Port {wanted} (hasura) is taken by process {os.getpid()}" in notice


def test_a_port_is_free_again_once_its_server_has_gone():
    with socket.socket() as server:
        server.bind((LOOPBACK, 0))
        server.listen()
        port = server.getsockname()[1]
        assert not ports.is_free(port)

    assert ports.is_free(port)
