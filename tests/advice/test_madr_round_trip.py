"""A record that is written and read again says the same, however awkward its texts."""

from hypothesis import given
from hypothesis import strategies as st

from advice.madr import Outcome, Record, Result, ToolName, read, write
from advice.madr.blocks import escaped, normal, spoken

# One awkward line each.
AWKWARD = r"""
# a
## Decision Outcome
### Consequences
###### deep
####### seven
#
  ## b ##
C #
\#
Context
===
---
***
- a
* b
1. c
12. d
  - e
    code
> q
> # q
- # h
```
````
~~~
  ```
- ```
> ```
|a|b|
|-|-|
Chosen option: "x", because y
because:
: z
<!-- c
<pre>
[a]: b
[a][b](c)
&amp;
\
status: x
“q”
After 6 months, on 2026-01-01: kept
### Tools
* A: `b`
Date: 2020-01-01
*
_
~~
"""
ENDS = ["\r\n", "\r", "\t", "\n\n", "\n", " ", "\u2028", "\x85", "\xa0", "\ufeff", "\0", "\x1c", "\ud800"]
PIECES = st.sampled_from(AWKWARD.splitlines() + ENDS)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=12).flatmap(
    lambda pieces: st.sampled_from(["\n", "\n\n", " ", ""]).map(lambda between: between.join(pieces))
)
NAMES = st.sampled_from(
    [
        "Flask",
        "C++",
        "C #",
        "# C",
        "ASP.NET",
        "none",
        '"Q"',
        "a\\",
        "a: `b`",
        "**bold**",
        "[x](y)",
        "- x",
        "1. x",
        "kept by x",
    ]
)


def tool(name: str) -> ToolName:
    """A name has one slug wherever it is drawn, and every second length has none."""
    called = ToolName(name).name
    return ToolName(called, f"slug-{len(called)}" if len(called) % 2 else "")


TOOLS = (NAMES | st.text(max_size=6)).map(tool)
RESULTS = st.sampled_from(Result)


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    result = draw(RESULTS)
    tool = draw(TOOLS | st.none()) if result == Result.REPLACED else None
    named = tool if tool and tool.name else None
    return Outcome(draw(st.dates()), draw(st.integers(0, 999)), result, named, draw(TEXTS))


def several[T](one: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(one, max_size=3).map(tuple)


TITLES = TEXTS | st.sampled_from(
    ["12. Use Flask", "ADR-3: x", "ADR 4 - y", "1\\. z", "Context", "Decision", "3) w", "7 : v"]
)
RECORDS = st.builds(
    Record,
    title=TITLES,
    context=TEXTS,
    chosen=several(TOOLS),
    considered=several(TOOLS),
    why=TEXTS,
    consequences=TEXTS,
    status=TEXTS,
    decided_on=st.dates() | st.none(),
    tags=several(TOOLS),
    outcomes=several(outcomes()),
)


@given(RECORDS)
def test_what_is_written_is_read_as_it_was(record: Record) -> None:
    assert read(write(record)).record == record


@given(TEXTS)
def test_the_one_form_of_a_text_is_its_own(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(TEXTS.map(lambda text: " ".join(text.replace("\0", "").split())))
def test_escaped_words_show_what_they_were(words: str) -> None:
    assert spoken(escaped(words)) == words
