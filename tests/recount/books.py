"""The books of a federation: who may sign, what was given and received, and what was decided."""

import heapq
import json
from types import SimpleNamespace as Row

from signed import require
from votes import Proposal

MATTERS = {
    "members": "admit-member describe-unit",
    "leaving": "announce-leaving leave",
    "values": "propose-specification revise-specification retire-specification ask-value counter-value agree-value",
    "offers": "offer need withdraw refuse-partners bring-thing would-take withdraw-thing",
    "contracts": "propose-contract accept-contract decline-contract end-contract already-done arrange",
    "deliveries": "deliver receipt accept-delivery reject-delivery correct",
    "trust": "back release-backing",
}
MATTER_OF = {act: matter for matter, acts in MATTERS.items() for act in acts.split()}
BY_HALF = {"set-signing", "set-method", "accept-pact"}


def unit_row(name, standing="signed", opening=0, counted=1):
    """A unit; what it has not set otherwise, two sign for leaving and for trust, and more than half decide."""
    return Row(name=name, standing=standing, opening=opening, counted=counted, listed=standing == "listed", dated=0,
               entitlement=0, members=set(), members_at_leaving=set(), two_sign={"leaving", "trust"},
               method={"consent_tries": 0, "count": {"yes-no": {"share": "more-than-half"}}})


def contract_row(giver, receiver, value, decimals, quantity=0, done=False):
    """Giver and receiver are none for a swap, which counts no hours."""
    return Row(giver=giver, receiver=receiver, value=value, decimals=decimals, quantity=quantity, done=done,
               accepted=0, counted=0, worth=lambda steps: value * steps // 10**decimals)


def named(made_by, row=0):
    """How statements name the so-many-th thing that an entry made."""
    return f"{made_by}.{row}" if row else made_by


class Books:
    def __init__(self, said):
        self.planned, self.decisions = said.get("planned", {}), said.get("decisions", {})
        self.enrolled_after, self.size, self.enrolled_said = dict(said.get("enrolled", ())), 0, None
        self.persons, self.keys, self.units, self.unit_named = {}, {}, [], {}
        self.decimals, self.values, self.made_by = {}, {}, {}
        self.contracts, self.deliveries, self.proposals = {}, {}, {}
        self.waiting, self.calendar, self.opened, self.testified = {}, [], False, 0

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
            self.units[unit].dated = max(self.units[unit].dated, entry.said["time"])
        self.vouch()
        while self.calendar and self.calendar[0][0] < self.testified:
            _, closes, _, ref = heapq.heappop(self.calendar)
            (self.close if closes else self.end_notice)(ref)

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
        return own == whose

    def signatures_needed(self, unit, name):
        row = self.units[unit]
        by_rule = 2 if MATTER_OF.get(name) in row.two_sign else 1
        if name in BY_HALF:
            by_rule = len(row.members) // 2 + 1
        elif name == "count-room":
            by_rule = min(3, len(row.members))
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
        self.persons[person].unit = unit
        if unit is not None:
            self.units[unit].members.add(person)

    def found(self, entry):
        require(not self.units, "a record is founded once")
        self.pact, self.pact_since, self.host = entry.act["pact"], 0, entry.act["host"]
        for row, listed in enumerate(entry.act["rows"]):
            unit = unit_row(listed["name"], "listed", listed["opening"], listed["counted_members"])
            place = self.put_unit(named(entry.id, row), unit)
            for member in listed["members"]:
                self.put_key(member["person"], member["key"])
                self.move(member["person"], place)
        require(self.keys[entry.key].person == entry.person, "the founder has another key")
        require(sum(unit.opening for unit in self.units) == 0, "opening entitlements sum to zero")
        for row, essential in enumerate(self.pact["essentials"]):
            self.decimals[named(entry.id, row)] = essential["specification"]["measure"]["decimals"]
        self.sign_row(self.persons[entry.person].unit)

    def sign_row(self, unit):
        """Opening entitlements come into force together, when every row that has one is signed."""
        self.units[unit].standing = "signed"
        if not self.opened and not any(row.opening and row.standing == "listed" for row in self.units):
            self.opened = True
            for row in self.units:
                row.entitlement += row.opening
        self.vouch()

    def depart(self, unit):
        row = self.units[unit]
        row.standing, row.members_at_leaving = "departed", set(row.members)
        self.waiting = {key: who for key, who in self.waiting.items() if key[0] != ("unit", unit)}
        self.vouch()

    def enrolled(self):
        """As Artel says; else those of the founding list that are in."""
        listed = [at for at, row in enumerate(self.units) if row.listed]
        said = listed if self.enrolled_said is None else self.enrolled_said
        return [at for at in said if self.units[at].standing == "signed"]

    def vouch(self):
        """Three enrolled units vouch for a time, or all if they are fewer; the host's only if there is no other."""
        others = [unit for unit in self.enrolled() if unit != self.persons[self.host].unit]
        witnesses, self.host_alone = others or self.enrolled(), not others
        dates = sorted((self.units[unit].dated for unit in witnesses), reverse=True)
        self.testified = max(self.testified, dates[min(len(dates), 3) - 1] if dates else 0)

    # What each act does. A value that too few have signed makes no version, and nobody names it.

    def carry_out(self, entry, by, own, act):
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
                    self.depart(own)
                self.move(by, None)
            case "leave":
                self.depart(own)
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
                self.decimals[entry.id] = act["measure"]["decimals"]
            case "revise-specification" | "ask-value" | "agree-value":
                self.decimals[entry.id] = self.decimals[act.get("specification", act.get("version"))]
                self.values[entry.id] = act.get("value")
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

    # What was given and received.

    def contract(self, ref, own):
        """A contract that somebody proposed, that a plan came to, or that a swap made; only its sides sign under it."""
        if ref not in self.contracts:
            made_by, terms = self.made_by[ref.split(".")[0]], self.planned.get(ref)
            require(terms if made_by == "plan" else made_by == "close-round", f"{made_by} made no such contract")
            self.contracts[ref] = contract_row(None, None, 0, 0) if not terms else contract_row(
                terms["giver"], terms["receiver"], self.values[terms["version"]], self.decimals[terms["version"]])
        row = self.contracts[ref]
        require(row.giver is None or own in (row.giver, row.receiver), "no side of the contract signs")
        return row

    def settle(self, delivery, own):
        require(delivery.hours is None, "a delivery counts once")
        contract = self.contract(delivery.contract, own)
        contract.accepted += delivery.quantity
        delivery.hours = max(contract.worth(contract.accepted) - contract.counted, 0)
        self.count(contract, delivery.hours)

    def count(self, contract, hours):
        contract.counted += hours
        if contract.giver is not None:
            self.units[contract.giver].entitlement += hours
            self.units[contract.receiver].entitlement -= hours

    def correct(self, delivery, own, quantity):
        """A correction only reduces, and holds when both sides have signed the same."""
        contract, taken_off = self.contract(delivery.contract, own), delivery.quantity - quantity
        require(taken_off > 0 and delivery.hours is not None, "a correction takes off what was accepted")
        if not delivery.correction or delivery.correction[0] == own or delivery.correction[1] != quantity:
            delivery.correction = (own, quantity)
            return
        rest = contract.worth(contract.accepted - taken_off)
        less = min(max(contract.counted - rest, 0), delivery.hours)
        contract.accepted -= taken_off
        delivery.hours, delivery.quantity, delivery.correction = delivery.hours - less, quantity, None
        self.count(contract, -less)

    # What was decided.

    def propose(self, entry, own, act):
        again = self.proposals.get(act["again"])
        tries = again.tries + bool(again.counted and again.counted["all"]["cast"]) if again else 1
        row = self.proposals[entry.id] = Proposal(own, act, self.pact, tries)
        number, begins = len(self.proposals), max(entry.time, self.testified)
        row.since, row.closes = begins, act["closes"]
        if row.whole:
            heapq.heappush(self.calendar, (begins + self.pact["notice_days"] * 86_400, False, number, entry.id))
        else:
            self.end_notice(entry.id)
        heapq.heappush(self.calendar, (act["closes"], True, number, entry.id))
        if row.kind == "value":
            value = row.question["value"]
            self.decimals[entry.id], self.values[entry.id] = self.decimals[value["version"]], value["value"]

    def end_notice(self, ref):
        row, told = self.proposals[ref], self.decisions.get(ref, {})
        if row.course == "notice":
            own = self.enrolled() if row.whole else [row.unit]
            electorate = {int(unit): most for unit, most in told.get("electorate", {}).items()}
            require(set(electorate) <= set(own), "a unit votes that is not enrolled")
            electorate = electorate or {unit: self.units[unit].counted for unit in own}
            row.open_poll(electorate, told.get("enrolled", len(self.enrolled())), self.units)

    def close(self, ref):
        row = self.proposals[ref]
        if row.course == "voting" and row.close() and row.kind == "pact" and row.since >= self.pact_since:
            self.pact, self.pact_since = row.question["pact"], row.closes
