"""The own figures in words: topics, what they count, values."""

from __future__ import annotations

from fractions import Fraction

from valmentaja.definitions.indicators import definitions
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import decimal
from valmentaja.ui.speech import Say
from valmentaja.usecases.own_figures import Figure, Topic, is_share

NONE = "–"
TOPICS: dict[Topic, Say] = {
    Topic.CASELOAD: lambda: tr("Clients"),
    Topic.ACTIVATION: lambda: tr("Activation rate"),
    Topic.LADDER: lambda: tr("Up the ladder"),
    Topic.TRANSITIONS: lambda: tr("To work or studies"),
    Topic.CHANGE: lambda: tr("Better than at first"),
    Topic.PLANS: lambda: tr("All steps in time"),
    Topic.CONTINUITY: lambda: tr("Long without a contact"),
    Topic.CONTACTS: lambda: tr("Met face to face"),
    Topic.TIMELINESS: lambda: tr("Reviews in time"),
    Topic.GAPS: lambda: tr("Long without a service"),
    Topic.LATER: lambda: tr("Working or studying later"),
}
ABOUT: dict[Topic, Say] = {
    Topic.CASELOAD: lambda: tr("Clients on the last working day of the month, and those who came and left in it."),
    Topic.ACTIVATION: lambda: tr(
        "Of those who are in an activating service or unemployed on the last working day, the share in a service."
    ),
    Topic.LADDER: lambda: tr(
        "Who has moved nearer to work or away from it; up counts those too who left for work or studies. "
        "A step down may be right for the client."
    ),
    Topic.TRANSITIONS: lambda: tr(
        "Since the month before: who came to work, supported work or studies, or to unemployment, from elsewhere."
    ),
    Topic.CHANGE: lambda: tr(
        "The clients' own answers: an assessment of the last three months against the first one, a point or more."
    ),
    Topic.PLANS: lambda: tr("Of each client, the steps whose 30 days to begin were over in the last three months."),
    Topic.CONTINUITY: lambda: tr(
        "Days without any meeting, call or message on the last working day. A quiet time may have been agreed."
    ),
    Topic.CONTACTS: lambda: tr("The best contact each client has had during the month."),
    Topic.TIMELINESS: lambda: tr(
        "Reviews due in the month and kept by the day agreed; first plans of three months, 30 days from the intake."
    ),
    Topic.GAPS: lambda: tr(
        "Clients over 30 days without a service, work or studies on the last working day, and whether a step is agreed."
    ),
    Topic.LATER: lambda: tr(
        "Where the clients are 3 to 60 months after the intake; after the exit it is what a follow-up told."
    ),
}


def value_words(topic: Topic, value: Fraction | None) -> str:
    """`33,3 %` of a share, `12` of people, a dash of nothing."""
    if value is None:
        return NONE
    if is_share(topic):
        return f"{decimal(value * 100, screen_language())} %"
    return str(value.numerator)


def figure_words(figure: Figure) -> str:
    """The row's title in the package, or its own words."""
    if figure.words:
        return tr(figure.words, **dict(figure.values))
    return definitions().title(figure.key).in_(screen_language())
