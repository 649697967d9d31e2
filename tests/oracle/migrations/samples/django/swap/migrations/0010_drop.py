from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0009b_more'),
    ]

    operations = [
        migrations.AlterIndexTogether('note', {('kind', 'body')}),
        migrations.RenameField('note', 'body', 'text'),
        migrations.AlterField('note', 'docs', models.ManyToManyField('swap.Doc', related_name='notes')),
        migrations.AlterField('doc', 'number', models.DecimalField(max_digits=9, decimal_places=2, null=True)),
        migrations.RemoveField('doc', 'readers'),
        migrations.AlterField('note', 'ref', models.ForeignKey('swap.Read', models.SET_NULL, null=True, unique=True)),
    ]
