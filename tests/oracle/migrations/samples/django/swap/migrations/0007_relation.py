from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('swap', '0006_relation'),
    ]

    operations = [
        migrations.AlterField('note', 'doc', models.ForeignKey('swap.Doc', models.CASCADE, null=True)),
        migrations.AlterField('doc', 'owner', models.IntegerField(db_column='owner_id', db_index=True)),
        migrations.AlterUniqueTogether('doc', {('title', 'rank'), ('owner', 'number')}),
        migrations.AlterField('note', 'ref', models.BigIntegerField(db_index=True, null=True)),
    ]
