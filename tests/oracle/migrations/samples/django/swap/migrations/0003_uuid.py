from django.db import migrations, models
import uuid


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0002_uuid'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
        migrations.AlterField('doc', 'uuid', models.UUIDField(default=uuid.uuid4, unique=True)),
    ]
