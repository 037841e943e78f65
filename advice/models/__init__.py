"""What members write, one module per noun."""

from advice.models.about import AboutOne, kind_of, seen_by_all
from advice.models.comment import Comment, CommentState, CommentVote, Recommendation
from advice.models.moderation import NEEDS_GROUNDS, Act, Deed, Grounds, Report, deeds_for, state_of, token
from advice.models.outcome import Outcome, Result, Standing
from advice.models.post import Post, PostVote, StaleError, TooManyDraftsError
from advice.models.post_queries import PostKind, PostQuerySet, PostState
from advice.models.post_tool import PostTool, Role
from advice.models.reader import ReaderDay, Reading
from advice.models.revision import Revision
from advice.models.subscription import Subscription

__all__ = [
    "NEEDS_GROUNDS",
    "AboutOne",
    "Act",
    "Comment",
    "CommentState",
    "CommentVote",
    "Deed",
    "Grounds",
    "Outcome",
    "Post",
    "PostKind",
    "PostQuerySet",
    "PostState",
    "PostTool",
    "PostVote",
    "ReaderDay",
    "Reading",
    "Recommendation",
    "Report",
    "Result",
    "Revision",
    "Role",
    "StaleError",
    "Standing",
    "Subscription",
    "TooManyDraftsError",
    "deeds_for",
    "kind_of",
    "seen_by_all",
    "state_of",
    "token",
]
