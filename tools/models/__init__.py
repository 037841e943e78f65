"""The catalogue's rows, one module per noun."""

from tools.models.alert import Alert, AlertKind
from tools.models.attribute import Attribute, Choice, Theme
from tools.models.catalogue import CatalogueFile, Edition
from tools.models.fact import Fact, FactValue
from tools.models.follow import Affiliation, Follow
from tools.models.reason import Reason, ReasonState, ReasonVote, Scale, Side, TeamSize
from tools.models.refresh_run import RefreshRun
from tools.models.repository import Host, Observation, Release, Repository
from tools.models.taxonomy import Category, Function, Kind, Layer
from tools.models.tool import Alias, Identifier, Integration, Rival, Tool
from tools.models.voting import Vote, VotedOn, VoteQuerySet
from tools.values import AttributeType

__all__ = [
    "Affiliation",
    "Alert",
    "AlertKind",
    "Alias",
    "Attribute",
    "AttributeType",
    "CatalogueFile",
    "Category",
    "Choice",
    "Edition",
    "Fact",
    "FactValue",
    "Follow",
    "Function",
    "Host",
    "Identifier",
    "Integration",
    "Kind",
    "Layer",
    "Observation",
    "Reason",
    "ReasonState",
    "ReasonVote",
    "RefreshRun",
    "Release",
    "Repository",
    "Rival",
    "Scale",
    "Side",
    "TeamSize",
    "Theme",
    "Tool",
    "Vote",
    "VoteQuerySet",
    "VotedOn",
]
