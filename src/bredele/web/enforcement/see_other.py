"""The answer to a form."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: read with GET what the post has changed (RFC 9110 section 15.4.4)."""

    status_code = 303
