"""The books of a federation: who may sign, and what was given and received."""

import json
from types import SimpleNamespace as Row

from signed import require

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
BY_HALF = {"set-signing", "set-method"}


def unit_row(name, standing="signed", opening=0):
    return Row(
        name=name, standing=standing, opening=opening, entitlement=0,
        members=set(), members_at_leaving=set(), two_sign={"leaving", "trust"},
    )


def contract_row(giver, receiver, value, decimals, quantity=0, done=False):
    """Giver and receiver are none for a swap, which counts no hours."""
    return Row(giver=giver, receiver=receiver, value=value, decimals=decimals, quantity=quantity, done=done,
               accepted=0, counted=0, worth=lambda steps: value * steps // 10**decimals)


def named(made_by, row=0):
    """How statements name the so-many-th thing that an entry made."""
    return f"{made_by}.{row}" if row else made_by


class Books:
    def __init__(self, said):
        self.planned = said.get("planned", {})
        self.persons, self.keys, self.units, self.unit_named = {}, {}, [], {}
        self.decimals, self.values, self.made_by = {}, {}, {}
        self.contracts, self.deliveries, self.waiting, self.opened = {}, {}, {}, False

    def take(self, entry):
        """Carries out what an entry says, once all have signed it that it needs."""
        self.made_by[entry.id] = entry.name
        if entry.name == "found":
            self.found(entry)
        elif entry.name == "sign-pact" and "newcomer" in entry.act:
            require(entry.person not in self.persons, "a newcomer is new")
            self.put_person(entry.person, {"key": entry.key})
            self.move(entry.person, self.put_unit(entry.id, unit_row(entry.act["newcomer"]["name"])))
        else:
            self.sign(entry)

    def sign(self, entry):
        owner, act = self.keys[entry.key], (entry.name, json.dumps(entry.act, sort_keys=True))
        require(entry.key in self.persons[owner].keys, "a key out of use signs")
        for_person = ("person", entry.person) if owner != entry.person else None
        if for_person and not self.gather(for_person, act, owner, 2):
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
        by_rule = len(row.members) // 2 + 1 if name in BY_HALF else 2 if MATTER_OF.get(name) in row.two_sign else 1
        return min(by_rule, max(sum(bool(self.persons[member].keys) for member in row.members), 1))

    # Members and units.

    def put_person(self, person, key):
        self.persons[person] = Row(unit=None, keys=set())
        if key:
            self.put_key(person, key)

    def put_key(self, person, key):
        require(key["key"] not in self.keys, "a key is somebody's already")
        self.keys[key["key"]] = person
        self.persons[person].keys.add(key["key"])

    def put_unit(self, ref, unit):
        self.unit_named[ref] = len(self.units)
        self.units.append(unit)
        return len(self.units) - 1

    def move(self, person, unit):
        if self.persons[person].unit is not None:
            self.units[self.persons[person].unit].members.discard(person)
        self.persons[person].unit = unit
        if unit is not None:
            self.units[unit].members.add(person)

    def found(self, entry):
        require(not self.units, "a record is founded once")
        for row, listed in enumerate(entry.act["rows"]):
            unit = unit_row(listed["name"], "listed", listed["opening"])
            place = self.put_unit(named(entry.id, row), unit)
            for member in listed["members"]:
                self.put_person(member["person"], member["key"])
                self.move(member["person"], place)
        require(self.keys[entry.key] == entry.person, "the founder has another key")
        require(sum(unit.opening for unit in self.units) == 0, "opening entitlements sum to zero")
        for row, essential in enumerate(entry.act["pact"]["essentials"]):
            self.decimals[named(entry.id, row)] = essential["specification"]["measure"]["decimals"]
        self.sign_row(self.persons[entry.person].unit)

    def sign_row(self, unit):
        """Opening entitlements come into force together, when every row that has one is signed."""
        self.units[unit].standing = "signed"
        if not self.opened and not any(row.opening and row.standing == "listed" for row in self.units):
            self.opened = True
            for row in self.units:
                row.entitlement += row.opening

    def depart(self, unit):
        row = self.units[unit]
        row.standing, row.members_at_leaving = "departed", set(row.members)
        self.waiting = {key: who for key, who in self.waiting.items() if key[0] != ("unit", unit)}

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
                    self.put_person(act["person"], act["key"])
                self.move(act["person"], own)
            case "member-leaves":
                if self.units[own].standing in ("signed", "leaving") and len(self.units[own].members) == 1:
                    self.depart(own)
                self.move(by, None)
            case "leave":
                self.depart(own)
            case "announce-leaving":
                self.units[own].standing = "leaving"
            case "set-signing":
                two = self.units[own].two_sign
                (two.add if act["signing"] == "two-members" else two.discard)(act["matter"])
            case "add-key":
                self.put_key(by, act["key"])
            case "revoke-key":
                self.persons[by].keys.remove(act["key"])
            case "propose-specification":
                self.decimals[entry.id] = act["measure"]["decimals"]
            case "revise-specification":
                self.decimals[entry.id] = self.decimals[act["specification"]]
            case "ask-value" | "agree-value":
                self.decimals[entry.id], self.values[entry.id] = self.decimals[act["version"]], act["value"]
            case "propose-contract" | "already-done":
                other, version = self.unit_named[act["with"]], act["version"]
                sides = (own, other) if act["role"] == "giver" else (other, own)
                value = 0 if act["terms"] == "gift" else self.values[version]
                terms = (value, self.decimals[version], act["quantity"], entry.name == "already-done")
                self.contracts[entry.id] = contract_row(*sides, *terms)
            case "accept-contract" if self.side(act["contract"], own).done:
                row = self.contract(act["contract"])
                self.deliveries[entry.id] = Row(contract=act["contract"], quantity=row.quantity, hours=None, correction=None)
                self.settle(self.deliveries[entry.id])
            case "deliver":
                require(self.side(act["contract"], own).giver in (own, None), "another than the giver delivers")
                self.deliveries[entry.id] = Row(contract=act["contract"], quantity=act["quantity"], hours=None, correction=None)
            case "receipt" | "accept-delivery":
                self.side(self.deliveries[act["delivery"]].contract, own)
                if entry.name == "accept-delivery":
                    self.settle(self.deliveries[act["delivery"]])
            case "correct":
                self.correct(self.deliveries[act["delivery"]], own, act["quantity"])

    # What was given and received.

    def contract(self, ref):
        """A contract that somebody proposed, that a plan came to, or that a swap made."""
        if ref not in self.contracts:
            made_by, terms = self.made_by[ref.split(".")[0]], self.planned.get(ref)
            require(terms if made_by == "plan" else made_by == "close-round", f"{made_by} made no such contract")
            self.contracts[ref] = contract_row(None, None, 0, 0) if not terms else contract_row(
                terms["giver"], terms["receiver"], self.values[terms["version"]], self.decimals[terms["version"]])
        return self.contracts[ref]

    def side(self, ref, own):
        """The contract; only its sides sign for what is handed over under it."""
        row = self.contract(ref)
        require(row.giver is None or own in (row.giver, row.receiver), "no side of the contract signs")
        return row

    def settle(self, delivery):
        require(delivery.hours is None, "a delivery counts once")
        contract = self.contract(delivery.contract)
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
        contract, taken_off = self.side(delivery.contract, own), delivery.quantity - quantity
        require(taken_off > 0 and delivery.hours is not None, "a correction takes off what was accepted")
        if not delivery.correction or delivery.correction[0] == own or delivery.correction[1] != quantity:
            delivery.correction = (own, quantity)
            return
        rest = contract.worth(contract.accepted - taken_off)
        less = min(max(contract.counted - rest, 0), delivery.hours)
        contract.accepted -= taken_off
        delivery.hours, delivery.quantity, delivery.correction = delivery.hours - less, quantity, None
        self.count(contract, -less)
