from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

FILL = """
update telecoms_authority set code = 'AU-' || upper(substr(md5(folder), 1, 8)),
  state = case when ended_at is not null then 'ended' when is_awaited then 'awaited' else 'recorded' end
"""
LABELS: tuple[tuple[str, models.Field[Any, Any]], ...] = (
    ("owner", models.SmallIntegerField()), ("released", models.BooleanField(default=False)),
    ("classification", models.SmallIntegerField(default=1)), ("conditions", models.SmallIntegerField(default=0)),
    ("everyone", models.BooleanField(default=False)), ("compartment", models.SmallIntegerField(default=0)),
    ("silent", models.BooleanField(default=False)),
)  # fmt: skip


def _ids(field: type[models.Field[Any, Any]]) -> models.Field[Any, Any]:
    return django.contrib.postgres.fields.ArrayField(base_field=field(), default=list, size=None)


class Migration(migrations.Migration):
    dependencies = [("telecoms", "0001_authorities_for_call_data")]

    operations = [
        migrations.AddField("authority", "code", models.TextField(default="")),
        migrations.AddField("authority", "state", models.TextField(default="recorded")),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("authority", "code", models.TextField(unique=True)),
        migrations.RemoveField("authority", "is_awaited"),
        migrations.CreateModel(
            name="CallLoad",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                *LABELS,
                ("bodies", _ids(models.SmallIntegerField)),
                ("people", _ids(models.IntegerField)),
                ("teams", _ids(models.IntegerField)),
                ("kind", models.TextField()),
                ("files", models.TextField()),
                ("read", models.BigIntegerField()),
                ("kept", models.BigIntegerField()),
                ("rejected", models.BigIntegerField()),
                ("unchanged", models.BigIntegerField()),
                ("loaded_at", models.DateTimeField()),
                ("loaded_by", models.TextField()),
                ("authority", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, to="telecoms.authority")),
                ("marking", models.ForeignKey(
                    db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking")),
            ],
            options={"db_table": "telecoms_load"},
        ),
    ]  # fmt: skip
