#!/usr/bin/env python3
"""Sees that a second solver, written from docs/engine.md alone, comes to the same plan as artel.

    same_plan.py ARTEL [INSTANCES=300]

Solves random rounds of all shapes with both. The flows must be equal; `artel round check` must accept
the certificate that the second solver wrote, which has other potentials, with the plan that artel
wrote; and where nothing has to be rounded, the second solver's own deliveries must be that plan byte by
byte. Ends with an error at the first difference.
"""
import collections
import datetime
import io
import json
import csv
import pathlib
import random
import subprocess
import sys
import tempfile

from second.circulation import Round
from second.instances import CLOSES, SHAPES, Instance
from second.pairing import deliveries
from second.read import read
from second.stages import Solved
from second_solver import certificate


def run(artel, command, *arguments):
    done = subprocess.run([artel, "round", command, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"artel round {command} {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def exact(seconds):
    """Hours as artel writes them: decimal where they end, else a clock."""
    if seconds * 10_000 % 3600 == 0:
        whole, part = divmod(seconds * 10_000 // 3600, 10_000)
        return f"{whole}.{part:04}".rstrip("0").rstrip(".")
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def plan(round_, flows):
    """The deliveries as `--plan` writes them; every flow is whole steps."""
    inputs, out = round_.inputs, io.StringIO()
    places = any(unit.home for unit in inputs.units.values()) or any(w.area for w in inputs.offers + inputs.needs)
    weeks = any(wish.weeks != (None, None) for wish in inputs.offers + inputs.needs)
    heading = ["giver", "receiver", "specification", "quantity", "value_hours", "hours"]
    table = csv.writer(out, lineterminator="\n")
    table.writerow(heading + ["place"] * places + ["week"] * weeks)
    for giver, receiver, lot, seconds in deliveries(round_, flows):
        lot = round_.lots[lot]
        version = inputs.versions[lot.version]
        steps, rest = divmod(seconds * 10**version.decimals, version.value)
        assert rest == 0, "a flow of an exact round is not whole steps"
        whole, part = divmod(steps, 10**version.decimals)
        quantity = f"{whole}.{part:0{version.decimals}}".rstrip("0").rstrip(".") if part else str(whole)
        row = [giver, receiver, lot.version, quantity, exact(version.value), exact(seconds)]
        table.writerow(row + [lot.area or ""] * places + [monday(lot.week)] * weeks)
    return out.getvalue()


def monday(week):
    """The day on which a week begins."""
    if week is None:
        return ""
    return str(datetime.date(1970, 1, 1) + datetime.timedelta(days=max(0, 7 * week - 3)))


def order_of(options, name):
    return next(option.split("=", 1)[1] for option in options if option.startswith(f"--{name}="))


def compare(artel, instance, what, folder):
    """The stages that both went through, whether the deliveries were compared too, and how many units
    stay out of something."""
    paths = instance.write(folder)
    inputs = [f"--{name}={path}" for name, path in paths.items()] + instance.options
    own = [f"--plan={folder / 'plan.csv'}", f"--certificate={folder / 'artel.json'}"]
    said = json.loads(run(artel, "solve", *inputs, *own, "--json"))
    proof = json.loads((folder / "artel.json").read_text())
    seed = order_of(instance.options, "seed")
    round_ = Round(read(paths, str(CLOSES), order_of(instance.options, "order"), seed))
    solved = Solved(round_)
    if solved.flows() != proof["flows"]:
        sys.exit(f"{what}: the second solver has another flow after {', '.join(solved.names)}:\n"
                 f"{solved.flows()}, artel\n{proof['flows']}")
    if [level for level, _ in solved.proofs] != [stage.get("level") for stage in proof["stages"]]:
        sys.exit(f"{what}: the second solver has other stages or levels: {', '.join(solved.names)}")
    second = folder / "second.json"
    second.write_text(json.dumps(certificate(solved, seed)))
    run(artel, "check", *inputs, own[0], f"--certificate={second}")
    steps_are_seconds = all(version.value == 10**version.decimals for version in round_.inputs.versions.values())
    paired = steps_are_seconds and "offers" in paths
    if paired and plan(round_, solved.flows()) != (folder / "plan.csv").read_text():
        sys.exit(f"{what}: the second solver pairs differently:\n{plan(round_, solved.flows())}, artel\n"
                 + (folder / "plan.csv").read_text())
    told = said.get("crowded_out", [])
    if sorted((one["specification"], one["unit"]) for one in told) != sorted(round_.crowded_out):
        sys.exit(f"{what}: the second solver leaves out {round_.crowded_out}, artel {told}")
    return solved.names, paired, len(told)


def main(artel, instances=300):
    stages, paired, out = collections.Counter(), 0, 0
    with tempfile.TemporaryDirectory() as name:
        for number in range(int(instances)):
            shape = "crowded" if number % 150 == 149 else SHAPES[number % len(SHAPES)]
            size = 5 if number % 97 == 96 else 1
            instance = Instance(random.Random(number), shape, size)
            folder = pathlib.Path(name) / str(number)
            folder.mkdir()
            names, whole, left = compare(artel, instance, f"instance {number} ({shape})", folder)
            paired, out = paired + whole, out + left
            stages.update(name.split(" of ")[0].split(",")[0] for name in names)
    print(f"{instances} rounds, each the same plan by both solvers; of {paired} also the deliveries; {out} times a "
          "unit stays out, as the round would be too large with it")
    print(", ".join(f"{count} × {name}" for name, count in sorted(stages.items())))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
