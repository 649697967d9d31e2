from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0008_relation'),
    ]

    operations = [
        migrations.AlterField('note', 'twin', models.ForeignKey('swap.Note', models.SET_NULL, null=True, db_column='pair')),
        migrations.AlterIndexTogether('note', {('body', 'kind')}),
        migrations.AddField('note', 'docs', models.ManyToManyField('swap.Doc', related_name='+')),
    ]
