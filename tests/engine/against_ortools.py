#!/usr/bin/env python3
"""Compares `artel round` with OR-tools' minimum-cost flow.

    against_ortools.py ARTEL [INSTANCES=500]

Solves random rounds of all shapes, and the networks of data/network.py at 10⁴ and 10⁵ arcs. Each
plan must meet exactly as many seconds as OR-tools' optimum of the same round, formulated here anew;
`artel round check` must accept it; and shuffled input must give the same certificate. Ends with an
error at the first difference.
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import numpy as np
from ortools.graph.python import min_cost_flow

ROOT = pathlib.Path(__file__).parents[2]
KNOWN = {10_000: 4_970_137, 100_000: 65_412_750}
SHAPES = ["dense", "sparse", "disconnected", "zero", "parallel", "large", "roomy", "whole"]


def clock(seconds):
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def optimum(nodes, arcs):
    """The most seconds along arcs (from, to, capacity, gain), by OR-tools."""
    arcs = [arc for arc in arcs if arc[2] > 0]
    if not arcs:
        return 0
    flow = min_cost_flow.SimpleMinCostFlow()
    columns = np.array(arcs, dtype=np.int64).T
    placed = flow.add_arcs_with_capacity_and_unit_cost(columns[0], columns[1], columns[2], -columns[3])
    for node in range(nodes):
        flow.set_node_supply(node, 0)
    status = flow.solve()
    if status != flow.OPTIMAL:
        sys.exit(f"OR-tools found no optimum: {status}")
    return sum(int(f) * int(g) for f, g in zip(flow.flows(placed), columns[3]))


def write(path, heading, rows):
    path.write_text("\n".join([heading, *(",".join(map(str, row)) for row in rows)]) + "\n")


class Obligations:
    """Who owes whom: nodes are units, and every second cleared counts."""

    def __init__(self, draw, shape):
        self.units = draw.randint(2, 12 if shape == "dense" else 40)
        count = {"dense": 150, "parallel": 200, "sparse": self.units}.get(shape, 60)
        amount = {"zero": lambda: draw.choice([0, 0, 5]), "large": lambda: draw.randint(0, 2**40)}
        amount = amount.get(shape, lambda: draw.randint(0, 10_000))
        half = max(1, self.units // 2)
        self.rows = []
        for _ in range(count):
            giver, receiver = draw.randrange(self.units), draw.randrange(self.units)
            if shape == "disconnected" and (giver < half) != (receiver < half):
                continue
            if shape == "parallel":
                giver, receiver = giver % 4, receiver % 4
            self.rows.append((giver, receiver, amount()))

    def write(self, folder, draw):
        rows = [(f"u{g}", f"u{r}", clock(s)) for g, r, s in draw.sample(self.rows, len(self.rows))]
        write(folder / "obligations.csv", "from,to,hours", rows)
        return [f"--obligations={folder / 'obligations.csv'}"]

    def optimum(self):
        arcs = [(g, r, s, 1) for g, r, s in self.rows if g != r]
        return optimum(self.units, arcs)


class Exchange:
    """Offers and needs: nodes are units, specifications and the pool of entitlement."""

    def __init__(self, draw, shape):
        self.units, self.lots = draw.randint(2, 15), draw.randint(1, 10)
        count = {"dense": 120, "parallel": 200, "sparse": 12}.get(shape, 50)
        most = {"large": 2**40, "whole": 50_000}.get(shape, 5_000)
        self.values = [draw.randint(0, most) for _ in range(self.lots)]
        quantity = {"zero": lambda: draw.choice([0, 0, 1]), "large": lambda: draw.randint(0, 2_000)}
        quantity = quantity.get(shape, lambda: draw.randint(0, 100_000))
        if shape == "whole":
            quantity = lambda: 1000 * draw.randint(0, 9)
        self.offers, self.needs = ([self.wish(draw, shape, quantity) for _ in range(count)] for _ in "on")
        room = {"roomy": 10**9, "disconnected": 0, "large": 2**44}.get(shape, 50_000)
        self.rooms = [[draw.choice([0, draw.randint(0, room)]) for _ in range(3)] for _ in range(self.units)]

    def wish(self, draw, shape, quantity):
        unit, lot = draw.randrange(self.units), draw.randrange(self.lots)
        if shape == "disconnected":
            lot = 2 * (lot // 2) + unit % 2
            lot = lot if lot < self.lots else unit % 2 if self.lots > 1 else 0
        return unit, lot, quantity()

    def write(self, folder, draw):
        shuffled = lambda rows: draw.sample(rows, len(rows))
        steps = lambda q: f"{q // 1000}.{q % 1000:03}"
        offers = [(f"u{u}", f"s{l}", steps(q), clock(self.values[l])) for u, l, q in shuffled(self.offers)]
        needs = [(f"u{u}", f"s{l}", steps(q)) for u, l, q in shuffled(self.needs)]
        rooms = [(f"u{u}", *map(clock, self.rooms[u])) for u in shuffled(range(self.units))]
        write(folder / "offers.csv", "unit,specification,quantity,value_hours", offers)
        write(folder / "needs.csv", "unit,specification,quantity", needs)
        write(folder / "units.csv", "unit,entitlement_hours,allowance_hours,ceiling_hours", rooms)
        return [f"--{table}={folder / table}.csv" for table in ["offers", "needs", "units"]]

    def optimum(self):
        left = {}
        for sign, wishes in [(1, self.offers), (-1, self.needs)]:
            for unit, lot, quantity in wishes:
                left[unit, lot] = left.get((unit, lot), 0) + sign * quantity
        offered = {lot for _, lot, _ in self.offers}
        pool = self.units + self.lots
        arcs = []
        for (unit, lot), quantity in left.items():
            worth = abs(quantity) * self.values[lot] // 1000
            if quantity > 0:
                arcs.append((unit, self.units + lot, worth, 0))
            elif lot in offered:
                arcs.append((self.units + lot, unit, worth, 1))
        for unit, (entitlement, allowance, ceiling) in enumerate(self.rooms):
            arcs.append((unit, pool, entitlement + allowance, 0))
            arcs.append((pool, unit, max(0, ceiling - entitlement), 0))
        return optimum(pool + 1, arcs)


def run(artel, command, inputs, folder, *more):
    proof = [f"--plan={folder / 'plan.csv'}", f"--certificate={folder / 'certificate.json'}"]
    done = subprocess.run([artel, "round", command, *inputs, *proof, *more], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"artel round {command} {' '.join(inputs)} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def compare(artel, instance, what, draw, folder):
    certificates = set()
    for _ in range(2):
        inputs = instance.write(folder, draw)
        found = json.loads(run(artel, "solve", inputs, folder, "--json"))
        certificates.add((folder / "certificate.json").read_bytes())
    run(artel, "check", inputs, folder)
    expected = instance.optimum()
    if found["matched_seconds"] != expected:
        sys.exit(f"{what}: artel meets {found['matched_seconds']} seconds, OR-tools {expected}")
    if len(certificates) != 1:
        sys.exit(f"{what}: shuffled input gives another certificate")
    return expected > 0


def compare_network(artel, arcs, folder):
    network, table = folder / "network", folder / "obligations.csv"
    generator = ROOT / "data" / "network.py"
    subprocess.run([sys.executable, str(generator), str(arcs), "42", str(network)], check=True)
    rows = [tuple(map(int, line.split())) for line in network.read_text().splitlines()]
    write(table, "from,to,hours", rows[1:])
    inputs = [f"--obligations={table}"]
    found = json.loads(run(artel, "solve", inputs, folder, "--json"))
    run(artel, "check", inputs, folder)
    expected = optimum(rows[0][0], [(*row, 1) for row in rows[1:]])
    if not found["matched_seconds"] == 3600 * expected == 3600 * KNOWN[arcs]:
        sys.exit(f"{arcs} arcs: artel meets {found['matched_seconds']} s, OR-tools {expected} h")
    print(f"{arcs} arcs: {expected} hours, as OR-tools; solved in {found['solve_seconds']:.3f} s")


def main(artel, instances=500):
    met = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for number in range(int(instances)):
            draw = random.Random(number)
            shape, kind = SHAPES[number % len(SHAPES)], [Obligations, Exchange][number // 8 % 2]
            what = f"instance {number} ({kind.__name__}, {shape})"
            met += compare(artel, kind(draw, shape), what, draw, folder)
        print(f"{instances} instances as OR-tools, {met} of them with something met")
        for arcs in KNOWN:
            compare_network(artel, arcs, folder)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
