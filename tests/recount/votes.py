"""Decisions: what units say by their own methods, and both majorities of the whole."""

from fractions import Fraction
from math import ceil
from types import SimpleNamespace as Row

from delegates import elected
from signed import require

OF_A_UNIT = {"own", "accept-pact", "mandate", "delegates"}
SHARES = {"two-thirds": Fraction(2, 3), "three-quarters": Fraction(3, 4), "all": Fraction(1)}


def reached(share, votes, of):
    """More than half, or at least any other part; without votes nothing is decided."""
    return of > 0 and (votes * 2 > of if share == "more-than-half" else votes >= SHARES[share] * of)


def least(share, of):
    """The fewest of so many that reach a share."""
    return of // 2 + 1 if share == "more-than-half" else ceil(SHARES[share] * of)


class Proposal:
    """A question put to the vote. Its options, or the one thing proposed; then leave it as it is; then go on talking."""

    def __init__(self, unit, act, pact, tries):
        self.unit, self.question, self.tries, self.text = unit, act["question"], tries, act["text"]
        self.kind = next(iter(self.question))
        self.election = self.question.get("delegates", {})
        self.whole, self.as_it_is = self.kind not in OF_A_UNIT, len(act["options"] or self.election.get("candidates", ())) or 1
        self.share = pact["pact_majority" if self.kind in ("pact", "expel") else "majority"]
        self.voting, self.course, self.counted = {}, "notice", None

    def open_poll(self, electorate, enrolled, units, new):
        """Who votes is fixed: those who are members of the electorate's units now; they count as their units do now."""
        self.course, self.enrolled = "voting", enrolled
        self.voting = {
            unit: Row(members=set(row.members), method=row.method, most=most, new=unit in new, ballots={}, room=None,
                      sealing=set(), says=None)
            for unit, most in electorate.items()
            for row in [units[unit]]
        }

    def voters(self):
        """Who has voted, in whatever unit, by themselves or in a room."""
        rooms = [voting.room[0] for voting in self.voting.values() if voting.room]
        return set().union(*rooms, *(voting.ballots for voting in self.voting.values()))

    def ranks(self):
        """The papers of an election."""
        return [vote["rank"] for vote, _, _ in self.papers(self.voting[self.unit]) if "rank" in vote]

    def of(self, person):
        [voting] = [voting for voting in self.voting.values() if person in voting.members]
        return voting

    def vote(self, person, vote, reason, kept):
        """The last ballot counts; one that comes when its unit has sealed is late."""
        voting = self.of(person)
        if voting.says is None:
            voting.ballots[person] = (vote, bool(reason), kept)
            if voting.room and person in voting.room[0]:
                voting.room = None

    def count_room(self, unit, present, votes):
        """What tellers have counted; it rests as soon as somebody who was there votes by themselves."""
        papers = [(said["vote"], bool(said["reason"]), False) for said in votes for _ in range(said["count"])]
        require(len(papers) <= len(present) and not set(present) & set(self.voting[unit].ballots), "too many in a room")
        self.voting[unit].room = (set(present), papers)

    def seal(self, person):
        """More than half of those who vote in a unit seal what it says so far."""
        voting = self.of(person)
        voting.sealing.add(person)
        if len(voting.sealing) > len(voting.members) // 2:
            voting.says = self.says(voting)

    def papers(self, voting):
        return [*voting.ballots.values(), *(voting.room[1] if voting.room else ())]

    def prefers(self, vote):
        """Above nought for the first option, below nought for leaving it as it is."""
        [(form, said)] = vote.items()
        if form == "abstain":
            return 0
        if form == "rank":
            return (said[self.as_it_is] or 1000) - (said[0] or 1000)
        if form == "score":
            return said[0] - said[self.as_it_is]
        said = [said] if form == "choose" else said
        return (0 in said) - (self.as_it_is in said)

    def says(self, voting):
        """What a unit says: the number of an option, or in words."""
        papers, method = self.papers(voting), voting.method
        votes = [vote for vote, _, _ in papers if "abstain" not in vote]
        if not votes:
            return "abstain" if papers else "undecided"
        if self.election:
            found, _, valid = elected(self.ranks(), self.election["seats"], self.as_it_is + 2)
            found = [option for option in found if option < self.as_it_is]
            return found[0] if found else "no" if valid else "undecided"
        if method["consent_tries"] and self.as_it_is == 1 and (self.whole or self.tries <= method["consent_tries"]):
            objects = any(why and "abstain" not in vote and self.prefers(vote) <= 0 for vote, why, _ in papers)
            if not objects and any(self.prefers(vote) > 0 for vote in votes):
                return 0
            if not self.whole:
                return "undecided"
        [(count, how)], options = method["count"].items(), range(self.as_it_is + 2)
        if count == "yes-no":
            chosen = [sum(vote["choose"] == option for vote in votes) for option in options]
            best = [option for option in options[: self.as_it_is] if reached(how["share"], chosen[option], len(votes))]
            best = best[:1] or [self.as_it_is] * reached("more-than-half", chosen[self.as_it_is], len(votes))
        elif count == "schulze":
            best = schulze([vote["rank"] for vote in votes], self.as_it_is)
        else:
            given = [vote["score"] if count == "score" else [o in vote["approve"] for o in options] for vote in votes]
            sums = [sum(column) for column in zip(*given, strict=True)]
            best = [option for option in options if sums[option] == max(sums)]
        if len(best) != 1 or best[0] > self.as_it_is:
            return "undecided"
        return best[0] if best[0] < self.as_it_is else "no"

    def close(self, says_yes):
        """Each unit that has not sealed is counted, then the whole. Whether it has passed."""
        for unit, voting in self.voting.items():
            silent = not voting.ballots and not voting.room
            if voting.says is None:
                voting.says = 0 if silent and self.whole and says_yes(unit) else self.says(voting)
        self.course, self.counted = "closed", self.totals(self.voting.values())
        said = [voting.says for voting in self.voting.values() if isinstance(voting.says, int)]
        if self.whole:
            settled = [voting for voting in self.voting.values() if not voting.new]
            # A list passes only if it would also pass without those who have come to weight of late.
            both = self.passes(self.counted) and (self.kind != "list" or self.passes(self.totals(settled)))
            said = [0] if both else []
        self.counted["passed"] = said[0] if said else None
        return bool(said)

    def totals(self, of):
        """What some of the units have said, as if the others were not enrolled."""
        units, sums, exact = dict.fromkeys(("yes", "no", "abstain", "undecided"), 0), {}, Fraction(0)
        for name in ("all", "kept", "weighed"):
            sums[name] = {"yes": 0, "cast": 0}
        for voting in of:
            units["yes" if isinstance(voting.says, int) else voting.says] += 1
            of_all = [(self.prefers(vote) > 0, kept) for vote, _, kept in self.papers(voting)]
            yes, cast = sum(yes for yes, _ in of_all), len(of_all)
            # A unit's ballots together weigh no more than its counted members, in millionths.
            weight = min(cast, voting.most) * 10**6
            exact += Fraction(yes * weight, max(cast, 1))
            kept = [yes for yes, kept in of_all if kept]
            added = {"all": (yes, cast), "kept": (sum(kept), len(kept)), "weighed": (yes * weight // max(cast, 1), weight)}
            for name, (more_yes, more_cast) in added.items():
                sums[name]["yes"] += more_yes
                sums[name]["cast"] += more_cast
        # Rounded down, but to no less than it takes where the exact sum is enough.
        if self.whole and reached(self.share, exact, sums["weighed"]["cast"]):
            sums["weighed"]["yes"] = max(sums["weighed"]["yes"], least(self.share, sums["weighed"]["cast"]))
        return {"units": units, "enrolled": self.enrolled - len(self.voting) + sum(units.values()), **sums}

    def passes(self, counted):
        units, ballots = counted["units"], counted["weighed"]
        both = reached(self.share, units["yes"], sum(units.values())) and reached(self.share, ballots["yes"], ballots["cast"])
        return both and units["yes"] * 4 >= counted["enrolled"] > 0


def schulze(ballots, as_it_is):
    """The options that none beats, of those that more rank before leaving it as it is than after; unranked is last."""
    places = [[rank or 1000 for rank in ranks] for ranks in ballots]
    options = range(len(places[0]))
    over = [[sum(place[one] < place[two] for place in places) for two in options] for one in options]
    left = [one for one in options if one == as_it_is or over[one][as_it_is] > over[as_it_is][one]]
    path = {(a, b): over[a][b] if over[a][b] > over[b][a] else 0 for a in left for b in left}
    for middle in left:
        for a in left:
            for b in left:
                path[a, b] = max(path[a, b], min(path[a, middle], path[middle, b])) if a != b else 0
    return [a for a in left if all(path[b, a] <= path[a, b] for b in left)]
