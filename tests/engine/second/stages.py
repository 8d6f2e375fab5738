"""The stages of a round, one strictly after the other."""
import hashlib

import numpy as np

from .circulation import ESSENTIAL, OTHER
from .face import Face, flat

BANDS = [900, 1800, 3600, 7200, 14400, 28800, 57600]
DRAWS = 8


class Solved:
    """The one best plan: its flow along every arc, and the proof of each stage."""

    def __init__(self, round_):
        self.round, self.arcs = round_, round_.arcs
        self.face = Face(len(round_.nodes), self.arcs)
        self.names, self.proofs = [], []
        self.floors()
        for class_ in [ESSENTIAL, OTHER]:
            if class_ == OTHER or self.names:
                self.hours(class_)
                self.bands(class_)
        for preference in round_.inputs.order:
            self.prefer(preference)
        self.break_ties()

    def flows(self):
        return [int(flow) for flow in self.face.flow[: self.round.flow_count]]

    def stage(self, name, gains, level=None):
        self.face.narrow(gains)
        self.names.append(name)
        self.proofs.append((level, [int(potential) for potential in self.face.proof]))

    def each(self, gain):
        """A gain that is the same for every second of an arc."""
        column = np.array([gain(arc) for arc in self.arcs], np.int64)
        return column, np.zeros(len(column), np.int64), column

    # What is essential, and how it is shared out.

    def floors(self):
        versions = {arc.version for arc in self.arcs if self.is_essential(arc)}
        seed = self.round.inputs.seed
        for version in sorted(versions, key=lambda label: hashlib.sha256(seed + b"e" + label.encode()).digest()):
            self.floor(version)

    def is_essential(self, arc):
        return arc.class_ == ESSENTIAL and arc.kind in ("need", "floor")

    def floor(self, version):
        active = [i for i, arc in enumerate(self.arcs) if self.is_essential(arc) and arc.version == version]
        most = self.round.essential_seconds(version)
        members = {i: self.round.inputs.units[self.arcs[i].unit].members for i in active}
        due = lambda i, level: min(self.arcs[i].upper, level * members[i])
        for _ in range(max(32, 2**22 // len(self.arcs))):
            level = self.highest(active, most, due)
            lower = self.raised(active, level, due)
            self.face.lower = lower
            gains = flat(len(self.arcs))
            if level < most:
                for i in active:
                    gains[0][i], gains[1][i] = 1, due(i, level + 1)
            self.stage(f"floor of {version}", gains, level)
            more = lambda i: self.arcs[i].upper > due(i, level + 1) and self.face.least(i) >= due(i, level + 1)
            active = [i for i in active if level < most and more(i)]
            if not active:
                return

    def raised(self, active, level, due):
        lower = self.face.lower.copy()
        for i in active:
            lower[i] = max(lower[i], due(i, level))
        return lower

    def highest(self, active, most, due):
        """The highest level that everybody who is active can have at once, by halving."""
        low, high = 0, most
        while low < high:
            middle = (low + high + 1) // 2
            if self.face.feasible(self.raised(active, middle, due)):
                low = middle
            else:
                high = middle - 1
        return low

    def hours(self, class_):
        self.stage(f"hours, {class_}", self.each(lambda arc: arc.class_ == class_ and arc.kind != "intake"))

    def bands(self, class_):
        if not self.round.inputs.evenness:
            return
        taken = [(unit, seconds) for (unit, of), (seconds, _) in self.round.taken.items() if of == class_]
        members = lambda unit: self.round.inputs.units[unit].members
        for bound in BANDS:
            if not any(seconds > bound * members(unit) for unit, seconds in taken):
                continue
            gains = flat(len(self.arcs))
            for i, arc in enumerate(self.arcs):
                own = arc.kind == "intake" or (arc.unit, class_) not in self.round.intakes
                if arc.class_ == class_ and own:
                    gains[0][i], gains[1][i] = 1, bound * members(arc.unit)
            self.stage(f"evenness, {class_}, {bound} s", gains)

    # What decides among plans of the same hours.

    def prefer(self, preference):
        if preference == "changes":
            if any(arc.before for arc in self.arcs):
                kept = [arc.kind in ("offer", "need", "debt") for arc in self.arcs]
                gains = (
                    np.array(kept, np.int64),
                    np.array([arc.before for arc in self.arcs], np.int64),
                    -np.array(kept, np.int64),
                )
                self.stage(preference, gains)
            return
        gain = {
            "nearness": lambda arc: -arc.distance,
            "expiry": lambda arc: arc.urgency,
            "memory": lambda arc: arc.short,
        }[preference]
        if any(gain(arc) for arc in self.arcs):
            self.stage(preference, self.each(gain))

    def break_ties(self):
        for draw in range(DRAWS):
            if self.face.is_single():
                return
            weight = lambda arc: int.from_bytes(arc.hash[2 * draw : 2 * draw + 2], "big") if arc.hash else 0
            self.stage(f"draw {draw + 1}", self.each(weight))
        if not self.face.is_single():
            raise RuntimeError("eight draws left more than one plan")
