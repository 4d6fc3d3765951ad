"""Why something was not published."""

from bredele.core.errors import BredeleError
from bredele.core.validation import Problem


class PublishingBlocked(BredeleError):
    """The draft has problems of severity error; `problems` lists all, each with place and cure."""

    def __init__(self, slug: str, problems: tuple[Problem, ...]) -> None:
        errors = [problem for problem in problems if problem.severity == "error"]
        lines = "\n".join(f"  {problem.where}: {problem.message} {problem.cure}" for problem in errors)
        super().__init__(f"{len(errors)} problems block publishing:\n{lines}", where=slug)
        self.problems = problems


class NothingToPublish(BredeleError):
    """The draft says the same as the version in force."""
