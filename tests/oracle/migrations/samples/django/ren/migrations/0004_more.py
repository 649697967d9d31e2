from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ren', '0003_fields'),
    ]

    operations = [
        migrations.RemoveField('crate', 'contents'),
        migrations.AlterUniqueTogether('object', set()),
        migrations.AlterIndexTogether('object', set()),
        migrations.AlterModelTable('object', 'objects'),
        migrations.AlterField('object', 'home', models.ForeignKey('ren.Object', models.CASCADE, null=True, db_column='house', to_field='title')),
        migrations.CreateModel('Sub', [('object_ptr', models.OneToOneField(auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False, to='ren.object')), ('k', models.SmallIntegerField())], {'unique_together': {('k', 'object_ptr')}}, ('ren.object', models.Model)),
    ]
