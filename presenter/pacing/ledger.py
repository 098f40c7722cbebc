"""An account as it is written down: in the file by which a talk is taken up, and to the other windows of a talk."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from presenter.pacing.account import Account

Name: TypeAlias = Annotated[str, Meta(max_length=500)]
Span: TypeAlias = Annotated[float, Meta(ge=-1e9, le=1e9)]


class Ledger(Struct, frozen=True):
    """The fields of an `Account`, within bounds: whoever wrote them may have been another program."""

    slide: Name = ""
    home: Name = ""
    times: dict[Name, Span] = {}
    since: Span = 0.0
    answered: Span = 0.0
    asked_at: Span | None = None
    extra: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] = 0
    before: Name = ""

    @classmethod
    def of(cls, account: Account) -> Ledger:
        """Return an account to be written down."""
        return cls(
            account.slide,
            account.home,
            dict(account.times),
            account.since,
            account.answered,
            account.asked_at,
            account.extra,
            account.before,
        )

    def account(self) -> Account:
        """Return the account that was written down."""
        times = MappingProxyType(self.times)
        return Account(self.slide, self.home, times, self.since, self.answered, self.asked_at, self.extra, self.before)
