#!/usr/bin/env python3
"""Compares artel's floors with the leximin that HiGHS finds in fractions of seconds.

    floors_against_highs.py ARTEL [INSTANCES=300]

In random rounds with essential specifications, everybody's essential part of the first specification
must lie within one second a counted member of the leximin: the division in which nobody can have more
except at the cost of somebody who has no more a member. Later specifications are shared out under
whole-second levels of the earlier ones, so for them the distance is only printed. Every other round is
made to be awkward: members and quantities of very different sizes, areas inside areas, units that can
only get what they give. In the last round very many are held back one after the other.
"""
import hashlib
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from second.circulation import ESSENTIAL, Round
from second.instances import CLOSES, Instance, clock
from second.leximin import Program, Unsolved, leximin
from second.read import read


def solved(artel, paths, options, folder):
    """Artel's flow along every arc."""
    proof = folder / "artel.json"
    inputs = [f"--{name}={path}" for name, path in paths.items()]
    command = [artel, "round", "solve", *inputs, *options, f"--certificate={proof}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return json.loads(proof.read_text())["flows"]


def write(tables, folder):
    paths = {}
    for name, (heading, rows) in tables.items():
        paths[name] = folder / f"{name}.csv"
        paths[name].write_text("\n".join([heading, *(",".join(map(str, row)) for row in rows)]) + "\n")
    return paths


OFFERS = "unit,specification,quantity,value_hours,decimals,essential,place"


def awkward(draw, kind):
    """The tables of a round that is made to be awkward in one way, or in all."""
    units = [f"u{number}" for number in range(draw.randint(3, 14))]
    names = [f"s{number}" for number in range(draw.randint(1, 4))]
    value = {name: clock(draw.choice([1, 7, 1000, 3600, 3601, 86400])) for name in names}
    essential = {name: draw.choice([1, 2, 5, 100, 10**4]) for name in names if name == "s0" or draw.random() < 0.5}
    places = ["", "v", "v/a", "v/b", "v/a/x", "w"] if kind in ("places", "all") else [""]
    much = lambda: draw.choice([1, 2, 3, 7, 50, 10**3, 10**5])
    offers, needs = [], []
    for _ in range(draw.randint(1, 10)):
        name = draw.choice(names)
        offers.append((draw.choice(units), name, much(), value[name], 0, essential.get(name, ""), draw.choice(places)))
    for _ in range(draw.randint(2, 24)):
        needs.append((draw.choice(units), draw.choice(names), much(), draw.choice(places)))
    tight = [(0, 0), (1, 1), (10, 0), (10**7, 10**7), (3600, 10**9)]
    rows = []
    for unit in units:
        room = draw.choice(tight) if kind in ("rooms", "all") else (10**10, 10**10)
        rows.append((unit, draw.choice([1, 2, 3, 5, 7, 11, 13, 97, 1009, 65537]), *map(clock, room)))
    tables = {
        "offers": (OFFERS, offers),
        "needs": ("unit,specification,quantity,place", needs),
        "units": ("unit,members,allowance_hours,ceiling_hours", rows),
    }
    if kind == "all":
        tables["refusals"] = ("unit,partner", [draw.sample(units, 2) for _ in range(draw.randint(0, 6))])
    return tables


def deep():
    """A hundred with a supply of their own each, one hour more from one to the next, and then two who share."""
    alone = range(1, 101)
    offers = [("g", "x", hours, 1, 0, 1000, f"p{hours}") for hours in alone]
    needs = [(f"a{hours}", "x", 1000, f"p{hours}") for hours in alone]
    return {
        "offers": (OFFERS, [*offers, ("g", "x", 400, 1, 0, 1000, "z")]),
        "needs": ("unit,specification,quantity,place", [*needs, ("b", "x", 1000, "z"), ("c", "x", 1000, "z")]),
        "units": ("unit,members,allowance_hours", [(u, 1, 99999) for u in ["g", "b", "c", *(n[0] for n in needs)]]),
    }


def distances(round_, flow):
    """The greatest distance of the first floor, and of the others, in seconds a counted member."""
    program, greatest, seed = Program(round_), [0.0, 0.0], round_.inputs.seed
    essential = [
        i for i, arc in enumerate(round_.arcs) if arc.class_ == ESSENTIAL and arc.kind in ("need", "floor")
    ]
    versions = {round_.arcs[i].version for i in essential}
    order = sorted(versions, key=lambda label: hashlib.sha256(seed + b"e" + label.encode()).digest())
    for place, version in enumerate(order):
        active = [i for i in essential if round_.arcs[i].version == version]
        members = {i: round_.inputs.units[round_.arcs[i].unit].members for i in active}
        for arc, seconds in leximin(program, active, members, round_.essential_seconds(version)).items():
            apart, later = abs(seconds - flow[arc]) / members[arc], int(place > 0)
            greatest[later] = max(greatest[later], apart)
    return greatest, len(order)


def compare(artel, paths, options, folder):
    """The distances and the number of floors."""
    flow = solved(artel, paths, options, folder)
    option = lambda name, default: next((o.split("=", 1)[1] for o in options if o.startswith(f"--{name}=")), default)
    seed, order = option("seed", "00" * 32), option("order", "nearness,expiry,memory,changes")
    return distances(Round(read(paths, option("week", None), order, seed)), flow)


def main(artel, instances=300):
    first, later, floors, unsolved = 0.0, 0.0, 0, 0
    with tempfile.TemporaryDirectory() as name:
        for number in range(int(instances) + 1):
            folder, options = pathlib.Path(name) / str(number), []
            folder.mkdir()
            draw = random.Random(10_000 + number)
            if number == int(instances):
                paths = write(deep(), folder)
            elif number % 2:
                paths = write(awkward(draw, ["members", "places", "rooms", "all"][number // 2 % 4]), folder)
                options = [f"--seed={draw.randbytes(32).hex()}"]
            else:
                instance = Instance(draw, ["essentials", "everything"][number // 2 % 2])
                paths, options = instance.write(folder), instance.options
            try:
                (own, others), count = compare(artel, paths, options, folder)
            except Unsolved:
                unsolved += 1
                continue
            if own > 1 + 1e-3:
                sys.exit(f"instance {number}: somebody's floor is {own:.3f} seconds a member from the leximin")
            first, later, floors = max(first, own), max(later, others), floors + count
        if 20 * unsolved > int(instances):
            sys.exit(f"HiGHS has no result for {unsolved} of {instances} rounds")
    print(f"{number + 1} rounds with {floors} floors: at most {first:.3f} seconds a member from the leximin for the "
          f"first specification, {later:.3f} for those after it; HiGHS has no result for {unsolved}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
