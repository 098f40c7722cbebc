"""Pictures that bring their own colours: ICC profiles, turned into the sRGB that terminals are taken to show."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsProfile

PROFILE_KEY: Final = "icc_profile"
_SPACES: Final = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}
"""The colour space that a profile for pixels of a mode has to be about."""
_LARGEST: Final = 4_000_000
"""Bytes of a profile; those of printers have up to two million."""


def convert_early(image: Image.Image) -> Image.Image:
    """Correct what cannot wait until it is reduced: print colours, and transparent ones, which meet the background."""
    if PROFILE_KEY not in image.info:
        return image
    if image.mode in {"LA", "PA"} or (image.mode == "P" and image.has_transparency_data):
        image = image.convert("RGBA")
    return to_srgb(image) if image.mode in {"RGBA", "CMYK"} else image


def needs_conversion(image: Image.Image) -> bool:
    """Say whether the colours of a picture would be changed by its profile."""
    return _profile(image) is not None


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, mode RGB or RGBA, without its profile; as it is when the profile is no use."""
    if (profile := _profile(image)) is None:
        return image
    from PIL import ImageCms  # noqa: PLC0415  few pictures need it

    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        found = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode=wanted)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a broken profile: the colours as they are stored
    if found is None:
        return image
    found.info = {key: value for key, value in image.info.items() if key != PROFILE_KEY}
    return found


def _profile(image: Image.Image) -> ImageCmsProfile | None:
    """Return the profile of a picture; None when there is none, or none that is of use."""
    data = image.info.get(PROFILE_KEY)
    if not isinstance(data, bytes) or not 0 < len(data) <= _LARGEST or image.mode not in _SPACES:
        return None
    from PIL import ImageCms  # noqa: PLC0415  few pictures need it

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        space = profile.profile.xcolor_space.strip()
        known = "srgb" in ImageCms.getProfileDescription(profile).lower()
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, AttributeError):
        return None  # broken
    return profile if space == _SPACES[image.mode] and not known else None
