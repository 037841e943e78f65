"""Tools that are used together: counted by hand, against brute force, and as rows."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from stacks.models import Pairing, Stack, Visibility
from stacks.pairing import LEAST_LIFT, LEAST_TOGETHER, MOST, Couple, couples
from tests.stacks.builders import NOW, make_stack

FLASK, REDIS, RAILS = 1, 2, 3


def held(stacks: Sequence[set[int]]) -> list[tuple[int, int]]:
    return [(number, tool) for number, tools in enumerate(stacks) for tool in tools]


def test_support_and_lift_are_those_one_computes_by_hand() -> None:
    """Of 20 stacks 8 hold Flask and 10 Redis, 6 both: 6/20 of all, and (6/20) / (8/20 x 10/20) = 1.5 times chance."""
    stacks = [{FLASK, REDIS}] * 6 + [{FLASK}] * 2 + [{REDIS}] * 4 + [{RAILS}] * 8
    assert couples(held(stacks), 20) == [Couple(FLASK, REDIS, 6, 0.3, 1.5), Couple(REDIS, FLASK, 6, 0.3, 1.5)]


def test_what_few_do_or_what_chance_explains_is_not_told() -> None:
    few = [{FLASK, REDIS}] * (LEAST_TOGETHER - 1) + [{RAILS}] * 20
    assert couples(held(few), len(few)) == []
    # Five hold both of ten: at 7 and 6 holders that is 5 x 10 / 42, less than 1.2 times chance.
    usual = [{FLASK, REDIS}] * 5 + [{FLASK}] * 2 + [{REDIS}, {RAILS}, {RAILS}]
    assert couples(held(usual), 10) == []
    assert couples([], 0) == []


def by_brute_force(stacks: Sequence[set[int]]) -> dict[tuple[int, int], tuple[int, float, float]]:
    found = {}
    tools = set().union(*stacks)
    for one, other in permutations(tools, 2):
        both = sum({one, other} <= stack for stack in stacks)
        ones, others = (sum(tool in stack for stack in stacks) for tool in (one, other))
        if both >= LEAST_TOGETHER and both * len(stacks) / (ones * others) > LEAST_LIFT:
            found[one, other] = (both, both / len(stacks), both * len(stacks) / (ones * others))
    return found


@given(st.lists(st.sets(st.integers(1, 8), max_size=8), min_size=1, max_size=60), st.randoms())
def test_it_finds_what_brute_force_finds_in_whatever_order_it_reads(stacks: list[set[int]], random: object) -> None:
    rows = held(stacks)
    random.shuffle(rows)  # type: ignore[attr-defined]  # hypothesis does not say that it is one
    found = {(row.tool, row.other): (row.together, row.support, row.lift) for row in couples(rows, len(stacks))}
    assert found == by_brute_force(stacks)


def test_of_one_tool_the_most_telling_couples_are_kept() -> None:
    # Tool 0 stands beside forty others, five stacks each; the first of them stands elsewhere as well.
    stacks = [{0, other} for other in range(1, 41) for _ in range(5)] + [{1}] * 5 + [{100}] * 400
    rows = [row for row in couples(held(stacks), len(stacks)) if row.tool == 0]
    assert [row.other for row in rows] == list(range(2, 2 + MOST))


@pytest.mark.django_db
def test_only_listed_stacks_count_and_unchanged_rows_stay() -> None:
    for number in range(6):
        make_stack(f"Both {number}", "flask", "redis")
        make_stack(f"Neither {number}", "rails")
        make_stack(f"Unlisted {number}", "flask", "rails", visibility=Visibility.UNLISTED)
    assert Pairing.objects.recount(NOW) == 2
    kept = list(Pairing.objects.order_by("pk").values())
    assert [(row["stacks_count"], row["support"], row["lift"]) for row in kept] == [(6, 0.5, 2.0)] * 2
    assert Pairing.objects.recount(NOW + timedelta(days=1)) == 0
    assert list(Pairing.objects.order_by("pk").values()) == kept


@pytest.mark.django_db
def test_what_holds_no_more_goes_and_what_changed_is_counted_anew() -> None:
    stacks = [make_stack(f"Both {number}", "flask", "redis") for number in range(6)]
    for number in range(6):
        make_stack(f"Neither {number}", "rails")
    Pairing.objects.recount(NOW)
    stacks[0].remove()
    assert Pairing.objects.recount(NOW) == 4, "two rows went and two came"
    assert set(Pairing.objects.values_list("stacks_count", flat=True)) == {5}
    stacks[1].hide(NOW)
    assert (Pairing.objects.recount(NOW), Pairing.objects.count()) == (2, 0)


@pytest.mark.django_db
def test_counting_costs_the_same_queries_however_many_stacks_there_are() -> None:
    costs = []
    for count in (6, 30):
        for number in range(count):
            make_stack(f"Both {count} {number}", "flask", "redis")
            make_stack(f"Neither {count} {number}", "rails")
        Pairing.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            assert Pairing.objects.recount(NOW) == 2
        costs.append(len(captured))
    assert costs == [costs[0]] * 2
    assert Stack.objects.count() == 72
