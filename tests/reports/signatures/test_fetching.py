"""A server is asked within bounds: where it leads, how long, how much."""

from __future__ import annotations

import pytest

from valuer.core.problems import Cancelled
from valuer.reports import fetching
from valuer.reports.fetching import NoAnswer, NoServer, Request, fetch


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "tsa.example", "http://", ""]
)
def test_only_the_web_is_asked(url):
    with pytest.raises(NoAnswer):
        fetch(Request(url))


@pytest.mark.parametrize("to", ["file:///etc/passwd", "/loop", "ftp://127.0.0.1/"])
def test_a_redirect_leads_to_no_file_and_in_no_circle(web, to):
    web.answers["/loop"] = to

    with pytest.raises(NoAnswer):
        fetch(Request(f"{web.url}/loop"))


def test_a_redirect_within_the_web_is_followed(web):
    web.answers |= {"/here": "/there", "/there": b"found"}

    assert fetch(Request(f"{web.url}/here")) == b"found"


def test_an_endless_answer_is_refused(web, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    web.answers["/long"] = b"0" * 200_000

    with pytest.raises(NoAnswer):
        fetch(Request(f"{web.url}/long"))


def test_a_silent_server_is_left(web):
    with pytest.raises(NoServer):
        fetch(Request(f"{web.url}/silent"), seconds=0.2)


def test_no_one_there_is_told_from_nothing_there(web):
    with pytest.raises(NoServer):
        fetch(Request("http://127.0.0.1:9/"))
    with pytest.raises(NoAnswer) as raised:
        fetch(Request(f"{web.url}/none"))
    assert not isinstance(raised.value, NoServer)


def test_cancel_is_heard_while_a_server_is_silent(web):
    def progress(_done: int, _total: int) -> None:
        if web.asked and web.asked[-1] == "/silent":
            raise Cancelled

    web.asked.clear()
    with pytest.raises(Cancelled):
        fetch(Request(f"{web.url}/silent"), progress)
