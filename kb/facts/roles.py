"""Tables between the slots of claims and the properties of events."""

from __future__ import annotations

from dataclasses import dataclass

from kb.records import ClaimType


@dataclass(frozen=True, slots=True)
class Roles:
    """The properties of an event's agents, counterparts, companions and items; "" where it has none."""

    agents: str
    counterparts: str = ""
    companions: str = ""
    items: str = ""


ROLES: dict[ClaimType, Roles] = {
    ClaimType.VISIT: Roles("visitor", "host", "companion"),
    ClaimType.ARRIVAL: Roles("traveller", "host", "companion"),
    ClaimType.DEPARTURE: Roles("traveller", "host", "companion"),
    ClaimType.MEETING: Roles("party", "", "companion", "item"),
    ClaimType.CALL: Roles("party", "", "companion", "item"),
    ClaimType.AGREEMENT: Roles("party", "", "companion", "item"),
    ClaimType.EXERCISE: Roles("party", "", "companion", "item"),
    ClaimType.TRANSFER: Roles("supplier", "recipient", "", "item"),
    ClaimType.DEPLOYMENT: Roles("sender", "host", "", "item"),
    ClaimType.DISPLAY: Roles("shower", "viewer", "", "item"),
    ClaimType.STATEMENT: Roles("stater", "addressee"),
    ClaimType.SANCTION: Roles("sanctioner", "target", "", "item"),
}

HOSTED = (ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.DEPARTURE, ClaimType.DEPLOYMENT)
"""The types whose counterpart state is the host."""

STAGES = {
    "offered": "Offered",
    "agreed": "Agreed",
    "signed": "Signed",
    "ratified": "Ratified",
    "in force": "InForce",
    "delivered": "Delivered",
    "observed": "Observed",
}
"""How far a text says that an agreement or a transfer came -> stage of life; a later one goes before."""

DETAILS = {"vehicle": "vehicle", "stage": "stage", "quantity": "quantity", "detail": "detail"}
"""Property of strings -> the claim's field."""
