"""Three opinions or more on one record: per thing, who agrees with whom, who is silent, and how grave the gravest gap is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ..record import Opinion
from .compare import Causes, Item, compare
from .grades import Cause, Grade, Topic, worst


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing that at least one opinion speaks to.

    field, about: as in ``Item``. grade: the gravest among all pairs. said: every author who spoke, with what they said.
    camps: the authors by whom they agree with, the largest camp first; everybody in a camp agrees with everybody in it.
    items: the pairs that differ, each with the rule that graded it, its direction and cause.
    """

    topic: Topic
    field: str
    label: str
    about: str | None
    grade: Grade
    said: tuple[tuple[str, tuple[str, ...]], ...]
    silent: tuple[str, ...]
    camps: tuple[tuple[str, ...], ...]
    items: tuple[Item, ...]

    @property
    def causes(self) -> tuple[Cause, ...]:
        return tuple(dict.fromkeys(item.cause for item in self.items))


Key = tuple[str, str | None]
Pair = tuple[int, int]


def among(opinions: Sequence[Opinion], *, causes: Causes | None = None) -> tuple[Standing, ...]:
    """Every thing that the opinions speak to, in the order of the vocabulary. causes: as for ``compare``.

    Authors of one name are told apart by their place: ``Reviewer``, ``Reviewer (2)``.
    """
    names = _names(opinions)
    found: dict[Key, dict[Pair, Item]] = {}
    for (i, first), (j, second) in combinations(enumerate(opinions), 2):
        for item in compare(first, second, causes=causes).items:
            found.setdefault((item.field, item.about), {})[i, j] = item
    standings = (_standing(pairs, names) for pairs in found.values())
    return tuple(sorted(standings, key=lambda one: list(Topic).index(one.topic)))


def _names(opinions: Sequence[Opinion]) -> tuple[str, ...]:
    names: list[str] = []
    for opinion in opinions:
        same = sum(earlier.author == opinion.author for earlier in opinions[: len(names)])
        names.append(f"{opinion.author} ({same + 1})" if same else opinion.author)
    return tuple(names)


def _standing(pairs: dict[Pair, Item], names: tuple[str, ...]) -> Standing:
    one = next(iter(pairs.values()))
    said: dict[int, tuple[str, ...]] = {}
    for (i, j), item in pairs.items():
        said |= {place: words for place, words in ((i, item.first), (j, item.second)) if words}
    return Standing(
        one.topic,
        one.field,
        one.label,
        one.about,
        worst(item.grade for item in pairs.values()),
        tuple((names[place], said[place]) for place in sorted(said)),
        tuple(name for place, name in enumerate(names) if place not in said),
        tuple(tuple(names[place] for place in camp) for camp in _camps(sorted(said), pairs)),
        tuple(item for item in pairs.values() if item.grade in (Grade.MINOR, Grade.MAJOR)),
    )


def _camps(places: list[int], pairs: dict[Pair, Item]) -> list[list[int]]:
    camps: list[list[int]] = []
    for place in places:
        agreeing = (c for c in camps if all(_concordant(pairs, other, place) for other in c))
        camp = next(agreeing, None)
        if camp is None:
            camps.append([place])
        else:
            camp.append(place)
    return sorted(camps, key=len, reverse=True)


def _concordant(pairs: dict[Pair, Item], first: int, second: int) -> bool:
    item = pairs.get((first, second))
    return item is not None and item.grade is Grade.CONCORDANT
