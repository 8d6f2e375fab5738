"""What was given and received: contracts, deliveries, corrections, and shares of what commons receive."""

from types import SimpleNamespace as Row

from signed import require


def contract_row(giver, receiver, value, decimals, quantity=0, done=False):
    """Giver and receiver are none for a swap, which counts no hours."""
    return Row(giver=giver, receiver=receiver, value=value, decimals=decimals, quantity=quantity, done=done,
               accepted=0, counted=0, worth=lambda steps: value * steps // 10**decimals)


class Given:
    """The part of the books that counts hours."""

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

    def contribute(self, entry, giver, act):
        """Who carries how much of it is what Artel says: those who have subscribed, and in all what was delivered."""
        common, told = self.commons[act["common"]], self.carried[entry.id]
        row = contract_row(giver, None, self.values[common.version], self.decimals[common.version], act["quantity"])
        shares = dict(told["shares"])
        require(sum(shares.values()) == row.worth(act["quantity"]), "shares are not what was delivered")
        require(set(shares) <= common.subscribed, "a unit carries a share that does not subscribe")
        self.contributions[entry.id] = Row(of=row, shares=shares, after=told["accepted_after"], correction=None)

    def carry(self, giver, shares):
        for unit, hours in shares.items():
            self.units[giver].entitlement += hours
            self.units[unit].entitlement -= hours

    def correct_contribution(self, row, own, quantity):
        """Holds when the giver and one who carries have signed the same; each share falls in proportion."""
        giver, signed = row.of.giver, row.correction
        if not signed or signed[1] != quantity or (signed[0] == giver) == (own == giver):
            row.correction = (own, quantity)
            return
        total = sum(row.shares.values()) or 1
        rest = min(row.of.worth(quantity), total)
        kept = {unit: rest * hours // total for unit, hours in row.shares.items()}
        by_fraction = sorted(kept, key=lambda unit: -(rest * row.shares[unit] % total))
        for unit in by_fraction[: rest - sum(kept.values())]:
            kept[unit] += 1
        self.carry(giver, {unit: kept[unit] - row.shares[unit] for unit in kept})
        row.shares, row.correction = kept, None
