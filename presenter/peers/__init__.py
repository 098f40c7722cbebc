"""The windows of one talk, kept at the same place: a Unix socket, a protocol of JSON lines, no Textual.

The audience window owns the talk and is the `hub`; every other window is a `follower`, which shows what the hub tells
and sends commands. The talk never depends on a follower: a stuck, broken or killed one changes nothing for it.

- `place`: where the sockets are: one for each deck, in a folder that is this user's alone.
- `peers`: whose the other end of a socket is. Only programs of this user may join; root always can, and whoever runs
  programs as this user can do all that this user can.
- `messages`: what is said; `sharing` makes it of a talk's state, and back.
- `hub`, `follower`: the two ends. `finding` asks which talks are running, without asyncio.
- `logs`: what asyncio and other libraries want to say goes to a file.

Where Python has no Unix sockets (Windows) a talk has one window: a port on loopback would be open to every user of the
machine, and to whatever page a browser on it shows.
"""
