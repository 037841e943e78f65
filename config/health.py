"""Is the site well? For those who watch it, and for what keeps it running."""

import sqlite3
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tools.models import RefreshRun
from tools.operations import freshness

# Older ones may, very rarely, damage a database in write-ahead mode.
SOUND_SQLITE = (3, 51, 3)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the database answers and figures are as young as promised, 503 otherwise; never cached.

    `?live` asks for the database alone: a host that is away is no reason to take this site away too.
    """
    try:
        told = _live() if "live" in request.GET else _live() | _figures()
    except DatabaseError:
        told = {"status": "database unreachable", "database": connection.vendor}
    code = 200 if told["status"] == "ok" else 503
    return JsonResponse(told, status=code, headers={"Cache-Control": "no-store"})


def _live() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"status": "ok", "database": connection.vendor}


def _figures() -> dict[str, Any]:
    """How fresh they are, when hosts were last asked, and what else operators should know; three queries."""
    fresh = freshness(timezone.now())
    return {
        "status": "ok" if fresh.is_kept else "figures older than promised",
        "figures": {
            "refreshed": settings.REFRESH,
            "promised_days": settings.FIGURES_PROMISED_DAYS,
            "repositories": fresh.promised,
            "late": fresh.late,
            "share_late": round(fresh.share_late, 3),
        },
        "newest_run": RefreshRun.objects.values_list("started_at", flat=True).first(),
        "warnings": warnings(connection.vendor, sqlite3.sqlite_version_info),
    }


def warnings(vendor: str, version: tuple[int, ...]) -> list[str]:
    """What is no failure and yet worth knowing of the database."""
    if vendor != "sqlite" or version >= SOUND_SQLITE:
        return []
    said, sound = (".".join(map(str, numbers)) for numbers in (version, SOUND_SQLITE))
    return [f"SQLite {said} has a rare fault in write-ahead logs that {sound} mends: keep backups, or use PostgreSQL."]
