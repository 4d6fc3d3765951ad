"""Whether this process can answer: the database is there and its tables are the current ones."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from bredele.ledger.errors import LedgerUnavailable
from bredele.web.ledger.logs import log_of
from bredele.web.registry.index import site_index


def ready(request: HttpRequest) -> HttpResponse:
    """200 `ready`, or 503 with the one thing to do."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("The database cannot be read.\n", status=503, content_type="text/plain")
    if pending:
        return HttpResponse(
            "The tables are old: restart with `bredele serve`.\n", status=503, content_type="text/plain"
        )
    faults = ledger_faults()
    if faults:
        return HttpResponse("".join(f"{fault}\n" for fault in faults), status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def ledger_faults() -> list[str]:
    """Why a site's answers could not be recorded: its name and the reason, without a path of this machine."""
    found = []
    for site in site_index().sites():
        try:
            log_of(site).examine()
        except LedgerUnavailable as error:
            found.append(f"The ledger of {site.slug} is out of order: {error.message} See `bredele doctor`.")
    return found
