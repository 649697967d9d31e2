from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_change"), ("inventory", "0001_initial")]
    operations = [
        migrations.RenameModel("Order", "Purchase"),
        migrations.AlterModelTable("tag", "shop_labels"),
        migrations.RemoveField("purchase", "note"),
        migrations.AlterUniqueTogether("purchase", set()),
        migrations.RemoveIndex("purchase", "order_paid_total"),
        migrations.CreateModel(
            name="Gone",
            fields=[("id", models.BigAutoField(primary_key=True))],
        ),
        migrations.DeleteModel("Gone"),
        migrations.AlterModelOptions("customer", {"verbose_name": "client"}),
    ]
