"""Make all pictures of the talk again: `python decks/inside-pictures/art/make.py [NAME ...]`, into ../images."""

import sys
from collections.abc import Callable

from absent import absent
from album import album
from country import hip, oxcart
from evening import bench, bicycle
from facade import facade
from guide import guide
from highway import highway
from hotel import hotel
from icecream import icecream
from maps import lights, peninsula
from market import market
from metro import metro
from minders import minders
from phone import phone
from postcard import postcard
from river import yalu
from room import room
from soldiers import soldiers
from stairs import stairs
from studio import OUT
from truck import truck
from waiting import queue
from washing import washing

PICTURES: dict[str, Callable[[], None]] = {
    "postcard": postcard,
    "highway": highway,
    "facade": facade,
    "queue": queue,
    "oxcart": oxcart,
    "hip": hip,
    "market": market,
    "phone": phone,
    "metro": metro,
    "bicycle": bicycle,
    "bench": bench,
    "hotel": hotel,
    "stairs": stairs,
    "guide": guide,
    "yalu": yalu,
    "icecream": icecream,
    "absent": absent,
    "washing": washing,
    "soldiers": soldiers,
    "minders": minders,
    "room": room,
    "truck": truck,
    "map": peninsula,
    "lights": lights,
    "album": album,  # last: it holds prints of the others
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in PICTURES]
    if unknown:
        print(f"No picture is called {', '.join(unknown)}. There are: {', '.join(PICTURES)}.", file=sys.stderr)
        return 2
    for name in names or PICTURES:
        PICTURES[name]()
        print(f"{name}.png  {(OUT / f'{name}.png').stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
