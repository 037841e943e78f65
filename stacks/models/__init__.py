"""Stacks and what hangs on them."""

from stacks.models.domain import Domain, Method
from stacks.models.pairing import Pairing
from stacks.models.proposal import Proposal
from stacks.models.stack import Size, Stack, StackKind, Visibility
from stacks.models.use import Change, Use, What
from stacks.models.watch import Watch

__all__ = [
    "Change",
    "Domain",
    "Method",
    "Pairing",
    "Proposal",
    "Size",
    "Stack",
    "StackKind",
    "Use",
    "Visibility",
    "Watch",
    "What",
]
