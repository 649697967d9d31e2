from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0004_uuid'),
    ]

    operations = [
        migrations.AlterField('doc', 'title', models.CharField(max_length=80, unique=True)),
        migrations.AlterField('doc', 'rank', models.IntegerField(null=True)),
        migrations.AlterField('note', 'kind', models.CharField(max_length=20)),
        migrations.AlterField('note', 'body', models.CharField(max_length=500, db_index=True)),
    ]
