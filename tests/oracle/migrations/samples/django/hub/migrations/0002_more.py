from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hub", "0001_initial")]
    operations = [migrations.DeleteModel("Old")]
