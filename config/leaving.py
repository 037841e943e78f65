"""How a member leaves: what goes in any case, and what stays without a name or goes too."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import models, transaction

from advice.leaving import drop_unread, empty_comments, empty_posts
from advice.models import Comment, Post
from members.models import Member
from stacks.models import Stack
from tools.models import Follow, Reason, ReasonState


class Words(models.TextChoices):
    """What becomes of what the member wrote."""

    STAY = "stay", "They stay, without my name"
    GO = "go", "They go too, every word"


def is_needed(member: Member) -> bool:
    """Whether nobody else could appoint editors if the member left."""
    others = Member.objects.filter(is_superuser=True, is_active=True).exclude(pk=member.pk)
    return member.is_superuser and not others.exists()


def leave(member: Member, words: Words) -> None:
    """Delete the account with all that is the member's alone; repeated, it changes nothing.

    Counts stay equal to what they count. The queries are as many whatever the member did: only the standings of tools
    that removed posts name are told anew one by one.
    """
    with transaction.atomic():
        # Whoever votes or writes as this member at the same time waits, and then finds no member.
        if not Member.objects.select_for_update().filter(pk=member.pk).first():
            return
        # Comments are locked before posts, reasons after them, as the verbs of each do.
        Comment.withdraw_votes_of(member)
        drop_unread(member)
        if words == Words.GO:
            empty_comments(member)
            empty_posts(member)
        Post.withdraw_votes_of(member)
        Reason.withdraw_votes_of(member)
        Reason.objects.remove_all_of(member, ReasonState if words == Words.GO else [ReasonState.QUEUED])
        Stack.objects.remove_all_of(member)
        Follow.objects.unfollow_all(member)
        Session.objects.filter(session_key__in=UserSession.objects.filter(user=member).values("session_key")).delete()
        # The rest hangs on the account and goes with it; what stays loses its author there.
        Member.objects.filter(pk=member.pk).delete()
