"""Stacks and what hangs on them."""

from stacks.models.domain import Domain, Method
from stacks.models.edit import Edit, Line, StaleError, TooManyStacksError, TooManyToolsError
from stacks.models.pairing import Pairing
from stacks.models.proposal import Proposal
from stacks.models.stack import Size, Stack, StackKind, Visibility
from stacks.models.suggestion import Suggestion
from stacks.models.use import Change, Use, What
from stacks.models.watch import Watch

__all__ = [
    "Change",
    "Domain",
    "Edit",
    "Line",
    "Method",
    "Pairing",
    "Proposal",
    "Size",
    "Stack",
    "StackKind",
    "StaleError",
    "Suggestion",
    "TooManyStacksError",
    "TooManyToolsError",
    "Use",
    "Visibility",
    "Watch",
    "What",
]
