"""A site, every change of its draft, and what was published. The last two tables are guarded by database triggers."""

from django.db import models


class Site(models.Model):
    """A site this server answers for. `hosts` are names without port; `draft` is the change in force."""

    slug = models.SlugField(max_length=50, unique=True)
    hosts = models.JSONField(default=list)
    origin = models.CharField(max_length=300)
    default = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)
    draft = models.ForeignKey("Draft", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.UniqueConstraint(fields=["default"], condition=models.Q(default=True), name="one_default_site"),
        )

    def __str__(self) -> str:
        return self.slug


class Draft(models.Model):
    """One change: the whole registry after it (JSON as published), who made it, and the change it was made on."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="drafts")
    number = models.PositiveIntegerField()
    before = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    author = models.CharField(max_length=150)
    made = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    registry = models.BinaryField()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["site", "number"], name="one_draft_a_number"),)

    def __str__(self) -> str:
        return f"draft {self.number}"


class PublishedVersion(models.Model):
    """The bytes of a published version. `by` is the account's name, kept as text: accounts may go."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    published = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["site", "number"], name="one_version_a_number"),)

    def __str__(self) -> str:
        return f"version {self.number}"


class ArchivedPage(models.Model):
    """The policy of one version in one language, as HTML bytes that never change."""

    version = models.ForeignKey(PublishedVersion, on_delete=models.PROTECT, related_name="pages")
    language = models.CharField(max_length=12)
    html = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["version", "language"], name="one_page_a_language"),)

    def __str__(self) -> str:
        return self.language
