"""A round as a circulation, in the canonical order that docs/engine.md describes."""
import dataclasses
import hashlib
import itertools

from .cells import Cells, first, lies_in

ESSENTIAL, OTHER = "essential", "other"


@dataclasses.dataclass
class Wish:
    """An offer or need after merging and netting."""

    version: str
    unit: str
    area: str | None
    weeks: tuple
    steps: int
    seconds: int = 0
    lots: tuple = ()
    span: int | None = None
    before: int = 0

    def key(self):
        return self.version, self.unit, first(self.area), *map(first, self.weeks)


@dataclasses.dataclass
class Lot:
    version: str
    area: str | None
    week: int | None
    without: tuple


@dataclasses.dataclass
class Span:
    lots: tuple
    place: str | None
    first: Wish
    seconds: int


@dataclasses.dataclass
class Arc:
    tail: object
    head: object
    lower: int
    upper: int
    kind: str
    unit: str = ""
    version: str = ""
    """Of which needs flow on it meets some, and whose intake that is."""
    class_: str | None = None
    distance: int = 0
    urgency: int = 0
    short: int = 0
    before: int = 0
    hash: bytes | None = None


def distance(one, other):
    if one is None or other is None:
        return 0
    one, other = one.split("/"), other.split("/")
    shared = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other))))
    return len(one) + len(other) - 2 * shared


class Round:
    """The problem in its canonical order: `nodes`, and `arcs` whose ends are positions of nodes."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.cells = Cells(inputs)
        self.crowded_out = self.cells.crowded_out
        self.lots, self.give_spans, self.get_spans, self.gives, self.gets = [], [], [], [], []
        offers, needs = self.net(self.merge(inputs.offers, False), self.merge(inputs.needs, True))
        offers, needs = self.valued(offers), self.valued(needs)
        for version in sorted(inputs.versions):
            self.lay_out(
                version,
                [wish for wish in offers if wish.version == version],
                [wish for wish in needs if wish.version == version],
            )
        self.merge_debts()
        self.hand_out_before()
        self.share_out()
        self.build()

    # Who can meet whom.

    def merge(self, wishes, needs):
        merged = {}
        for one in wishes:
            home = self.inputs.units[one.unit].home if needs else None
            begins, ends = one.weeks
            begins = begins if begins is not None and begins > self.inputs.week else None
            wish = Wish(one.version, one.unit, one.area or home, (begins, ends), 0)
            merged.setdefault(wish.key(), wish).steps += one.steps
        return [merged[key] for key in sorted(merged)]

    def net(self, offers, needs):
        own = {}
        for need in needs:
            own.setdefault((need.version, need.unit), []).append(need)
        for offer in offers:
            for need in own.get((offer.version, offer.unit), []):
                if self.fit(offer, need):
                    both = min(offer.steps, need.steps)
                    offer.steps -= both
                    need.steps -= both
        return offers, needs

    def fit(self, offer, need):
        begins = max([week for week in (offer.weeks[0], need.weeks[0]) if week is not None], default=self.inputs.week)
        ends = min([week for week in (offer.weeks[1], need.weeks[1]) if week is not None], default=None)
        if ends is not None and begins > ends:
            return False
        return lies_in(offer.area, need.area) or lies_in(need.area, offer.area)

    def valued(self, wishes):
        for wish in wishes:
            wish.seconds = self.inputs.versions[wish.version].worth(wish.steps)
        return [wish for wish in wishes if wish.seconds > 0]

    def lay_out(self, version, offers, needs):
        """Makes the lots of a version, and sends its wishes to them, or to spans of several."""
        offers, needs = self.cells.fitting(version, offers, needs)
        needed, (_, given), (_, got) = self.cells.around(offers, needs)
        reached = {place for places in given for place in places}
        lots = [place for place in range(len(needed)) if place in reached]
        number = {place: len(self.lots) + i for i, place in enumerate(lots)}
        self.lots += [Lot(version, *needed[place]) for place in lots]
        for wishes, cells in [(offers, given), (needs, got)]:
            for wish, places in zip(wishes, cells):
                wish.lots = tuple(number[place] for place in places if place in number)
        self.gives += self.spread(offers, self.give_spans)
        self.gets += self.spread(needs, self.get_spans)

    def spread(self, wishes, spans):
        wishes = [wish for wish in wishes if wish.lots]
        shared = {}
        for wish in wishes:
            if len(wish.lots) > 1:
                near = "nearness" in self.inputs.order and any(self.lots[lot].area for lot in wish.lots)
                place = self.place(wish) if near else None
                shared.setdefault((wish.lots, first(place)), []).append(wish)
        for (lots, place), together in sorted(shared.items(), key=lambda item: item[0]):
            for wish in together:
                wish.span = len(spans)
            place = place[1] if place[0] else None
            spans.append(Span(lots, place, together[0], sum(wish.seconds for wish in together)))
        return wishes

    def place(self, wish):
        return self.inputs.units[wish.unit].home or wish.area

    def merge_debts(self):
        owed = {}
        for giver, receiver, seconds in self.inputs.owed:
            if giver != receiver and seconds > 0 and (giver, receiver) not in self.inputs.refused:
                owed[giver, receiver] = owed.get((giver, receiver), 0) + seconds
        self.debts = sorted(owed.items())

    def hand_out_before(self):
        """How much of each offer, need and obligation the plan before had."""
        given, got, owed = {}, {}, {}
        known = self.inputs.units
        for giver, receiver, version, seconds in self.inputs.before:
            if giver not in known or receiver not in known:
                continue
            for left, key in [(given, (version, giver)), (got, (version, receiver))] if version else [(owed, (giver, receiver))]:
                left[key] = left.get(key, 0) + seconds
        for left, wishes in [(given, self.gives), (got, self.gets)]:
            for wish in wishes:
                wish.before = min(wish.seconds, left.get((wish.version, wish.unit), 0))
                if wish.before:
                    left[wish.version, wish.unit] -= wish.before
        self.debt_before = [min(seconds, owed.get(pair, 0)) for pair, seconds in self.debts]

    # What is essential.

    def essential_seconds(self, version):
        version = self.inputs.versions[version]
        return version.worth(version.essential) if version.essential else 0

    def share_out(self):
        """The essential seconds of each need, or the floor that shares several out."""
        own = {}
        for need in self.gets:
            own.setdefault((need.version, need.unit), []).append(need)
        self.essential, self.floor_of, self.floors = {}, {}, []
        for (version, unit), needs in sorted(own.items()):
            total = sum(need.seconds for need in needs)
            essential = min(total, self.essential_seconds(version) * self.inputs.units[unit].members)
            if essential and len(needs) > 1:
                for need in needs:
                    self.floor_of[id(need)] = len(self.floors)
                self.floors.append((version, unit, essential, total - essential))
            else:
                for need in needs:
                    self.essential[id(need)] = essential

    def intake_sums(self):
        """What each unit can take in of each class, and by how many arcs."""
        sums = {}
        parts = [(need.unit, self.essential[id(need)], need.seconds - self.essential[id(need)])
                 for need in self.gets if id(need) in self.essential]
        parts += [(unit, essential, other) for _, unit, essential, other in self.floors]
        parts += [(receiver, 0, seconds) for (_, receiver), seconds in self.debts]
        for unit, essential, other in parts:
            for class_, seconds in [(ESSENTIAL, essential), (OTHER, other)]:
                if seconds:
                    total, arcs = sums.get((unit, class_), (0, 0))
                    sums[unit, class_] = total + seconds, arcs + 1
        return dict(sorted(sums.items()))

    # The nodes and arcs.

    def build(self):
        self.units = sorted(self.inputs.units)
        self.taken = self.intake_sums()
        self.intakes = [key for key, (_, arcs) in self.taken.items() if arcs > 1 and self.inputs.evenness]
        self.nodes = [
            *(("unit", unit) for unit in self.units),
            *(("lot", lot) for lot in range(len(self.lots))),
            *(("give span", span) for span in range(len(self.give_spans))),
            *(("get span", span) for span in range(len(self.get_spans))),
            *(("floor", floor) for floor in range(len(self.floors))),
            *(("intake", key) for key in self.intakes),
            ("pool",),
        ]
        number = {node: place for place, node in enumerate(self.nodes)}
        self.arcs = [*self.offer_arcs(), *self.span_arcs(), *self.need_arcs(), *self.debt_arcs(),
                     *self.floor_arcs(), *self.intake_arcs()]
        self.flow_count = len(self.arcs)
        self.arcs += self.room_arcs()
        for arc in self.arcs:
            arc.tail, arc.head = number[arc.tail], number[arc.head]

    def at(self, wish, side):
        return ("lot", wish.lots[0]) if wish.span is None else (f"{side} span", wish.span)

    def far(self, wish):
        """How far a wish is from the only lot that it reaches."""
        return distance(self.place(wish), self.lots[wish.lots[0]].area) if wish.span is None else 0

    def into(self, unit, class_):
        return ("intake", (unit, class_)) if (unit, class_) in self.intakes else ("unit", unit)

    def offer_arcs(self):
        for offer in self.gives:
            ends = offer.weeks[1]
            urgency = 0 if ends is None else 15 - min(15, max(0, ends - self.inputs.week))
            yield Arc(("unit", offer.unit), self.at(offer, "give"), 0, offer.seconds, "offer", offer.unit,
                      offer.version, None, self.far(offer), urgency, 0, offer.before, self.draw_wish(b"g", offer))

    def span_arcs(self):
        for number, span in enumerate(self.give_spans):
            for lot in span.lots:
                far = distance(span.place, self.lots[lot].area)
                yield Arc(("give span", number), ("lot", lot), 0, span.seconds, "hand", distance=far,
                          hash=self.draw_span(b"h", span, self.lots[lot]))
        for number, span in enumerate(self.get_spans):
            for lot in span.lots:
                far = distance(span.place, self.lots[lot].area)
                yield Arc(("lot", lot), ("get span", number), 0, span.seconds, "take", distance=far,
                          hash=self.draw_span(b"t", span, self.lots[lot]))

    def need_arcs(self):
        for need in self.gets:
            start, far, short = self.at(need, "get"), self.far(need), self.inputs.units[need.unit].short
            if id(need) in self.floor_of:
                floor = ("floor", self.floor_of[id(need)])
                yield Arc(start, floor, 0, need.seconds, "need", need.unit, need.version, None, far, 0, short,
                          need.before, self.draw_wish(b"n", need))
                continue
            essential = self.essential[id(need)]
            for class_, role, seconds, before in [
                (ESSENTIAL, b"e", essential, min(need.before, essential)),
                (OTHER, b"n", need.seconds - essential, max(0, need.before - essential)),
            ]:
                if seconds:
                    yield Arc(start, self.into(need.unit, class_), 0, seconds, "need", need.unit, need.version,
                              class_, far, 0, short, before, self.draw_wish(role, need))

    def debt_arcs(self):
        for ((giver, receiver), seconds), before in zip(self.debts, self.debt_before):
            one, other = self.inputs.units[giver], self.inputs.units[receiver]
            yield Arc(("unit", giver), self.into(receiver, OTHER), 0, seconds, "debt", receiver, "", OTHER,
                      distance(one.home, other.home), 0, other.short, before, self.draw(b"o", giver, receiver))

    def floor_arcs(self):
        for number, (version, unit, essential, other) in enumerate(self.floors):
            for class_, role, seconds in [(ESSENTIAL, b"f", essential), (OTHER, b"b", other)]:
                if seconds:
                    yield Arc(("floor", number), self.into(unit, class_), 0, seconds, "floor", unit, version,
                              class_, hash=self.draw(role, unit, version))

    def intake_arcs(self):
        for unit, class_ in self.intakes:
            yield Arc(("intake", (unit, class_)), ("unit", unit), 0, self.taken[unit, class_][0], "intake",
                      unit, "", class_)

    def room_arcs(self):
        given, got = dict.fromkeys(self.units, 0), dict.fromkeys(self.units, 0)
        for sums, wishes in [(given, self.gives), (got, self.gets)]:
            for wish in wishes:
                sums[wish.unit] += wish.seconds
        for (giver, receiver), seconds in self.debts:
            given[giver] += seconds
            got[receiver] += seconds
        for unit in self.units:
            room = self.inputs.units[unit]
            down, up = min(room.down, got[unit]), min(room.up, given[unit])
            yield Arc(("pool",), ("unit", unit), -down, up, "room", unit, hash=self.draw(b"r", unit, ""))

    # The hashes from which the tie-break draws.

    def draw(self, role, unit, other):
        return self.digest(role + field(unit.encode()) + other.encode())

    def draw_wish(self, role, wish):
        if wish.area is None and wish.weeks == (None, None):
            return self.draw(role, wish.unit, wish.version)
        return self.digest(role.upper() + fields(wish))

    def draw_span(self, role, span, lot):
        without = b"".join(field(unit.encode()) for unit in lot.without)
        return self.digest(role + fields(span.first) + area(lot.area) + week(lot.week) + without)

    def digest(self, said):
        return hashlib.sha256(self.inputs.seed + said).digest()


def field(said):
    return len(said).to_bytes(4, "big") + said


def area(path):
    return field((path or "").encode())


def week(number):
    return field(b"" if number is None else number.to_bytes(4, "big"))


def fields(wish):
    begins, ends = wish.weeks
    return field(wish.unit.encode()) + field(wish.version.encode()) + area(wish.area) + week(begins) + week(ends)
