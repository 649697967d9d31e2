from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0005_types'),
    ]

    operations = [
        migrations.AddField('note', 'doc', models.ForeignKey('swap.Doc', models.CASCADE, null=True, to_field='title', db_column='doc_title')),
        migrations.AddField('note', 'twin', models.OneToOneField('swap.Note', models.SET_NULL, null=True, blank=True)),
        migrations.CreateModel('Reading', [('id', models.BigAutoField(primary_key=True)), ('doc', models.ForeignKey('swap.Doc', models.CASCADE)), ('user', models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)), ('by', models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name='+', db_constraint=False))]),
        migrations.AddField('doc', 'readers', models.ManyToManyField(settings.AUTH_USER_MODEL, through='swap.Reading', through_fields=('doc', 'user'), related_name='+')),
    ]
