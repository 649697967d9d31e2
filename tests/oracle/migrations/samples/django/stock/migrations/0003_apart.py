from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inventory", "0002_together")]
    operations = [
        migrations.AlterUniqueTogether(name="item", unique_together=frozenset([("order", "code")])),
        migrations.AlterUniqueTogether(name="bin", unique_together=set()),
    ]
