"""Who gets what by mail, and what was out of the ordinary."""

from django.db import models


class Watch(models.Model):
    """Receivers of one site. `sent` is the last ISO week that was mailed, `looked` the last hour that was judged.

    `webhook` may hold a secret: it is logged nowhere.
    """

    LANGUAGES = (("en", "English"), ("fr", "Français"))

    site = models.CharField(max_length=50, unique=True)
    weekly = models.JSONField(default=list)
    alerts = models.JSONField(default=list)
    webhook = models.CharField(max_length=2000, blank=True, default="")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    sent = models.CharField(max_length=8, blank=True, default="")
    looked = models.CharField(max_length=13, blank=True, default="")

    def __str__(self) -> str:
        return self.site


class Incident(models.Model):
    """A spike, a drop or a silence from its beginning to its end; told once at each. Figures are as released."""

    KINDS = (("spike", "Spike"), ("drop", "Drop"), ("silence", "Silence"))

    site = models.CharField(max_length=50, db_index=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    began = models.DateTimeField()
    over = models.DateTimeField(null=True)
    seen = models.CharField(max_length=12)
    usual = models.CharField(max_length=12)
    hours = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-began", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("site", "kind"), condition=models.Q(over=None), name="bredele_reports_one_open_incident"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.site}"
