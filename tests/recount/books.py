"""The books of a federation: who is in it, who may sign, what time it is, and what was given and received."""

import json
from collections import Counter, namedtuple

from decisions import DAY, NEVER, Decisions
from signed import Row, require

# The matters in which a unit says how many sign, as far as they are counted here.
MATTERS = {
    "members": "admit-member",
    "leaving": "leave return",
    "values": "propose-specification revise-specification ask-value agree-value",
    "contracts": "propose-contract accept-contract already-done open-common subscribe unsubscribe",
    "deliveries": "deliver accept-delivery correct contribute correct-contribution",
}
MATTER_OF = {act: matter for matter, acts in MATTERS.items() for act in acts.split()}
MAJORITY = {"consent_tries": 0, "count": {"yes-no": {"share": "more-than-half"}}}
Version = namedtuple("Version", "of clauses decimals value")
Contract = namedtuple("Contract", "giver shares version done", defaults=[None])
SWAP = Contract(None, {None: 1}, Version(None, None, 0, 0))  # It counts no hours.


class Books(Decisions):
    def __init__(self, told):
        self.told, self.size, self.testified, self.vouched, self.said = told, 0, 0, 0, {}
        self.unit_of, self.keys, self.units, self.dates, self.waiting, self.versions = {}, {}, {}, {}, {}, {}
        self.contracts, self.swaps, self.deliveries, self.proposals, self.mandates = {}, [], {}, {}, {}

    def take(self, entry):
        """Carries out what an entry says, once all have signed it that it needs; then what is due."""
        self.size += 1
        if entry.name == "found":
            self.found(entry)
        elif entry.name == "newcomer":
            require(entry.person not in self.unit_of, "a newcomer is new")
            self.admit(entry.person, {**entry.act, "key": entry.key}, None)
        self.enrolled = dict(self.told["enrolled"]).get(self.size, self.enrolled)
        key, at = self.keys[entry.key], max(entry.at, self.vouched)
        require(key.in_use, "a key out of use signs")
        if self.have_signed(entry, key.person):
            self.carry_out(entry, at, self.unit_of[entry.person], entry.act)
            self.recount_mandates(at)
        self.vouch()
        # The latest date that a unit has signed is its word: for what ends no later than the host's time, for what
        # begins up to 30 days later.
        unit = self.unit_of[key.person]
        for dates, latest in ((self.dates, entry.at), (self.said, entry.at + 30 * DAY)):
            date = min(entry.time, latest)
            if unit and date > dates.get(unit, (0,))[0] and (key.person != self.host or not self.others):
                dates[unit] = date, key.person
        self.vouch()
        self.decide()

    def vouch(self):
        """Three units vouch for a time, or all if fewer, the host's only if alone; who has left does so no more."""
        self.dates, self.said = ({unit: said for unit, said in dates.items() if self.unit_of[said[1]] == unit}
                                 for dates in (self.dates, self.said))
        enrolled = self.inside(self.enrolled)
        self.others = [unit for unit in enrolled if unit != self.unit_of[self.host]]
        third = lambda dates: (sorted(dates.get(unit, (0,))[0] for unit in self.others or enrolled)[-3:] or [0])[0]
        self.testified = max(self.testified, third(self.dates))
        self.vouched = max(self.vouched, self.testified, third(self.said))

    def have_signed(self, entry, signer):
        """Whether as many have signed as it takes, of those who may still sign; of two, no more than have a key."""
        own, act = self.unit_of[entry.person], (entry.name, json.dumps(entry.act, sort_keys=True))
        gathering = [(entry.person, self.members(own), signer, 2)] if signer != entry.person else []
        if unit := entry.act["unit"] if entry.name == "return" else own:
            may, rule = self.members(unit), self.units[unit].signing.get(MATTER_OF.get(entry.name))
            if entry.name == "return":
                may |= self.units[unit].left_with
                may = {person for person in may if self.unit_of[person] not in self.inside(self.units)}
            half = rule == "more-than-half" or entry.name in ("set-signing", "set-method")
            keyed = len(may & {key.person for key in self.keys.values() if key.in_use})
            needed = len(may) // 2 + 1 if half else min(2, max(keyed, 1)) if rule == "two-members" else 1
            if entry.name == "count-room":
                may, needed = self.proposals[entry.act["proposal"]].voting[unit].members, min(3, len(may))
            gathering += [(unit, may, entry.person, needed)] if needed > 1 else []
        for whose, may, by, needed in gathering:
            signed = self.waiting.pop((whose, act), set()) & may | {by}
            if len(signed) < needed:
                self.waiting[whose, act] = signed
                return False
        return True

    def members(self, unit):
        return {person for person, of in self.unit_of.items() if of == unit}

    def inside(self, units):
        return [unit for unit in units if self.units[unit].standing == "signed"]

    def admit(self, person, key, unit):
        self.unit_of[person] = unit
        if key:
            require(key["key"] not in self.keys, "a key is somebody's already")
            self.keys[key["key"]] = Row(person=person, kept=key["held_by"] != "device", in_use=True)

    def put_unit(self, ref, said, members, standing="signed"):
        self.units[ref] = Row(
            name=said["name"], opening=said.get("opening", 0), counted=said.get("counted_members", 1), method=MAJORITY,
            standing=standing, signing={"leaving": "more-than-half", "members": "two-members"}, left_with=set(), subscribed=set())
        for member in members:
            self.admit(member["person"], member["key"], ref)

    def found(self, entry):
        require(not self.units, "a record is founded once")
        self.pact, self.pact_since, self.host, self.founded = entry.act["pact"], 0, entry.act["host"], entry.at
        for number, row in enumerate(entry.act["rows"]):
            self.put_unit(f"{entry.id}.{number}".removesuffix(".0"), row, row["members"], "listed")
        self.enrolled = list(self.units)
        for number, essential in enumerate(self.pact["essentials"]):
            self.put_version(f"{entry.id}.{number}".removesuffix(".0"), essential["specification"])

    def depart(self, unit):
        vars(self.units[unit]).update(standing="departed", left_with=self.members(unit), subscribed=set())
        self.waiting = {waiting: who for waiting, who in self.waiting.items() if waiting[0] != unit}

    def put_version(self, ref, act):
        """The first one of a specification; every other is as the one before it, but for what is said of it."""
        before = self.versions.get(act.get("specification") or act.get("version"))
        before = before or Version(ref, None, act["measure"]["decimals"], None)
        self.versions[ref] = before._replace(**{field: act[field] for field in ("clauses", "value") if field in act})

    def carry_out(self, entry, at, own, act):
        """What each act changes, of what is counted here. Only its sides act under a contract."""
        by, unit = entry.person, self.units.get(own)
        row = self.deliveries.get(act.get("delivery", act.get("contribution")))
        named, made_by = act.get("contract"), act.get("contract", "").split(".")[0]
        contract = row.contract if row else self.contracts[named] if named and made_by not in self.swaps else SWAP
        require(contract is SWAP or own == contract.giver or own in contract.shares, "no side of a contract signs")
        match entry.name:
            case "found" | "founding": unit.standing = "signed"
            case "newcomer" | "new-unit": self.put_unit(entry.id, act, [{"person": by, "key": None}])
            case "return": self.units[act["unit"]].standing, self.unit_of[by] = "signed", act["unit"]
            case "admit-member": self.admit(act["person"], act["key"], own)
            case "add-key": self.admit(by, act["key"], own)
            case "revoke-key": self.keys[act["key"]].in_use = False
            case "member-leaves":
                if unit.standing == "signed" and len(self.members(own)) == 1:
                    self.depart(own)
                self.unit_of[by] = None
            case "leave": self.depart(own)
            case "set-signing": unit.signing[act["matter"]] = act["signing"]
            case "set-method": unit.method = act["method"]
            case "propose-specification" | "revise-specification" | "ask-value" | "agree-value" | "open-common":
                self.put_version(entry.id, act)
            case "subscribe": unit.subscribed.add(act["common"])
            case "unsubscribe": unit.subscribed.discard(act["common"])
            case "close-round": self.swaps.append(entry.id)
            case "plan":
                for ref, one in [(ref, one) for ref, one in self.told["planned"].items() if ref.startswith(entry.id)]:
                    self.contracts[ref] = Contract(one["giver"], {one["receiver"]: 1}, self.versions[one["version"]])
            case "propose-contract" | "already-done":
                giver, receiver = (own, act["with"]) if act["role"] == "giver" else (act["with"], own)
                version, done = self.versions[act["version"]], entry.name == "already-done" and act["quantity"]
                version = version._replace(value=0) if act["terms"] == "gift" else version
                self.contracts[entry.id] = Contract(giver, {receiver: 1}, version, done)
            case "deliver": self.deliver(entry.id, contract, act["quantity"])
            case "accept-contract" if contract.done:
                self.deliver(entry.id, contract, contract.done)
                self.count(self.deliveries[entry.id], contract.done)
            case "contribute":
                # Who carries how much is what Artel says: some who have subscribed, and in all what was delivered.
                version, shares = self.versions[act["common"]], dict(self.told["carried"][entry.id]["shares"])
                require(all(act["common"] in self.units[one].subscribed for one in shares), "not all subscribe")
                require(sum(shares.values()) == version.value * act["quantity"] // 10**version.decimals, "not all")
                self.deliver(entry.id, Contract(own, shares, version), act["quantity"])
            case "accept-delivery": self.count(row, row.delivered)
            case "accept-contribution" if self.size == self.told["carried"][act["contribution"]]["accepted_after"]:
                self.count(row, row.delivered)
            case "correct" | "correct-contribution":
                require(row.delivered is None, "a correction takes off what was accepted")
                before, row.signed = row.signed, (own == contract.giver, act["quantity"])
                # It holds when both sides have signed the same.
                if before == (own != contract.giver, act["quantity"]):
                    self.count(row, act["quantity"])
            case "recall": self.mandates[act["mandate"]].signed.add(by)
            case "lay-down-mandate": self.end_mandate(self.mandates[act["mandate"]], at)
            case "propose": self.put(entry.id, own, act, at)
            case "withdraw-proposal": self.proposals[act["proposal"]].due = NEVER
            case "ballot" | "count-room" | "seal":
                kept = entry.name == "ballot" and self.keys[entry.key].kept and self.keys[entry.key].person == by
                self.proposals[act["proposal"]].vote(entry.name, by, act, kept)

    def deliver(self, ref, contract, quantity):
        self.deliveries[ref] = Row(
            contract=contract, delivered=quantity, quantity=0, shares=contract.shares, owed=Counter(), signed=None)

    def count(self, row, quantity):
        """It counts what its contract comes to with it, less what counts of others; each share in proportion."""
        require(row.delivered or quantity < row.quantity, "a delivery counts once, and a correction takes off")
        others = [one for one in self.deliveries.values() if one.contract is row.contract and one is not row]
        version, of = row.contract.version, sum(row.shares.values()) or 1
        worth = version.value * (quantity + sum(one.quantity for one in others)) // 10**version.decimals
        hours = max(worth - sum(one.owed.total() for one in others), 0)
        owed = Counter({unit: hours * share // of for unit, share in row.shares.items()})
        # What rounding leaves over goes to the largest fractions.
        owed.update(sorted(owed, key=lambda unit: -(hours * row.shares[unit] % of))[: hours - owed.total()])
        row.delivered, row.quantity, row.signed, row.shares, row.owed = None, quantity, None, owed, owed

    def entitlements(self):
        """Opening ones come into force together, when every row that has one is signed."""
        opened = not any(row.opening and row.standing == "listed" for row in self.units.values())
        sums = Counter({unit: row.opening * opened for unit, row in self.units.items()})
        for row in self.deliveries.values():
            sums[row.contract.giver] += row.owed.total()
            sums.subtract(row.owed)
        require(sums.total() == 0, "entitlements do not sum to zero")
        return {unit: sums[unit] for unit in self.units}
