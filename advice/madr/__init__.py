"""A decision as a Markdown Any Decision Record, and back. Pure."""

from advice.madr.gathering import Reading
from advice.madr.reading import LONGEST, read
from advice.madr.record import Outcome, Record, Result, ToolName
from advice.madr.writing import write

__all__ = ["LONGEST", "Outcome", "Reading", "Record", "Result", "ToolName", "read", "write"]
