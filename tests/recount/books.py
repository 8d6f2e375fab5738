"""The books of a federation: who may sign, what was given and received, and what was decided."""

import heapq
import json
from types import SimpleNamespace as Row

from delegates import Mandates, elected
from given import Given, contract_row
from signed import require
from votes import Proposal

MATTERS = {
    "members": "admit-member describe-unit declare-makeup",
    "leaving": "announce-leaving leave",
    "values": "propose-specification revise-specification retire-specification ask-value counter-value agree-value",
    "offers": "offer need withdraw refuse-partners bring-thing would-take withdraw-thing",
    "contracts": "propose-contract accept-contract decline-contract end-contract already-done arrange open-common subscribe"
                 " unsubscribe register claim release dispute settle",
    "deliveries": "deliver receipt accept-delivery reject-delivery correct contribute receipt-contribution correct-contribution"
                  " report-use",
    "trust": "back release-backing",
}
MATTER_OF = {act: matter for matter, acts in MATTERS.items() for act in acts.split()}
BY_HALF = {"set-signing", "set-method", "accept-pact"}


def unit_row(name, standing="signed", opening=0, counted=1):
    """A unit; what it has not set otherwise, two sign for leaving and for trust, and more than half decide."""
    return Row(name=name, standing=standing, opening=opening, counted=counted, listed=standing == "listed", dated=0, dated_by=None,
               entitlement=0, members=set(), members_at_leaving=set(), two_sign={"leaving", "trust"},
               method={"consent_tries": 0, "count": {"yes-no": {"share": "more-than-half"}}})


def named(made_by, row=0):
    """How statements name the so-many-th thing that an entry made."""
    return f"{made_by}.{row}" if row else made_by


class Books(Given):
    def __init__(self, said):
        self.planned, self.decisions, self.carried = (said.get(what, {}) for what in ("planned", "decisions", "carried"))
        self.enrolled_after, self.size, self.enrolled_said = dict(said.get("enrolled", ())), 0, None
        self.persons, self.keys, self.units, self.unit_named = {}, {}, [], {}
        self.decimals, self.values, self.made_by = {}, {}, {}
        self.contracts, self.deliveries, self.proposals, self.commons, self.contributions = {}, {}, {}, {}, {}
        self.mandates, self.clauses = Mandates(self.units), {}
        self.waiting, self.calendar, self.opened, self.testified, self.time = {}, [], False, 0, 0

    def take(self, entry):
        """Carries out what an entry says, once all have signed it that it needs; then what is due."""
        self.made_by[entry.id], self.size = entry.name, self.size + 1
        self.enrolled_said = self.enrolled_after.get(self.size, self.enrolled_said)
        if entry.name == "found":
            self.found(entry)
        elif entry.name == "sign-pact" and "newcomer" in entry.act:
            require(entry.person not in self.persons, "a newcomer is new")
            self.put_key(entry.person, {"key": entry.key, "held_by": entry.act["newcomer"]["held_by"]})
            self.move(entry.person, self.put_unit(entry.id, unit_row(entry.act["newcomer"]["name"])))
        else:
            self.sign(entry)
        signer = self.keys[entry.key].person
        unit = self.persons[signer].unit
        if unit is not None and (signer != self.host or self.host_alone):
            believed = min(entry.said["time"], max(self.testified, self.founded) + 30 * 86_400)
            if believed > self.units[unit].dated:
                self.units[unit].dated, self.units[unit].dated_by = believed, signer
        self.time = entry.time
        self.vouch()
        for ref, told in self.decisions.items():
            if told.get("put_after") == self.size:
                self.put(ref, Proposal(told["unit"], told, self.pact, 1), told["notice_until"], told["notice_until"] + 7 * 86_400)
        while self.calendar and self.calendar[0][0] < self.testified:
            at, closes, number, ref = heapq.heappop(self.calendar)
            if not closes:
                self.end_notice(ref, number)
            elif at == self.proposals[ref].closes:
                self.close(ref)

    def sign(self, entry):
        key, act = self.keys[entry.key], (entry.name, json.dumps(entry.act, sort_keys=True))
        require(entry.key in self.persons[key.person].keys, "a key out of use signs")
        for_person = ("person", entry.person) if key.person != entry.person else None
        if for_person and not self.gather(for_person, act, key.person, 2):
            return
        returns = entry.name == "sign-pact" and "return" in entry.act
        unit = self.unit_named[entry.act["return"]["unit"]] if returns else self.persons[entry.person].unit
        needed = self.signatures_needed(unit, "leave" if returns else entry.name) if unit is not None else 1
        for_unit = ("unit", unit) if needed > 1 else None
        if not for_unit or self.gather(for_unit, act, entry.person, needed):
            self.carry_out(entry, entry.person, self.persons[entry.person].unit, entry.act)
            self.waiting.pop((for_unit, act), None)
        self.waiting.pop((for_person, act), None)

    def gather(self, gatherer, act, by, needed):
        """Whether enough have signed; those who may no longer sign do not count."""
        signed = {one for one in self.waiting.get((gatherer, act), ()) if self.may_sign(gatherer, act, one)} | {by}
        if len(signed) < needed:
            self.waiting[gatherer, act] = signed
        return len(signed) >= needed

    def may_sign(self, gatherer, act, signer):
        (kind, whose), own = gatherer, self.persons[signer].unit
        if kind == "person":
            return own == self.persons[whose].unit
        if act[0] == "sign-pact":
            unit, free = self.units[whose], own is None or self.units[own].standing == "departed"
            return unit.standing == "departed" and free and signer in unit.members | unit.members_at_leaving
        if act[0] == "count-room":
            proposal = self.proposals[json.loads(act[1])["proposal"]]
            return signer in proposal.voting[whose].members and self.units[whose].standing == "signed"
        return own == whose

    def signatures_needed(self, unit, name):
        row = self.units[unit]
        by_rule = 2 if MATTER_OF.get(name) in row.two_sign else 1
        if name in BY_HALF:
            by_rule = len(row.members) // 2 + 1
        elif name == "count-room":
            return min(3, len(row.members))
        return min(by_rule, max(sum(bool(self.persons[member].keys) for member in row.members), 1))

    # Members, units, and the time that enough of them vouch for.

    def put_key(self, person, key):
        """A key comes into use, and with the first somebody who is new."""
        row = self.persons.setdefault(person, Row(unit=None, keys=set()))
        if key:
            require(key["key"] not in self.keys, "a key is somebody's already")
            self.keys[key["key"]] = Row(person=person, kept=key["held_by"] != "device")
            row.keys.add(key["key"])

    def put_unit(self, ref, unit):
        self.unit_named[ref] = len(self.units)
        self.units.append(unit)
        return len(self.units) - 1

    def move(self, person, unit):
        for row in self.units:
            row.members.discard(person)
            if row.dated_by == person:
                row.dated, row.dated_by = 0, None
        self.persons[person].unit = unit
        if unit is not None:
            self.units[unit].members.add(person)

    def found(self, entry):
        require(not self.units, "a record is founded once")
        self.pact, self.pact_since, self.host = entry.act["pact"], 0, entry.act["host"]
        self.founded = entry.time
        for row, listed in enumerate(entry.act["rows"]):
            unit = unit_row(listed["name"], "listed", listed["opening"], listed["counted_members"])
            place = self.put_unit(named(entry.id, row), unit)
            for member in listed["members"]:
                self.put_key(member["person"], member["key"])
                self.move(member["person"], place)
        require(self.keys[entry.key].person == entry.person, "the founder has another key")
        require(sum(unit.opening for unit in self.units) == 0, "opening entitlements sum to zero")
        for row, essential in enumerate(self.pact["essentials"]):
            ref, specification = named(entry.id, row), essential["specification"]
            self.decimals[ref], self.clauses[ref] = specification["measure"]["decimals"], (ref, specification["clauses"])
        self.sign_row(self.persons[entry.person].unit)

    def sign_row(self, unit):
        """Opening entitlements come into force together, when every row that has one is signed."""
        self.units[unit].standing = "signed"
        if not self.opened and not any(row.opening and row.standing == "listed" for row in self.units):
            self.opened = True
            for row in self.units:
                row.entitlement += row.opening
        self.vouch()

    def depart(self, unit, at):
        row = self.units[unit]
        row.standing, row.members_at_leaving = "departed", set(row.members)
        self.mandates.somebody_left(unit, None, at, self.testified)
        for common in self.commons.values():
            common.subscribed.discard(unit)
        self.waiting = {key: who for key, who in self.waiting.items() if key[0] != ("unit", unit)}
        self.vouch()

    def enrolled(self):
        """As Artel says; else those of the founding list that are in."""
        listed = [at for at, row in enumerate(self.units) if row.listed]
        said = listed if self.enrolled_said is None else self.enrolled_said
        return [at for at in said if self.units[at].standing == "signed"]

    def vouch(self):
        """Three enrolled units vouch for a time, or all if they are fewer; the host's only if there is no other. A
        single one goes no further than the host's time."""
        others = [unit for unit in self.enrolled() if unit != self.persons[self.host].unit]
        witnesses, self.host_alone = others or self.enrolled(), not others
        dates = sorted((self.units[unit].dated for unit in witnesses), reverse=True)
        last = dates[min(len(dates), 3) - 1] if dates else 0
        self.testified = max(self.testified, last if len(dates) > 1 else min(last, self.time))

    # What each act does. A value that too few have signed makes no version, and nobody names it.

    def carry_out(self, entry, by, own, act):
        at = max(entry.time, self.testified)
        match entry.name:
            case "sign-pact":
                [(kind, said)] = act.items()
                if kind == "founding":
                    return self.sign_row(self.unit_named[said["unit"]])
                into = self.unit_named[said["unit"]] if kind == "return" else self.put_unit(entry.id, unit_row(said["name"]))
                self.move(by, into)
                self.units[into].standing = "signed"
            case "admit-member":
                if act["person"] not in self.persons:
                    self.put_key(act["person"], act["key"])
                self.move(act["person"], own)
            case "member-leaves":
                if self.units[own].standing == "signed" and len(self.units[own].members) == 1:
                    self.depart(own, at)
                self.move(by, None)
                self.mandates.somebody_left(own, by, at, self.testified)
            case "leave":
                self.depart(own, at)
            case "set-signing":
                two = self.units[own].two_sign
                (two.add if act["signing"] == "two-members" else two.discard)(act["matter"])
            case "set-method":
                self.units[own].method = act["method"]
            case "add-key":
                self.put_key(by, act["key"])
            case "revoke-key":
                self.persons[by].keys.remove(act["key"])
            case "propose-specification":
                self.decimals[entry.id], self.clauses[entry.id] = act["measure"]["decimals"], (entry.id, act["clauses"])
            case "revise-specification" | "ask-value" | "agree-value":
                before = act.get("specification", act.get("version"))
                self.decimals[entry.id], self.values[entry.id] = self.decimals[before], act.get("value")
                self.clauses[entry.id] = (self.clauses[before][0], act.get("clauses", self.clauses[before][1]))
            case "propose-contract" | "already-done":
                other, version = self.unit_named[act["with"]], act["version"]
                sides = (own, other) if act["role"] == "giver" else (other, own)
                value = 0 if act["terms"] == "gift" else self.values[version]
                terms = (value, self.decimals[version], act["quantity"], entry.name == "already-done")
                self.contracts[entry.id] = contract_row(*sides, *terms)
            case "deliver" | "accept-contract":
                contract = self.contract(act["contract"], own)
                if entry.name == "deliver" or contract.done:
                    require(contract.done or contract.giver in (own, None), "another than the giver delivers")
                    terms = dict(contract=act["contract"], quantity=act.get("quantity", contract.quantity))
                    self.deliveries[entry.id] = Row(hours=None, correction=None, **terms)
                if entry.name == "accept-contract" and contract.done:
                    self.settle(self.deliveries[entry.id], own)
            case "accept-delivery":
                self.settle(self.deliveries[act["delivery"]], own)
            case "correct":
                self.correct(self.deliveries[act["delivery"]], own, act["quantity"])
            case "open-common":
                self.commons[entry.id] = Row(version=act["version"], subscribed=set())
            case "subscribe":
                self.commons[act["common"]].subscribed.add(own)
            case "unsubscribe":
                self.commons[act["common"]].subscribed.discard(own)
            case "contribute":
                self.contribute(entry, own, act)
            case "accept-contribution":
                row = self.contributions[act["contribution"]]
                require(own == row.of.giver or own in row.shares, "somebody accepts who carries nothing")
                if self.size == row.after:
                    self.carry(row.of.giver, row.shares)
            case "correct-contribution":
                self.correct_contribution(self.contributions[act["contribution"]], own, act["quantity"])
            case "recall":
                self.mandates.all[act["mandate"]].signed.add(by)
                self.mandates.recount(self.mandates.all[act["mandate"]], at)
            case "lay-down-mandate":
                self.mandates.all[act["mandate"]].ended = at
            case "propose":
                self.propose(entry, own, act)
            case "withdraw-proposal":
                self.proposals[act["proposal"]].course = "withdrawn"
            case "count-room":
                self.proposals[act["proposal"]].count_room(own, act["present"], act["votes"])
            case "seal":
                self.proposals[act["proposal"]].seal(by)
            case "ballot":
                kept = self.keys[entry.key].kept and self.keys[entry.key].person == by
                self.proposals[act["proposal"]].vote(by, act["vote"], act["reason"], kept)

    # What was decided.

    def propose(self, entry, own, act):
        again = self.proposals.get(act["again"])
        tries = again.tries + bool(again.counted and again.counted["all"]["cast"]) if again else 1
        row, begins = Proposal(own, act, self.pact, tries), max(entry.time, self.testified)
        days = max(self.pact["notice_days"], 14 if row.kind == "expel" else 0) if row.whole else 0
        row.since = begins
        self.put(entry.id, row, begins + days * 86_400, act["closes"])
        if row.kind == "value":
            value = row.question["value"]
            self.decimals[entry.id], self.values[entry.id] = self.decimals[value["version"]], value["value"]
            self.clauses[entry.id] = self.clauses[value["version"]]

    def put(self, ref, row, notice_until, closes):
        self.proposals[ref], row.opens, row.closes, number = row, notice_until, closes, len(self.proposals)
        if row.whole:
            heapq.heappush(self.calendar, (notice_until, False, number, ref))
        else:
            self.end_notice(ref, number)
        heapq.heappush(self.calendar, (closes, True, number, ref))

    def end_notice(self, ref, number):
        """Where that is more than a day late, the poll closes as much later."""
        row, told = self.proposals[ref], self.decisions.get(ref, {})
        if row.course == "notice":
            later = self.testified + max(row.closes - row.opens - 86_400, 86_400)
            if later > row.closes:
                row.closes = later
                heapq.heappush(self.calendar, (later, True, number, ref))
            own = self.enrolled() if row.whole else [row.unit]
            electorate = {int(unit): most for unit, most in told.get("electorate", {}).items()}
            require(set(electorate) <= set(own), "a unit votes that is not enrolled")
            electorate = electorate or {unit: self.units[unit].counted for unit in own}
            row.open_poll(electorate, told.get("enrolled", len(self.enrolled())), self.units, told.get("new", ()))

    def close(self, ref):
        """What has passed takes effect."""
        row = self.proposals[ref]
        at = row.closes
        if row.course != "voting" or not row.close(lambda unit: self.mandates.say_yes(unit, row, at, self.pact, self.clauses)):
            return
        is_in = self.units[row.unit].standing == "signed"
        if row.kind == "pact" and row.since >= self.pact_since:
            self.pact, self.pact_since = row.question["pact"], at
        elif row.kind == "expel" and self.units[expelled := self.unit_named[row.question["expel"]["unit"]]].standing == "signed":
            self.depart(expelled, at)
        elif row.kind == "mandate" and is_in:
            self.send(ref, row, [row.question["mandate"]["delegate"]], row.question["mandate"]["terms"])
        elif row.kind == "delegates" and is_in:
            self.elect(ref, row)

    def elect(self, ref, row):
        """Whoever cannot be sent any more counts as withdrawn; where the public lot is needed, nobody is sent yet."""
        standing, terms = row.election["candidates"], row.election["terms"]
        can = [self.mandates.can_be_sent(row.unit, person, row.closes) for person in standing]
        served = [self.mandates.of_person(row.unit, person) if can[place] else [] for place, person in enumerate(standing)]
        served = [(sum(one.seconds() for one in of), max([one.end() for one in of], default=0)) for of in served]
        turns = [sorted(set(served)).index(turn) for turn in served] + [10**8, 10**9]
        out = [place for place, fits in enumerate(can) if not fits]
        chosen, by_lot, _ = elected(row.ranks(), row.election["seats"], row.as_it_is + 2, out, turns)
        if not by_lot and row.closes < terms["until"]:
            self.send(ref, row, [standing[place] for place in chosen if place < row.as_it_is], terms)

    def send(self, ref, row, persons, terms):
        sent = 0
        for person in persons:
            if self.mandates.can_be_sent(row.unit, person, row.closes):
                self.mandates.send(named(ref, sent), row, person, terms, row.closes)
                sent += 1
