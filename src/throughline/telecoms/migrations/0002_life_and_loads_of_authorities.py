import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

FILL = """
update telecoms_authority set code = 'AU-' || upper(substr(md5(folder), 1, 8)),
  state = case when ended_at is not null then 'ended' when is_awaited then 'awaited' else 'recorded' end
"""


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
                ("owner", models.SmallIntegerField()),
                ("released", models.BooleanField(default=False)),
                ("classification", models.SmallIntegerField(default=1)),
                ("conditions", models.SmallIntegerField(default=0)),
                ("everyone", models.BooleanField(default=False)),
                ("compartment", models.SmallIntegerField(default=0)),
                ("silent", models.BooleanField(default=False)),
                ("bodies", ArrayField(base_field=models.SmallIntegerField(), default=list, size=None)),
                ("people", ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ("teams", ArrayField(base_field=models.IntegerField(), default=list, size=None)),
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
