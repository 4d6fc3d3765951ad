"""Guard what was published with database triggers (REG-09)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from bredele.web.registry.triggers import statements


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of this database's kind."""
    for statement in statements(editor.connection.vendor):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """After the tables."""

    dependencies = [("bredele_registry", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
