"""The windows of one talk, kept at the same place: a Unix socket, a protocol of JSON lines, no Textual.

The audience window owns the talk and is the host; every other window is a guest, which shows what the host tells and
sends commands. The talk never depends on a guest: a stuck, broken or killed one changes nothing for it.

socket_path.py    where the sockets are: one for each deck, in a folder that is this user's alone
peercred.py       whose the other end of a socket is; only programs of this user may join, and root
protocol.py       what is said; sync.py makes it of a talk's state, and back
host.py           the one end, guest.py the other
discovery.py      asks which talks are running, without asyncio
log_file.py       what asyncio and other libraries want to say

Where Python has no Unix sockets (Windows) a talk has one window: a port on loopback would be open to every user of the
machine, and to whatever page a browser on it shows.
"""
