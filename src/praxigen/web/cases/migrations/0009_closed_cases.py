from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_removed_files")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="closed_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("done", "The service was done, and nothing more is asked of the payer"),
                    ("not_wanted", "The service is not wanted any more"),
                    ("accepted", "The payer's last answer is not appealed"),
                    ("elsewhere", "Another practice goes on with it"),
                    ("mistake", "It was opened by mistake"),
                ],
                default="",
                max_length=20,
            ),
            preserve_default=False,
        ),
    ]
