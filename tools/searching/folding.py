"""One spelling for what people spell in many ways. Pure."""

import re
import unicodedata

_BREAKS = re.compile(r"[\s._\-/,:;!?()\"'’“”]+")
_SOUNDS = (
    ("ght", "t"),
    ("wr", "r"),
    ("ph", "f"),
    ("sch", "sk"),
    ("ck", "k"),
    ("qu", "k"),
    ("kh", "k"),
    ("th", "t"),
    ("x", "ks"),
    ("q", "k"),
    ("y", "i"),
    ("z", "s"),
    ("w", "v"),
)
_SOFT_C = re.compile(r"c(?=[ei])")
_DOUBLED = re.compile(r"(.)\1+")


def folded(text: str) -> str:
    """Lower case without accents, each run of dots, hyphens and spaces one space: "Node.js" and "NODE-JS" agree."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _BREAKS.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()


def joined(text: str) -> str:
    """What was folded, without spaces: "node js" and "nodejs" agree."""
    return text.replace(" ", "")


def sound(text: str) -> str:
    """Roughly how a joined name is spoken: "playwrite" and "playwright" agree."""
    for letters, spoken in _SOUNDS:
        text = text.replace(letters, spoken)
    text = _DOUBLED.sub(r"\1", _SOFT_C.sub("s", text).replace("c", "k"))
    return text[:-1] if len(text) > 3 and text.endswith("e") else text


def letters(text: str) -> str:
    """The letters in order, after the first: words that differ by their order alone agree."""
    return text[:1] + "".join(sorted(text[1:]))
