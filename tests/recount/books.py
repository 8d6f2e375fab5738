"""The books of a federation: who is in it, who may sign, what time it is, what was given and received, what was
decided, and who was sent with what."""

import json
from collections import Counter, namedtuple

from votes import Proposal, Row, elected, require

DAY, NEVER = 86_400, float("inf")
# The matters in which a unit says how many sign, as far as they are counted here.
MATTER_OF = {act: matter for matter, acts in {
    "members": "admit-member",
    "leaving": "leave return",
    "values": "propose-specification revise-specification ask-value agree-value",
    "contracts": "propose-contract accept-contract already-done open-common subscribe unsubscribe",
    "deliveries": "deliver accept-delivery correct contribute correct-contribution",
}.items() for act in acts.split()}
MAJORITY = {"consent_tries": 0, "count": {"yes-no": {"share": "more-than-half"}}}
Version = namedtuple("Version", "of clauses decimals value")
Contract = namedtuple("Contract", "giver shares version done", defaults=[None])
SWAP = Contract(None, {}, Version(None, None, 0, 0))  # It counts no hours.


def pauses(before, at):
    """After two mandates in a row, whatever they are about, there is a pause as long as the longer of the two."""
    lasted, ended = [one.until - one.since for one in before[-2:]], max([0, *(one.until for one in before[-2:])])
    return len(lasted) == 2 and before[-1].since < before[-2].until + lasted[0] and at < ended + max(lasted)


class Books:
    def __init__(self, told):
        self.told, self.size, self.testified, self.vouched, self.words = told, 0, 0, 0, {0: {}, 30 * DAY: {}}
        self.unit_of, self.keys, self.units, self.waiting, self.versions = {}, {}, {}, {}, {}
        self.contracts, self.swaps, self.deliveries, self.proposals, self.mandates = {}, [], {}, {}, {}

    def take(self, entry):
        """Carries out what an entry says, once all have signed it that it needs; then what is due."""
        self.size += 1
        if entry.name == "found":
            self.found(entry)
        elif entry.name == "newcomer":
            require(entry.person not in self.unit_of, "a newcomer is new")
            self.put_unit(entry.id, entry.act, [{"person": entry.person, "key": {**entry.act, "key": entry.key}}])
        key, at = self.keys[entry.key], max(entry.at, self.vouched)
        require(key.in_use, "a key out of use signs")
        if self.have_signed(entry, key.person):
            self.carry_out(entry, at, self.unit_of[entry.person], entry.act)
            self.recount_mandates(at)
        self.vouch(key.person, entry.time, entry.at)
        # Whoever is enrolled by what is due has not vouched for its being due.
        self.enrolled = dict(self.told["enrolled"]).get(self.size, self.enrolled)
        self.vouch()
        self.decide()

    def vouch(self, signer=None, time=0, at=0):
        """Three units vouch for a time, or all if fewer, the host's only if alone; who has left does so no more. The
        latest date that a unit has signed is its word: for what ends no later than the host's time, for what begins
        up to 30 days later."""
        own, enrolled, thirds = self.unit_of.get(signer), self.inside(self.enrolled), []
        others = [unit for unit in enrolled if unit != self.unit_of[self.host]]
        for ahead, before in self.words.items():
            words = self.words[ahead] = {unit: word for unit, word in before.items() if self.unit_of[word[1]] == unit}
            date = min(time, at + ahead)
            if own and date > words.get(own, (0,))[0] and (signer != self.host or not others):
                words[own] = date, signer
            thirds += sorted(words.get(unit, (0,))[0] for unit in others or enrolled)[-3:][:1] or [0]
        self.testified, self.vouched = max(self.testified, thirds[0]), max(self.vouched, *thirds)

    def have_signed(self, entry, signer):
        """Whether as many have signed as it takes, of those who may still sign; of two, and of those who end something,
        no more than have a key."""
        own, act = self.unit_of[entry.person], (entry.name, json.dumps(entry.act, sort_keys=True))
        gathering = [(entry.person, self.members(own), signer, 2)] if signer != entry.person else []
        if unit := entry.act["unit"] if entry.name == "return" else own:
            may, rule = self.members(unit), self.units[unit].signing.get(MATTER_OF.get(entry.name))
            if entry.name == "return":
                may |= self.units[unit].left_with
                may = {person for person in may if self.unit_of[person] not in self.inside(self.units)}
            half = rule == "more-than-half" or entry.name in ("set-signing", "set-method")
            keyed = len(may & {key.person for key in self.keys.values() if key.in_use})
            needed = len(may) // 2 + 1 if half else 2 if rule == "two-members" else 1
            if rule == "two-members" or entry.name == "unsubscribe":
                needed = min(needed, max(keyed, 1))
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
            signing={"leaving": "more-than-half", "members": "two-members"}, standing=standing,
            left_with=set(), subscribed=set())
        for member in members:
            self.admit(member["person"], member["key"], ref)

    def found(self, entry):
        require(not self.units, "a record is founded once")
        self.pact, self.pact_since, self.host = entry.act["pact"], 0, entry.act["host"]
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
        by, unit, named = entry.person, self.units.get(own), act.get("contract", "")
        row = self.deliveries.get(act.get("delivery", act.get("contribution")))
        contract = row.contract if row else SWAP if named.split(".")[0] in ["", *self.swaps] else self.contracts[named]
        require(contract is SWAP or own == contract.giver or own in contract.shares, "no side of a contract signs")
        match entry.name:
            case "found" | "founding": unit.standing = "signed"
            case "new-unit": self.put_unit(entry.id, act, [{"person": by, "key": None}])
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
        self.deliveries[ref] = Row(contract=contract, delivered=quantity, quantity=0, owed=Counter(), signed=None)

    def count(self, row, quantity):
        """It counts what its contract comes to with it, less what counts of others; each share in proportion."""
        require(row.delivered or quantity < row.quantity, "a delivery counts once, and a correction takes off")
        others = [one for one in self.deliveries.values() if one.contract is row.contract and one is not row]
        version, shares = row.contract.version, row.owed or row.contract.shares
        worth = version.value * (quantity + sum(one.quantity for one in others)) // 10**version.decimals
        hours, of = max(worth - sum(one.owed.total() for one in others), 0), sum(shares.values()) or 1
        owed = Counter({unit: hours * share // of for unit, share in shares.items()})
        # What rounding leaves over goes to the largest fractions.
        owed.update(sorted(owed, key=lambda unit: -(hours * shares[unit] % of))[: hours - owed.total()])
        row.delivered, row.quantity, row.signed, row.owed = None, quantity, None, owed

    def entitlements(self):
        """Opening ones come into force together, when every row that has one is signed."""
        opened = not any(row.opening and row.standing == "listed" for row in self.units.values())
        sums = Counter({unit: row.opening * opened for unit, row in self.units.items()})
        for row in self.deliveries.values():
            sums[row.contract.giver] += row.owed.total()
            sums.subtract(row.owed)
        require(sums.total() == 0, "entitlements do not sum to zero")
        return {unit: sums[unit] for unit in self.units}

    def put(self, ref, unit, act, at):
        """Notice runs for what the whole decides; a unit's own question comes to the vote at once."""
        [(kind, asked)], again = act["question"].items(), self.proposals.get(act.get("again"))
        whole = kind not in ("own", "accept-pact", "mandate", "delegates")
        days = max(self.pact["notice_days"], 14 if kind == "expel" else 0) if whole else 0
        row = self.proposals[ref] = Proposal(
            ref=ref, unit=unit, kind=kind, asked=asked, whole=whole, text=act["text"] if kind == "text" else "",
            as_it_is=len(asked["candidates"] if kind == "delegates" else act["options"]) or 1,
            share=self.pact["pact_majority" if kind in ("pact", "expel") else "majority"], since=at,
            due=at + days * DAY, closes=act.get("closes", at + (days + 7) * DAY), voting=None, counted=None,
            tries=again.tries + bool(again.counted and again.counted["all"]["cast"]) if again else 1)
        if not whole:
            self.open_poll(row)
        if kind == "value":
            self.put_version(ref, asked)

    def decide(self):
        """Ends every notice and closes every poll whose time is over; what a conflict puts to the vote Artel says."""
        put = [row for row in self.told["put"] if row[0] == self.size]
        put = [Row(due=due, ref=ref, act=act, voting=None) for _, due, ref, act in put]
        while due := [*put, *(row for row in self.proposals.values() if row.due < self.testified)]:
            row = min(due, key=lambda row: (row.due, row.voting is not None))
            if row in put:
                put.remove(row)
                self.put(row.ref, row.act["unit"], row.act, self.testified)
            else:
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
        at, row.due, units = row.due, NEVER, row.voting.values()
        held = [one for one in self.mandates.values() if one.ended is None and at <= one.until]
        advance = {one.unit for one in held if row.whole and self.covers(one.instruction, row)}
        for unit, voting in row.voting.items():
            if voting.says is None:
                voting.says = row.says(voting, unit in advance)
        passes, row.counted = row.totals(units)
        also, _ = row.totals([one for one in units if not one.new or row.kind != "list"])
        said = [0] * (passes and also) if row.whole else [one.says for one in units if isinstance(one.says, int)]
        row.counted["passed"] = said[0] if said else None
        match row.kind if said else "nothing":
            case "pact" if row.since >= self.pact_since: self.pact, self.pact_since = row.asked, at
            case "expel" if self.inside([row.asked["unit"]]): self.depart(row.asked["unit"])
            case "mandate" | "delegates" if self.inside([row.unit]): self.send(row, row.asked["terms"], at)

    def send(self, row, terms, at):
        """Whoever cannot be sent any more counts as withdrawn; where the public lot is needed, nobody is sent yet."""
        persons, members = row.asked.get("candidates") or [row.asked["delegate"]], self.members(row.unit)
        own = [one for one in self.mandates.values() if one.unit == row.unit]
        given = [[one for one in own if one.delegate == who] for who in persons]
        out = [place for place, of in enumerate(given) if persons[place] not in members or pauses(of, at)]
        chosen, matter = [] if out else [0], terms["matter"].lower()
        if row.kind == "delegates":
            turns = [(-sum(one.until - one.since for one in of), -max([0, *(one.until for one in of)])) for of in given]
            votes = [paper.likes for paper in row.voting[row.unit].ballots.values() if not paper.abstains]
            chosen, by_lot = elected(votes, row.asked["seats"], out, [*turns, (-NEVER, 0), (-NEVER, -1)])
            chosen = [] if by_lot or at >= terms["until"] else chosen
        for number, place in enumerate(chosen):
            for old in [old for old in given[place] if old.matter.lower() == matter and at <= old.until]:
                self.end_mandate(old, at)
            self.mandates[f"{row.ref}.{number}".removesuffix(".0")] = Row(
                **terms, unit=row.unit, delegate=persons[place], since=at, ended=None, needed=0, signed=set(),
                voters={who for one in row.voting.values() for who in (*one.ballots, *one.room)})

    def end_mandate(self, row, at):
        if row.ended is None:
            row.ended, row.until = at, min(at, row.until)

    def recount_mandates(self, at):
        """More than half of those who voted, or of all members if that is less, take somebody back; it only falls."""
        for row in self.mandates.values():
            if row.ended is None and (self.testified <= row.until or not row.needed):
                members = self.members(row.unit)
                if there := row.delegate in members and self.inside([row.unit]):
                    row.needed = min(row.needed or 10**9, len(row.voters & members) // 2 + 1, len(members) // 2 + 1)
                    row.signed &= members
                if not there or len(row.signed) >= row.needed:
                    self.end_mandate(row, at)

    def covers(self, says, row):
        """Whether an instruction is a yes to what is asked."""
        match says, row.asked:
            case {"bound": bound}, _: return bound == {"question": {row.kind: row.asked}, "text": row.text}
            case {"range": {"value": found}}, {"version": version, "value": number}:
                fits = self.versions[found["version"]][:2] == self.versions[version][:2]
            case {"range": {"parameter": found}}, {"notice_days": _}:
                field = found["parameter"].replace("-", "_").replace("ceiling_hours", "ceiling_per_member")
                number, rest = divmod(row.asked[field], 3600 if field == "ceiling_per_member" else 1)
                fits = not rest and {**self.pact, field: row.asked[field]} == row.asked
            case _: return False
        return fits and found["least"] <= number <= found["most"]
