"""Whether this process can answer: the database is there and its tables are the current ones."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse


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
    return HttpResponse("ready\n", content_type="text/plain")
