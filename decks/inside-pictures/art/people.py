"""People, built from shapes: a pose says how they hold themselves, a dress what they wear.

A person is 100 units tall, stands on y = 0 and looks right; views turn, flip and size them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from studio import HAIR, INK, SKIN, UMBER, Ink, Point, Shape, View, blob, join, limb, mix, oval, poly, toned, track

Arm = tuple[Point, Point]
PROFILE = 0.9
"""Turned further than this, a face is seen from the side."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the joints are: limbs are (elbow, hand) and (knee, foot).

    `broad` is half the shoulders' width, `look` (-1 to 1) turns the face left or right, `back` hides it.
    """

    head: Point = (0.5, -90)
    neck: Point = (0, -79)
    hip: Point = (0, -50)
    far_arm: Arm = ((-12, -65), (-12, -50))
    near_arm: Arm = ((12, -65), (12, -50))
    far_leg: Arm = ((-4.5, -27), (-5, -2))
    near_leg: Arm = ((4.5, -27), (5, -2))
    broad: float = 10.5
    look: float = 0.0
    back: bool = False


@dataclass(frozen=True, slots=True)
class Dress:
    """What they wear: colours, how far the coat falls below the hip and flares, and what is on the head."""

    coat: str
    legs: str = INK
    skin: str = SKIN
    hair: str = HAIR
    shoes: str = UMBER
    hem: float = 8.0
    flare: float = 1.0
    top: str = ""
    cloth: str = INK


FRONT = Pose()
BACK = Pose(back=True)
SIDE = Pose(
    head=(2.5, -90),
    neck=(0, -79),
    hip=(-1, -50),
    broad=7.5,
    look=1,
    far_arm=((3, -64), (6, -50)),
    near_arm=((-3, -64), (1, -49)),
    far_leg=((2, -27), (2, -2)),
    near_leg=((-1, -27), (-2, -2)),
)
WALK = replace(
    SIDE,
    head=(5, -89),
    neck=(2, -79),
    hip=(-1, -50),
    far_arm=((9, -66), (15, -55)),
    near_arm=((-6, -65), (-7, -51)),
    far_leg=((8, -28), (13, -2)),
    near_leg=((-1, -27), (-13, -5)),
)


def _axes(pose: Pose) -> tuple[Point, Point]:
    """Down the spine and across the shoulders."""
    dx, dy = pose.hip[0] - pose.neck[0], pose.hip[1] - pose.neck[1]
    length = math.hypot(dx, dy) or 1.0
    return (dx / length, dy / length), (dy / length, -dx / length)


def _torso(pose: Pose, dress: Dress) -> Shape:
    down, side = _axes(pose)

    def spot(base: Point, along: float, across: float) -> Point:
        return (base[0] + down[0] * along + side[0] * across, base[1] + down[1] * along + side[1] * across)

    wide, hem = pose.broad, dress.hem
    low = wide * 0.92 * dress.flare
    return blob(
        spot(pose.neck, -1.5, -2.5),
        spot(pose.neck, 1.5, -wide * 0.8),
        spot(pose.neck, 7, -wide),
        spot(pose.neck, 18, -wide * 0.88),
        spot(pose.hip, hem - 3, -low),
        spot(pose.hip, hem, -low * 0.9),
        spot(pose.hip, hem + 1, 0),
        spot(pose.hip, hem, low * 0.9),
        spot(pose.hip, hem - 3, low),
        spot(pose.neck, 18, wide * 0.88),
        spot(pose.neck, 7, wide),
        spot(pose.neck, 1.5, wide * 0.8),
        spot(pose.neck, -1.5, 2.5),
    )


def _arm(v: View, pose: Pose, dress: Dress, *, near: bool) -> None:
    down, side = _axes(pose)
    out = (pose.broad - 3.2) * (1 if near else -1) * (1 if abs(pose.look) < 0.9 else 0.15)
    shoulder = (pose.neck[0] + side[0] * out + down[0] * 4.5, pose.neck[1] + side[1] * out + down[1] * 4.5)
    elbow, hand = pose.near_arm if near else pose.far_arm
    v.paint(oval(*hand, 2.9), toned(dress.skin, rim=1.5))
    cuff = (elbow[0] + (hand[0] - elbow[0]) * 0.86, elbow[1] + (hand[1] - elbow[1]) * 0.86)
    sleeve = limb([shoulder, elbow, cuff], [4.4, 3.7, 3.1], bent=True)
    v.paint(sleeve, toned(dress.coat if near else mix(dress.coat, INK, 0.22), rim=2.2))


def _leg(v: View, pose: Pose, dress: Dress, *, near: bool) -> None:
    knee, foot = pose.near_leg if near else pose.far_leg
    hip = (
        pose.hip[0] + pose.broad * 0.38 * (1 if near else -1) * (1 if abs(pose.look) < 0.9 else 0.3),
        pose.hip[1] + 2,
    )
    toe = (foot[0] + (4.2 * pose.look or (1.2 if near else -1.2)), foot[1] + 0.6)
    v.paint(limb([foot, toe], [2.7, 2.2]), toned(dress.shoes, rim=1.2))
    ink = toned(dress.legs if near else mix(dress.legs, INK, 0.25), rim=2.4)
    v.paint(limb([hip, knee, foot], [5.6, 4.3, 3.1], bent=True), ink)


def _head(v: View, pose: Pose, dress: Dress) -> None:
    x, y = pose.head
    v.paint(limb([pose.neck, (x - pose.look, y + 4)], [3.4, 3.1]), mix(dress.skin, INK, 0.3))
    face = join(
        oval(x, y, 6.4, 7.9), oval(x + pose.look * 2.1, y + 1.8, 5.0, 5.6), oval(x + pose.look * 6.6, y + 1.6, 1.5, 1.9)
    )
    v.paint(face, toned(dress.hair if pose.back else dress.skin, rim=2.4))
    if not pose.back:
        turn = pose.look * 2.6
        v.paint(
            blob(
                (x - 6.9 - turn * 0.2, y + 2),
                (x - 6.6, y - 4),
                (x - 3, y - 8.6),
                (x + 3, y - 8.8),
                (x + 6.5 + turn * 0.2, y - 4.4),
                (x + 6.2 + turn * 0.2, y - 1.4),
                (x + 3 + turn * 0.7, y - 4.4),
                (x - 2 - turn, y - 4.2),
                (x - 4.6 - turn * 0.7, y + 1),
            ),
            toned(dress.hair, rim=1.8),
        )
        v.paint(oval(x - turn * 1.05 - (0 if turn else 6.3), y + 1.4, 1.2, 1.8), mix(dress.skin, INK, 0.25))
    hats = {"cap": _cap, "scarf": _scarf, "bun": _bun, "long": _long, "peak": _peak}
    if dress.top:
        hats[dress.top](v, pose, dress)


def _cap(v: View, pose: Pose, dress: Dress) -> None:
    x, y = pose.head
    v.paint(limb([(x + pose.look * 3, y - 4), (x + pose.look * 9.6, y - 2.8)], [2.0, 1.1]), mix(dress.cloth, INK, 0.45))
    v.paint(
        blob((x - 7.3, y - 2.6), (x - 6.8, y - 8), (x, y - 10.8), (x + 6.8, y - 8), (x + 7.3, y - 3.2), (x, y - 3.8)),
        toned(dress.cloth, rim=2.2),
    )


def _peak(v: View, pose: Pose, dress: Dress) -> None:
    """The wide round cap of a uniform."""
    x, y = pose.head
    v.paint(oval(x, y - 7.4, 9.8, 3.8), toned(dress.cloth, rim=2))
    v.paint(
        poly((x - 7, y - 6.4), (x + 7, y - 6.4), (x + 6.8, y - 3.0), (x - 6.8, y - 3.0)), mix(dress.cloth, INK, 0.35)
    )
    if not pose.back:
        v.paint(limb([(x - 4 + pose.look * 4, y - 2.8), (x + 4 + pose.look * 4, y - 2.8)], [1.3, 1.3]), INK)
        v.paint(oval(x + pose.look * 4, y - 7, 1.6), "#e8b24a")


def _scarf(v: View, pose: Pose, dress: Dress) -> None:
    x, y = pose.head
    if abs(pose.look) > PROFILE and not pose.back:
        _scarf_beside(v, pose, dress)
        return
    turn = 0.0 if pose.back else pose.look * 2.4
    hood = track("-7.2,5.5 -8,-3 -4,-9.4 4,-9.4 8,-3 7.2,5.5 0,11")
    v.paint(blob(*((x + a, y + b) for a, b in hood)), toned(dress.cloth, rim=3))
    if not pose.back:
        face = track("-4.4,4 -5,-2 0,-5.4 5,-2 4.4,4 0,7")
        v.paint(blob(*((x + a + turn, y + b) for a, b in face)), toned(dress.skin, rim=2))


def _scarf_beside(v: View, pose: Pose, dress: Dress) -> None:
    """A headscarf in profile: the face shows before its edge, the knot hangs below the chin."""
    x, y = pose.head
    way = math.copysign(1, pose.look)

    def at(places: str) -> list[Point]:
        return [(x + way * a, y + b) for a, b in track(places)]

    v.paint(limb(at("2.5,8.5 5,12.5"), [2.2, 1.2]), toned(mix(dress.cloth, INK, 0.2), rim=1))
    v.paint(blob(*at("1,-6 5,-5.4 6.4,-2 6.6,0.2 8.4,2.4 6.7,3.6 6.2,6.6 3.2,8.2 -1,6")), toned(dress.skin, rim=1.6))
    v.paint(
        blob(*at("3.6,-8 -1,-10 -6.6,-7.4 -8.6,-1 -7.4,6 -3,10.4 2.8,9.6 3.6,7.2 1.4,3 1.8,-2 4.8,-5.4")),
        toned(dress.cloth, rim=2.6),
    )
    v.paint(limb(at("4.4,-0.2 6,0.2"), [0.55, 0.4]), mix(dress.skin, INK, 0.75))


def _bun(v: View, pose: Pose, dress: Dress) -> None:
    x, y = pose.head
    v.paint(oval(x - pose.look * 7, y + 1.0 - (0 if pose.look else 9), 3.8), toned(dress.hair, rim=1.5))


def _long(v: View, pose: Pose, dress: Dress) -> None:
    x, y = pose.head
    back = -pose.look * 2.5
    if pose.back:
        v.paint(
            blob((x - 6.6, y - 4), (x + 6.6, y - 4), (x + 7.2, y + 7), (x, y + 10), (x - 7.2, y + 7)),
            toned(dress.hair, rim=2),
        )
    else:
        v.paint(limb([(x + back - 4, y - 2), (x + back - 5, y + 8)], [2.6, 2.4]), toned(dress.hair, rim=1.5))
        if not pose.look:
            v.paint(limb([(x + 5.4, y - 2), (x + 5.6, y + 8)], [2.2, 2.2]), toned(dress.hair, rim=1.5))


def shadow(v: View, length: float = 60, drop: float = 12, width: float = 9, alpha: float = 0.45) -> None:
    """The shadow a standing person throws away from a light on the left."""
    v.paint(
        blob(
            (-width, 0),
            (0, 2.5),
            (width, 1),
            (length, drop - 1),
            (length + 4, drop + 2),
            (length - 8, drop + 3),
            (0, 4),
        ),
        Ink("#12242f", soft=0.8, alpha=alpha),
    )


def person(v: View, pose: Pose, dress: Dress) -> None:
    """Draw a person; far limbs first."""
    _arm(v, pose, dress, near=False)
    _leg(v, pose, dress, near=False)
    _leg(v, pose, dress, near=True)
    v.paint(_torso(pose, dress), toned(dress.coat, rim=4))
    _head(v, pose, dress)
    _arm(v, pose, dress, near=True)
