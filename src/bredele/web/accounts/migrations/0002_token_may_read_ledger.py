"""A token may be good for reading consent records."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bredele_accounts", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="token",
            name="may_read_ledger",
            field=models.BooleanField(default=False),
        ),
    ]
