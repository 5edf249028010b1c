"""HTTP answers read from bytes, however they are cut."""

import pytest

from embedded.hasura.actions.exchange import Outgoing
from embedded.hasura.actions.http.address import address_of
from embedded.hasura.actions.http.answer import ANSWER_BYTES_MAX, HEAD_BYTES_MAX, AnswerReader, MalformedAnswerError
from embedded.hasura.actions.http.client import _written

CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
    b"4\r\nWiki\r\n6;ext=1\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0\r\n"
)


def read(data: bytes, *, size: int, head_only: bool = False):
    reader = AnswerReader(head_only=head_only)
    for start in range(0, len(data), size):
        answer = reader.feed(data[start : start + size])
        if answer is not None:
            assert start + size >= len(data), "complete before its end"
            return answer
    return reader.end()


@pytest.mark.parametrize("size", [1, 2, 7, 100_000])
@pytest.mark.parametrize(
    ("data", "status", "content", "reusable"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A:  b \r\n\r\nhello", 200, b"hello", True),
        (b"HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n", 200, b"", True),
        (b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno", 404, b"no", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, b"x", False),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx", 200, b"x", True),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", True),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, b"", True),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", 200, b"until the end", False),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, b"x", True),
        (CHUNKED + b"\r\n", 200, b"Wikipedia in \r\n\r\nchunks.", True),
        (CHUNKED + b"Trailer: x\r\nAnother: y\r\n\r\n", 200, b"Wikipedia in \r\n\r\nchunks.", True),
    ],
)
def test_an_answer_is_the_same_however_it_arrives(data, status, content, reusable, size):
    answer = read(data, size=size)

    assert answer is not None
    assert (answer.status, answer.content, answer.reusable) == (status, content, reusable)


def test_header_names_stay_as_they_were_written():
    answer = read(b"HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nset-COOKIE: b\r\nContent-Length: 0\r\n\r\n", size=3)

    assert answer is not None
    assert answer.headers == (("Set-Cookie", "a"), ("set-COOKIE", "b"), ("Content-Length", "0"))


def test_an_answer_to_a_head_request_ends_with_its_head():
    answer = read(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", size=5, head_only=True)

    assert answer is not None
    assert answer.content == b""


@pytest.mark.parametrize(
    "data", [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe", CHUNKED, b"HTTP/1.1 200 OK\r\n", b""]
)
def test_an_answer_that_is_cut_off_is_none(data):
    assert read(data, size=4) is None


def test_a_connection_with_more_on_it_than_was_asked_for_is_not_used_again():
    answer = AnswerReader(head_only=False).feed(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n")

    assert answer is not None
    assert (answer.content, answer.reusable) == (b"x", False)


@pytest.mark.parametrize(
    "data",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 20\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffff\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (ANSWER_BYTES_MAX + 1),
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * HEAD_BYTES_MAX,
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (ANSWER_BYTES_MAX + 1),
    ],
)
def test_what_is_no_answer_is_refused(data):
    with pytest.raises(MalformedAnswerError):
        AnswerReader(head_only=False).feed(data)


@pytest.mark.parametrize(
    ("url", "host", "port", "host_header", "target"),
    [
        ("http://far", "far", 80, "far", "/"),
        ("https://far/a?b=c#d", "far", 443, "far", "/a?b=c"),
        ("http://far:81/a%20b/ü?q=ü z", "far", 81, "far:81", "/a%20b/%C3%BC?q=%C3%BC%20z"),
        ("http://[::1]:8080/x", "::1", 8080, "[::1]:8080", "/x"),
        ("http://bücher.example/", "xn--bcher-kva.example", 80, "xn--bcher-kva.example", "/"),
    ],
)
def test_where_a_url_leads(url, host, port, host_header, target):
    address = address_of(url)

    assert (address.host, address.port, address.host_header, address.target) == (host, port, host_header, target)


@pytest.mark.parametrize("url", ["", "far", "ftp://far", "http://", "http://far:port/", "http://far:99999/"])
def test_what_is_no_url_leads_nowhere(url):
    with pytest.raises(ValueError, match=r".+"):
        address_of(url)


def written(method="POST", url="http://far/x", headers=(), body: bytes | None = b"{}"):
    return _written(Outgoing(method, url, list(headers), body, 1), address_of(url))


def test_a_request_is_written_as_http_wants_it():
    assert written(headers=[("Content-Type", "application/json"), ("Content-Length", "9"), ("Connection", "x")]) == (
        b"POST /x HTTP/1.1\r\nHost: far\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    )
    assert written("GET", body=None) == b"GET /x HTTP/1.1\r\nHost: far\r\n\r\n"
    assert written("DELETE", body=None) == b"DELETE /x HTTP/1.1\r\nHost: far\r\nContent-Length: 0\r\n\r\n"


def test_a_host_header_that_was_asked_for_is_the_only_one():
    assert written(headers=[("host", "other")]).count(b"ost: ") == 1


def test_a_user_in_the_url_is_basic_authorization():
    assert b"Authorization: Basic dTpwQA==\r\n" in written(url="http://u:p%40@far/x")
    assert b"Basic" not in written(url="http://u:p@far/x", headers=[("Authorization", "Bearer t")])


def test_bytes_of_a_client_are_passed_on_and_other_text_is_utf_8():
    assert b"X: \xfc\r\n" in written(headers=[("X", "\xfc")])
    assert "X: →\r\n".encode() in written(headers=[("X", "→")])


@pytest.mark.parametrize("header", [("X", "a\r\nEvil: 1"), ("X\n", "a"), ("", "a")])
def test_no_header_can_hide_another(header):
    with pytest.raises(ValueError, match="makes no sense"):
        written(headers=[header])
