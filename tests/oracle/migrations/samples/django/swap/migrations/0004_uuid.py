from django.db import migrations, models
import uuid


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0003_uuid'),
    ]

    operations = [
        migrations.RemoveField('doc', 'id'),
        migrations.AlterField('doc', 'uuid', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False, editable=False)),
    ]
