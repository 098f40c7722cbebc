from __future__ import annotations


def level(samples: list[float]) -> float:
    return max(abs(sample) for sample in samples)
