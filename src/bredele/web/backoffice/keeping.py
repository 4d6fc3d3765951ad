"""Keeping what a form says: under the person's name, and only on the revision the form was read at."""

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from bredele.core.registry import Registry
from bredele.web.backoffice.office import author
from bredele.web.registry import desk as desks
from bredele.web.registry.desk import Desk, StaleDraft


def read_revision(request: HttpRequest) -> int:
    """The revision a form was read at; -1, which no draft has, for anything else."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


def save(request: HttpRequest, desk: Desk, registry: Registry, note: str) -> None:
    """Keep the draft; raises StaleDraft."""
    read = read_revision(request)
    desks.save(desk.slug, registry, read=read, author=author(request), moment=timezone.now(), note=note)


def restamped(request: HttpRequest, stale: StaleDraft) -> QueryDict:
    """What was typed, now on the revision in force: whoever sends it again has seen what changed."""
    typed = request.POST.copy()
    typed["revision"] = str(stale.desk.revision)
    return typed
