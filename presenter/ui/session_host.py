"""The window that owns the talk: it lets others join, tells them how the talk stands, and does what they want."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from presenter.peers.protocol import argument_of
from presenter.peers.socket_path import MAX_LINE_BYTES, SocketClaim, SocketError, socket_folder, socket_name, squatted
from presenter.safety import clean_line
from presenter.session.argument import Argument
from presenter.session.commands import ARRIVE, BY_NAME, Command, act
from presenter.timing.durations import format_elapsed
from presenter.ui.peer_link import NO_PEERS, PeerLink, PeerStatus, Urgency

if TYPE_CHECKING:
    import asyncio

    from presenter.deck.model import Deck
    from presenter.peers.host import GuestWindow, Host
    from presenter.peers.protocol import CommandMessage, HelloMessage, SharedState, ViewName
    from presenter.session.state import State

MAX_COMMAND_DELAY: Final = 1.0
"""Seconds that a command may have been on its way; one that says it was longer is taken to be pressed now."""
HOST_NOTICE_SECONDS: Final = 60.0
"""Seconds for which the speaker is told that a window has gone."""


class SessionHost(PeerLink):
    """The owner's end.

    Args:
        own: do not meet other windows of the deck: they have a talk already.
    """

    def __init__(self, *, own: bool = False) -> None:
        self._own = own
        self._claim: SocketClaim | None = None
        self._server: asyncio.Server | None = None
        self._hub: Host | None = None
        self._trouble = ""
        self._lent = False
        """The slides are shown in another window: that has swapped roles with this one."""
        self._lost_at: float | None = None
        self._marked: tuple[Deck, str] | None = None

    def begin(self) -> None:
        """Open the socket."""
        self.window.start(self._open(), "link")

    async def _open(self) -> None:
        import asyncio  # noqa: PLC0415 - it may only be loaded without OpenSSL, as `run` does

        from presenter.peers.log_file import log_to_file  # noqa: PLC0415 - nothing is logged before

        log_to_file()
        name = socket_name(self.window.session.deck.path) + (f"-{os.getpid()}" if self._own else "")
        try:
            where = socket_folder(os.environ)
            self._trouble = clean_line(squatted(os.environ, where))
            claim = SocketClaim.make(where, name)
            try:
                self._server = await asyncio.start_unix_server(self._connected, sock=claim.bind(), limit=MAX_LINE_BYTES)
            except BaseException:
                claim.release()
                raise
            self._claim = claim
        except (SocketError, OSError) as error:
            self._trouble = f"no other window can join: {error}"
            self.window.draw_peers()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._hub is None:
            from presenter.peers.host import Host  # noqa: PLC0415 - most talks have one window

            self._hub = Host(self)
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
            self.clock_monitor.live(self.window.session.state, self.window.now())
            self._hub.publish()

    def takes(self, row: Command | None, argument: Argument) -> bool:  # noqa: ARG002 - as the window gives it
        """Keep notes off the audience's screen while another window shows them."""
        state = self.window.session.state
        if row is None or row.name != "speaker" or state.view != "audience" or state.blank:
            return False
        if not any(window.face[1] == "speaker" for window in self._windows()):
            return False
        self.say(f"the notes stay in the speaker window; {self.window.key_of('swap')} swaps the windows")
        return True

    def others(self, now: float) -> PeerStatus:
        """Return what the speaker view says of the others."""
        count = len(self._windows())
        words: list[tuple[str, Urgency]] = []
        if self._trouble:
            words.append((self._trouble, "warn"))
        if self._lost_at is not None and now - self._lost_at < HOST_NOTICE_SECONDS:
            kind = "audience" if self._lent else "speaker"
            words.append((f"{kind} window gone {format_elapsed(now - self._lost_at)}", "bad" if self._lent else "warn"))
        return PeerStatus(f"SPEAKER ● {count + 1}" if count else "", tuple(words)) if words or count else NO_PEERS

    def _windows(self) -> list[GuestWindow]:
        return self._hub.windows if self._hub is not None else []

    # --- what the hub asks

    def standing(self) -> SharedState:
        """Return how the talk stands."""
        from msgspec import structs  # noqa: PLC0415 - loaded already

        from presenter.history.journal import boot_id  # noqa: PLC0415 - loaded already
        from presenter.peers.sync import shared_state  # noqa: PLC0415 - as the hub

        window, now = self.window, self.window.now()
        left = window.session.state.left
        size = window.columns_rows if window.session.state.view == "audience" else (0, 0)
        return structs.replace(
            shared_state(window.session.state, window.session.outline),
            deck=str(window.session.deck.path),
            title=window.session.deck.title,
            variant=window.session.deck.variant,
            mark=self._mark(),
            boot=boot_id(),
            clock=now,
            band=self.clock_monitor.band,
            log=self.recorder.trouble,
            left=left.words(window.session.outline, left.found) if left is not None else "",
            size=size,
            windows=1 + len(self._windows()),
            lost_at=self._lost_at,
        )

    def _mark(self) -> str:
        from presenter.peers.sync import content_hash  # noqa: PLC0415 - as the hub

        deck = self.window.session.deck
        if self._marked is None or self._marked[0] is not deck:
            self._marked = (deck, content_hash(deck))
        return self._marked[1]

    def company(self) -> None:
        """Other windows came or went."""
        lost = self._hub is not None and self._hub.lost
        self._lost_at = (self._lost_at or self.window.now()) if lost else None
        self.window.draw_peers()

    def face(self, hello: HelloMessage) -> ViewName:
        """Return what a window that begins shall show: the slides when those went with the window that had them."""
        if hello.face:
            return hello.face
        shown = any(window.face[1] == "audience" for window in self._windows())
        return "audience" if self._lent and not shown else "speaker"

    def take(self, order: CommandMessage, window: GuestWindow) -> None:
        """Do what another window wants."""
        if order.do == "face" and order.arg in ("audience", "speaker"):
            window.face = (window.face[0], "audience" if order.arg == "audience" else "speaker")
        elif order.do == "swap":
            self._swap(window)
        elif order.do == "put-back" and order.talk is not None:
            self._put_back(order.talk)
        else:
            self._command(order, window.client)

    def _command(self, order: CommandMessage, client: str) -> None:
        """Give a command of the table, as if its key had been pressed here: but this window's own things stay."""
        row = ARRIVE if order.do == ARRIVE.name else BY_NAME.get(order.do)
        window = self.window
        state, now = window.session.state, window.now()
        if row is None or row.scope == "window" or state.overlay == "report":
            return
        at = order.at if now - MAX_COMMAND_DELAY <= order.at <= now else now
        if row.name == "reflow-take":
            if order.plan is None:
                return
            state = self._offered(order)
        # A jump may be prepared in the dark.
        dark = state.blank if row is ARRIVE else ""
        new = act(
            row, replace(state, blank="") if dark else state, window.session.outline, at, argument_of(order), by=client
        )
        new = replace(new, blank=dark) if dark else new
        if state.view == "audience" and new.overlay:
            new = replace(new, overlay="", typed="", cursor=0)
        window.pass_on(new, at, row.name)
        if row.effect and (dark or not state.blank):
            window.do_effect(row.effect)

    def _offered(self, order: CommandMessage) -> State:
        """Return the state with the plan to look at that was looked at in the other window."""
        from presenter.peers.sync import decode_plan  # noqa: PLC0415 - as the hub
        from presenter.timing.reflow import Reflow  # noqa: PLC0415 - loaded already

        state, outline = self.window.session.state, self.window.session.outline
        assert order.plan is not None  # noqa: S101 - looked at before
        return replace(state, offer=Reflow(state.plan or outline.plan, decode_plan(order.plan, outline)))

    def _put_back(self, talk: SharedState) -> None:
        """Go on where another window was: this one began anew."""
        from presenter.peers.sync import put_back  # noqa: PLC0415 - as the hub

        window = self.window
        state = put_back(window.session.state, talk, window.session.outline)
        # A record that broke off is gone on with, as when the owner takes it up itself.
        window.pass_on(state, window.now(), "resume" if window.session.state.left is not None else "put-back")

    # --- changing roles

    def swap(self) -> None:
        """Change roles with the window that was used last of those that show what this one does not."""
        view = self.window.session.state.view
        others = [window for window in self._windows() if window.face[1] != view]
        if not others:
            super().swap()
            return
        self._swap(max(reversed(others), key=lambda window: window.used))

    def _swap(self, guest: GuestWindow) -> None:
        window = self.window
        mine, theirs = window.session.state.view, guest.face[1]
        if mine == theirs:
            self.say(f"both windows show the same; {window.key_of('speaker')} changes this one")
            return
        guest.turn(mine)
        self._lent = theirs == "speaker"
        window.enter(replace(window.session.state, view=theirs, overlay="", typed="", cursor=0))
