"""The words for a treatment: how it treats, to what end, when in the plan, what became of it, can it be undone."""

from __future__ import annotations

from enum import StrEnum


class Modality(StrEnum):
    """Every way of treating that must be heard before a plan is agreed."""

    SURGERY = "surgery"
    RADIATION = "radiation"
    SYSTEMIC = "systemic"
    HORMONE = "hormone"
    SURVEILLANCE = "surveillance"
    SUPPORTIVE = "supportive"
    TRIAL = "trial"


class Intent(StrEnum):
    """What it is done for. The codes are those of mCODE's treatment intent."""

    CURATIVE = "curative"
    PALLIATIVE = "palliative"
    DIAGNOSTIC = "diagnostic"
    PREVENTIVE = "preventive"
    SUPPORTIVE = "supportive"


class Phase(StrEnum):
    """Where it stands beside the main treatment. It says nothing of the intent."""

    NEOADJUVANT = "neoadjuvant"
    ADJUVANT = "adjuvant"
    CONCURRENT = "concurrent"
    MAINTENANCE = "maintenance"
    SALVAGE = "salvage"


class Status(StrEnum):
    """How far it has come, in the source's words. Only the first three of them happened."""

    GIVEN = "given"
    ONGOING = "ongoing"
    STOPPED = "stopped"
    PLANNED = "planned"  # decided or scheduled
    PROPOSED = "proposed"  # a physician recommends it
    DISCUSSED = "discussed"  # named as an option, by nobody recommended
    CONDITIONAL = "conditional"  # "if the margins are positive"
    REFUSED = "refused"


class Reversibility(StrEnum):
    """Whether what it does can be undone. Not known is no value at all."""

    REVERSIBLE = "reversible"
    PARTLY = "partly"
    IRREVERSIBLE = "irreversible"
