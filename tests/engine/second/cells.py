"""Where and when the wishes for a version meet, and who stays out where it would be too large."""
import hashlib
import itertools

SIZE_PER_WISH, SIZE_MAX = 2**10, 2**22


def first(value):
    """Orders what may be missing: nothing comes before everything."""
    return (value is not None, value if value is not None else 0)


def lies_in(one, other):
    return other is None or (one is not None and (one == other or one.startswith(other + "/")))


class Cells:
    """The cells of each version, and in `crowded_out` who stays out of which."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.crowded_out = []

    def around(self, offers, needs):
        """The cells that needs reach, in order, and by position those around each offer, not counting
        whom they leave out, those that it reaches, and those that each need reaches."""
        givers = {offer.unit for offer in offers}
        areas = sorted({need.area for need in needs} | {o.area for o in offers if o.area is not None}, key=first)
        weeks = self.weeks([*offers, *needs])
        own = [self.refused(need.unit, givers) for need in needs]
        inside = {wish.area: [a for a in areas if lies_in(a, wish.area)] for wish in [*offers, *needs]}
        during = {wish.weeks: [w for w in weeks if self.covers(wish.weeks, w)] for wish in [*offers, *needs]}
        spots = lambda wish: itertools.product(inside[wish.area], during[wish.weeks])
        needed = {(area, week, set_) for need, set_ in zip(needs, own) for area, week in spots(need)}
        needed = sorted(needed, key=lambda cell: (first(cell[0]), first(cell[1]), cell[2]))
        at, place = {}, {}
        for number, (area, week, set_) in enumerate(needed):
            at.setdefault((area, week), []).append(number)
            place[area, week, set_] = number
        near = [[cell for spot in spots(offer) for cell in at.get(spot, [])] for offer in offers]
        given = [[cell for cell in cells if offer.unit not in needed[cell][2]] for offer, cells in zip(offers, near)]
        got = [[place[area, week, set_] for area, week in spots(need)] for need, set_ in zip(needs, own)]
        return needed, (near, given), (own, got)

    def refused(self, unit, givers):
        return tuple(sorted(giver for giver in givers if (unit, giver) in self.inputs.refused))

    def weeks(self, wishes):
        """The first week of every stretch of weeks that no window separates."""
        if all(wish.weeks == (None, None) for wish in wishes):
            return [None]
        ends = {wish.weeks[0] for wish in wishes} | {w.weeks[1] + 1 for w in wishes if w.weeks[1] is not None}
        closes = self.inputs.week
        return sorted({week for week in ends if week is not None and week > closes} | {closes})

    def covers(self, window, week):
        begins, ends = window
        return week is None or ((begins or 0) <= week and (ends is None or week <= ends))

    # Who stays out where a version would be too large.

    def fitting(self, version, offers, needs):
        """The wishes of a version without those of the units that stay out of it."""
        most = min(SIZE_PER_WISH * (len(offers) + len(needs)), SIZE_MAX)
        within = lambda units: [[w for w in wishes if w.unit in units] for wishes in (offers, needs)]
        wishing = {wish.unit for wish in [*offers, *needs]}
        if self.size(offers, needs) <= most:
            return offers, needs
        digest = lambda unit: hashlib.sha256(self.inputs.seed + b"c" + unit.encode()).digest()
        told = lambda unit: self.told_apart(unit, wishing, [w for w in [*offers, *needs] if w.unit == unit])
        units = sorted(wishing, key=lambda unit: (told(unit), digest(unit)))
        while units and self.size(*within(units)) > most:
            self.crowded_out.append((version, units.pop()))
        return within(units)

    def size(self, offers, needs):
        """The cells of each different need, and those around each different offer."""
        needed, (near, _), (own, got) = self.around(offers, needs)
        sets = [tuple(set_ for set_ in sorted(set(own)) if offer.unit in set_) for offer in offers]
        given = {(o.area, o.weeks, out): len(cells) for o, out, cells in zip(offers, sets, near)}
        taken = {(n.area, n.weeks, set_): len(cells) for n, set_, cells in zip(needs, own, got)}
        return sum(given.values()) + sum(taken.values())

    def told_apart(self, unit, wishing, wishes):
        named = [{wish.area for wish in wishes}, {w.weeks[0] for w in wishes}, {w.weeks[1] for w in wishes}]
        return sum(len(names - {None}) for names in named) + len(self.inputs.said.get(unit, set()) & wishing)
