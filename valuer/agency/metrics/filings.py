"""Filings (申请): abnormal ones, kinds, how concentrated, how many an agent signs."""

from __future__ import annotations

import numpy as np

from valuer.agency.columns import Column
from valuer.agency.metric import Metric, Shape, Tally, Unit, View, Work, known
from valuer.core.patents import PatentKind
from valuer.core.texts import N_


def _suspected(view: View) -> Tally:
    return _share_of_filings(view, view["suspected"])


def _confirmed(view: View) -> Tally:
    return _share_of_filings(view, view["confirmed"])


def _share_of_filings(view: View, column: Column) -> Tally:
    rows = known(column)
    return Tally(rows, column == 1, on=view["filed"], lacking=~rows)


def _inventions(view: View) -> Tally:
    rows = known(view["kind"])
    hits = view.is_kind(PatentKind.INVENTION)
    return Tally(rows, hits, on=view["filed"], lacking=~rows)


def _international(view: View) -> Tally:
    return _share_of_filings(view, view["pct"])


def _per_agent(view: View) -> Tally:
    signers = view.docket.tables["signers"]
    filed = view["filed"][signers["case"]]
    end = np.datetime64(view.question.last or view.docket.as_of, "D")
    begin = (end.astype("datetime64[M]") - 12).astype("datetime64[D]")
    begin += (end - end.astype("datetime64[M]")).astype("timedelta64[D]")
    return Tally(
        (filed > begin) & (filed <= end),
        values=signers["share"],
        case=signers["case"],
        agent=signers["agent"],
        unit=signers["agent"],
    )


def _of_clients(view: View) -> Tally:
    client = view["client"]
    return Tally(client > 0, on=view["filed"], lacking=client == 0, unit=client)


def _of_clients_by_day(view: View) -> Tally:
    """Count the filings whose day is told: the others are of no day."""
    client, filed = view["client"], view["filed"]
    rows = (client > 0) & known(filed)
    return Tally(rows, on=filed, lacking=~rows, unit=client)


METRICS = (
    Metric(
        "Q09_suspected",
        N_("Abnormal filings, suspected"),
        N_("Share of the applications filed in the period that were suspected."),
        N_("suspected of abnormal filing / filings"),
        ("filed", "suspected"),
        _suspected,
        work=Work.DRAFTING,
        better="low",
    ),
    Metric(
        "Q09_confirmed",
        N_("Abnormal filings, confirmed"),
        N_("Share of the applications filed in the period that were confirmed."),
        N_("confirmed as abnormal filing / filings"),
        ("filed", "confirmed"),
        _confirmed,
        work=Work.DRAFTING,
        better="low",
    ),
    Metric(
        "Q10",
        N_("Share of inventions"),
        N_("Share of the applications filed in the period that are inventions."),
        N_("inventions / filings"),
        ("filed", "kind"),
        _inventions,
        work=Work.DRAFTING,
    ),
    Metric(
        "Q16_pct",
        N_("International applications"),
        N_("Share of the inventions filed in the period that went on as PCT."),
        N_("PCT applications / inventions"),
        ("filed", "pct"),
        _international,
        work=Work.DRAFTING,
        kinds=(PatentKind.INVENTION,),
    ),
    Metric(
        "Q24",
        N_("Cases per agent"),
        N_(
            "Applications signed in the twelve months up to the end of the period, per"
            " agent who signed any; a case signed by several is shared equally."
        ),
        N_("filings signed in 12 months / agents who signed"),
        ("filed", "signers"),
        _per_agent,
        Shape.PER_UNIT,
        Unit.NUMBER,
        Work.DRAFTING,
    ),
    Metric(
        "Q25",
        N_("Concentration of clients"),
        N_(
            "Herfindahl index of the filings of the period over clients; 1 is one client."
        ),
        N_("Σ (client's filings / filings)²"),
        ("filed", "client"),
        _of_clients,
        Shape.CONCENTRATION,
        work=Work.DRAFTING,
    ),
    Metric(
        "Q25_day",
        N_("Most filings of one client in a day"),
        N_("The most applications that one client filed on one day of the period."),
        N_("max over clients and days of filings"),
        ("filed", "client"),
        _of_clients_by_day,
        Shape.PEAK,
        Unit.NUMBER,
        Work.DRAFTING,
    ),
)
