# Providers of an order, each with a time of its own; whether bodies with an interest were asked.

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_sessions"),
        ("orders", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="courtorder",
            name="asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="courtorder",
            name="none_to_ask",
            field=models.TextField(default=""),
        ),
        migrations.CreateModel(
            name="OrderProvider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owner", models.SmallIntegerField()),
                ("released", models.BooleanField(default=False)),
                ("classification", models.SmallIntegerField(default=1)),
                ("conditions", models.SmallIntegerField(default=0)),
                ("everyone", models.BooleanField(default=False)),
                (
                    "bodies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "teams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("compartment", models.SmallIntegerField(default=0)),
                ("silent", models.BooleanField(default=False)),
                ("ref", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("contact", models.TextField(default="")),
                ("comply_by", models.DateTimeField(null=True)),
                ("comply_why", models.TextField(default="")),
                ("served_at", models.DateTimeField(null=True)),
                ("complied_at", models.DateTimeField(null=True)),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="providers",
                        to="orders.courtorder",
                    ),
                ),
            ],
            options={
                "db_table": "orders_provider",
            },
        ),
        migrations.AddField(
            model_name="orderitem",
            name="provider",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="orders.orderprovider",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderprovider",
            constraint=models.UniqueConstraint(fields=("order", "name"), name="a_provider_once_an_order"),
        ),
        # Each order had one provider before; its row carries the labels of the order.
        migrations.RunSQL(
            "insert into orders_provider (order_id, marking_id, owner, released, classification, conditions, everyone, "
            "bodies, people, teams, compartment, silent, ref, name, contact, comply_by, comply_why, served_at, complied_at) "
            "select id, marking_id, owner, released, classification, conditions, everyone, bodies, people, teams, "
            "compartment, silent, 'PV' || substr(ref, 3), provider, provider_contact, comply_by, comply_why, served_at, "
            "case when state = 'complied' then complied_at end from orders_order",
            migrations.RunSQL.noop,
        ),
    ]
