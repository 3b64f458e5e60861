"""Describe questions on which sources differ, with each answer and who gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from build_scripts.diagnostics import Diagnostic, suggest
from build_scripts.model.fields import Id, MarkedText, Number, Plain
from build_scripts.model.records import Record, Sources, Value


class Measured(Value):
    """Hold a number, a range of which one end may be open, or neither."""

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None

    @property
    def has_number(self) -> bool:
        """Check whether anything was measured."""
        return not (self.value is None and self.low is None and self.high is None)

    def measure_problem(self) -> str | None:
        """Return what is wrong with the numbers, if anything."""
        if self.value is not None and (self.low is not None or self.high is not None):
            return "has both 'value' and 'low' or 'high'"
        if self.low is not None and self.high is not None and self.low >= self.high:
            return f"has low {self.low}, which is not below high {self.high}"
        return None


class Answer(Measured):
    """Give one answer and who gives it."""

    id: Id
    text: MarkedText | None = None
    said_by: Plain
    sources: Sources


class Account(Record):
    """Ask a question on which sources differ."""

    noun: ClassVar[str] = "account"
    question: Plain
    topic: Plain | None = None
    unit: Plain | None = None
    answers: Annotated[tuple[Answer, ...], Field(json_schema_extra={"minItems": 2})]
    adopted: Id | None = None
    reason: MarkedText

    @property
    def adopted_answer(self) -> Answer | None:
        """Return the answer that the dossier goes by, if it goes by one."""
        return next((answer for answer in self.answers if answer.id == self.adopted), None)


def check(accounts: Sequence[Account]) -> Iterator[Diagnostic]:
    """Yield accounts that do not differ, answers that say nothing and choices that do not exist."""
    for account in accounts:
        if len(account.answers) < 2:
            yield account.problem("has one answer; an account has two or more", "answers")
        ids = [answer.id for answer in account.answers]
        for index, answer in enumerate(account.answers):
            if ids.index(answer.id) < index:
                yield account.problem(f"answer '{answer.id}' stands twice", "answers", index)
            problem = answer.measure_problem()
            if not answer.has_number and answer.text is None:
                problem = "has neither a number nor a text"
            if problem:
                yield account.problem(f"answer '{answer.id}' {problem}", "answers", index)
        if account.adopted is not None and account.adopted not in ids:
            advice = suggest(account.adopted, ids)
            yield account.problem(f"adopted '{account.adopted}' is none of its answers{advice}", "adopted")
