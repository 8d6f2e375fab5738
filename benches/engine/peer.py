#!/usr/bin/env python3
"""The first stage of a round by a solver that Python can call.

    peer.py ortools|highs|networkx PROBLEM

Reads a problem as networks.py writes it, and prints what the stage is worth and the CPU seconds of
solving it, without reading.
"""
import sys
import time

import numpy as np


def read(path):
    with open(path, "rb") as file:
        nodes, arcs, _, _ = np.fromfile(file, "<i8", 4)
        ends = [np.fromfile(file, "<i4", arcs) for _ in range(2)]
        bounds = [np.fromfile(file, "<i8", arcs) for _ in range(2)]
        return int(nodes), *ends, *bounds, np.fromfile(file, "<i4", arcs)


def supplies(nodes, tails, heads, lower):
    """What each node must send out once every arc begins at nought instead of its lower bound."""
    supply = np.zeros(nodes, np.int64)
    np.subtract.at(supply, tails, lower)
    np.add.at(supply, heads, lower)
    return supply


def ortools(nodes, tails, heads, lower, upper, gains):
    from ortools.graph.python import min_cost_flow

    begun = time.process_time()
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, upper - lower, -gains.astype(np.int64))
    flow.set_nodes_supplies(np.arange(nodes), supplies(nodes, tails, heads, lower))
    if flow.solve() != flow.OPTIMAL:
        sys.exit("no optimum")
    flows = flow.flows(arcs) + lower
    return int(flows @ gains), time.process_time() - begun


def highs(nodes, tails, heads, lower, upper, gains):
    import highspy

    begun = time.process_time()
    arcs = len(tails)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = arcs, nodes
    program.col_cost_ = gains.astype(float)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_lower_, program.col_upper_ = lower.astype(float), upper.astype(float)
    program.row_lower_ = program.row_upper_ = np.zeros(nodes)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.arange(0, 2 * arcs + 1, 2)
    program.a_matrix_.index_ = np.column_stack([tails, heads]).ravel()
    program.a_matrix_.value_ = np.tile([-1.0, 1.0], arcs)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(program)
    solver.run()
    return round(solver.getInfo().objective_function_value), time.process_time() - begun


def networkx(nodes, tails, heads, lower, upper, gains):
    from networkx import MultiDiGraph, network_simplex

    begun = time.process_time()
    graph = MultiDiGraph()
    supply = supplies(nodes, tails, heads, lower)
    graph.add_nodes_from((node, {"demand": -int(out)}) for node, out in enumerate(supply))
    rows = zip(tails.tolist(), heads.tolist(), (upper - lower).tolist(), gains.tolist())
    graph.add_edges_from((tail, head, {"capacity": most, "weight": -gain}) for tail, head, most, gain in rows)
    cost, _ = network_simplex(graph)
    return int(lower @ gains) - cost, time.process_time() - begun


if __name__ == "__main__":
    solvers = {"ortools": ortools, "highs": highs, "networkx": networkx}
    if len(sys.argv) != 3 or sys.argv[1] not in solvers:
        sys.exit(__doc__)
    worth, seconds = solvers[sys.argv[1]](*read(sys.argv[2]))
    print(worth, f"{seconds:.4f}")
