"""Write which comparisons are popular: couples of rivals, in the editors' order."""

from tools import pairs
from tools.catalogue.merging import merge
from tools.catalogue.reading import CatalogueText, Document, Refused, position
from tools.catalogue.vocabulary_rows import Written
from tools.models import Rival


def write(source: CatalogueText, raw: Document, base: Document | None) -> Written:
    """Number the couples in the order of the file; a couple of which neither names the other is refused."""
    rivals = _rivals()
    site = {"popular": [address for address, row in rivals.items() if row.popular is not None]}
    merged, clashes = merge(base or {}, site, raw)
    for index, address in enumerate(raw["popular"]):
        if address in merged["popular"] and address not in rivals:
            reason = f"“{address}” is no couple of rivals, its tools in alphabetical order"
            raise Refused(source.path, position(source, ("popular", index)), reason)
    if merged != site:
        _number([rivals[address] for address in merged["popular"]])
    return raw, clashes


def _rivals() -> dict[str, Rival]:
    """One row for each couple by its address, the popular first; of two rows, the one that is numbered."""
    found: dict[str, Rival] = {}
    for row in Rival.objects.most_popular_first().select_related("tool", "other"):
        found.setdefault(pairs.address(tool.slug for tool in row.couple), row)
    return found


def _number(rows: list[Rival]) -> None:
    Rival.objects.update(popular=None)
    for place, row in enumerate(rows, start=1):
        row.popular = place
    Rival.objects.bulk_update(rows, ["popular"], batch_size=500)
