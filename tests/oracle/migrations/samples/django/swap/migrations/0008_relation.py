from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0007_relation'),
    ]

    operations = [
        migrations.AlterField('note', 'ref', models.ForeignKey('swap.Reading', models.SET_NULL, null=True)),
        migrations.AlterField('doc', 'owner', models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)),
        migrations.RenameField('doc', 'owner', 'author'),
        migrations.AlterField('doc', 'rank', models.IntegerField(null=True, db_column='place', db_index=True)),
        migrations.RenameModel('Reading', 'Read'),
    ]
