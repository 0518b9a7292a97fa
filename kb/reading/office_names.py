"""Give an office its full name: the lexicon's where it knows the office, else one built from the words."""

from __future__ import annotations

import re
from typing import Final

from kb.reading.data import nominals
from kb.reading.lexicon_records import Entry
from kb.reading.model import Mention
from kb.reading.page import Page

_ARTICLE: Final = re.compile(r"\bthe ((?:[A-Z][\w-]+ ?)+(?= Krai| Oblast| Region| Province|$))")
_MINISTER: Final = re.compile(r"^(?P<of>.+?)\s+minister$", re.I)
_PORTFOLIOS: Final = {
    "foreign": "Foreign Affairs",
    "defense": "Defence",
    "external affairs": "External Affairs",
}
_PLAINER: Final = {
    "parliamentary speaker": "Speaker of the Parliament",
    "parliament speaker": "Speaker of the Parliament",
    "vice prime minister": "Deputy Prime Minister",
}
_PLAIN_TITLES: Final = {
    "pm": "prime minister",
    "fm": "foreign minister",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "home minister": "home affairs minister",
}
_SEATS: Final = {"head of state": "HeadOfState", "head of government": "HeadOfGovernment"}
"""Titles that say the role of an office, not its name."""
_GENERIC: Final = frozenset({"leader", "ruler", "dictator", "strongman"})
_IDLE: Final = re.compile(
    r"\b(?:new|newly[ -]\w+|current|incumbent|outgoing|visiting|resident|residential|then|main|top|"
    r"his|her|majesty|highness|royal|excellency)\b\s*",
    re.I,
)
"""Words before a title that say nothing of the office."""
_ACTING: Final = re.compile(r"acting\b", re.I)
_OWN_LAND: Final = re.compile(
    r"of (?:the|this|that|his|her|our|their) (?:country|nation|republic|state|land)", re.I
)
"""A tail that says no more than a title alone: "President of the Republic"."""
_LOCAL: Final = {"Mayor": "settlement", "Governor": "region"}
_RANKED: Final = re.compile(r"^(prime|deputy|vice|first|acting|under|assistant)\b", re.I)


def name_of(
    page: Page,
    person: Mention,
    title: str,
    roles: tuple[str, ...],
    state: str | None,
    before: tuple[int, int],
    after: tuple[int, int],
) -> tuple[str | None, str | None]:
    """Return an office's name and IRI, or (None, None) where the words name no office of a state.

    ``before`` and ``after`` are the offsets of what qualifies the title on either side.
    """
    title = _PLAIN_TITLES.get(title.lower(), title)
    covering = [m for m in page.mentions if m.kind == "office" and m.start <= before[1] and after[0] <= m.end]
    ranked = covering and _RANKED.match(page.text[: covering[0].start].rstrip().rpartition(" ")[2])
    if covering and not ranked and len(covering[0].entries) == 1:
        return covering[0].entries[0].name, covering[0].entries[0].iri
    portfolio = _portfolio(page, *before)
    wide = body_of_many(page, *before)
    if wide is not None and state is None:
        tail = _tail(page, *after, local=False)
        area = portfolio.replace(page.text[wide.start : wide.end], "")
        name = wide.entries[0].name
        whose = f"of the {name}" if " " in name else f"of {name}"
        return " ".join(f"{area} {_headed(title)} {whose} {tail}".split()), None
    body = _body_before(page, *before) if portfolio else None
    if body is not None:
        return f"{_headed(title)} of the {body}", None
    tail = _tail(page, *after, local=any(role in _LOCAL for role in roles))
    known = None if portfolio and "OtherOffice" in roles else _known(page, person, title, roles, state, tail)
    if known is not None and _ACTING.match(f"{portfolio} {title}".strip()):
        return f"Acting {known.name}", None
    if known is not None:
        return known.name, known.iri
    if not tail and not portfolio and any(role in _LOCAL for role in roles):
        seat = _seat(page, roles, state, before[0])
        if seat or "Mayor" in roles:
            return (f"{_headed(title)} of {seat}", None) if seat else (None, None)
    if (state is None and not tail) or _private(page, title, portfolio, *after):
        return None, None
    inside = any(after[0] <= m.start and m.end <= after[1] and m.entries for m in page.mentions)
    return _built(page, title, portfolio, tail, state, inside), None


def body_of_many(page: Page, start: int, end: int) -> Mention | None:
    """Return the body of many states within a stretch before a title: "NATO spokesman"."""
    for mention in page.mentions:
        wide = all(entry.kind == "organisation" and entry.state is None for entry in mention.entries)
        if start <= mention.start and mention.end <= end and mention.entries and wide:
            return mention
    return None


def _body_before(page: Page, start: int, end: int) -> str | None:
    """Return the body that stands before a title: "Xian Foreign Ministry spokesman"."""
    for mention in page.mentions:
        named = mention.form == "name" and not any(entry.kind == "facility" for entry in mention.entries)
        if named and start <= mention.start and mention.end <= end and mention.end > end - 3:
            bodies = [entry for entry in mention.entries if entry.kind == "organisation" and entry.state]
            if bodies and re.search(r"\b(?:Ministry|Department)\b", bodies[0].name):
                return bodies[0].name
    return None


def _private(page: Page, title: str, portfolio: str, start: int, end: int) -> bool:
    """Tell whether an office is of a firm or club: "director of Z", where Z is nothing of a state."""
    inner = [m for m in page.mentions if start <= m.start and m.end <= end]
    bodies = [m for m in inner if m.kind == "organisation" and not any(e.state for e in m.entries)]
    headed = title.lower() in nominals()["office_heads"] or title.lower() in ("president", "chairman")
    public = any(word in page.text[start:end].lower() for word in nominals()["public_bodies"])
    return headed and not portfolio and bool(bodies) and len(bodies) == len(inner) and not public


def _seat(page: Page, roles: tuple[str, ...], state: str | None, before: int) -> str | None:
    """Return the town or region named last before a local title that names none: a state has no mayor."""
    wanted = {_LOCAL[role] for role in roles if role in _LOCAL}
    for mention in sorted(page.mentions, key=lambda each: -each.start):
        if mention.end <= before:
            for entry in mention.entries:
                if entry.kind in wanted and state in (None, entry.state):
                    return entry.name
    return None


def _known(
    page: Page, person: Mention, title: str, roles: tuple[str, ...], state: str | None, tail: str
) -> Entry | None:
    """Return the lexicon's office that fits title and state: the one the person holds, else the only one."""
    if len(person.entries) == 1 and person.entries[0].kind == "person":
        held = page.lexicon.offices_of(person.entries[0].iri, page.article.published)
        last = title.lower().split()[-1]
        for role in roles:
            for office in sorted(held, key=lambda one: last not in one.name.lower().split()):
                if role in page.lexicon.roles(office.iri) and _fits(office, title, role, tail):
                    return office
    if state is None or tail:
        return None
    for role in roles:
        if role != "OtherOffice" and role not in _LOCAL:
            offices = [o for o in page.lexicon.offices(state, role) if _fits(o, title, role, tail)]
            if title.lower().split()[-1] in _GENERIC:
                offices = [o for o in offices if _held(page, person, o)]
            if len(offices) == 1:
                return offices[0]
    return None


def _held(page: Page, person: Mention, office: Entry) -> bool:
    """Tell whether somebody of a person's family name held an office on the day."""
    name = person.text.split()[-1].lower()
    return any(
        name in holder.name.lower() for holder in page.lexicon.holders(office.iri, page.article.published)
    )


def _fits(office: Entry, title: str, role: str, tail: str) -> bool:
    """A title fits an office when its last word stands in the office's name, or it is a plain one."""
    words = office.name.lower().replace("defense", "defence").split()
    last = title.lower().split()[-1]
    if tail and role in ("Governor", "Mayor", "OtherOffice"):
        return last in words and any(word in words for word in tail.lower().split() if len(word) > 3)
    return (
        last in words
        or last in _GENERIC
        or _SEATS.get(title.lower()) == role
        or (role in ("ForeignMinister", "DefenceMinister") and last == "minister")
    )


def _portfolio(page: Page, start: int, end: int) -> str:
    """Return what qualifies a title before it, without the state: "Industry and Energy"."""
    text = page.text[start:end]
    for mention in sorted(page.mentions, key=lambda m: -m.start):
        if start <= mention.start and mention.end <= end and _is_state(mention):
            if mention.form == "metonym" and any(entry.kind == "facility" for entry in mention.entries):
                continue  # "Kremlin spokesman"
            text = text[: mention.start - start] + " " + text[mention.end - start :]
    text = _IDLE.sub("", " ".join(text.split()))
    return re.sub(r"^\W*?(?:['’]s\b)?\W*|\W+$", "", text)


def _tail(page: Page, start: int, end: int, *, local: bool = True) -> str:
    """Return what follows a title, states and places by their canonical names: "of Khabarovsk Krai"."""
    text, cut = "", start
    for mention in page.mentions:
        if cut <= mention.start and mention.end <= end and mention.entries:
            text += page.text[cut : mention.start] + _place_name(mention, local)
            cut = mention.end
    named = " ".join((text + page.text[cut:end]).split()).strip(" ,(")
    if _OWN_LAND.fullmatch(named):
        return ""
    return _ARTICLE.sub(lambda m: m[0] if m[1] in nominals()["states_with_article"] else m[1], named)


def _place_name(mention: Mention, local: bool) -> str:
    kinds = ("region", "settlement", "state") if local else ("state", "region", "settlement")
    for kind in (*kinds, "organisation"):
        for entry in mention.entries:
            if entry.kind == kind and not (kind == "state" and mention.form == "demonym"):
                return re.sub(r" \(.*\)$", "", entry.name)
    return mention.text


def _built(page: Page, title: str, portfolio: str, tail: str, state: str | None, inside: bool) -> str:
    head = _headed(title)
    ministry = re.fullmatch(r"(?P<of>[\w ]+?) ministry", portfolio, re.I)
    if ministry and not tail:
        area = _PORTFOLIOS.get(ministry["of"].lower(), _headed(ministry["of"]))
        return (
            f"{head} of the Ministry of {area} of {_with_article(_state_name(page, state))}"
            if state
            else head
        )
    head = _PLAINER.get(title.lower(), head)
    tail = re.sub(r"^of (?:the )?(?:[a-z-]+ )+(?=[A-Z])", "of ", tail) if _named_last(tail) else tail
    if state and portfolio and re.fullmatch(rf"of (?:the )?{re.escape(_state_name(page, state))}", tail):
        tail = ""
    of_state = f" of {_with_article(_state_name(page, state))}" if state else ""
    if portfolio.lower() == "presidential":
        return f"{head} to the President{of_state}"
    if title.lower() == "press secretary" and state == page.home and not tail and not portfolio:
        return (
            f"{page.article.outlet.removeprefix('The ')} {head}"
            if len(page.article.outlet) < 20
            else head + of_state
        )
    if tail.startswith("to ") and state and _state_name(page, state) not in tail and not portfolio:
        return f"{head} of {_with_article(_state_name(page, state))} {tail}"
    if tail:
        named = f"{portfolio} {head}".strip() + " " + tail
        portfolio_of = title.lower() in ("minister", "deputy minister", "vice minister") and not inside
        whole = not state or _state_name(page, state) in tail or (_local(tail) and not portfolio_of)
        return named if whole else named + of_state
    minister = _MINISTER.match(f"{portfolio} {title}".strip())
    if minister and not _RANKED.match(minister["of"]):
        area = _PORTFOLIOS.get(minister["of"].lower(), minister["of"].title().replace(" And ", " and "))
        return f"Minister of {area}{of_state}"
    return f"{portfolio} {head}".strip() + of_state


def _named_last(tail: str) -> bool:
    """Tell whether plain words only describe the body named after them: "of the state agency Zatom"."""
    return bool(re.match(r"^of the (?:[a-z-]+ ){2,}[A-Z]\w+$", tail))


def _headed(title: str) -> str:
    small = ("of", "the", "for", "and", "to")
    return " ".join(word if word in small else word[:1].upper() + word[1:] for word in title.split())


def _local(tail: str) -> bool:
    """A tail that ends in a place or body of its own needs no state after it."""
    return bool(re.match(r"^(?:of|to|on|at) ", tail))


def _state_name(page: Page, state: str | None) -> str:
    entry = page.state(state) if state else None
    return entry.name if entry else state or ""


def _with_article(state: str) -> str:
    return f"the {state}" if state in nominals()["states_with_article"] else state


def _is_state(mention: Mention) -> bool:
    return any(entry.kind == "state" for entry in mention.entries)
