"""Shown on a slide of the tour."""


def greeting(name: str, hour: int) -> str:
    """Return what one says at this hour."""
    if hour < 12:
        return f"Good morning, {name}"
    part = "afternoon" if hour < 18 else "evening"
    return f"Good {part}, {name}"
