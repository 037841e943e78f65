"""The tree of layers, categories and functions, as filters ask for it: the narrower choice counts. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tools.browsing.facets import Option

LEVELS = ("layer", "category", "function")

type Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Path:
    """Where a function is: the slugs and names of its layer, its category and itself."""

    slugs: tuple[str, str, str]
    names: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Twig:
    """A category as a filter offers it; with its functions where it or one of them is chosen."""

    category: Option
    functions: Sequence[Option]


@dataclass(frozen=True, slots=True)
class Bough:
    """A layer as a filter offers it, with its categories."""

    layer: Option
    twigs: Sequence[Twig]

    @property
    def is_open(self) -> bool:
        """Whether anything in it is chosen."""
        return self.layer.chosen or any(
            twig.category.chosen or any(function.chosen for function in twig.functions) for twig in self.twigs
        )


def meant(paths: Sequence[Path], chosen: Chosen) -> dict[str, list[str]]:
    """What is chosen on each level, without what a narrower choice inside it replaces."""
    left: dict[str, list[str]] = {}
    for place, level in enumerate(LEVELS):
        below = LEVELS[place + 1 :]
        narrowed = {
            path.slugs[place]
            for path in paths
            if any(path.slugs[LEVELS.index(other)] in chosen.get(other, ()) for other in below)
        }
        left[level] = [slug for slug in chosen.get(level, ()) if slug not in narrowed]
    return left


def functions_meant(paths: Sequence[Path], chosen: Chosen) -> list[str]:
    """The functions whose tools are asked for; none where no place is chosen."""
    left = meant(paths, chosen)
    return [
        path.slugs[-1]
        for path in paths
        if any(slug in left[level] for level, slug in zip(LEVELS, path.slugs, strict=True))
    ]


def tree(paths: Sequence[Path], counts: Mapping[str, int], chosen: Chosen) -> list[Bough]:
    """The places that lead somewhere or are chosen, in the order of the paths; `counts` are of functions."""
    boughs = [_bough(list(inside), counts, chosen) for _, inside in groupby(paths, lambda path: path.slugs[0])]
    return [bough for bough in boughs if bough.layer.count or bough.is_open]


def _bough(paths: list[Path], counts: Mapping[str, int], chosen: Chosen) -> Bough:
    twigs = [_twig(list(inside), counts, chosen) for _, inside in groupby(paths, lambda path: path.slugs[1])]
    left = [twig for twig in twigs if twig.category.count or twig.category.chosen or twig.functions]
    return Bough(_option(0, paths, counts, chosen), left)


def _twig(paths: list[Path], counts: Mapping[str, int], chosen: Chosen) -> Twig:
    category = _option(1, paths, counts, chosen)
    functions = [_option(2, [path], counts, chosen) for path in paths]
    is_shown = any(function.chosen for function in functions) or (category.chosen and len(functions) > 1)
    left = [function for function in functions if function.count or function.chosen]
    return Twig(category, left if is_shown else [])


def _option(level: int, paths: Sequence[Path], counts: Mapping[str, int], chosen: Chosen) -> Option:
    """The place on this level that all the paths share."""
    slug = paths[0].slugs[level]
    count = sum(counts.get(path.slugs[-1], 0) for path in paths)
    return Option(slug, paths[0].names[level], count, slug in chosen.get(LEVELS[level], ()))
