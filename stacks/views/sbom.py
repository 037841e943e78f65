"""A stack for programs: its software bill of materials."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from stacks.cyclonedx import MEDIA_TYPE, Part, bill
from stacks.models import Stack, Use
from tools.models import Fact, Identifier
from tools.pages import public_page


@public_page
def sbom(request: HttpRequest, owner: str, slug: str) -> HttpResponse:
    """The stack's tools as CycloneDX; five queries, however many there are."""
    readable = Stack.objects.readable_by(request.user).select_related("owner")
    row = get_object_or_404(readable, owner__username__iexact=owner, slug=slug.lower())
    url = settings.SITE_URL + row.get_absolute_url()
    document = bill(row.name, url, row.version, row.changed_at, list(_parts(row)))
    headers = {"Content-Disposition": f'inline; filename="{row.slug}.cdx.json"', "X-Robots-Tag": "noindex"}
    return JsonResponse(document, content_type=MEDIA_TYPE, headers=headers)


def _parts(stack: Stack) -> Iterator[Part]:
    packages = Identifier.objects.filter(type="purl")
    uses = stack.uses.with_tools().select_related("tool__kind", "tool__repository")  # type: ignore[attr-defined]  # the queryset's own
    rows: list[Use] = list(uses.prefetch_related(Prefetch("tool__identifiers", packages, to_attr="packages")))
    told = Fact.objects.current().filter(tool__in=[use.tool_id for use in rows], attribute__slug="website")
    websites = dict(told.values_list("tool_id", "text"))
    for use in rows:
        repository = getattr(use.tool, "repository", None)
        yield Part(
            slug=use.tool.slug,
            name=use.tool.name,
            kind=use.tool.kind.slug,
            version=use.used_version,
            purls=[package.value for package in use.tool.packages],  # type: ignore[attr-defined]  # to_attr
            website=websites.get(use.tool_id, ""),
            repository=repository.url if repository else "",
        )
