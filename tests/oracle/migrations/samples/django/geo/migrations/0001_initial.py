from django.db import migrations, models


COLUMNS = ['lat', 'lon']


class Migration(migrations.Migration):
    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(primary_key=True)),
                ('lat', models.FloatField()),
                ('lon', models.FloatField()),
                ('kind', models.CharField(max_length=9)),
            ],
            options={
                'indexes': [models.Index(fields=COLUMNS, name='place_where')],
                'constraints': [models.UniqueConstraint(fields=['lat', 'lon', 'kind'], name='place_once'), models.CheckConstraint(check=models.Q(lat__gte=-90), name='place_lat')],
            },
        ),
    ]
