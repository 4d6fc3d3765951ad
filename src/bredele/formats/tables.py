"""Plain tables, as TOML and JSON give them, read value by value: each problem is noted with its path, none stops."""

import re
from difflib import get_close_matches

from bredele.core.declaration import Text
from bredele.core.errors import BredeleError, UnreadableDocument

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
LANGUAGE_CURE = 'Use a language code such as "en", "fr" or "pt-BR".'


class Table:
    """One table of the document, its path and the list all tables note their problems in."""

    def __init__(
        self, values: dict[str, object], where: str, problems: list[BredeleError], language: str = "en"
    ) -> None:
        self.values = values
        self.where = where
        self.problems = problems
        self.language = language

    def path(self, key: str) -> str:
        """The path of a key, such as `cookies[3].lifetime`."""
        return f"{self.where}.{key}" if self.where else key

    def reject(self, key: str, message: str, cure: str = "") -> None:
        """Note a problem at a key."""
        self.problems.append(UnreadableDocument(message, where=self.path(key), cure=cure))

    def only(self, *known: str) -> None:
        """Note every key that is none of these."""
        for key in self.values:
            if key in known:
                continue
            near = get_close_matches(key, known, n=1)
            cure = f'Did you mean "{near[0]}"?' if near else f"Known here: {', '.join(known)}."
            self.reject(key[:60], "There is no such key.", cure)

    def string(self, key: str) -> str | None:
        """A text that is the same in every language; None if absent or blank."""
        value = self.values.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if not isinstance(value, str):
            self.reject(key, f"This is {kind_of(value)}, not a text.", "Put it in quotes.")
            return None
        return value

    def flag(self, key: str) -> bool | None:
        """true or false; None if absent."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.reject(key, f"This is {kind_of(value)}, not a yes or no.", "Write true or false, without quotes.")
        return None

    def strings(self, key: str, *, single: bool = False) -> tuple[str, ...] | None:
        """A list of texts, or with `single` one text too; None if absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if single and isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            self.reject(key, f"This is {kind_of(value)}, not a list.", 'Write a list such as ["a", "b"].')
            return None
        for place, item in enumerate(value):
            if not isinstance(item, str) or not item.strip():
                self.reject(f"{key}[{place}]", f"This is {kind_of(item)}, not a text.", "Put it in quotes.")
        return tuple(item for item in value if isinstance(item, str) and item.strip())

    def one_of(self, key: str, choices: tuple[str, ...]) -> str | None:
        """One of the known words, case ignored; None if absent."""
        value = self.string(key)
        if value is None:
            return None
        for choice in choices:
            if value.strip().lower() == choice.lower():
                return choice
        self.reject(key, f'"{value[:60]}" is not known here.', f"Use one of: {', '.join(choices)}.")
        return None

    def text(self, key: str) -> Text:
        """Words by language: a bare string is in the site's first language; blanks are left out."""
        value = self.values.get(key)
        if value is None:
            return {}
        if isinstance(value, str):
            return {self.language: value} if value.strip() else {}
        if not isinstance(value, dict):
            self.reject(key, f"This is {kind_of(value)}, not a text.", 'Write "…" or { en = "…", fr = "…" }.')
            return {}
        inner = Table(value, self.path(key), self.problems)
        for language in value:
            if not LANGUAGE.fullmatch(language):
                inner.reject(language[:60], "This is no language code.", LANGUAGE_CURE)
        return {language: words for language in value if (words := inner.string(language))}

    def table(self, key: str) -> "Table | None":
        """A table inside this one; None if absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.reject(key, f"This is {kind_of(value)}, not a table.", f"Write a table [{self.path(key)}].")
            return None
        return Table(value, self.path(key), self.problems, self.language)

    def tables(self, key: str, most: int) -> list["Table"]:
        """A list of tables, at most so many; empty if absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.reject(key, "This is no list of tables.", f"Begin each with [[{self.path(key)}]].")
            return []
        if len(value) > most:
            self.reject(key, f"These are {len(value)} entries.", f"At most {most} can be read: write patterns.")
        return [
            Table(item, f"{self.path(key)}[{place}]", self.problems, self.language)
            for place, item in enumerate(value[:most])
        ]


NAMES = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a table"}


def kind_of(value: object) -> str:
    """What a value is, in words."""
    if isinstance(value, str):
        return "a text" if value.strip() else "an empty text"
    return NAMES.get(type(value), "a date or time")
