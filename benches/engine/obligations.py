#!/usr/bin/env python3
"""Writes the obligations of data/network.py as a table that `artel round solve` reads.

    obligations.py ARCS SEED OUT

The amounts are taken as whole hours.
"""
import pathlib
import subprocess
import sys
import tempfile

arcs, seed, out = sys.argv[1:4]
generator = pathlib.Path(__file__).parents[2] / "data" / "network.py"
with tempfile.TemporaryDirectory() as folder:
    network = pathlib.Path(folder) / "network"
    subprocess.run([sys.executable, str(generator), arcs, seed, str(network)], check=True)
    with network.open() as lines, open(out, "w") as table:
        next(lines)
        table.write("from,to,hours\n")
        for line in lines:
            table.write(",".join(line.split()) + "\n")
