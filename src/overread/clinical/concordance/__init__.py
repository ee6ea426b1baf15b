"""Two or more opinions on one record: graded differences, what the reveal changed, and agreement over many cases."""

from .agreement import Agreement, cohen_kappa, fleiss_kappa, krippendorff_alpha
from .changes import Change, Fate, changes
from .compare import Causes, Concordance, Item, TopicResult, compare, compare_all
from .grades import RULES, Basis, Cause, Direction, Grade, Rule, Topic
from .panel import Standing, among
from .weights import AgreementError

__all__ = [
    "RULES",
    "Agreement",
    "AgreementError",
    "Basis",
    "Cause",
    "Causes",
    "Change",
    "Concordance",
    "Direction",
    "Fate",
    "Grade",
    "Item",
    "Rule",
    "Standing",
    "Topic",
    "TopicResult",
    "among",
    "changes",
    "cohen_kappa",
    "compare",
    "compare_all",
    "fleiss_kappa",
    "krippendorff_alpha",
]
