"""Two or more opinions on one record: graded differences, what the reveal changed, and agreement over many cases."""

from .agreement import Agreement, AgreementError, cohen_kappa, fleiss_kappa, krippendorff_alpha
from .changes import Change, Fate, changes
from .compare import Concordance, Item, TopicResult, compare, compare_all
from .grades import RULES, Basis, Cause, Direction, Grade, Rule, Topic

__all__ = [
    "RULES",
    "Agreement",
    "AgreementError",
    "Basis",
    "Cause",
    "Change",
    "Concordance",
    "Direction",
    "Fate",
    "Grade",
    "Item",
    "Rule",
    "Topic",
    "TopicResult",
    "changes",
    "cohen_kappa",
    "compare",
    "compare_all",
    "fleiss_kappa",
    "krippendorff_alpha",
]
