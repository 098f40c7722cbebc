"""The window that owns the talk: it lets others join, tells them how the talk stands, and does what they want."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from presenter.link.place import LIMIT, Claim, PlaceError, folder, name_of, squatted
from presenter.pacing.spoken import elapsed
from presenter.safety import clean_line
from presenter.talk import BY_NAME, Command, act
from presenter.talk.commands import ARRIVE
from presenter.ui.others import ALONE, Link, Others, Weight

if TYPE_CHECKING:
    import asyncio

    from presenter.deck.model import Deck
    from presenter.link.hub import Hub, Window
    from presenter.link.messages import Face, Hello, Order, Talk
    from presenter.talk import State

LATE: Final = 1.0
"""Seconds that a command may have been on its way; one that says it was longer is taken to be pressed now."""
MISSED: Final = 60.0
"""Seconds for which the speaker is told that a window has gone."""


class Leading(Link):
    """The owner's end.

    Args:
        own: do not meet other windows of the deck: they have a talk already.
    """

    def __init__(self, *, own: bool = False) -> None:
        self._own = own
        self._claim: Claim | None = None
        self._server: asyncio.Server | None = None
        self._hub: Hub | None = None
        self._trouble = ""
        self._lent = False
        """The slides are shown in another window: that has swapped roles with this one."""
        self._lost_at: float | None = None
        self._marked: tuple[Deck, str] | None = None

    def begin(self) -> None:
        """Open the socket."""
        self.app.run_worker(self._open(), group="link", exit_on_error=False)

    async def _open(self) -> None:
        import asyncio  # noqa: PLC0415 - it may only be loaded without OpenSSL, as `run` does

        from presenter.link.logs import to_file  # noqa: PLC0415 - nothing is logged before

        to_file()
        name = name_of(self.app.deck.path) + (f"-{os.getpid()}" if self._own else "")
        try:
            where = folder(os.environ)
            self._trouble = clean_line(squatted(os.environ, where))
            claim = Claim.make(where, name)
            try:
                self._server = await asyncio.start_unix_server(self._connected, sock=claim.bind(), limit=LIMIT)
            except BaseException:
                claim.release()
                raise
            self._claim = claim
        except (PlaceError, OSError) as error:
            self._trouble = f"no other window can join: {error}"
            self.app.draw_others()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._hub is None:
            from presenter.link.hub import Hub  # noqa: PLC0415 - most talks have one window

            self._hub = Hub(self)
        self._hub.connected(reader, writer)

    async def close(self, why: str) -> None:
        """Say goodbye, and take the socket away."""
        if self._server is not None:
            self._server.close()
        if self._hub is not None:
            await self._hub.close(why)
        if self._claim is not None:
            self._claim.release()

    # --- what the window tells

    def saw(self) -> None:
        """Tell the others how the talk stands."""
        if self._hub is not None:
            self._hub.publish()

    def beat(self) -> None:
        """Tell the others what time has changed."""
        if self._hub is not None and self._hub.windows:
            self.app.pulse.live(self.app.state, self.app.time())
            self._hub.publish()

    def takes(self, row: Command | None, argument: str) -> bool:  # noqa: ARG002 - as the window gives it
        """Keep notes off the audience's screen while another window shows them."""
        if row is None or row.name != "speaker" or self.app.state.view != "audience" or self.app.state.blank:
            return False
        if not any(window.face[1] == "speaker" for window in self._windows()):
            return False
        self.say(f"the notes stay in the speaker window; {self.app.key_of('swap')} swaps the windows")
        return True

    def others(self, now: float) -> Others:
        """Return what the speaker view says of the others."""
        count = len(self._windows())
        words: list[tuple[str, Weight]] = []
        if self._trouble:
            words.append((self._trouble, "warn"))
        if self._lost_at is not None and now - self._lost_at < MISSED:
            kind = "audience" if self._lent else "speaker"
            words.append((f"{kind} window gone {elapsed(now - self._lost_at)}", "bad" if self._lent else "warn"))
        return Others(f"SPEAKER ● {count + 1}" if count else "", tuple(words)) if words or count else ALONE

    def _windows(self) -> list[Window]:
        return self._hub.windows if self._hub is not None else []

    # --- what the hub asks

    def standing(self) -> Talk:
        """Return how the talk stands."""
        from msgspec import structs  # noqa: PLC0415 - loaded already

        from presenter.link.sharing import standing  # noqa: PLC0415 - as the hub
        from presenter.rehearsal.journal import boot_id  # noqa: PLC0415 - loaded already

        app, now = self.app, self.app.time()
        left = app.state.left
        size = (app.size.width, app.size.height) if app.state.view == "audience" else (0, 0)
        return structs.replace(
            standing(app.state, app.outline),
            deck=str(app.deck.path),
            title=app.deck.title,
            variant=app.deck.variant,
            mark=self._mark(),
            boot=boot_id(),
            clock=now,
            band=app.pulse.band,
            log=app.recorder.trouble,
            left=left.words(app.outline, left.found) if left is not None else "",
            size=size,
            windows=1 + len(self._windows()),
            lost_at=self._lost_at,
        )

    def _mark(self) -> str:
        from presenter.link.sharing import mark_of  # noqa: PLC0415 - as the hub

        deck = self.app.deck
        if self._marked is None or self._marked[0] is not deck:
            self._marked = (deck, mark_of(deck))
        return self._marked[1]

    def company(self) -> None:
        """Other windows came or went."""
        lost = self._hub is not None and self._hub.lost
        self._lost_at = (self._lost_at or self.app.time()) if lost else None
        self.app.draw_others()

    def face(self, hello: Hello) -> Face:
        """Return what a window that begins shall show: the slides when those went with the window that had them."""
        if hello.face:
            return hello.face
        shown = any(window.face[1] == "audience" for window in self._windows())
        return "audience" if self._lent and not shown else "speaker"

    def take(self, order: Order, window: Window) -> None:
        """Do what another window wants."""
        if order.do == "face" and order.arg in ("audience", "speaker"):
            window.face = (window.face[0], "audience" if order.arg == "audience" else "speaker")
        elif order.do == "swap":
            self._swap(window)
        elif order.do == "put-back" and order.talk is not None:
            self._put_back(order.talk)
        else:
            self._command(order, window.client)

    def _command(self, order: Order, client: str) -> None:
        """Give a command of the table, as if its key had been pressed here: but this window's own things stay."""
        row = ARRIVE if order.do == ARRIVE.name else BY_NAME.get(order.do)
        app = self.app
        state, now = app.state, app.time()
        if row is None or row.scope == "window" or state.overlay == "report":
            return
        at = order.at if now - LATE <= order.at <= now else now
        if row.name == "reflow-take":
            if order.plan is None:
                return
            state = self._offered(order)
        # A jump may be prepared in the dark.
        dark = state.blank if row is ARRIVE else ""
        new = act(row, replace(state, blank="") if dark else state, app.outline, at, order.arg, by=client)
        new = replace(new, blank=dark) if dark else new
        if state.view == "audience" and new.overlay:
            new = replace(new, overlay="", typed="", cursor=0)
        app.pass_on(new, at, row.name)
        if row.effect and (dark or not state.blank):
            app.do_effect(row.effect)

    def _offered(self, order: Order) -> State:
        """Return the state with the plan to look at that was looked at in the other window."""
        from presenter.link.sharing import plan_heard  # noqa: PLC0415 - as the hub
        from presenter.pacing import Reflow  # noqa: PLC0415 - loaded already

        state, outline = self.app.state, self.app.outline
        assert order.plan is not None  # noqa: S101 - looked at before
        return replace(state, offer=Reflow(state.plan or outline.plan, plan_heard(order.plan, outline)))

    def _put_back(self, talk: Talk) -> None:
        """Go on where another window was: this one began anew."""
        from presenter.link.sharing import put_back  # noqa: PLC0415 - as the hub

        app = self.app
        state = put_back(app.state, talk, app.outline)
        # A record that broke off is gone on with, as when the owner takes it up itself.
        app.pass_on(state, app.time(), "resume" if app.state.left is not None else "put-back")

    # --- changing roles

    def swap(self) -> None:
        """Change roles with the window that was used last of those that show what this one does not."""
        view = self.app.state.view
        others = [window for window in self._windows() if window.face[1] != view]
        if not others:
            super().swap()
            return
        self._swap(max(reversed(others), key=lambda window: window.used))

    def _swap(self, window: Window) -> None:
        app = self.app
        mine, theirs = app.state.view, window.face[1]
        if mine == theirs:
            self.say(f"both windows show the same; {app.key_of('speaker')} changes this one")
            return
        window.turn(mine)
        self._lent = theirs == "speaker"
        app.enter(replace(app.state, view=theirs, overlay="", typed="", cursor=0))
