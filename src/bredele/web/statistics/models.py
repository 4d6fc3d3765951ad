"""What an owner decides about a site's statistics: who may see them, and what happened on which day."""

from django.db import models


class Sharing(models.Model):
    """Who may see a site's dashboard without signing in. No row: nobody. `site` is the slug.

    `frames` are the origins that may show a panel of it in a frame; empty: none but the site itself.
    """

    site = models.CharField(max_length=50, unique=True)
    public = models.BooleanField(default=False)
    frames = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.site} {'public' if self.public else 'closed'}"


class Annotation(models.Model):
    """Something that happened on a day, to be seen beside the figures: a deployment, a campaign, a feast.

    `by` is the account's or the token's name, kept as text. Published versions need no row.
    """

    site = models.CharField(max_length=50)
    day = models.DateField()
    text = models.CharField(max_length=200)
    by = models.CharField(max_length=150, blank=True, default="")
    made = models.DateTimeField()

    class Meta:
        ordering = ("day", "pk")
        indexes = (models.Index(fields=("site", "day"), name="bredele_notes_of_days"),)

    def __str__(self) -> str:
        return f"{self.site} {self.day}"
