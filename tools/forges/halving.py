"""Many names in few questions: what a host refuses together is asked in halves, down to one name alone. Pure."""

from collections import deque
from collections.abc import Mapping, Sequence

from tools.forges.answers import Answer, Nonsense, Stop, Unreachable

# So many names in a row that are refused alone mean that the host is ill: fewer while it told nothing at all.
ILL_AT_ONCE = 2
ILL_LATER = 5


class Halving:
    """The batches still to ask, and what became of the names in those that were."""

    def __init__(self, names: Sequence[str], most: int, label: str) -> None:
        self.answers: dict[str, Answer] = {}
        self.stop: Stop | None = None
        self._label = label
        self._batches = deque(_chunks(names, most))
        self._refused: list[str] = []
        """Names that were refused alone since the host last told us anything."""

    def next(self) -> Sequence[str]:
        """Return the names to ask next, or none when all is done or the host wants no more."""
        return self._batches.popleft() if self._batches and not self.stop else ()

    def take(self, batch: Sequence[str], outcome: Mapping[str, Answer] | Stop) -> None:
        """Keep what a batch brought; names it says nothing of were too much together."""
        if not isinstance(outcome, Mapping):
            self.stop = outcome
            return
        self.answers.update(outcome)
        refused = [name for name in batch if name not in outcome]
        if outcome:
            self._give_up_on_refused()
        if len(batch) > 1:
            self._batches.extendleft(reversed(_chunks(refused, (len(batch) + 1) // 2)))
        elif refused:
            self._refused += refused
            self._judge_refused()

    def _judge_refused(self) -> None:
        """Tell names that are too much for the host from a host that is ill: it refuses any name."""
        ill = len(self._refused) >= (ILL_LATER if self.answers else ILL_AT_ONCE) or not (self.answers or self._batches)
        if ill:
            self.stop = Unreachable(f"{self._label} cannot answer at the moment.")
        if self.answers and (ill or not self._batches):
            self._give_up_on_refused()

    def _give_up_on_refused(self) -> None:
        """Answer for the names that were refused alone, so that they do not hold up others time and again."""
        self.answers |= dict.fromkeys(self._refused, Nonsense(f"{self._label} cannot tell us of this repository."))
        self._refused = []


def _chunks(names: Sequence[str], most: int) -> list[Sequence[str]]:
    return [names[start : start + most] for start in range(0, len(names), most)]
