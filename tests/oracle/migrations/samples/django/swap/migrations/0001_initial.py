from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel('Doc', [('id', models.AutoField(primary_key=True)), ('title', models.CharField(max_length=50, db_index=True)), ('rank', models.PositiveIntegerField(db_index=True)), ('owner', models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)), ('number', models.IntegerField(default=0))], {'unique_together': {('title', 'owner')}}),
        migrations.CreateModel('Note', [('id', models.AutoField(primary_key=True)), ('body', models.TextField()), ('kind', models.SlugField()), ('ref', models.IntegerField(db_index=True))]),
    ]
