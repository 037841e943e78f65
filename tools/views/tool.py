"""A tool's own page."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tools import pairs, reasons, standing
from tools.forms import TeamsForm
from tools.models import Follow, ReasonVote, Tool
from tools.pages import kept_page, public_page
from tools.presenting import fact_sheet, health_lines, repository_figures, stars_chart

ALTERNATIVES = 6
POSTS = 3
ALERTS = 3
USERS = 6
COMPANIONS = 8
LATELY = timedelta(days=365)


@public_page
@kept_page
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """What one tool is: facts with their sources, reasons, figures, advice, its rivals and neighbours."""
    tool = get_object_or_404(Tool.objects.with_place().with_standing(), slug=slug)
    today = timezone.now().date()
    teams = TeamsForm(request.GET)
    sheet = fact_sheet(tool)
    shown = _reasons(tool, teams, sheet.answer(reasons.CURRENT))
    rivals = tool.weighed_against()[:ALTERNATIVES]
    neighbours = [other for other in tool.neighbours()[:ALTERNATIVES] if other not in rivals]
    room = ALTERNATIVES - len(rivals)
    context = {
        "tool": tool,
        "sheet": sheet,
        "figures": repository_figures(tool),
        "health": health_lines(tool, sheet, today, settings.FIGURES_PROMISED_DAYS),
        "chart": stars_chart([tool]),
        "alerts": tool.alerts.newest().filter(happened_on__gt=today - LATELY)[:ALERTS],
        "teams": teams,
        "reasons": shown,
        "voted": ReasonVote.objects.by_viewer(request.user, shown.rows),
        "followed": Follow.objects.is_by(request.user, tool),
        "posts": tool.posts.published().with_role_of(tool).hottest()[:POSTS],
        "standing": getattr(tool, "standing", None),
        "curve": _curve(tool),
        "integrations": list(tool.integrations.order_by("integrated_by_rows__position")),
        "rivals": [(other, pairs.address((tool.slug, other.slug))) for other in rivals],
        "users": tool.stacks.listed().of_organisations().with_owner()[:USERS] if tool.stacks_count else [],
        "companions": tool.pairings.most_telling(COMPANIONS) if tool.stacks_count else [],
        "neighbours": [(other, pairs.address((tool.slug, other.slug))) for other in neighbours[:room]],
    }
    return render(request, "tools/tool.html", context, status=200 if teams.is_valid() else 400)


def _reasons(tool: Tool, teams: TeamsForm, current: str) -> reasons.Reasons:
    rows = tool.reasons.shown().with_authors()
    votes = ReasonVote.objects.independent()
    if teams.is_asked():
        return reasons.of_teams(rows, current, votes.of_teams_like(**teams.asked()).by_context(tool))
    return reasons.of(rows, current, votes.by_context(tool))


def _curve(tool: Tool) -> standing.Curve | None:
    """What was decided for it, drawn; None for a tool that nobody decided for, or too few did."""
    known = getattr(tool, "standing", None)
    return standing.curve(known.cases, known.steps, known.watched) if known else None
