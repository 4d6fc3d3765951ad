"""A person at a back-office page: reads its forms as a browser would and sends them without JavaScript."""

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

Fields = dict[str, list[str]]


class Forms(HTMLParser):
    """Every form of a page: its action and the fields a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self.fields: Fields | None = None
        self.area = self.select = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.fields = {}
            self.forms.append((given.get("action", "") if given.get("method") == "post" else "get", self.fields))
        if self.fields is None or not (name := given.get("name", "") or self.select):
            return
        if tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value", ""))
        elif tag == "textarea":
            self.area, self.text = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and ("selected" in given or name not in self.fields):
            self.fields[name] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.fields is not None:
            self.fields[self.area] = [self.text.removeprefix("\n")]
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.fields = None


def forms(answer: HttpResponse) -> list[tuple[str, Fields]]:
    """Action (empty: the page itself; `get` for a search) and fields of each form."""
    reader = Forms()
    reader.feed(answer.content.decode())
    return [(action, fields) for action, fields in reader.forms if action != "get"]


def form(answer: HttpResponse, with_field: str = "revision") -> tuple[str, Fields]:
    """The last form that has this field."""
    return [(action, fields) for action, fields in forms(answer) if with_field in fields][-1]


def send(
    client: Client, path: str, page: HttpResponse, /, *, with_field: str = "revision", **typed: object
) -> HttpResponse:
    """Type into the page's form and send it; the answer is not followed."""
    action, fields = form(page, with_field)
    return client.post(action or path, {**fields, **typed})


def fill(client: Client, path: str, /, *, with_field: str = "revision", **typed: object) -> HttpResponse:
    """Open a page, type into its form, send it."""
    return send(client, path, client.get(path), with_field=with_field, **typed)
