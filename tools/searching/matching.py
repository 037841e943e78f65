"""Rank names by how well they match what was typed. Pure: names in, ranks out, nothing of tools.

A match costs 0 for the very name, 1 for its beginning, 2 for the beginning of a word of it, 3 for anywhere in it, and
from 4 on for names of which only something is alike.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tools.searching.folding import folded, joined, letters, sound

EXACT, OTHERWISE_EXACT, MISSPELT, BEGINNING, WORD, WITHIN, ALIKE = 0.0, 0.5, 0.75, 1.0, 2.0, 3.0, 4.0
# A name that costs so much may be another altogether: "nope" is not "Node".
FAR = 4.25
# A name that is an alias stands after those that are not.
LESS_OFFICIAL = 0.25
NEAR, FAINT = 0.72, 0.4
# Two names may sound the same, or hold the same letters. What sounds alike, or begins alike, counts a little less.
SPOKEN, REORDERED = 0.94, 0.88
UNSPOKEN, BEGUN = 0.02, 0.1
# In a short name one wrong letter is another name: "Go" is not "Vi".
SHORTEST_NEAR = 4
SHORTEST_REORDERED = 3
# What sounds like a letter or two says too little: "qqqq" is not "C".
SHORTEST_SPOKEN = 3
SHORTEST_WITHIN = 3
SHORTEST_BEGUN = 5
# Only the best known of the names that begin like it are looked at closely.
MOST_NEAR = 2_000
# Words of what was typed that may be a name among others.
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write what `key` stands for; `words` may stand beside it and say nothing new."""

    key: str
    text: str
    official: bool = True
    words: frozenset[str] = frozenset()


class Names:
    """Names, the better known first, ready to be matched."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._keys: list[str] = []
        self._spellings: list[str] = []
        self._dearer: list[float] = []
        self._exact: dict[str, dict[str, float]] = {}
        self._sounds: dict[str, list[int]] = {}
        self._letters: dict[str, list[int]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._initials: dict[str, list[int]] = {}
        self._spoken: dict[int, str] = {}
        for name in names:
            self._add(name)
        self._joined = {place: name for place, name in enumerate(self._spellings) if " " not in name}
        for place in self._joined:
            self._remember(place)
        # One long text is searched faster than ten thousand short ones; each name follows a line break.
        self._text = "".join(f"\n{spelling}" for spelling in self._spellings)
        self._starts = list(_starts(self._spellings))

    def _add(self, name: Name) -> None:
        written = folded(name.text)
        self._words.setdefault(name.key, name.words)
        for spelling in dict.fromkeys((written, joined(written))) if written else ():
            known = self._exact.setdefault(spelling, {})
            if name.key not in known:
                known[name.key] = EXACT if name.official else OTHERWISE_EXACT
                self._keys.append(name.key)
                self._spellings.append(spelling)
                self._dearer.append(0.0 if name.official else LESS_OFFICIAL)

    def _remember(self, place: int) -> None:
        """How a joined name sounds, which letters it has, and with which it begins."""
        name = self._spellings[place]
        spoken = self._spoken[place] = sound(name)
        self._sounds.setdefault(spoken, []).append(place)
        self._letters.setdefault(letters(name), []).append(place)
        for initial in set(name[:2]):
            self._initials.setdefault(initial, []).append(place)

    def rank(self, typed: str, limit: int) -> dict[str, float]:
        """The cost of the keys that match, at most `limit` of each degree."""
        wanted = folded(typed)
        ranks = self.matches(wanted, limit)
        if joined(wanted) != wanted:
            _merge(ranks, self.matches(joined(wanted), limit))
        if EXACT not in ranks.values():
            _merge(ranks, self._misspelt(joined(wanted)))
        if wanted and min(ranks.values(), default=ALIKE) >= WORD:
            _merge(ranks, self._named_among(wanted))
            _merge(ranks, self._near(joined(wanted), limit))
        return ranks

    def cost(self, typed: str) -> float:
        """What the best match costs, near misses left aside."""
        wanted = folded(typed)
        found = (self.matches(spelling, 1) for spelling in {wanted, joined(wanted)})
        return min((cost for ranks in found for cost in ranks.values()), default=ALIKE)

    def matches(self, wanted: str, limit: int) -> dict[str, float]:
        """The names that hold what is wanted."""
        ranks = dict(self._exact.get(wanted, {}))
        if wanted:
            degrees = [(f"\n{wanted}", BEGINNING), (f" {wanted}", WORD)]
            degrees += [(wanted, WITHIN)] if len(wanted) >= SHORTEST_WITHIN else []
            for pattern, cost in degrees:
                for place in self._holding(pattern, limit):
                    ranks.setdefault(self._keys[place], cost + self._dearer[place])
        return ranks

    def nearest(self, typed: str, count: int) -> list[str]:
        """The keys whose names look most like it, even where they look little like it."""
        found = _similar(joined(folded(typed)), self._joined, 4 * count, FAINT)
        return list(dict.fromkeys(self._keys[place] for place in found))[:count]

    def _holding(self, pattern: str, limit: int) -> Iterator[int]:
        """Where the first `limit` keys stand whose spelling holds the pattern: they are in order of being known."""
        found: set[str] = set()
        at = self._text.find(pattern)
        while at >= 0 and len(found) < limit:
            place = bisect_right(self._starts, at) - 1
            if self._keys[place] not in found:
                found.add(self._keys[place])
                yield place
            at = self._text.find(pattern, at + 1)

    def _named_among(self, wanted: str) -> dict[str, float]:
        """Names that stand among the words; the more is left that they do not explain, the dearer."""
        words = wanted.split()[:MOST_WORDS]
        ranks: dict[str, float] = {}
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                rest = words[:start] + words[end:]
                for key in self._exact.get(" ".join(words[start:end]), ()) if rest else ():
                    unexplained = sum(len(word) for word in rest if word.rstrip("s") not in self._words[key])
                    _merge(ranks, {key: ALIKE + unexplained / len(joined(wanted))})
        return ranks

    def _misspelt(self, wanted: str) -> dict[str, float]:
        """Names that sound the same and differ by one letter, such as "laravell": likelier than a beginning."""
        spoken = self._sounds.get(sound(wanted), ()) if len(wanted) >= SHORTEST_BEGUN else ()
        return {self._keys[place]: MISSPELT for place in spoken if OSA.distance(wanted, self._joined[place]) == 1}

    def _near(self, wanted: str, limit: int) -> dict[str, float]:
        """Names a typing error or two away; the less alike, the dearer."""
        alike: dict[int, float] = {}
        if len(wanted) >= SHORTEST_REORDERED:
            alike |= dict.fromkeys(self._letters.get(letters(wanted), ()), REORDERED)
        if len(wanted) >= SHORTEST_NEAR:
            if len(spoken := sound(wanted)) >= SHORTEST_SPOKEN:
                _prefer(alike, dict.fromkeys(self._sounds.get(spoken, ()), SPOKEN))
            _prefer(alike, self._similar(wanted, limit))
        ranks: dict[str, float] = {}
        for place in sorted(alike):
            _merge(ranks, {self._keys[place]: ALIKE + 1 - alike[place]})
        return ranks

    def _similar(self, wanted: str, limit: int) -> dict[int, float]:
        """Names, and beginnings of names, in whose first two letters is one of the first two typed."""
        spoken = sound(wanted)
        initials = {*wanted[:2], *spoken[:1]}
        places = sorted({place for initial in initials for place in self._initials.get(initial, ())})[:MOST_NEAR]
        alike = _similar(wanted, {place: self._joined[place] for place in places}, limit)
        if len(spoken) >= SHORTEST_SPOKEN:
            _prefer(alike, _similar(spoken, {place: self._spoken[place] for place in places}, limit), less=UNSPOKEN)
        if len(wanted) >= SHORTEST_BEGUN:
            # A beginning with a letter left out is longer than what was typed.
            for length in (len(wanted), len(wanted) + 1):
                begun = {place: self._joined[place][:length] for place in places if len(self._joined[place]) > length}
                _prefer(alike, _similar(wanted, begun, limit), less=BEGUN)
        return alike


def _similar(wanted: str, names: Mapping[int, str], limit: int, least: float = NEAR) -> dict[int, float]:
    """How alike those names are that are not much shorter or longer."""
    fitting = {place: name for place, name in names.items() if least * len(wanted) <= len(name) <= len(wanted) / least}
    found = process.extract(wanted, fitting, scorer=OSA.normalized_similarity, score_cutoff=least, limit=limit)
    return {place: score for _, score, place in found}


def _prefer(known: dict[int, float], others: Mapping[int, float], less: float = 0.0) -> None:
    for place, score in others.items():
        known[place] = max(known.get(place, 0.0), score - less)


def _merge(known: dict[str, float], others: Mapping[str, float]) -> None:
    for key, cost in others.items():
        known[key] = min(known.get(key, cost), cost)


def _starts(spellings: Iterable[str]) -> Iterator[int]:
    at = 0
    for spelling in spellings:
        yield at
        at += len(spelling) + 1
