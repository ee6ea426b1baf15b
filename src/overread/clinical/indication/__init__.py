"""Is a second opinion indicated, which kind, how likely is it to change something, and is there time?"""

from .answers import Answers, Because, UrgencyClaim
from .assess import COST, CostNote, Indication, assess
from .business_days import Calendar, add_business_days
from .from_record import answers_from_record
from .hearing import OPINION_SOURCES, ModalityToHear, OpinionSource, modalities
from .kinds import EVENTS, KINDS, Due, ReviewKind, Turnaround, due, expected_delay
from .modifiers import MODIFIER_QUESTIONS, MODIFIER_SITUATIONS, Modifier, modifiers
from .timing import Timing, TimingFinding, Waiting, stage_number, timing
from .triggers import TRIGGERS, Advice, Trigger, Why, advice, whys
from .tumours import TUMOURS, Tumour, lineage, rare_group, tumour_of
from .urgency import EMERGENCIES, EMERGENCY_ACTION, Emergency, Urgency, emergencies, urgency
from .yields import DISCIPLINES, RATES, Rate, Yield, expected_yield

__all__ = [
    "COST",
    "DISCIPLINES",
    "EMERGENCIES",
    "EMERGENCY_ACTION",
    "EVENTS",
    "KINDS",
    "MODIFIER_QUESTIONS",
    "MODIFIER_SITUATIONS",
    "OPINION_SOURCES",
    "RATES",
    "TRIGGERS",
    "TUMOURS",
    "Advice",
    "Answers",
    "Because",
    "Calendar",
    "CostNote",
    "Due",
    "Emergency",
    "Indication",
    "ModalityToHear",
    "Modifier",
    "OpinionSource",
    "Rate",
    "ReviewKind",
    "Timing",
    "TimingFinding",
    "Trigger",
    "Tumour",
    "Turnaround",
    "Urgency",
    "UrgencyClaim",
    "Waiting",
    "Why",
    "Yield",
    "add_business_days",
    "advice",
    "answers_from_record",
    "assess",
    "due",
    "emergencies",
    "expected_delay",
    "expected_yield",
    "lineage",
    "modalities",
    "modifiers",
    "rare_group",
    "stage_number",
    "timing",
    "tumour_of",
    "urgency",
    "whys",
]
