"""What a scan proved about a site: one row a scan, the evidence itself in a file."""

from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy

Verdict = Literal["ok", "findings", "incomplete"]


class Proof(models.Model):
    """One recorded scan. `sha256` is over exactly the bytes of the evidence file; `site` is the slug.

    `version` is the policy version the site was compared with, null for a scan without a registry. `states` are those
    that were driven. The three counts are of findings by severity, `observations` of items seen.
    """

    VERDICTS = (
        ("ok", gettext_lazy("Conform")),
        ("findings", gettext_lazy("Findings")),
        ("incomplete", gettext_lazy("Incomplete")),
    )

    site = models.CharField(max_length=50, db_index=True)
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    when = models.DateTimeField()
    browser = models.CharField(max_length=200)
    target = models.CharField(max_length=2000)
    states = models.JSONField(default=list)
    version = models.PositiveIntegerField(null=True)
    file = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    observations = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-when", "-pk")

    def __str__(self) -> str:
        return f"{self.site} {self.verdict}"

    @property
    def conform(self) -> bool:
        """Whether nothing contradicted the declarations and every state could be driven."""
        return self.verdict == "ok"

    def verifies(self, number: int | None) -> bool:
        """Whether "verified" may be said of this policy version: it was scanned and nothing contradicted it."""
        return self.conform and number is not None and self.version == number
