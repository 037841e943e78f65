"""Load the catalogue's folder into the database: once or a thousand times, the outcome is the same.

Each file is one transaction or part of one, recorded with its digest, so that a load which is interrupted goes on
where it was and a file that did not change costs only its reading.
"""

from collections.abc import Callable, Iterator
from itertools import batched
from pathlib import Path

from django.db import transaction

from tools.catalogue import stars, tool_rows, vocabulary_rows
from tools.catalogue.reading import CatalogueText, Document, Refused, document, position
from tools.catalogue.report import Report
from tools.catalogue.vocabulary import Vocabulary, references
from tools.models import CatalogueFile, Tool
from tools.slugs import is_valid_tool_slug

BATCH = 50
type Progress = Callable[[int, int], None]
"""Called with the files done and the files in all."""


def load(root: Path, progress: Progress = lambda done, total: None) -> Report:
    """Load every file below `root` that changed since the last load; refuse bad files whole and go on."""
    return _Load(root, progress).run()


class _Load:
    def __init__(self, root: Path, progress: Progress) -> None:
        self.root, self.progress, self.report = root, progress, Report()
        self.known = {row.path: row for row in CatalogueFile.objects.all()}
        self.done = 0
        self.parts = [
            [root / "taxonomy.yaml"],
            sorted((root / "attributes").glob("*.yaml")),
            sorted((root / "tools").glob("*/*.yaml")),
            sorted((root / "stars").glob("*.csv")),
        ]
        self.total = sum(len(part) for part in self.parts)

    def run(self) -> Report:
        taxonomy, attributes, tools, histories = self.parts
        for source in self._changed(taxonomy):
            self._load_vocabulary(source, "taxonomy", vocabulary_rows.write_taxonomy)
        for source in self._changed(attributes):
            self._load_vocabulary(source, "attributes", vocabulary_rows.write_attributes)
        self._load_tools(list(self._changed(tools)))
        for source in self._changed(histories):
            self._load_history(source)
        return self.report

    def _changed(self, files: list[Path]) -> Iterator[CatalogueText]:
        """The files whose bytes differ from the last load's; the rest are counted as unchanged, the bad as refused."""
        for file in files:
            try:
                source = CatalogueText.read(self.root, file)
            except Refused as refusal:
                self._refuse(refusal)
                continue
            known = self.known.get(source.path)
            if known and known.digest == source.digest:
                self.report.unchanged += 1
                self._step()
            else:
                yield source

    def _load_vocabulary(self, source: CatalogueText, name: str, write: vocabulary_rows.Write) -> None:
        try:
            raw = document(source, self._schema(name))
            with transaction.atomic():
                content, clashes = write(source, raw, self._base(source))
                self._remember(source, content)
        except Refused as refusal:
            self._refuse(refusal)
            return
        self.report.clashes += [(source.path, clash) for clash in clashes]
        self._count(source)

    def _load_tools(self, sources: list[CatalogueText]) -> None:
        vocabulary = Vocabulary.of_site()
        wanted = list(self._sound(sources, vocabulary))
        # Tools name one another, so all rows exist before any of them is filled.
        with transaction.atomic():
            tool_rows.create_missing([(item, self._base(item.source)) for item in wanted])
        for batch in batched(wanted, BATCH, strict=False):
            with transaction.atomic():
                for path, clash in tool_rows.write([(item, self._base(item.source)) for item in batch]):
                    self.report.clashes.append((path, clash))
                for item in batch:
                    self._remember(item.source, item.document)
            for item in batch:
                self._count(item.source)

    def _sound(self, sources: list[CatalogueText], vocabulary: Vocabulary) -> Iterator[tool_rows.Item]:
        """The files that keep to the schema and the vocabulary and name only tools that exist or come with them."""
        raws: dict[CatalogueText, Document] = {}
        for source in sources:
            try:
                raws[source] = self._checked(source, vocabulary)
            except Refused as bad:
                self._refuse(bad)
        slugs = set(Tool.objects.values_list("slug", flat=True))
        while unsound := list(_dangling(raws, slugs, vocabulary)):
            for refusal, source in unsound:
                raws.pop(source, None)
                self._refuse(refusal)
        for source, raw in raws.items():
            slug, function = _place(source)
            yield tool_rows.Item(source, slug, tool_rows.normalised(raw, function, vocabulary), raw.get("figures", []))

    def _checked(self, source: CatalogueText, vocabulary: Vocabulary) -> Document:
        slug, function = _place(source)
        if not is_valid_tool_slug(slug):
            raise Refused(source.path, 1, f"“{slug}” cannot be a tool's slug")
        if function not in vocabulary.places:
            raise Refused(source.path, 1, f"there is no function “{function}” in taxonomy.yaml")
        raw = document(source, self._schema("tool"))
        for steps, complaint in vocabulary.complaints(raw, function):
            raise Refused(source.path, position(source, steps), complaint)
        return raw

    def _load_history(self, source: CatalogueText) -> None:
        try:
            with transaction.atomic():
                stars.write(source)
                self._remember(source, {})
        except Refused as refusal:
            self._refuse(refusal)
            return
        self._count(source)

    def _schema(self, name: str) -> Path:
        return self.root / "schema" / f"{name}.schema.json"

    def _base(self, source: CatalogueText) -> Document | None:
        known = self.known.get(source.path)
        return known.content if known else None

    def _remember(self, source: CatalogueText, content: Document) -> None:
        CatalogueFile.objects.update_or_create(path=source.path, defaults={"digest": source.digest, "content": content})

    def _count(self, source: CatalogueText) -> None:
        if source.path in self.known:
            self.report.changed += 1
        else:
            self.report.added += 1
        self._step()

    def _refuse(self, refusal: Refused) -> None:
        self.report.refused.append(refusal)
        self._step()

    def _step(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)


def _place(source: CatalogueText) -> tuple[str, str]:
    """A tool's slug and function, told by its file's name and folder."""
    path = Path(source.path)
    return path.stem, path.parent.name


def _dangling(
    raws: dict[CatalogueText, Document], slugs: set[str], vocabulary: Vocabulary
) -> Iterator[tuple[Refused, CatalogueText]]:
    coming = slugs | {_place(source)[0] for source in raws}
    for source, raw in raws.items():
        for steps, slug in references(raw, vocabulary.types):
            if slug not in coming:
                reason = f"there is no tool “{slug}”"
                yield Refused(source.path, position(source, steps), reason), source
                break
