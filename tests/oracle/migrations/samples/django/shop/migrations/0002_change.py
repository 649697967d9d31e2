from django.db import migrations, models


def fill(apps, schema_editor):
    apps.get_model("shop", "Order").objects.update(paid=True)


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AddField("order", "note", models.TextField(null=True)),
        migrations.AddField("order", "shipped_at", models.DateTimeField(null=True, db_index=True)),
        migrations.RenameField("customer", "nickname", "alias"),
        migrations.AlterField("order", "number", models.CharField(max_length=30, unique=True)),
        migrations.AlterField("customer", "alias", models.CharField(max_length=60, null=True)),
        migrations.AddIndex("order", models.Index(fields=["paid", "-total"], name="order_paid_total")),
        migrations.AddConstraint("order", models.UniqueConstraint(fields=["customer"], condition=models.Q(paid=False), name="one_open_order")),
        migrations.AddConstraint("order", models.CheckConstraint(check=models.Q(total__gte=0), name="total_positive")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
