"""Every address of the platform, an app at a time."""

from django.urls import include, path

from bredele.web import readiness

urlpatterns = [
    path("readyz", readiness.ready, name="readyz"),
    path("", include("bredele.web.policy.urls")),
    path("", include("bredele.web.preferences.urls")),
    path("", include("bredele.web.widget.urls")),
    path("", include("bredele.web.ledger.urls")),
    path("", include("bredele.web.statistics.urls")),
    path("", include("bredele.web.reports.urls")),
    path("", include("bredele.web.scans.urls")),
    path("", include("bredele.web.demo.urls")),
    path("backoffice/", include("bredele.web.backoffice.urls")),
    path("accounts/", include("bredele.web.accounts.urls")),
    path("api/v1/", include("bredele.web.api.urls")),
]
