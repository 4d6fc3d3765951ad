"""One message to one receiver, until it is delivered or given up."""

from django.db import models


class Delivery(models.Model):
    """`kind`: mail or webhook. `to` may hold a secret (many webhook addresses do): it is shown and logged nowhere.

    `body` is the mail's text or the webhook's JSON, exactly as it is signed. `due` null: nothing more is tried.
    `html` is the same text with tables, `stop` the address by which the receiver stops such mail (RFC 8058).
    """

    KINDS = (("mail", "Mail"), ("webhook", "Webhook"))

    site = models.CharField(max_length=50, db_index=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    to = models.CharField(max_length=2000)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    html = models.TextField(blank=True, default="")
    stop = models.CharField(max_length=500, blank=True, default="")
    made = models.DateTimeField()
    due = models.DateTimeField(null=True, db_index=True)
    tries = models.PositiveIntegerField(default=0)
    delivered = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ("-made", "-pk")

    def __str__(self) -> str:
        return f"{self.kind} of {self.site}"

    @property
    def given_up(self) -> bool:
        """Whether it was tried in vain to the end."""
        return self.delivered is None and self.due is None


class Turn(models.Model):
    """How often a site's webhook secret was renewed; the secret itself is stored nowhere."""

    site = models.CharField(max_length=50, unique=True)
    turn = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.site} {self.turn}"
