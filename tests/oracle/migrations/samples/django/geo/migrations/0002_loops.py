from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('geo', '0001_initial'),
    ]

    operations = [
        migrations.AddField(model_name='place', name=name, field=models.IntegerField(null=True, db_index=True))
        for name in ('north', 'south')
    ]
