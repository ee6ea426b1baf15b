"""What a sentence says of the treatment it names: given, going on, planned, recommended, an option, an "if", refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from overread.clinical.record import Status

from .passages import Part


@dataclass(frozen=True, slots=True)
class Said:
    """span: the words that say it, or the treatment's own where its heading does."""

    status: Status
    span: tuple[int, int]
    rule: str


_SENTENCE_END = re.compile(r"[.;!?](?=\s)|\n\s*\n|\n(?=\s*(?:\d{1,2}[.)]|[-*•]))|(?<=[a-z)])  (?=[a-z])")
_NEVER = re.compile(
    r"\b(?:no|not|never|without|denies|denied|neither|nor|rather than|instead of|contraindicated|contraindication|avoid(?:ed)?|against|hold(?:ing)? off on|no (?:role|need|indication) for|"
    r"not (?:a )?(?:good )?candidate for|unable to (?:receive|tolerate|undergo|have)|awaiting)\b[^.;,\n]{0,50}$"
)
# "Chemotherapy is not planned"; what was not tolerated was given.
_NEVER_AFTER = re.compile(
    r"^[^.;:]{0,35}?\b(?:(?:is|are|was|were|been|will|would|should|could|can|may|might|do|does|did|need)(?: [a-z]{3,10}){0,1} (?:not|never|no longer)|"
    r"cannot|isn't|wasn't|won't|not (?:indicated|recommended|planned|needed|required|warranted|advised|necessary|proposed|offered|an option))\b"
    r"(?! (?:only|well|tolerated|completed|finished))"
)
# "Chemotherapy and radiation are not indicated": said of every name in the row.
_NEVER_OF_ALL = re.compile(
    r"^(?: ?,| and| or| nor| ?/| &)[^.;:]{1,60}?\b(?:is|are|was|were|will be|would be) (?:[a-z]{3,10} )?not\b"
)
# "Her mother underwent mastectomy": a relative's.
_RELATIVES = re.compile(
    r"\b(?:mother|father|sister|brother|aunt|uncle|cousin|grandmother|grandfather|daughter|son|sibling|niece|nephew)s?(?:'s)?\b[^.;,]{0,40}?"
    r"\b(?:underwent|had|has|received|was|were|is|got|with|died)\b(?![^.;]*\b(?:she|he|the patient)\b)"
)
_REFUSED_BEFORE = re.compile(
    r"\b(?:declin(?:ed?s?|ing)|refus(?:ed?s?|ing|al of)|does not (?:want|wish)|did not (?:want|wish)|doesn't want|not interested in|not want|opt(?:ed|s) against|elected (?:not|against))\b(?:(?!\bbut\b|\band (?:accept|agree|want|cho))[^.;\n]){0,60}$"
)
_REFUSED_AFTER = re.compile(
    r"^[^.;,\n]{0,40}\b(?:(?:was|were|is|has been|which) (?:she |he |the patient )?(?:(?:discussed|offered|recommended|proposed|advised|considered)(?: (?:to|with) (?:her|him|the patient))? (?:and|but) (?:she |he |the patient )?)?(?:declined|refused)|but (?:she|he|the patient) (?:declined|refused|declines|refuses))\b"
)
_IF = re.compile(
    r"\b(?:if|unless|in case|in the event|depending (?:on|upon)|should (?:the|there|margins?|her|his|she|he|this)|provided that|pending|whether|contingent)\b"
)
_IF_AFTER = re.compile(r"^[^.;\n]{0,40}\b(?:if|unless|depending (?:on|upon)|in case|pending)\b")

_BEFORE: tuple[tuple[Status, str], ...] = (
    (
        Status.STOPPED,
        r"(?:discontinued|stopped|off|held|was unable to complete|could not tolerate|did not tolerate)",
    ),
    (
        Status.ONGOING,
        r"(?:currently (?:on|receiving|taking|undergoing|getting)|is (?:on|receiving|undergoing|taking)|(?:remains|continues|continue|continued|maintained|continuing) (?:on|to receive|with|her|his|taking)|"
        r"(?:cycle|day) (?:#? ?\d{1,2}|one|two|three|four|five|six)(?: day \d{1,2})? of|in the (?:middle|midst) of|has (?:been )?started|was started on|started(?: on)?|has been on|presently on|now on|while on)",
    ),
    (
        Status.DISCUSSED,
        r"(?:discuss(?:ed|ing|ion)?|options?(?: of treatment)?(?: would)?(?: include| including| are| of| were| for| such as)?|consider(?:ed|ation|ing)?|may (?:well )?(?:benefit|need|require|be)(?: from| undergoing| receiving)?|might|could(?! not)|role (?:of|for)|possib(?:le|ility of)|"
        r"prefers?|preferred|request(?:s|ed|ing)?|interested in|asks? (?:for|about)|talked|explained|counsel(?:ed|led|ing)?|versus|vs\.?|alternatives?(?: include| to)?|benefits? of|risks? of|regarding|would benefit(?: from)?)",
    ),
    (
        Status.PROPOSED,
        r"(?:recommend(?:s|ed|ing|ation(?:s)?(?: is| are| for| of)?)?|propos(?:e[sd]?|ing)|advis(?:e[sd]?|ing)|suggest(?:ed|s)?|will benefit from|would (?:likely )?use|offer(?:ed|ing)?|candidate for|indicated for|should (?:undergo|receive|have|be (?:treated|given|offered|started))|"
        r"needs?(?! for (?:additional|further|revision|another|any|more|repeat))|would (?:recommend|favou?r|suggest|advise|need)|favou?r(?:ed|s)?|best (?:treated|served) (?:with|by))",
    ),
    (
        Status.PLANNED,
        r"(?:will (?:then |also |now |likely |probably )?(?:undergo|receive|start|begin|need|require|be (?:treated|started|scheduled|given|brought|taken|admitted|referred|set up)|have|proceed|plan|do|perform|continue|schedule|get|follow|go|initiate|arrange|refer)|"
        r"going to (?:undergo|receive|start|begin|have|get)|to (?:undergo|receive|start|begin|proceed|be (?:scheduled|treated|started))|schedul(?:ed?|ing)(?: (?:for|to))?|(?<!of )(?<!of a )plan(?:s|ned|ning)?(?: (?:is|for|to|on|of|at this time))*|proceed(?:ing)? (?:with|to)|"
        r"refer(?:red|ral)?|elect(?:ed|s) (?:to|for)|opt(?:ed|s) (?:to|for)|agree[sd]? (?:to|with)|chose[n]?|decided (?:to|on|upon)|wish(?:es)? to (?:proceed|undergo|have)|here (?:today )?(?:for|to undergo)|admitted for|presents for|begin|initiate|set up for|taken to the operating room for|about to (?:start|begin|undergo))",
    ),
    (
        Status.GIVEN,
        r"(?:status[ -]post|s/p|underwent|undergone|received|complet(?:ed|ing|ion of)|finished|has had|had had|had|was given|were given|following|after|prior|previous(?:ly)?|post|"
        r"history of|hx of|h/o|managed (?:with|by)|responded to|failed|progress(?:ed|ion) (?:on|after|through|despite)|refractory to|since (?:her|his|the)|(?:was|were) followed by|initially with|last|recent|performed|treated initially with)",
    ),
)
_CUES = tuple((status, re.compile(rf"\b{words}(?![a-z]| ?:)")) for status, words in _BEFORE)
# Says that it is treatment, and leaves the time to the cue before it: "will be treated with".
_WEAK = re.compile(
    r"\b(?:treated (?:with|by|using)|(?:treatment|therapy) (?:with|included|consisted of)|undergoing|receiving|given|consisting of|courses? of|cycles? (?:of|with)|doses? of)(?![a-z])"
)
# Under a plan's heading a weak word speaks of what is to come, unless its verb says otherwise.
_PAST = re.compile(r"\b(?:was|were|been|had|has|already)\b")
_AFTER: tuple[tuple[Status, re.Pattern[str]], ...] = tuple(
    (status, re.compile(rf"^[^.;:\n]{{0,35}}?\b{words}(?![a-z])"))
    for status, words in (
        (Status.DISCUSSED, r"(?:(?:will|to|should|can) be (?:decided|determined|discussed|considered|reconsidered|reassessed|revisited|re-?evaluated)|(?:was|were|has been|have been|is|are) (?:also )?(?:discussed|considered|explained|an option|options)|may be|might be|could be|versus|vs)"),
        (Status.PROPOSED, r"(?:(?:is|was|were|are|has been) (?:recommended|advised|indicated|suggested|proposed|offered)|should be|is warranted)"),
        (Status.PLANNED, r"(?:(?:is|was|are|were|has been) (?:planned|scheduled|arranged)|will (?:be|begin|start|follow)|to (?:begin|start|follow|be))"),
        (Status.STOPPED, r"(?:(?:was|were|has been) (?:stopped|discontinued|held))"),
        (Status.GIVEN, r"(?:(?:was|were|has been|had been|have been) (?:given|performed|administered|completed|done|finished|carried out)|in (?:19|20)\d\d|ended)"),
        (Status.ONGOING, r"(?:(?:was|were|has been) )?(?:started|begun|initiated)(?= (?:in|on) )"),
    )
)  # fmt: skip
# "Plan: radiation followed by resection": the second is what the first is.
_NEXT = re.compile(
    r"\b(?:followed by|(?:and )?then|plus|with concurrent|with concomitant) (?:an? |the )?(?:[a-z]{3,14} )?$"
)
_COUNTED = re.compile(r"[^.;:\n]{0,35}?\bx ?\d")
_DEFAULT = {Part.PLAN: Status.PROPOSED, Part.CANCER: Status.GIVEN}
_ITEM = 25  # characters
_FUTURE = (Status.PLANNED, Status.PROPOSED, Status.DISCUSSED)


def said_of(low: str, start: int, end: int, part: Part, neighbours: tuple[int, int]) -> Said | None:
    """None where nothing says whether it was given or is proposed, or the sentence says that it was not.

    neighbours: where the treatment named before ends and the one named after begins; a predicate beyond them is theirs.
    """
    first, last = _sentence(low, start, end)
    before, after = low[first:start], low[end : min(last, neighbours[1])].replace("\n", " ")
    if refused := _REFUSED_BEFORE.search(before) or _REFUSED_AFTER.search(low[end:last]):
        at = first if refused.re is _REFUSED_BEFORE else end
        return Said(Status.REFUSED, (at + refused.start(), at + refused.end()), "treatment_refused")
    if _NEVER.search(before) or _RELATIVES.search(before) or _denied_after(after, low[end:last]):
        return None
    found = _after(after, end) or _before(before, first, part)
    found = found or _by_heading(part, before, (start, end)) or _counted(after, end, part)
    return _conditional(found, before, low[end:last], first) if found else None


def _denied_after(own: str, rest: str) -> bool:
    """Is it said not to be? own: what follows up to the next name; rest: to the end of the sentence."""
    if denied := _NEVER_AFTER.search(own):
        stated = _after(own, 0)
        return stated is None or denied.end() <= stated.span[1]
    return bool(_NEVER_OF_ALL.search(rest.replace("\n", " "))) and _after(own, 0) is None


def _sentence(low: str, start: int, end: int) -> tuple[int, int]:
    first = max(0, start - 260)
    for stop in _SENTENCE_END.finditer(low, first, start):
        first = stop.end()
    stop_after = _SENTENCE_END.search(low, end, end + 200)
    return first, stop_after.start() if stop_after else min(len(low), end + 200)


def _after(words: str, at: int) -> Said | None:
    for status, pattern in _AFTER:
        if match := pattern.search(words):
            return Said(status, (at, at + match.end()), f"treatment_{status}")
    return None


def _before(words: str, at: int, part: Part) -> Said | None:
    """The cue that ends nearest before the name; of two that end there, the one that begins earlier. Weak ones come last."""
    best: tuple[tuple[int, int], Status] | None = None
    for status, pattern in _CUES:
        for match in pattern.finditer(words):
            if best is None or (match.end(), -match.start()) > best[0]:
                best = (match.end(), -match.start()), status
    if best:
        return Said(best[1], (at - best[0][1], at + best[0][0]), f"treatment_{best[1]}")
    weak = None if part is Part.PLAN and not _PAST.search(words) else _WEAK.search(words)
    return Said(Status.GIVEN, (at + weak.start(), at + weak.end()), "treatment_given") if weak else None


def _counted(words: str, at: int, part: Part) -> Said | None:
    """ "Cisplatin x 4": so many were given, where nothing else is said of them."""
    match = None if part is Part.PLAN else _COUNTED.match(words)
    return Said(Status.GIVEN, (at, at + match.end()), "treatment_given") if match else None


def _by_heading(part: Part, before: str, span: tuple[int, int]) -> Said | None:
    """An item of a list under a heading: nothing but a number or a word or two stands before the name, or the item's first treatment."""
    item = (
        part is Part.CANCER or len(before.rpartition(":")[2].strip()) < _ITEM or _NEXT.search(before.replace("\n", " "))
    )
    status = _DEFAULT.get(part) if item else None
    return Said(status, span, "treatment_under_heading") if status else None


def _conditional(said: Said, before: str, after: str, at: int) -> Said:
    """ "If the margins are positive, consider radiation": what hangs on an "if" is not proposed."""
    if said.status not in _FUTURE:
        return said
    if match := _IF.search(before):
        return Said(Status.CONDITIONAL, (at + match.start(), at + match.end()), "treatment_conditional")
    return Said(Status.CONDITIONAL, said.span, "treatment_conditional") if _IF_AFTER.search(after) else said
