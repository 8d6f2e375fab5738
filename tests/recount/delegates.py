"""Delegates: elections by transferable votes, mandates as a yes given in advance, and recalls."""

from types import SimpleNamespace as Row

from signed import sha256

FIELDS = {"ceiling-hours": ("ceiling_per_member", 3600), "round-every-hours": ("round_every_hours", 1),
          "round-open-hours": ("round_open_hours", 1), "answer-hours": ("answer_hours", 1), "notice-days": ("notice_days", 1)}


def clear(ranks, out):
    """The options on a paper, best first, up to the first gap or equal ranks."""
    places, order = sorted((rank, option) for option, rank in enumerate(ranks) if rank), []
    for place, (rank, option) in enumerate(places, 1):
        if rank != place or ranks.count(rank) > 1:
            break
        order.append(option)
    return [option for option in order if option not in out]


def elected(ballots, seats, options, out=(), turns=()):
    """Who is elected by the Scottish rules, in their order; and whether that is a matter for the public lot."""
    papers = [order for order in (clear(ranks, out) for ranks in ballots) if order]
    quota, turns = (len(papers) // (seats + 1) + 1) * 10**5, turns or [0] * options
    there, surplus, chosen, stages, by_lot = [option for option in range(options) if option not in out], [], [], [], []
    piles = {option: [(10**5, paper) for paper in papers if paper[0] == option] for option in there}
    votes = {option: sum(value for value, _ in pile) for option, pile in piles.items()}

    def pass_on(option, share, of):
        for value, paper in piles.pop(option):
            further = next((one for one in paper[paper.index(option) + 1 :] if one in there), None)
            if further is not None:
                piles[further].append((value * share // of, paper))
                votes[further] += value * share // of

    def take(among, most):
        for seen in [votes, *reversed(stages), {option: -turn for option, turn in enumerate(turns)}]:
            best = (max if most else min)(seen[option] for option in among)
            among = [option for option in among if seen[option] == best]
        last = max(among, key=lambda option: sha256(bytes(32), str(option).encode()))
        if len(among) > 1:
            by_lot.append((among, last, len(stages)))
        return last

    while True:
        for option in sorted((option for option in there if votes[option] >= quota), key=lambda option: -votes[option]):
            there.remove(option)
            chosen.append(option)
            surplus += [option] * (votes[option] > quota)
        stages.append(dict(votes))
        if len(there) <= seats - len(chosen) or len(chosen) >= seats:
            break
        option = take(surplus or there, bool(surplus))
        if surplus:
            surplus.remove(option)
            pass_on(option, votes[option] - quota, votes[option])
            votes[option] = quota
        else:
            there.remove(option)
            pass_on(option, 1, 1)
            votes[option] = 0
    if len(chosen) < seats:
        chosen += sorted(there, key=lambda option: -votes[option])
    matters = any(any(stages[at][one] for one in among if one != last) or set(among) & set(chosen) for among, last, at in by_lot)
    return chosen, matters, len(papers)


class Mandates:
    """The mandates of a federation, in the order in which they were given."""

    def __init__(self, units):
        self.units, self.all = units, {}

    def of(self, unit, at):
        return [row for row in self.all.values() if row.unit == unit and row.since <= at <= row.until and row.ended is None]

    def of_person(self, unit, person):
        return [row for row in self.all.values() if (row.unit, row.person) == (unit, person)]

    def can_be_sent(self, unit, person, at):
        """Two in a row, whatever they are about, and then a pause as long as the longer of the two."""
        before = self.of_person(unit, person)[-2:]
        if person not in self.units[unit].members or len(before) < 2:
            return person in self.units[unit].members
        first, last = before
        in_a_row = last.since < first.end() + first.seconds()
        return not in_a_row or max(first.end(), last.end()) + max(first.seconds(), last.seconds()) <= at

    def send(self, ref, proposal, person, terms, at):
        for old in self.of(proposal.unit, at):
            if (old.person, old.matter) == (person, terms["matter"].lower()):
                old.ended = at
        row = self.all[ref] = Row(unit=proposal.unit, person=person, matter=terms["matter"].lower(), says=terms["instruction"],
                                  since=at, until=terms["until"], voters=proposal.voters(), needed=10**9, signed=set(), ended=None)
        row.end = lambda: row.until if row.ended is None else min(row.ended, row.until)
        row.seconds = lambda: max(row.end() - row.since, 0)
        self.recount(row, at)

    def recount(self, row, at):
        """More than half of those who voted and are members, never more than half of the members and one; it only falls."""
        members = self.units[row.unit].members
        row.needed = min(row.needed, len(row.voters & members) // 2 + 1, len(members) // 2 + 1)
        row.signed &= members
        if len(row.signed) >= row.needed and row.ended is None:
            row.ended = at

    def somebody_left(self, unit, person, at, now):
        """The mandates of whoever has left end, or all when the unit has; and recalls may have enough signatures now."""
        for row in self.all.values():
            if row.unit == unit and row.ended is None and now <= row.until:
                if person in (None, row.person):
                    row.ended = at
                else:
                    self.recount(row, at)

    def say_yes(self, unit, proposal, at, pact, clauses):
        return any(covers(row.says, proposal, pact, clauses) for row in self.of(unit, at))


def covers(says, proposal, pact, clauses):
    """Whether an instruction is a yes to what is asked."""
    if bound := says.get("bound"):
        return bound["question"] == proposal.question and (proposal.kind != "text" or bound["text"] == proposal.text)
    asked = proposal.question.get(proposal.kind)
    if found := says.get("range", {}).get("value"):
        same = proposal.kind == "value" and clauses[found["version"]] == clauses[asked["version"]]
        return same and found["least"] <= asked["value"] <= found["most"]
    if found := says.get("range", {}).get("parameter"):
        field, unit = FIELDS[found["parameter"]]
        only = proposal.kind == "pact" and {**pact, field: asked[field]} == asked
        return only and asked[field] % unit == 0 and found["least"] <= asked[field] // unit <= found["most"]
    return False
