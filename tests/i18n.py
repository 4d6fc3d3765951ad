"""The catalogues of words: `python -m tests.i18n` collects what the pages say into locale/, then compiles it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from django.template import Engine
from django.template.base import Node, NodeList, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

SOURCE = Path(__file__).parent.parent / "src" / "bredele"
LOCALE = SOURCE / "web" / "locale"
LANGUAGES = ("fr", "ar")
"""English is the language of the sources themselves."""
ROOTS = (SOURCE / "web",)
CALLS = ("gettext", "gettext_lazy", "ngettext")
UNTRANSLATED = ("backoffice",)
"""Folders of templates that speak English only so far."""
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
"""The forms of a counted noun, as Django's own catalogues count them."""
FORMS = {"fr": 2, "ar": 6}
HEADER = {
    "Project-Id-Version": "Bredele",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}

Message = tuple[str, str]
"""Singular and plural; the plural is empty where there is none."""


def templates() -> Iterator[Path]:
    """Every template a visitor may read."""
    for root in ROOTS:
        for path in sorted(root.rglob("*.html")):
            if not set(UNTRANSLATED) & set(path.parts):
                yield path


def messages() -> dict[Message, list[str]]:
    """Every message with the files that say it."""
    found: dict[Message, list[str]] = {}
    for path in templates():
        for message in template_messages(path.read_text()):
            found.setdefault(message, []).append(path.relative_to(SOURCE).as_posix())
    for root in ROOTS:
        for path in sorted(root.rglob("*.py")):
            for message in python_messages(path.read_text()):
                found.setdefault(message, []).append(path.relative_to(SOURCE).as_posix())
    return found


def template_messages(source: str) -> Iterator[Message]:
    """Messages of one template: `{% translate %}` and `{% blocktranslate %}`."""
    template = Template(source, engine=Engine.get_default())
    for node in nodes(template.nodelist):
        if isinstance(node, TranslateNode):
            yield str(node.filter_expression.var.literal), ""
        elif isinstance(node, BlockTranslateNode):
            singular, _ = node.render_token_list(node.singular)
            yield singular, node.render_token_list(node.plural)[0] if node.plural else ""


def nodes(nodelist: NodeList) -> Iterator[Node]:
    """Every node, however deep."""
    yield from nodelist.get_nodes_by_type(Node)


def python_messages(source: str) -> Iterator[Message]:
    """Messages of one module: literal arguments of gettext's functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            texts = [word for word in words if isinstance(word, str)]
            if texts:
                yield texts[0], texts[1] if node.func.id == "ngettext" else ""


def catalogue(language: str) -> Path:
    """Where the words of a language lie."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def collect(language: str) -> polib.POFile:
    """The catalogue with exactly the messages in use; translations there are kept, new ones are empty."""
    path = catalogue(language)
    known = {(entry.msgid, entry.msgid_plural): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    book = polib.POFile(wrapwidth=0)
    book.metadata = {**HEADER, "Language": language, "Plural-Forms": PLURALS[language]}
    for (singular, plural), places in sorted(messages().items()):
        entry = known.get((singular, plural)) or polib.POEntry(msgid=singular, msgid_plural=plural)
        if plural and not entry.msgstr_plural:
            entry.msgstr_plural = dict.fromkeys(range(FORMS[language]), "")
        entry.occurrences = [(place, "") for place in sorted(set(places))]
        entry.flags = ["python-format"] if "%(" in singular else []
        book.append(entry)
    return book


def main() -> None:
    """Collect and compile every catalogue; say what still lacks words."""
    django.setup()
    for language in LANGUAGES:
        book, path = collect(language), catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(str(path))
        book.save_as_mofile(str(path.with_suffix(".mo")))
        for entry in book.untranslated_entries():
            print(f"{language}: {entry.msgid!r}")  # noqa: T201  # the tool's own output


if __name__ == "__main__":
    main()
