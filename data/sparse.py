#!/usr/bin/env python3
"""Writes a sparse network of obligations with few cycles, the same for the same arguments.

    sparse.py ARCS SEED OUT [COMMUNES]

OUT gets a line `units arcs`, then a line `from to amount` per obligation. It is made like the unpaid
bills between firms: seven obligations to a firm; more than half of the firms only owe (shops, at the
end of what is made), a fifth are only owed (mines and fields, at its beginning), and of those between
most owe to the side of the mines. So few chains of debt come back to where they began. Which share of
the arcs lies inside a strongly connected component, and so could carry anything at all in a round
without room, is printed on stderr. COMMUNES gets a line per firm: the number of its commune, in which
four obligations of ten stay. Needs numpy.
"""
import sys

import numpy as np

ONLY_OWE, ONLY_OWED = 0.55, 0.20
AGAINST = 0.08
DEGREE = 7


def draw(arcs, seed):
    """The ends and amounts of the obligations, and the commune of every firm."""
    rng = np.random.Generator(np.random.PCG64(seed))
    firms = max(10, arcs // DEGREE)
    # How far a firm is from the shops, 0 to 1, in the order of its number before it is shuffled.
    depth = (np.arange(firms) + 0.5) / firms
    size = (1 - rng.random(firms)) ** -0.6
    between = (depth > ONLY_OWE) & (depth < 1 - ONLY_OWED)
    size[between] *= 1.4
    communes = max(1, int(firms**0.5 / 2))
    commune = rng.integers(0, communes, firms)

    debtor = pick(rng, size, np.flatnonzero(depth < 1 - ONLY_OWED), arcs)
    creditor = pick(rng, size, np.flatnonzero(depth > ONLY_OWE), arcs)
    near = np.flatnonzero(rng.random(arcs) < 0.4)
    creditor[near] = neighbour(rng, commune, np.flatnonzero(depth > ONLY_OWE), debtor[near], creditor[near])
    # Between the two ends most owe the one that is nearer to the mines.
    turned = (depth[debtor] > depth[creditor]) & (rng.random(arcs) > AGAINST) & between[creditor]
    debtor[turned], creditor[turned] = creditor[turned], debtor[turned]
    kept = debtor != creditor
    debtor, creditor = debtor[kept], creditor[kept]

    amount = (1 - rng.random(len(debtor))) ** (-1 / 1.5) * np.sqrt(size[debtor] * size[creditor])
    amount = np.clip(amount * 10, 1, 1e7).astype(np.int64)
    order = rng.permutation(firms)
    return order[debtor], order[creditor], amount, commune[np.argsort(order)]


def pick(rng, size, among, count):
    """So many of some firms, each as often as its size says."""
    sums = np.cumsum(size[among])
    places = np.searchsorted(sums, rng.random(count) * sums[-1], side="right")
    return among[places.clip(0, len(among) - 1)]


def neighbour(rng, commune, among, debtor, otherwise):
    """For each debtor a firm out of some in its own commune, if there is one."""
    among = among[np.argsort(commune[among], kind="stable")]
    first = np.searchsorted(commune[among], commune[debtor], side="left")
    last = np.searchsorted(commune[among], commune[debtor], side="right")
    place = first + (rng.random(len(debtor)) * (last - first)).astype(np.int64)
    return np.where(last > first, among[place.clip(0, len(among) - 1)], otherwise)


def inside(firms, debtor, creditor):
    """How many arcs lie inside a strongly connected component of more than one firm."""
    while True:
        owes, owed = np.zeros(firms, bool), np.zeros(firms, bool)
        owes[debtor] = owed[creditor] = True
        kept = owed[debtor] & owes[creditor]
        if kept.all():
            break
        debtor, creditor = debtor[kept], creditor[kept]
    if not len(debtor):
        return 0
    component = components(firms, debtor, creditor)
    return int((component[debtor] == component[creditor]).sum())


def components(firms, debtor, creditor):
    """The strongly connected component of every firm (Tarjan, without recursion)."""
    by_debtor = np.argsort(debtor, kind="stable")
    heads = creditor[by_debtor].tolist()
    starts = np.searchsorted(debtor[by_debtor], np.arange(firms + 1)).tolist()
    seen, low, found = [0] * firms, [0] * firms, [-1] * firms
    clock, stack = 0, []
    for root in range(firms):
        if seen[root] or starts[root] == starts[root + 1]:
            continue
        path = [(root, starts[root])]
        while path:
            node, arc = path.pop()
            if arc == starts[node]:
                clock += 1
                seen[node] = low[node] = clock
                stack.append(node)
            else:
                child = heads[arc - 1]
                if found[child] < 0:
                    low[node] = min(low[node], low[child])
            while arc < starts[node + 1] and seen[heads[arc]]:
                if found[heads[arc]] < 0:
                    low[node] = min(low[node], seen[heads[arc]])
                arc += 1
            if arc < starts[node + 1]:
                path += [(node, arc + 1), (heads[arc], starts[heads[arc]])]
            elif low[node] == seen[node]:
                while found[node] < 0:
                    found[stack.pop()] = node
    return np.array(found)


def main(arcs, seed, path, communes=None):
    debtor, creditor, amount, commune = draw(int(arcs), int(seed))
    with open(path, "w") as out:
        out.write(f"{len(commune)} {len(debtor)}\n")
        np.savetxt(out, np.column_stack([debtor, creditor, amount]), fmt="%d")
    if communes:
        np.savetxt(communes, commune, fmt="%d")
    share = inside(len(commune), debtor, creditor) / len(debtor)
    print(f"{100 * share:.1f} % of {len(debtor)} arcs lie inside a strongly connected component", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
