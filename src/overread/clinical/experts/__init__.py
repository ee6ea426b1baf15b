"""Who knows this cancer, with the arithmetic shown, and how independent they are of the first doctor."""

from .affiliations import Affiliation, read_affiliation
from .articles import Article, Author, MeshHeading, Retraction
from .disambiguation import Confidence, Person, people
from .independence import FirstDoctor, Independence, Link
from .points import Contribution
from .ranking import Expert, Ranking, rank
from .topic import Topic, topic_of

__all__ = [
    "Affiliation",
    "Article",
    "Author",
    "Confidence",
    "Contribution",
    "Expert",
    "FirstDoctor",
    "Independence",
    "Link",
    "MeshHeading",
    "Person",
    "Ranking",
    "Retraction",
    "Topic",
    "people",
    "rank",
    "read_affiliation",
    "topic_of",
]
