from django.db import migrations, models


FIELDS = {'east': models.TextField(null=True), 'west': models.TextField(null=True)}


class Migration(migrations.Migration):
    dependencies = [
        ('geo', '0002_loops'),
    ]

    operations = [
        migrations.AddField(model_name='place', name=name, field=field) for name, field in [('up', models.BooleanField(default=False)), ('down', models.DateField(null=True))]
    ] + [
        migrations.AlterUniqueTogether(name='place', unique_together={('lat', 'kind')}),
        *[migrations.RemoveField('place', n) for n in ['north']],
    ]
