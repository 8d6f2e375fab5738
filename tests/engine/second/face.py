"""The plans that are the best so far: a circulation whose bounds every stage narrows."""
import numpy as np
from ortools.graph.python import min_cost_flow


class Face:
    """Arcs with the bounds that are left to them, and one flow within those bounds."""

    def __init__(self, nodes, arcs):
        self.nodes = nodes
        self.tails = np.array([arc.tail for arc in arcs], np.int64)
        self.heads = np.array([arc.head for arc in arcs], np.int64)
        self.lower = np.array([arc.lower for arc in arcs], np.int64)
        self.upper = np.array([arc.upper for arc in arcs], np.int64)
        self.flow = np.zeros(len(arcs), np.int64)

    def pieces(self, gains):
        """Each arc cut where its gain falls: (arc, least, most, gain) of every piece with a width.

        A gain is (first, until, after): so much a second up to `until`, `after` a second beyond.
        """
        first, until, after = gains
        cut = np.clip(until, self.lower, self.upper)
        arcs = np.arange(len(self.tails))
        below, above = cut > self.lower, self.upper > cut
        return (
            np.concatenate([arcs[below], arcs[above]]),
            np.concatenate([self.lower[below], cut[above]]),
            np.concatenate([cut[below], self.upper[above]]),
            np.concatenate([first[below], after[above]]),
        )

    def optimum(self, gains, lower=None):
        """The flow of the most gain by OR-tools; none if the lower bounds cannot be kept."""
        kept = self.lower
        if lower is not None:
            self.lower = lower
        arcs, least, most, gain = self.pieces(gains)
        supply = np.zeros(self.nodes, np.int64)
        np.subtract.at(supply, self.tails, self.lower)
        np.add.at(supply, self.heads, self.lower)
        solver = min_cost_flow.SimpleMinCostFlow()
        placed = solver.add_arcs_with_capacity_and_unit_cost(self.tails[arcs], self.heads[arcs], most - least, -gain)
        solver.set_nodes_supplies(np.arange(self.nodes), supply)
        status, flow = solver.solve(), None
        if status == solver.OPTIMAL:
            flow = self.lower.copy()
            np.add.at(flow, arcs, np.asarray(solver.flows(placed)))
        elif status != solver.INFEASIBLE:
            raise RuntimeError(f"OR-tools says {status}")
        self.lower = kept
        return flow

    def potentials(self, gains, flow):
        """Potentials that prove a flow: the shortest way to each node in what can still change."""
        arcs, least, most, gain = self.pieces(gains)
        tails, heads = self.tails[arcs], self.heads[arcs]
        rises, falls = flow[arcs] < most, flow[arcs] > least
        start = np.concatenate([tails[rises], heads[falls]])
        end = np.concatenate([heads[rises], tails[falls]])
        cost = np.concatenate([-gain[rises], gain[falls]])
        potentials = np.zeros(self.nodes, np.int64)
        for _ in range(self.nodes + 1):
            before = potentials.copy()
            np.minimum.at(potentials, end, before[start] + cost)
            if (potentials == before).all():
                return potentials
        raise RuntimeError("the flow is not optimal: there is a cycle that would be better")

    def narrow(self, gains):
        """Goes on to the best plans of one more stage: finds one, and narrows the bounds to what all of
        them have."""
        first, until, after = gains
        self.flow = self.optimum(gains)
        self.proof = potentials = self.potentials(gains, self.flow)
        slope = potentials[self.tails] - potentials[self.heads]
        cut = np.clip(until, self.lower, self.upper)
        first = np.where(cut > self.lower, first, after)
        after = np.where(cut < self.upper, after, first)
        lower = np.where(slope > first, self.lower, np.where(slope < after, self.upper, self.lower))
        upper = np.where(slope > first, self.lower, self.upper)
        between = (slope <= first) & (slope >= after) & (first != after)
        lower = np.where(between & (slope < first), cut, lower)
        upper = np.where(between & (slope > after), cut, upper)
        self.lower, self.upper = lower, upper

    def least(self, arc):
        """The least flow along an arc in all plans that are left."""
        gains = flat(len(self.tails))
        gains[0][arc] = gains[2][arc] = -1
        return int(self.optimum(gains)[arc])

    def feasible(self, lower):
        """Whether a flow keeps these lower bounds."""
        return bool((lower <= self.upper).all()) and self.optimum(flat(len(self.tails)), lower) is not None

    def is_single(self):
        """Whether one plan is left: arcs that can change both ways form a forest, and with each of its
        trees drawn together to a point the others form no cycle."""
        above = list(range(self.nodes))

        def root(node):
            while above[node] != node:
                above[node] = above[above[node]]
                node = above[node]
            return node

        open_arcs = np.flatnonzero(self.lower < self.upper)
        ways = []
        for arc in open_arcs:
            rises, falls = self.flow[arc] < self.upper[arc], self.flow[arc] > self.lower[arc]
            ends = int(self.tails[arc]), int(self.heads[arc])
            if rises and falls:
                one, other = map(root, ends)
                if one == other:
                    return False
                above[one] = other
            else:
                ways.append(ends if rises else ends[::-1])
        ways = [(root(tail), root(head)) for tail, head in ways]
        incoming, outgoing = [0] * self.nodes, [[] for _ in range(self.nodes)]
        for tail, head in ways:
            incoming[head] += 1
            outgoing[tail].append(head)
        bare = [node for node in range(self.nodes) if not incoming[node]]
        taken = 0
        while bare:
            for head in outgoing[bare.pop()]:
                taken += 1
                incoming[head] -= 1
                if not incoming[head]:
                    bare.append(head)
        return taken == len(ways)


def flat(arcs):
    """No gain anywhere."""
    return [np.zeros(arcs, np.int64) for _ in range(3)]
