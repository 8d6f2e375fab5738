#!/usr/bin/env python3
"""The most hours that can be cleared, by OR-tools' SimpleMinCostFlow.

    ortools_flow.py OBLIGATIONS

Reads the table that `artel round solve --obligations` reads, units as whole numbers and hours
whole, and prints the hours cleared and the CPU seconds of reading and of solving.
"""
import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow

begun = time.process_time()
table = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1, dtype=np.int64, ndmin=2)
read = time.process_time()
flow = min_cost_flow.SimpleMinCostFlow()
arcs = flow.add_arcs_with_capacity_and_unit_cost(
    table[:, 0], table[:, 1], table[:, 2], np.full(len(table), -1, dtype=np.int64)
)
if flow.solve() != flow.OPTIMAL:
    sys.exit("no optimum")
solved = time.process_time()
print(int(flow.flows(arcs).sum()), f"{read - begun:.3f}", f"{solved - read:.3f}")
