"""Keys as people write them and as the window names them: a pure table, both ways.

People write `PageDown`, `Shift+Right`, `n`, `N`, `?`. The window (Textual) says `pagedown`, `shift+right`, `n`, `N`,
`question_mark`. Letters keep their case: `N` is Shift and n together.
"""

from __future__ import annotations

import unicodedata
from typing import Final

# Names with more than one word or capital, or with a sign of their own, in the help.
_NAMED: Final = {
    "pagedown": "PageDown",
    "pageup": "PageUp",
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
    "escape": "Esc",
    "printscreen": "PrintScreen",
    "media_play": "media_play",
    "media_pause": "media_pause",
    "media_play_pause": "media_play_pause",
    "media_stop": "media_stop",
    "media_track_next": "media_track_next",
    "media_track_previous": "media_track_previous",
    "raise_volume": "raise_volume",
    "lower_volume": "lower_volume",
    "mute_volume": "mute_volume",
}
_PLAIN: Final = ("home", "end", "insert", "delete", "backspace", "enter", "tab", "space")
_FUNCTION: Final = tuple(f"f{number}" for number in range(1, 25))
NAMES: Final = frozenset({*_NAMED, *_PLAIN, *_FUNCTION})
"""Keys with a name of their own, as the window says them."""
_ALIASES: Final = {
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "pgup": "pageup",
    "return": "enter",
    "esc": "escape",
    "del": "delete",
    "ins": "insert",
    "bs": "backspace",
    "spacebar": "space",
    "→": "right",
    "←": "left",
    "↑": "up",
    "↓": "down",
}
_MODIFIERS: Final = {
    "shift": "shift",
    "ctrl": "ctrl",
    "control": "ctrl",
    "alt": "alt",
    "option": "alt",
    "super": "super",
    "hyper": "hyper",
    "meta": "meta",
}
_SHORTER: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_CHARACTERS: Final = {
    name: sign
    for sign in map(chr, range(0x21, 0x7F))
    if not sign.isalnum()
    for name in [unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")]
    for name in [_SHORTER.get(name, name)]
}
_SIGNS: Final = {sign: name for name, sign in _CHARACTERS.items()}
# A terminal that reports every key names those of the number pad by what they do.
_KEYPAD: Final = {"add": "plus", "subtract": "minus", "divide": "slash", "decimal": "full_stop"}
_SIDES: Final = ("left_", "right_")
_QWERTY: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_LAYOUTS: Final = (
    "йцукенгшщзхъфывапролджэячсмитьбю",  # Russian
    "йцукенгшщзхїфівапролджєячсмитьбю",  # Ukrainian
    "йцукенгшўзх'фывапролджэячсмітьбю",  # Belarusian
    ";ςερτυθιοπ[]ασδφγηξκλ;'ζχψωβνμ,.",  # Greek
    "/'קראטוןםפ][שדגכעיחלךף,זסבהנמצתץ",  # Hebrew
    "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىىةوز",  # Arabic
)
"""What the keys of common keyboards write where a Latin one has `_QWERTY`."""
_PLACES: Final = {
    written: latin
    for layout in _LAYOUTS
    for written, latin in zip(layout, _QWERTY, strict=True)
    if not written.isascii()
}
_ALIKE: Final = {"。": ".", "｡": ".", "、": ","}
"""Signs of East Asian input methods on the keys of Latin ones."""


class UnknownKeyError(ValueError):
    """No key has this name; the message says so, with the nearest name when there is one."""


def parse_key(written: str) -> str:
    """Return the window's name of a key written by a person; raise UnknownKeyError when there is no such key.

    >>> parse("PageDown"), parse("Shift+Right"), parse("?"), parse("N")
    ('pagedown', 'shift+right', 'question_mark', 'N')
    """
    text = written.strip()
    head, _, last = text.rpartition("+")
    if text == "+" or text.endswith("++"):
        head, last = text[:-2], "+"
    modifiers = [_modifier(part, written) for part in head.split("+") if part]
    key = _single(last, written)
    if len(key) == 1 and key.isalpha():
        if "shift" in modifiers:
            modifiers.remove("shift")
            key = key.upper()
        elif modifiers:
            key = key.lower()
    return "+".join((*sorted(modifiers), key))


def _modifier(part: str, written: str) -> str:
    if part.strip().lower() not in _MODIFIERS:
        raise UnknownKeyError(f'"{written}" is not a key: "{part}" is none of Shift, Ctrl, Alt')
    return _MODIFIERS[part.strip().lower()]


def _single(text: str, written: str) -> str:
    if len(text) == 1 and text not in _ALIASES:
        if text in _SIGNS:
            return _SIGNS[text]
        if text.isprintable() and not text.isspace():
            return text
    name = text.strip().lower().replace(" ", "").replace("-", "")
    name = _ALIASES.get(name, name)
    if name in NAMES:
        return name
    if text.lower() in _CHARACTERS or text.lower() in NAMES:
        return text.lower()
    import difflib  # noqa: PLC0415 - only when something is wrong

    near = difflib.get_close_matches(name, (*NAMES, *_ALIASES), n=1, cutoff=0.6)
    hint = (
        f'; did you mean "{format_key(near[0])}"?'
        if near
        else "; keys are such as PageDown, Space, F5, Shift+Right, n, ?"
    )
    raise UnknownKeyError(f'"{written}" is not a key{hint}')


def format_key(key: str) -> str:
    """Return a key of the window as people write it: `pagedown` is `PageDown`, `shift+right` is `Shift+→`."""
    *modifiers, last = key.split("+")
    shown = _NAMED.get(last) or _CHARACTERS.get(last) or (last if len(last) == 1 else last.capitalize())
    if modifiers and len(last) == 1:
        shown = last.upper()
    return "+".join((*(part.capitalize() for part in modifiers), shown))


def normalize_key(key: str) -> str:
    """Return the name that the tables use for a key that was pressed: keys of the number pad lose their own names."""
    return _KEYPAD.get(key, key)


def placed(key: str, character: str | None) -> str:
    """Return the key of a Latin keyboard at the place of a key that was pressed; empty where that is not known.

    Clickers send keys as a Latin keyboard has them, and fingers know where `b` is: on a keyboard that writes another
    script the key at that place does the same.

    Args:
        key: as the window names it.
        character: what it writes, if it writes something.
    """
    *modifiers, last = key.split("+")
    written = character if character and not modifiers else last
    if not written or written.isascii():
        return ""
    sign = _ALIKE.get(written) or unicodedata.normalize("NFKC", written)
    latin = sign if len(sign) == 1 and sign.isascii() else _PLACES.get(written.lower(), "")
    if not latin.isalpha():
        return "+".join((*modifiers, _SIGNS[latin])) if latin in _SIGNS else ""
    return "+".join((*modifiers, latin.upper() if written.isupper() and not modifiers else latin))


def is_modifier(key: str) -> bool:
    """Say whether a key that was pressed is Shift, Ctrl and the like by itself, which commands nothing."""
    return (key.startswith(_SIDES) and key.partition("_")[2] in _MODIFIERS) or key.endswith("_lock")
