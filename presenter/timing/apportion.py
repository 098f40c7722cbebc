"""Sharing whole seconds so that they add up."""

from __future__ import annotations

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int], least: int = 0) -> list[int]:
    """Share an integer by weights with the largest-remainder method; the sum is exact.

    Every share is floored, and the units left over go to the largest fractions, ties to the earlier one. When there is
    enough (`total >= least * len(weights)`), nobody gets less than `least`: who would is given that, and the rest is
    shared among the others.

    Args:
        total: what there is, 0 or more.
        weights: one positive integer each; exact arithmetic, so that ties are ties.
        least: the smallest share.

    Returns:
        One share for each weight.
    """
    if total < least * len(weights):
        least = 0
    shares = [least] * len(weights)
    free = list(range(len(weights)))
    while free:
        weight = sum(weights[i] for i in free)
        # Whoever's exact share is too small gets the least; that lowers what the others share, so look again.
        small = {i for i in free if total * weights[i] < least * weight}
        if not small:
            break
        total -= least * len(small)
        free = [i for i in free if i not in small]
    else:
        return shares
    over = total
    fractions = []
    for i in free:
        shares[i], fraction = divmod(total * weights[i], weight)
        over -= shares[i]
        fractions.append((-fraction, i))
    for _, i in sorted(fractions)[:over]:
        shares[i] += 1
    return shares
