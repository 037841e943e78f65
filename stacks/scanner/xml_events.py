"""XML to elements, by expat alone: no entities, no other files, bounded in depth and number."""

from typing import NoReturn
from xml.parsers import expat

from stacks.scanner.clues import UnreadableError
from stacks.scanner.parsing import DEPTH, EVENTS, Element


class _Tree:
    """The elements met so far."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0
        self.root: Element | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > EVENTS or len(self._open) >= DEPTH:
            raise UnreadableError("It holds too much, or too deeply, to be a manifest.")
        element = Element(tag.rpartition(":")[2], attributes, self._parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def end(self, _tag: str) -> None:
        self._open.pop().text = "".join(self._texts.pop()).strip()

    def text(self, data: str) -> None:
        if self._texts:
            self._texts[-1].append(data)


def _refuse(*_arguments: object) -> NoReturn:
    raise UnreadableError("It declares entities, which no manifest needs.")


def root(text: str) -> Element:
    """The outermost element of a text."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    tree = _Tree(parser)
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)  # noqa: FBT003  # the interface is C's
    except expat.ExpatError as error:
        raise UnreadableError(f"It is not XML: {error}.") from None
    if tree.root is None:
        raise UnreadableError("It is not XML.")
    return tree.root
