#!/usr/bin/env python3
"""What rounding to whole steps costs: `artel round solve` beside the exact integer optimum of HiGHS.

    whole_against_highs.py ARTEL [INSTANCES=200]

Solves so many small random rounds of whole chairs, of things with decimals, and of whole things of four values
that have no divisor in common, where units have much room, or some of them none, or hardly any has, or none at all. HiGHS finds the most hours of whole steps that any matching can
reach. Prints how far the plan stays below that, in per cent of it. Ends with an error if the certified
flow is not HiGHS' optimum without whole steps, if a plan gives or gets more than was said, takes a unit
beyond its room, comes to more than the integer optimum, or to other hours than it reports.
"""
import csv
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import highspy
import numpy as np

HOUR = 3600
KINDS = ["whole", "mixed", "coprime"]
COPRIME = [3607, 3613, 3617, 3623]
ROOMS = {
    "much room": lambda draw: (draw.randint(2, 20) * HOUR, draw.randint(2, 20) * HOUR),
    "some without": lambda draw: (draw.choice([0, draw.randint(1, 10) * HOUR]), 40 * HOUR),
    "hardly any": lambda draw: (draw.choice([0, HOUR]), draw.choice([0, HOUR])),
    "none": lambda draw: (0, 0),
}


class Instance:
    """Quantities in steps, worth whole seconds each."""

    def __init__(self, draw, kind, rooms):
        units, versions = range(draw.randint(4, 14)), range(draw.randint(3, 10))
        if kind == "coprime":
            units, versions = range(draw.randint(8, 20)), range(draw.randint(4, 10))
        self.decimals = [draw.choice([0, 0, 0, 1, 2, 3]) if kind == "mixed" else 0 for _ in versions]
        self.step = [max(1, draw.randint(6, 96) * 300 // 10**d) for d in self.decimals]
        if kind == "coprime":
            self.step = [draw.choice(COPRIME) for _ in versions]
        self.rooms = [ROOMS[rooms](draw) for _ in units]
        self.offers, self.needs = {}, {}
        wishes = draw.randint(2, 6)
        for unit in units:
            for side in self.offers, self.needs:
                for version in draw.sample(versions, min(wishes, len(versions))):
                    if (unit, version) not in self.offers:
                        side[unit, version] = draw.randint(1, 4 * 10 ** self.decimals[version])

    def optimum(self, integer):
        """The most seconds of needs met, in whole steps or not."""
        model = highspy.Highs()
        for option, value in [("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0),
                              ("mip_abs_gap", 0.0), ("mip_feasibility_tolerance", 1e-9),
                              ("time_limit", 60.0)]:
            model.setOptionValue(option, value)
        rows = {}
        for side, sign in (self.offers, 1), (self.needs, -1):
            for (unit, version), quantity in side.items():
                place = model.getNumCol()
                model.addVar(0, quantity)
                if sign < 0:
                    model.changeColCost(place, self.step[version])
                if integer:
                    model.changeColIntegrality(place, highspy.HighsVarType.kInteger)
                rows.setdefault(("lot", version), []).append((place, sign))
                rows.setdefault(("unit", unit), []).append((place, sign * self.step[version]))
        for (what, number), row in rows.items():
            least, most = (0, 0) if what == "lot" else (-self.rooms[number][0], self.rooms[number][1])
            places, numbers = zip(*row)
            model.addRow(least, most, len(row), np.array(places, np.int32), np.array(numbers, float))
        model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        model.run()
        status = model.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            sys.exit(f"HiGHS found no optimum: {model.modelStatusToString(status)}")
        return model.getObjectiveValue()

    def write(self, folder):
        clock = lambda seconds: f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        value = [clock(step * 10**d) for step, d in zip(self.step, self.decimals)]
        steps = lambda quantity, d: f"{quantity // 10**d}.{quantity % 10**d:0{d}}" if d else str(quantity)
        written = lambda side: [(f"u{u}", f"s{v}", steps(q, self.decimals[v]), value[v], self.decimals[v])
                                for (u, v), q in side.items()]
        tables = {
            "offers": ("unit,specification,quantity,value_hours,decimals", written(self.offers)),
            "needs": ("unit,specification,quantity", [row[:3] for row in written(self.needs)]),
            "units": ("unit,allowance_hours,ceiling_hours",
                      [(f"u{n}", clock(down), clock(up)) for n, (down, up) in enumerate(self.rooms)]),
        }
        for name, (heading, rows) in tables.items():
            lines = [heading, *(",".join(map(str, row)) for row in rows)]
            (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")
        return [f"--{name}={folder / name}.csv" for name in tables]

    def delivered(self, plan, what):
        """The seconds of a plan, whose every delivery is looked at."""
        net = [0] * len(self.rooms)
        given, got, seconds = {}, {}, 0
        for row in csv.DictReader(plan.open()):
            giver, receiver, version = (int(row[key][1:]) for key in ["giver", "receiver", "specification"])
            steps = float(row["quantity"]) * 10 ** self.decimals[version]
            if abs(steps - round(steps)) > 1e-6:
                sys.exit(f"{what}: {row['quantity']} of s{version} is no whole number of steps")
            worth = round(steps) * self.step[version]
            given[giver, version] = given.get((giver, version), 0) + round(steps)
            got[receiver, version] = got.get((receiver, version), 0) + round(steps)
            net[giver] += worth
            net[receiver] -= worth
            seconds += worth
        for said, done in (self.offers, given), (self.needs, got):
            for wish, steps in done.items():
                if steps > said.get(wish, 0):
                    sys.exit(f"{what}: {steps} steps at {wish}, where {said.get(wish, 0)} were said")
        for unit, (change, (down, up)) in enumerate(zip(net, self.rooms)):
            if not -down <= change <= up:
                sys.exit(f"{what}: u{unit} changes by {change} s, but has room from {-down} to {up}")
        return seconds


def measured(artel, draw, kind, rooms, what, folder):
    """Per cent of the integer optimum that are lost: before the augmenting pass, and after it."""
    instance = Instance(draw, kind, rooms)
    command = [artel, "round", "solve", *instance.write(folder), "--json",
               f"--plan={folder / 'plan.csv'}", f"--certificate={folder / 'certificate.json'}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{what}: {' '.join(command)} ended with {done.returncode}: {done.stderr}")
    found = json.loads(done.stdout)
    flow, best = instance.optimum(False), round(instance.optimum(True))
    whole = instance.delivered(folder / "plan.csv", what)
    if abs(found["matched_seconds"] - flow) > 1e-6 * max(1, flow):
        sys.exit(f"{what}: the flow meets {found['matched_seconds']} s, HiGHS {flow}")
    if whole != found["whole_seconds"]:
        sys.exit(f"{what}: the plan comes to {whole} s, but reports {found['whole_seconds']}")
    if whole > best:
        sys.exit(f"{what}: the plan comes to {whole} s, the integer optimum to {best}")
    if best == 0:
        return None
    loss = lambda seconds: 100 * (best - seconds) / best
    return loss(found["rounded_seconds"]), loss(whole), loss(flow)


def line(name, losses):
    losses = sorted(losses)
    quantile = lambda share: losses[min(len(losses) - 1, int(share * len(losses)))]
    numbers = [quantile(share) for share in (0, 0.25, 0.5, 0.75, 0.9, 0.99, 1)]
    print(f"{name:44}", *(f"{number:8.2f}" for number in [*numbers, sum(losses) / len(losses)]))


def main(artel, instances=200):
    found = {}
    with tempfile.TemporaryDirectory() as name:
        number = -1
        while sum(map(len, found.values())) < int(instances):
            number += 1
            kind, rooms = KINDS[number % len(KINDS)], list(ROOMS)[number // len(KINDS) % len(ROOMS)]
            what = f"instance {number} ({kind}, {rooms})"
            losses = measured(artel, random.Random(number), kind, rooms, what, pathlib.Path(name))
            found.setdefault((kind, rooms), []).extend([losses] if losses else [])
    print(f"{instances} of {number + 1} instances have an optimum above nought; hours lost in per cent of the exact integer optimum")
    print(f"{'':44}", *(f"{head:>8}" for head in ["least", "25 %", "median", "75 %", "90 %", "99 %", "most", "mean"]))
    everything = [losses for group in found.values() for losses in group]
    groups = [(f"{kind}, {rooms}", losses) for (kind, rooms), losses in found.items() if losses]
    for name, losses in [*groups, ("all", everything)]:
        line(f"{name} ({len(losses)}): rounded", [loss[0] for loss in losses])
        line(f"{name} ({len(losses)}): augmented", [loss[1] for loss in losses])
    line("all: the flow itself, in parts of steps", [loss[2] for loss in everything])


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
