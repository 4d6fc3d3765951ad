"""Addresses of the back office."""

from django.urls import URLPattern, URLResolver, path

from bredele.web.backoffice import (
    choices,
    declarations,
    facts,
    history,
    importing,
    proofs,
    publishing,
    scans,
    sites,
    statistics,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", sites.sites, name="backoffice"),
    path("<slug:slug>/", sites.site, name="backoffice-site"),
    path("<slug:slug>/declarations/", declarations.table, name="backoffice-declarations"),
    path("<slug:slug>/declarations/new/", declarations.add, name="backoffice-add"),
    path("<slug:slug>/declarations/<int:place>/", declarations.edit, name="backoffice-declaration"),
    path("<slug:slug>/declarations/<int:place>/delete/", declarations.delete, name="backoffice-delete"),
    path("<slug:slug>/facts/", facts.facts, name="backoffice-facts"),
    path("<slug:slug>/purposes/", facts.purposes, name="backoffice-purposes"),
    path("<slug:slug>/import/", importing.import_source, name="backoffice-import"),
    path("<slug:slug>/import/apply/", importing.apply, name="backoffice-apply"),
    path("<slug:slug>/export.<str:form>", importing.export, name="backoffice-export"),
    path("<slug:slug>/checks/", publishing.checks, name="backoffice-checks"),
    path("<slug:slug>/publish/", publishing.publish, name="backoffice-publish"),
    path("<slug:slug>/history/", history.history, name="backoffice-history"),
    path("<slug:slug>/history/undo/", history.undo, name="backoffice-undo"),
    path("<slug:slug>/history/<int:number>/", history.revision, name="backoffice-revision"),
    path("<slug:slug>/history/<int:number>/restore/", history.restore, name="backoffice-restore"),
    path("<slug:slug>/versions/", publishing.versions, name="backoffice-versions"),
    path("<slug:slug>/scans/", scans.scans, name="backoffice-scans"),
    path("<slug:slug>/scans/now/", scans.scan_now, name="backoffice-scan-now"),
    path("<slug:slug>/scans/stop/", scans.stop, name="backoffice-scan-stop"),
    path("<slug:slug>/scans/secret/", scans.new_secret, name="backoffice-scan-secret"),
    path("<slug:slug>/scans/progress.json", scans.progress, name="backoffice-scan-progress"),
    path("<slug:slug>/statistics/", statistics.statistics, name="backoffice-statistics"),
    path("<slug:slug>/choices/", choices.choices, name="backoffice-choices"),
    path("<slug:slug>/proofs/", proofs.proofs, name="backoffice-proofs"),
    path("<slug:slug>/proofs/<int:number>/", proofs.proof, name="backoffice-proof"),
    path("<slug:slug>/proofs/<int:number>/<str:form>", proofs.download, name="backoffice-proof-file"),
]
