"""The parts of a clinical note by its headings, which dictated notes print in the middle of a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from itertools import islice

from .occurrences import matches, occurrences
from .sections import Layout


class Part(StrEnum):
    PLAN = "plan"
    ILLNESSES = "illnesses"  # past medical history
    OPERATIONS = "operations"  # past surgical history
    FAMILY = "family"
    SOCIAL = "social"
    CANCER = "cancer"  # oncologic or treatment history
    HISTORY = "history"  # of the present illness
    REVIEW = "review"  # of systems
    OTHER = "other"


_NAMES: dict[Part, str] = {
    Part.PLAN: (
        r"(?:assessment|impression|discussion|a)(?: and |/| & | ?, ?)(?:plan|p|recommendations?)|treatment plans?|plan of care|plans?|"
        r"(?:treatment )?recommendations?|(?:tumou?r board|mdt|multidisciplinary (?:conference|team))"
        r"(?: (?:discussion|recommendations?|decision|outcome|conclusion|summary))?|proposed treatment|management(?: plan)?"
    ),
    Part.ILLNESSES: (
        r"(?:significant )?past (?:medical|med)(?:[ /]+(?:and )?surgical)? (?:history|hx)|(?:previous|prior|other)? ?medical (?:history|problems|hx)|pmhx?|"
        r"past history|co-?morbid(?:ities|ity|conditions)?|past illnesses|chronic (?:medical )?(?:problems|conditions|illnesses)"
    ),
    Part.OPERATIONS: r"past surgical (?:history|hx)|surgical (?:history|hx)|pshx?|previous (?:operations|surger(?:y|ies))|prior surger(?:y|ies)",
    Part.FAMILY: r"family(?: medical| cancer)? (?:history|hx)|fhx?",
    Part.SOCIAL: (
        r"(?:past )?social (?:history|hx)|social and family history|habits|personal history|occupational history|exposures?(?: history)?|"
        r"risk factors|tobacco(?: use| history)?|smoking(?: history| status)?|alcohol(?: use)?|occupation"
    ),
    Part.CANCER: r"(?:past )?(?:oncolog(?:y|ic|ical)|cancer|treatment) (?:history|hx)|(?:prior|previous) (?:cancer )?(?:treatments?|therap(?:y|ies))",
    Part.HISTORY: (
        r"(?:brief |interval |clinical )?history(?: of (?:the )?present(?:ing)? (?:illness|complaint))?|hpi|subjective|"
        r"reason for (?:consult(?:ation)?|visit|referral)|chief complaint"
    ),
    Part.REVIEW: r"review of (?:systems|symptoms)|ros",
}
_KNOWN = "|".join(f"(?P<{part.value}>{names})" for part, names in _NAMES.items())
# A known name in any case where a line or a sentence begins; any words in capitals before a colon, wherever they stand.
_HEADING = re.compile(rf"(?:{_KNOWN}) ?(?::|$| - (?=[a-z\d]))", re.MULTILINE)
_BEGINS = re.compile(r"(?:^|\n|[.] {1,3}|  )[ \t*#\-]{0,6}(?:\d{1,2}[.)] ?)?$")
_FIRST_WORDS = (
    "assessment", "impression", "discussion", "a/p", "a and p", "treatment", "plan", "recommend", "tumor board", "tumour board", "mdt", "multidisc", "proposed", "management", "significant past",
    "past ", "previous", "prior", "other med", "medical h", "medical p", "pmh", "comorbid", "co-morbid", "chronic", "surgical h", "psh", "family", "fh", "social", "habits", "personal h",
    "occupation", "exposure", "risk f", "tobacco", "smoking", "alcohol", "oncolog", "cancer h", "brief h", "interval h", "clinical h", "history", "hpi", "subjective", "reason for", "chief",
    "review of", "ros",
)  # fmt: skip
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z][A-Z /&,()\-]{1,45}(?<! )(?= ?:)")
_IS_KNOWN = re.compile(_KNOWN)
_MAX_HEADINGS = 2_000


class Passages:
    """The parts of one text, looked for when first asked; a text that prints no heading is one part, ``OTHER``."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def at(self, offset: int) -> Part:
        starts, parts = self._found
        return parts[bisect_right(starts, offset) - 1]

    @cached_property
    def _found(self) -> tuple[list[int], list[Part]]:
        text, low = self._layout.text, self._layout.low
        found = {match.end(): _known(match) for match in islice(_headings(low), _MAX_HEADINGS)}
        for match in islice(_CAPITALS.finditer(text), _MAX_HEADINGS):
            if not any(at in found for at in range(match.start(), match.end() + 3)):
                named = _IS_KNOWN.fullmatch(low, match.start(), match.end())
                found[match.end()] = _known(named) if named else Part.OTHER
        starts = sorted(found)
        return [0, *starts], [Part.OTHER, *(found[at] for at in starts)]


def passages(layout: Layout) -> Passages:
    """For ``layout.once``."""
    return Passages(layout)


def _headings(low: str) -> Iterator[re.Match[str]]:
    starts = (at for at in occurrences(low, _FIRST_WORDS) if _BEGINS.search(low[max(0, at - 14) : at]))
    return matches(_HEADING, low, starts)


def _known(match: re.Match[str]) -> Part:
    return next(part for part in _NAMES if match[part.value])
