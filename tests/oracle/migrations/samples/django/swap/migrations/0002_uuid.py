from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0001_initial'),
    ]

    operations = [
        migrations.AddField('doc', 'uuid', models.UUIDField(null=True)),
    ]
