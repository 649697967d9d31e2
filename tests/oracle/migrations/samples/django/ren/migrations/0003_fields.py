from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ren', '0002_rename'),
    ]

    operations = [
        migrations.RenameField('object', 'name', 'title'),
        migrations.RenameField('object', 'peers', 'siblings'),
        migrations.RenameField('crate', 'things', 'contents'),
        migrations.RemoveConstraint('Crate', 'box_main'),
        migrations.AlterField('crate', 'main', models.ForeignKey('ren.Object', models.CASCADE)),
        migrations.AlterField('object', 'siblings', models.ManyToManyField('ren.Object', related_name='+')),
    ]
