from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_closed_cases")]

    operations = [
        migrations.AddField(model_name="check", name="doubts", field=models.JSONField(default=list)),
    ]
