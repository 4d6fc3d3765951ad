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


class Schedule(models.Model):
    """How often a site is scanned, and who is told. `due` null: when somebody asks. `webhook` may hold a secret."""

    EVERY = (
        ("never", "Only when asked"),
        ("daily", "Every day"),
        ("weekly", "Every week"),
        ("monthly", "Every month"),
    )

    site = models.CharField(max_length=50, unique=True)
    every = models.CharField(max_length=10, choices=EVERY, default="never")
    pages = models.PositiveIntegerField(default=50)
    due = models.DateTimeField(null=True, db_index=True)
    mail = models.JSONField(default=list)
    webhook = models.CharField(max_length=2000, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.site} {self.every}"


class Run(models.Model):
    """One scan on its way. `by` is the person who asked, empty for the schedule; `lines` is what it said so far.

    `heartbeat` is renewed while it runs: a run without one was interrupted and goes on where it stopped.
    """

    WAITING, RUNNING, STOPPING, DONE, FAILED = "waiting", "running", "stopping", "done", "failed"
    STATES = tuple((state, state.capitalize()) for state in (WAITING, RUNNING, STOPPING, DONE, FAILED))
    OPEN = (WAITING, RUNNING, STOPPING)

    site = models.CharField(max_length=50, db_index=True)
    by = models.CharField(max_length=150, blank=True, default="")
    state = models.CharField(max_length=10, choices=STATES, default=WAITING, db_index=True)
    asked = models.DateTimeField()
    begun = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    lines = models.JSONField(default=list)
    message = models.CharField(max_length=500, blank=True, default="")
    proof = models.ForeignKey(Proof, null=True, on_delete=models.SET_NULL, related_name="runs")

    class Meta:
        ordering = ("-asked", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("site",),
                condition=models.Q(state__in=("waiting", "running", "stopping")),
                name="bredele_scans_one_open_run_a_site",
            ),
        )

    def __str__(self) -> str:
        return f"{self.site} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state in self.OPEN
