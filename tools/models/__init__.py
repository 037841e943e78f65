"""The catalogue's rows, one module per noun."""

from tools.models.attribute import Attribute, Choice, Theme
from tools.models.catalogue import CatalogueFile, Edition
from tools.models.fact import Fact, FactValue
from tools.models.reason import Reason
from tools.models.repository import Observation, Repository
from tools.models.taxonomy import Category, Function, Kind, Layer
from tools.models.tool import Alias, Identifier, Integration, Rival, Tool
from tools.values import AttributeType

__all__ = [
    "Alias",
    "Attribute",
    "AttributeType",
    "CatalogueFile",
    "Category",
    "Choice",
    "Edition",
    "Fact",
    "FactValue",
    "Function",
    "Identifier",
    "Integration",
    "Kind",
    "Layer",
    "Observation",
    "Reason",
    "Repository",
    "Rival",
    "Theme",
    "Tool",
]
