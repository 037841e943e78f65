"""What members write, one module per noun."""

from advice.models.comment import Comment, CommentState, CommentVote, Recommendation
from advice.models.moderation import Act, Deed, Grounds, Report
from advice.models.outcome import Outcome, Result, Standing
from advice.models.post import (
    Post,
    PostKind,
    PostState,
    PostTool,
    PostVote,
    Role,
    StaleError,
    TooManyDraftsError,
)
from advice.models.reader import ReaderDay, Reading
from advice.models.revision import Revision
from advice.models.subscription import Subscription

__all__ = [
    "Act",
    "Comment",
    "CommentState",
    "CommentVote",
    "Deed",
    "Grounds",
    "Outcome",
    "Post",
    "PostKind",
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
]
