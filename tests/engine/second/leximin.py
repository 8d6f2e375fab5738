"""The leximin of an essential specification by HiGHS, in fractions of seconds.

HiGHS and OR-tools cannot be loaded into one process, so this stands apart from the stages.
"""
import highspy
import numpy as np

NOUGHT = 1e-6


class Unsolved(Exception):
    """HiGHS, which reckons in fractions, did not come to a result: sizes are too different."""


class Program:
    """The plans of a round as a linear program, with a level t a counted member as one column more."""

    def __init__(self, round_):
        arcs = round_.arcs
        self.columns, self.nodes = len(arcs) + 1, len(round_.nodes)
        self.tails = np.array([arc.tail for arc in arcs])
        self.heads = np.array([arc.head for arc in arcs])
        self.lower = np.array([float(arc.lower) for arc in arcs])
        self.upper = np.array([float(arc.upper) for arc in arcs])

    def most(self, target, active, members, level=None):
        """The most of a column (-1: the level) where each active arc has at least its members' share."""
        rows = self.nodes + len(active)
        entries = [(int(node), place, sign) for sign, ends in [(-1.0, self.tails), (1.0, self.heads)]
                   for place, node in enumerate(ends)]
        for row, arc in enumerate(active):
            entries += [(self.nodes + row, arc, 1.0), (self.nodes + row, self.columns - 1, -float(members[arc]))]
        entries.sort(key=lambda entry: (entry[1], entry[0]))
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self.columns, rows
        program.sense_ = highspy.ObjSense.kMaximize
        cost = np.zeros(self.columns)
        cost[target] = 1
        program.col_cost_ = cost
        least, highest = level if level is not None else (0.0, highspy.kHighsInf)
        program.col_lower_ = np.append(self.lower, least)
        program.col_upper_ = np.append(self.upper, highest)
        program.row_lower_ = np.zeros(rows)
        program.row_upper_ = np.append(np.zeros(self.nodes), np.full(len(active), highspy.kHighsInf))
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kColwise
        matrix.start_ = np.searchsorted([entry[1] for entry in entries], np.arange(self.columns + 1))
        matrix.index_ = np.array([entry[0] for entry in entries])
        matrix.value_ = np.array([entry[2] for entry in entries])
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.passModel(program)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Unsolved(f"HiGHS says {solver.getModelStatus()}")
        return solver.getInfo().objective_function_value

    def hold(self, arc, seconds):
        self.lower[arc] = max(self.lower[arc], min(seconds, self.upper[arc]))


def leximin(program, active, members, most):
    """What each arc has in the leximin, held in the program from then on."""
    active, found, level = list(active), {}, 0.0
    while active:
        highest = min([float(most), *(program.upper[arc] / members[arc] for arc in active)])
        level = min(program.most(-1, active, members, (level, max(level, highest))), highest)
        full = [arc for arc in active if level >= min(most, program.upper[arc] / members[arc]) - NOUGHT]
        stuck = full or [
            arc for arc in active
            if program.most(arc, active, members, (level, level)) <= level * members[arc] + NOUGHT * members[arc]
        ]
        if not stuck:
            raise Unsolved("HiGHS holds nobody at the highest level")
        for arc in stuck:
            found[arc] = min(level * members[arc], program.upper[arc])
            # A hair below, so that the next programs do not fail by a rounding.
            program.hold(arc, found[arc] - NOUGHT)
            active.remove(arc)
    return found
