"""The networks on which solvers are measured: as tables for artel, and as numbers for the others."""
import csv
import hashlib
import pathlib
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).parents[2]
DRAWS = 8


class Problem:
    """A circulation, and what each stage wants of it: arcs in the order of artel's certificate."""

    def __init__(self, nodes, tails, heads, lower, upper, rooms=0):
        self.nodes, self.rooms = nodes, rooms
        self.tails, self.heads = (np.asarray(ends, np.int32) for ends in (tails, heads))
        self.lower, self.upper = (np.asarray(bound, np.int64) for bound in (lower, upper))
        self.stages = []

    def stage(self, gains):
        """One more stage: what a second along each arc is worth."""
        self.stages.append(np.asarray(gains, np.int32))

    def write(self, path):
        """Little-endian numbers: how many nodes, arcs, stages, and arcs that are no rooms; then column
        after column. Rooms stand last."""
        with open(path, "wb") as out:
            flows = len(self.tails) - self.rooms
            np.array([self.nodes, len(self.tails), len(self.stages), flows], "<i8").tofile(out)
            for column in [self.tails, self.heads, self.lower, self.upper, *self.stages]:
                column.astype(column.dtype.newbyteorder("<")).tofile(out)


def generate(generator, arcs, folder):
    """Obligations of a generator as the tables that `artel round solve` reads, with each unit's
    commune as its place: the arguments for artel."""
    raw, communes = folder / "raw", folder / "communes"
    more = ["10"] if generator == "network" else []
    command = [sys.executable, str(ROOT / "data" / f"{generator}.py"), str(arcs), "42", str(raw), *more, str(communes)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr.strip()
    with raw.open() as lines, (folder / "obligations.csv").open("w") as table:
        next(lines)
        table.write("from,to,hours\n")
        table.writelines(line.replace(" ", ",") for line in lines)
    with communes.open() as lines, (folder / "units.csv").open("w") as table:
        table.write("unit,ceiling_hours,place\n")
        for unit, line in enumerate(lines):
            commune = int(line)
            table.write(f"{unit},0,r{commune // 10}/c{commune}\n")
    return said


def obligations(folder, draws=DRAWS):
    """The problem of the tables that `generate` wrote: hours, nearness, and the draws of the tie-break."""
    with (folder / "obligations.csv").open() as lines:
        next(lines)
        table = np.fromstring(lines.read().replace("\n", ","), np.int64, sep=",").reshape(-1, 3)
    commune = np.loadtxt(folder / "communes", dtype=np.int64)
    labels = np.array([str(unit) for unit in range(len(commune))])
    rank = np.empty(len(labels), np.int64)
    rank[np.argsort(labels)] = np.arange(len(labels))
    table = table[table[:, 0] != table[:, 1]]
    pairs, where = np.unique(rank[table[:, 0]] * len(labels) + rank[table[:, 1]], return_inverse=True)
    seconds = np.zeros(len(pairs), np.int64)
    np.add.at(seconds, where, table[:, 2] * 3600)
    tails, heads = pairs // len(labels), pairs % len(labels)
    problem = Problem(len(labels), tails, heads, np.zeros(len(pairs)), seconds)
    problem.stage(np.ones(len(pairs)))
    home = np.empty_like(commune)
    home[rank] = commune
    apart, far = home[tails] != home[heads], home[tails] // 10 != home[heads] // 10
    problem.stage(-2 * (apart.astype(np.int32) + far))
    ordered = np.sort(labels)
    add_draws(problem, draws, ((b"o", ordered[t], ordered[h]) for t, h in zip(tails, heads)))
    return problem


def wishes(count, folder):
    """So many offers and needs as the tables that `artel round solve` reads, a third of them of three
    essential specifications, by units with room and counted members: the arguments for artel."""
    rng = np.random.Generator(np.random.PCG64(42))
    units, others = max(10, count // 10), max(10, count // 50)
    names = [f"e{number}" for number in range(3)] + [f"s{number}" for number in range(others)]
    values = rng.integers(1, 8, len(names))
    drawn = (others * rng.random(count) ** 2).astype(np.int64) + 3
    version = np.where(rng.random(count) < 1 / 3, rng.integers(0, 3, count), drawn)
    unit, quantity = rng.integers(0, units, count), rng.integers(1, 40, count)
    half = count // 2
    with (folder / "offers.csv").open("w") as table:
        table.write("unit,specification,quantity,value_hours,essential\n")
        for u, v, q in zip(unit[:half], version[:half], quantity[:half]):
            table.write(f"{u},{names[v]},{q},{values[v]},{'10' if v < 3 else ''}\n")
    with (folder / "needs.csv").open("w") as table:
        table.write("unit,specification,quantity\n")
        for u, v, q in zip(unit[half:], version[half:], quantity[half:]):
            table.write(f"{u},{names[v]},{q}\n")
    with (folder / "units.csv").open("w") as table:
        table.write("unit,members,allowance_hours,ceiling_hours\n")
        for u, members in enumerate(rng.integers(1, 7, units)):
            table.write(f"{u},{members},{80 * members},{80 * members}\n")
    return [f"--{name}={folder / name}.csv" for name in ["offers", "needs", "units"]]


def economy(folder):
    """The problem of the tables of data/us-2017: hours, and the draws of the tie-break."""
    wishes = {}
    for sign, name in [(1, "offers"), (-1, "needs")]:
        for row in read(folder / f"{name}.csv"):
            key = row["specification"].encode(), row["unit"].encode()
            wishes[key] = wishes.get(key, 0) + sign * 3600 * int(row["quantity"])
    offered, needed = ({name for (name, _), left in wishes.items() if sign * left > 0} for sign in (1, -1))
    wishes = {key: left for key, left in sorted(wishes.items()) if key[0] in offered & needed and left}
    rooms = {row["unit"].encode(): 3600 * int(row["allowance_hours"]) for row in read(folder / "units.csv")}
    units = {name: place for place, name in enumerate(sorted(rooms))}
    lots = {name: len(units) + place for place, name in enumerate(sorted(offered & needed))}
    pool = len(units) + len(lots)
    given = [(units[u], lots[s], 0, w, b"g", u, s) for (s, u), w in wishes.items() if w > 0]
    got = [(lots[s], units[u], 0, -w, b"n", u, s) for (s, u), w in wishes.items() if w < 0]
    room = [(pool, units[u], -rooms[u], rooms[u], b"r", u, b"") for u in units]
    arcs = given + got + room
    problem = Problem(pool + 1, *zip(*(arc[:4] for arc in arcs)), rooms=len(room))
    problem.stage([arc[4] == b"n" for arc in arcs])
    add_draws(problem, DRAWS, (arc[4:] for arc in arcs))
    return problem


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def add_draws(problem, draws, named):
    """The draws of the tie-break as docs/engine.md has them, with a seed of noughts."""
    if not draws:
        return
    seed = bytes(32)
    hashes = bytearray()
    for role, unit, other in named:
        unit, other = (name if isinstance(name, bytes) else name.encode() for name in (unit, other))
        hashes += hashlib.sha256(seed + role + len(unit).to_bytes(4, "big") + unit + other).digest()
    words = np.frombuffer(bytes(hashes), ">u2").reshape(-1, 16)
    for draw in range(draws):
        problem.stage(words[:, draw])
