"""Load the catalogue's folder into the database: once or a thousand times, the outcome is the same.

Each file is one transaction or part of one, recorded with its digest, so that a load which is interrupted goes on
where it was and a file that did not change costs only its reading.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import batched
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from tools.catalogue import popular, stars, tool_rows, vocabulary_rows
from tools.catalogue.reading import CatalogueText, Document, Refused, document, position
from tools.catalogue.report import Report
from tools.catalogue.vocabulary import Vocabulary, references
from tools.models import CatalogueFile, Edition, Tool
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
        # A tool is known by its slug: its file may move to the folder of another function.
        self.known_tools = {Path(path).stem: row for path, row in self.known.items() if path.startswith("tools/")}
        self.done = 0
        self.parts = [
            [root / "taxonomy.yaml"],
            sorted((root / "attributes").glob("*.yaml")),
            sorted((root / "tools").glob("*/*.yaml")),
            sorted((root / "stars").glob("*.csv")),
            [file for file in [root / "comparisons.yaml"] if file.exists()],
        ]
        self.total = sum(len(part) for part in self.parts)
        self.files_of = Counter(file.stem for file in self.parts[2])

    def run(self) -> Report:
        taxonomy, attributes, tools, histories, comparisons = self.parts
        for source in self._changed(taxonomy):
            self._load_rows(source, "taxonomy", vocabulary_rows.write_taxonomy)
        for source in self._changed(attributes):
            self._load_rows(source, "attributes", vocabulary_rows.write_attributes)
        self._load_tools(list(self._changed(tools)))
        for source in self._changed(histories):
            self._load_history(source)
        for source in self._changed(comparisons):
            self._load_rows(source, "comparisons", popular.write)
        if self.report.added or self.report.changed:
            _tell_the_planner()
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

    def _load_rows(self, source: CatalogueText, name: str, write: vocabulary_rows.Write) -> None:
        try:
            raw = document(source, self._schema(name))
            with transaction.atomic():
                content, clashes = write(source, raw, self._base(source))
                self._refuse_strays(source, content)
                self._remember(source, content)
                Edition.objects.advance()
        except Refused as refusal:
            self._refuse(refusal)
            return
        except DatabaseError as error:
            self._refuse(_refused_by_the_database(source, error))
            return
        self.report.clashes += [(source.path, clash) for clash in clashes]
        self._count(source)

    def _load_tools(self, sources: list[CatalogueText]) -> None:
        vocabulary = Vocabulary.of_site()
        wanted = list(self._sound(sources, vocabulary))
        # Tools name one another, so all rows exist before any of them is filled.
        with transaction.atomic():
            created = tool_rows.create_missing([(item, self._base(item.source)) for item in wanted])
        for batch in batched(wanted, BATCH, strict=False):
            try:
                self._write_tools(batch)
            except DatabaseError:
                for item in batch:
                    self._write_tool(item, created)

    def _write_tools(self, batch: Sequence[tool_rows.Item]) -> None:
        with transaction.atomic():
            clashes = list(tool_rows.write([(item, self._base(item.source)) for item in batch]))
            for item in batch:
                self._remember(item.source, item.document)
                self._forget_where_it_was(item)
            Edition.objects.advance()
        self.report.clashes += clashes
        for item in batch:
            self._count(item.source)

    def _write_tool(self, item: tool_rows.Item, created: frozenset[str]) -> None:
        """One tool of a batch that failed: what the database will not hold is refused whole."""
        try:
            self._write_tools([item])
        except DatabaseError as error:
            if item.slug in created:
                self._take_back(item.slug)
            self._refuse(_refused_by_the_database(item.source, error))

    def _take_back(self, slug: str) -> None:
        with transaction.atomic():
            Tool.objects.filter(slug=slug).delete()
            Edition.objects.advance()

    def _forget_where_it_was(self, item: tool_rows.Item) -> None:
        known = self.known_tools.get(item.slug)
        if known and known.path != item.source.path:
            CatalogueFile.objects.filter(pk=known.pk).delete()

    def _refuse_strays(self, source: CatalogueText, content: Document) -> None:
        """An attribute belongs to one file."""
        if not source.path.startswith("attributes/"):
            return
        for other in CatalogueFile.objects.filter(path__startswith="attributes/").exclude(path=source.path):
            is_there = (self.root / other.path).exists()
            for key in sorted(other.content.keys() & content.keys()) if is_there else ():
                raise Refused(source.path, position(source, [key]), f"“{key}” stands in {other.path} already")

    def _sound(self, sources: list[CatalogueText], vocabulary: Vocabulary) -> Iterator[tool_rows.Item]:
        """The files that keep to the schema and the vocabulary and name only tools that exist or come with them."""
        raws: dict[CatalogueText, Document] = {}
        for source in sources:
            try:
                raws[source] = self._checked(source, vocabulary)
            except Refused as bad:
                self._refuse(bad)
        slugs = set(Tool.objects.values_list("slug", flat=True))
        deleted = self.known_tools.keys() - slugs
        while unsound := list(_dangling(raws, slugs, deleted, vocabulary)):
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
        if self.files_of[slug] > 1:
            raise Refused(source.path, 1, f"“{slug}” has a file in the folder of another function too")
        raw = document(source, self._schema("tool"))
        for steps, complaint in vocabulary.complaints(raw, slug, function):
            raise Refused(source.path, position(source, steps), complaint)
        return raw

    def _load_history(self, source: CatalogueText) -> None:
        try:
            with transaction.atomic():
                stars.write(source)
                self._remember(source, {})
                Edition.objects.advance()
        except Refused as refusal:
            self._refuse(refusal)
            return
        except DatabaseError as error:
            self._refuse(_refused_by_the_database(source, error))
            return
        self._count(source)

    def _schema(self, name: str) -> Path:
        return self.root / "schema" / f"{name}.schema.json"

    def _base(self, source: CatalogueText) -> Document | None:
        known = self.known.get(source.path)
        if known is None and source.path.startswith("tools/"):
            known = self.known_tools.get(_place(source)[0])
        return known.content if known else None

    def _remember(self, source: CatalogueText, content: Document) -> None:
        CatalogueFile.objects.update_or_create(path=source.path, defaults={"digest": source.digest, "content": content})

    def _count(self, source: CatalogueText) -> None:
        if self._base(source) is not None:
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


def _refused_by_the_database(source: CatalogueText, error: DatabaseError) -> Refused:
    return Refused(source.path, 1, f"the database does not take it: {' '.join(str(error).split())}")


def _place(source: CatalogueText) -> tuple[str, str]:
    """A tool's slug and function, told by its file's name and folder."""
    path = Path(source.path)
    return path.stem, path.parent.name


def _dangling(
    raws: dict[CatalogueText, Document], slugs: set[str], deleted: set[str], vocabulary: Vocabulary
) -> Iterator[tuple[Refused, CatalogueText]]:
    """The files that name a tool which neither exists nor comes; what an editor deleted does not come."""
    coming = slugs | ({_place(source)[0] for source in raws} - deleted)
    for source, raw in raws.items():
        for steps, slug in references(raw, vocabulary.types):
            if slug not in coming:
                reason = f"there is no tool “{slug}”"
                yield Refused(source.path, position(source, steps), reason), source
                break


def _tell_the_planner() -> None:
    """Have PostgreSQL count anew: joins over tables that it believes to be empty take minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
