#!/usr/bin/env python3
"""Compares floors with the leximin that HiGHS finds in fractions of seconds.

    floors_against_highs.py [INSTANCES=300]

In random rounds with essential specifications, everybody's essential part of the first specification
must lie within one second a counted member of the leximin: the division in which nobody can have more
except at the cost of somebody who has no more a member. Later specifications are shared out under
whole-second levels of the earlier ones, so for them the distance is only printed. The second solver
stands for artel here, of which same_plan.py sees that it comes to the same plan.
"""
import concurrent.futures
import hashlib
import multiprocessing
import pathlib
import random
import sys
import tempfile

from second.circulation import ESSENTIAL, Round
from second.instances import CLOSES, Instance
from second.read import read


def flows(paths):
    """The flow of the second solver along every arc; run in a process of its own, for OR-tools."""
    from second.stages import Solved

    return Solved(Round(read(paths, str(CLOSES)))).flows()


def distances(round_, flow):
    """The greatest distance of the first floor, and of the others, in seconds a counted member."""
    from second.leximin import Program, leximin

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


def main(instances=300):
    first, later, floors = 0.0, 0.0, 0
    apart = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ProcessPoolExecutor(1, apart) as process:
        for number in range(int(instances)):
            instance = Instance(random.Random(10_000 + number), ["essentials", "everything"][number % 2])
            folder = pathlib.Path(name) / str(number)
            folder.mkdir()
            paths = instance.write(folder)
            flow = process.submit(flows, paths).result()
            (own, others), count = distances(Round(read(paths, str(CLOSES))), flow)
            if own > 1 + 1e-3:
                sys.exit(f"instance {number}: somebody's floor is {own:.3f} seconds a member from the leximin")
            first, later, floors = max(first, own), max(later, others), floors + count
    print(f"{instances} rounds with {floors} floors: at most {first:.3f} seconds a member from the leximin for the "
          f"first specification, {later:.3f} for those after it")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
