"""How votes are counted. A vote says how much it likes each option, higher for better: those of a question, or the one
thing proposed; then to leave it as it is; then to go on talking."""

from collections import Counter
from fractions import Fraction
from hashlib import sha256
from itertools import count, permutations, takewhile
from types import SimpleNamespace as Row

from votelib.evaluate.condorcet import Schulze, pairwise_wins

SHARES = {"two-thirds": Fraction(2, 3), "three-quarters": Fraction(3, 4), "all": Fraction(1)}


def require(holds, says):
    if not holds:
        raise ValueError(says)


def reached(share, votes, of):
    """More than half, or at least any other part; without votes nothing is decided."""
    return of > 0 and (votes * 2 > of if share == "more-than-half" else votes >= SHARES[share] * of)


def schulze(votes, as_it_is):
    """The options that none beats, of those that more like better than leaving it as it is than worse."""
    options = range(len(votes[0]))
    over = {(one, two): sum(vote[one] > vote[two] for vote in votes) for one, two in permutations(options, 2)}
    out = {one for one, two in over if two == as_it_is and over[one, two] <= over[two, one]}
    paths = Schulze.widest_paths({pair: votes for pair, votes in over.items() if not out & set(pair)})
    return set(options) - out - {beaten for _, beaten in pairwise_wins(paths)}


def clear(vote):
    """The options on a paper, best first, up to the first rank that is left out or stands twice."""
    return [vote.index(-rank) for rank in takewhile(lambda rank: vote.count(-rank) == 1, count(1))]


def elected(votes, seats, out=(), turns=()):
    """Who is elected by the Scottish rules, and whether that is for the public lot. Neither stvpoll nor votelib looks
    after each transfer who has reached the quota, cuts after five decimals, and lets turns decide before a lot."""
    options, orders = range(len(votes[0])), ([option for option in clear(vote) if option not in out] for vote in votes)
    papers, there = [[10**5, order] for order in orders if order], [option for option in options if option not in out]
    quota, surplus, chosen, stages, lots = (len(papers) // (seats + 1) + 1) * 10**5, [], [], [], []
    while True:
        stages.append(stage := [sum(value for value, order in papers if order[:1] == [option]) for option in options])
        through = sorted((one for one in there if stage[one] >= quota), key=lambda one: -stage[one])
        surplus += [one for one in through if stage[one] > quota]
        there, chosen = [one for one in there if one not in through], chosen + through
        if len(there) <= seats - len(chosen) or len(chosen) == seats:
            break
        pick, among = (max, surplus) if surplus else (min, there)
        votes_of = lambda one: [seen[one] for seen in (*reversed(stages), turns or stage)]
        among = [one for one in among if votes_of(one) == pick(map(votes_of, among))]
        taken = max(among, key=lambda one: sha256(bytes(32) + str(one).encode()).digest())
        if len(among) > 1:
            lots += [(len(stages), one) for one in surplus or there if stage[one] == stage[taken] and one != taken]
        share, of = (stage[taken] - quota, stage[taken]) if surplus else (1, 1)
        (surplus or there).remove(taken)
        for paper in papers:
            if paper[1][:1] == [taken]:
                paper[:] = paper[0] * share // of, [one for one in paper[1] if one in there]
    chosen += sorted(there, key=lambda one: -stage[one])[: seats - len(chosen)]
    return [one for one in chosen if one in options[:-2]], any(stages[at][one] or one in chosen for at, one in lots)


class Proposal(Row):
    def vote(self, name, person, act, kept):
        """The last ballot counts, unless its unit has sealed; a count in a room rests when one who was there votes."""
        [voting] = [voting for voting in self.voting.values() if person in voting.members]
        if name == "seal":
            voting.sealing.add(person)
            if len(voting.sealing) > len(voting.members) // 2:
                voting.says = self.says(voting)
        elif voting.says is None:
            if name == "count-room" or person in voting.room:
                voting.ballots = {one: paper for one, paper in voting.ballots.items() if one not in voting.room}
                voting.room = set(act.get("present", ()))
                require(voting.room.isdisjoint(voting.ballots), "somebody who was in a room has voted by themselves")
            papers = [self.paper(said, kept) for said in act.get("votes", [act]) for _ in range(said.get("count", 1))]
            voting.ballots.update(zip(act.get("present", [person]), papers))

    def paper(self, act, kept):
        [(form, likes)] = act["vote"].items()
        if form == "rank":
            likes = [-rank or -1000 for rank in likes]
        elif form != "score":
            likes = [option in (likes if form == "approve" else [likes]) for option in range(self.as_it_is + 2)]
        yes = likes[0] > likes[self.as_it_is]
        return Row(likes=likes, yes=yes, objects=act["reason"] and not yes, abstains=form == "abstain", kept=kept)

    def says(self, voting, in_advance=False):
        """What a unit says: the number of an option, or in words. A mandate is a yes where nobody votes."""
        papers = [paper for paper in voting.ballots.values() if not paper.abstains]
        if not papers:
            return "abstain" if voting.ballots else 0 if in_advance and not voting.room else "undecided"
        [(form, how)], tries = voting.method["count"].items(), voting.method["consent_tries"]
        if tries and self.kind != "delegates" and self.as_it_is == 1 and (self.whole or self.tries <= tries):
            agreed = any(paper.yes for paper in papers) and not any(paper.objects for paper in papers)
            if agreed or not self.whole:
                return 0 if agreed else "undecided"
        votes = [paper.likes for paper in papers]
        sums = [sum(column) for column in zip(*votes, strict=True)]
        best = [option for option, likes in enumerate(sums) if likes == max(sums)]
        if self.kind == "delegates":
            best = elected(votes, self.asked["seats"])[0][:1] or [self.as_it_is][: any(map(clear, votes))]
        elif form == "yes-no":
            shares = [how["share"]] * self.as_it_is + ["more-than-half"]
            best = [option for option, share in enumerate(shares) if reached(share, sums[option], len(votes))]
        elif form == "schulze":
            best = schulze(votes, self.as_it_is)
        [best] = best if len(best) == 1 else [self.as_it_is + 1]
        return best if best < self.as_it_is else "no" if best == self.as_it_is else "undecided"

    def totals(self, of):
        """What some of the units say, as if the others were not enrolled, and whether that is enough."""
        said = Counter("yes" if isinstance(one.says, int) else one.says for one in of)
        every = [paper for one in of for paper in one.ballots.values()]
        papers = {"all": every, "kept": [paper for paper in every if paper.kept]}
        # The ballots of a unit weigh no more than its counted members; in millionths, but what is reached exactly is.
        weights = [(one.ballots.values(), min(len(one.ballots), one.most) * 10**6) for one in of if one.ballots]
        exact = [Fraction(sum(paper.yes for paper in some), len(some)) * weight for some, weight in weights]
        yes, cast = sum(map(int, exact)), sum(weight for _, weight in weights)
        while self.whole and reached(self.share, sum(exact), cast) and not reached(self.share, yes, cast):
            yes += 1
        enrolled = self.enrolled - len(self.voting) + len(of)
        both = reached(self.share, said["yes"], len(of)) and reached(self.share, yes, cast)
        return both and said["yes"] * 4 >= enrolled > 0, {
            "units": {word: said[word] for word in ("yes", "no", "abstain", "undecided")}, "enrolled": enrolled,
            "weighed": {"yes": yes, "cast": cast},
            **{name: {"yes": sum(paper.yes for paper in some), "cast": len(some)} for name, some in papers.items()}}
