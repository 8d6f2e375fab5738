"""What was decided, what it brings about, and who was sent with what."""

from signed import Row, require
from votes import Proposal, elected

DAY, NEVER = 86_400, float("inf")
OF_A_UNIT = {"own", "accept-pact", "mandate", "delegates"}


def pauses(before, at):
    """After two mandates in a row, whatever they are about, there is a pause as long as the longer of the two."""
    lasted, ended = [one.until - one.since for one in before[-2:]], max([0, *(one.until for one in before[-2:])])
    return len(lasted) == 2 and before[-1].since < before[-2].until + lasted[0] and at < ended + max(lasted)


class Decisions:
    def put(self, ref, unit, act, at):
        """Notice runs for what the whole decides; a unit's own question comes to the vote at once."""
        question, again = act["question"], self.proposals.get(act.get("again"))
        tries = again.tries + bool(again.counted and again.counted["all"]["cast"]) if again else 1
        [(kind, asked)] = question.items()
        whole, options = kind not in OF_A_UNIT, asked["candidates"] if kind == "delegates" else act["options"]
        days = max(self.pact["notice_days"], 14 if kind == "expel" else 0) if whole else 0
        row = self.proposals[ref] = Proposal(
            ref=ref, unit=unit, question=question, kind=kind, asked=asked, whole=whole, as_it_is=len(options) or 1,
            text=act["text"] if kind == "text" else "", closes=act.get("closes", at + (days + 7) * DAY), voting=None,
            share=self.pact["pact_majority" if kind in ("pact", "expel") else "majority"], counted=None, since=at,
            due=at + days * DAY, tries=tries)
        if not whole:
            self.open_poll(row)
        if kind == "value":
            self.put_version(ref, asked)

    def decide(self):
        """Ends every notice and closes every poll whose time is over; what a conflict puts to the vote Artel says."""
        for ref, act in [(ref, act) for size, ref, act in self.told["put"] if size == self.size]:
            self.put(ref, act["unit"], act, self.testified)
        while due := [row for row in self.proposals.values() if row.due < self.testified]:
            row = min(due, key=lambda row: (row.due, row.voting is not None))
            (self.open_poll if row.voting is None else self.close)(row)
            self.recount_mandates(self.vouched)
            self.vouch()

    def open_poll(self, row):
        """Who votes is fixed, and that they count as their units do now. If it is late, the poll closes later."""
        enrolled = self.inside(self.enrolled)
        own = {unit: self.units[unit].counted for unit in (enrolled if row.whole else [row.unit])}
        told = self.told["electorates"].get(row.ref, {"units": own, "new": [], "enrolled": len(enrolled)})
        require(told["units"].keys() <= own.keys(), "a unit votes that is not enrolled")
        row.enrolled, row.due = told["enrolled"], max(row.closes, self.testified + max(row.closes - row.due - DAY, DAY))
        row.voting = {unit: Row(
            members=self.members(unit), method=self.units[unit].method, most=most, new=unit in told["new"],
            ballots={}, room=set(), sealing=set(), says=None) for unit, most in told["units"].items()}

    def close(self, row):
        """Each unit that has not sealed is counted, then the whole, a list also without who has weight of late."""
        at, row.due, said = row.due, NEVER, []
        held = [one for one in self.mandates.values() if one.ended is None and at <= one.until]
        advance = {one.unit for one in held if row.whole and self.covers(one.says, row)}
        for unit, voting in row.voting.items():
            if voting.says is None:
                voting.says = 0 if unit in advance and not voting.ballots and not voting.room else row.says(voting)
            said += [voting.says] if isinstance(voting.says, int) else []
        row.counted, passes = row.totals(row.voting.values())
        _, also = row.totals([one for one in row.voting.values() if not one.new or row.kind != "list"])
        said = [0] * (passes and also) if row.whole else said
        row.counted["passed"] = said[0] if said else None
        kind = row.kind if said else "nothing"
        if kind == "pact" and row.since >= self.pact_since:
            self.pact, self.pact_since = row.asked, at
        elif kind == "expel" and self.inside([row.asked["unit"]]):
            self.depart(row.asked["unit"])
        elif kind in ("mandate", "delegates") and self.inside([row.unit]):
            self.send(row, row.asked["terms"], at)

    def send(self, row, terms, at):
        """Whoever cannot be sent any more counts as withdrawn; where the public lot is needed, nobody is sent yet."""
        persons, matter = row.asked.get("candidates") or [row.asked["delegate"]], terms["matter"].lower()
        own = [one for one in self.mandates.values() if one.unit == row.unit]
        given = [[one for one in own if one.person == who] for who in persons]
        fits = [self.unit_of.get(who) == row.unit and not pauses(of, at) for who, of in zip(persons, given)]
        chosen = [place for place, can in enumerate(fits) if can]
        if row.kind == "delegates":
            turns = [(-sum(one.until - one.since for one in of), -max([0, *(one.until for one in of)])) for of in given]
            votes = [paper.likes for paper in row.voting[row.unit].ballots.values() if not paper.abstains]
            out, turns = [place for place, can in enumerate(fits) if not can], [*turns, (-NEVER, 0), (-NEVER, -1)]
            chosen, by_lot = elected(votes, row.asked["seats"], out, turns)
            chosen = [] if by_lot or at >= terms["until"] else chosen
        for number, place in enumerate(chosen):
            for old in [old for old in given[place] if old.matter == matter and at <= old.until]:
                self.end_mandate(old, at)
            self.mandates[f"{row.ref}.{number}".removesuffix(".0")] = Row(
                unit=row.unit, person=persons[place], matter=matter, says=terms["instruction"], since=at, ended=None,
                until=terms["until"], needed=0, signed=set(),
                voters={who for one in row.voting.values() for who in (*one.ballots, *one.room)})

    def end_mandate(self, row, at):
        if row.ended is None:
            row.ended, row.until = at, min(at, row.until)

    def recount_mandates(self, at):
        """More than half of those who voted, or of all members if that is less, take somebody back; it only falls."""
        for row in self.mandates.values():
            if row.ended is None and (self.testified <= row.until or not row.needed):
                members = self.members(row.unit)
                if there := row.person in members and self.inside([row.unit]):
                    row.needed = min(row.needed or 10**9, len(row.voters & members) // 2 + 1, len(members) // 2 + 1)
                    row.signed &= members
                if not there or len(row.signed) >= row.needed:
                    self.end_mandate(row, at)

    def covers(self, says, row):
        """Whether an instruction is a yes to what is asked."""
        match says, row.asked:
            case {"bound": bound}, _:
                return bound == {"question": row.question, "text": row.text}
            case {"range": {"value": found}}, {"version": version, "value": number}:
                fits = self.versions[found["version"]][:2] == self.versions[version][:2]
            case {"range": {"parameter": found}}, {"notice_days": _}:
                field = found["parameter"].replace("-", "_").replace("ceiling_hours", "ceiling_per_member")
                number, rest = divmod(row.asked[field], 3600 if field == "ceiling_per_member" else 1)
                fits = not rest and {**self.pact, field: row.asked[field]} == row.asked
            case _:
                return False
        return fits and found["least"] <= number <= found["most"]
