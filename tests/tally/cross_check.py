"""Counts random elections with `artel tally` and with independent programs, and compares.

usage: cross_check.py ARTEL [ELECTIONS]    (600 or more, or nothing says that enough were compared)

Schulze against votelib, instant runoff against pyrankvote, Scottish rules against stvpoll. An election
in which a lot was drawn is counted, but not compared: each program draws lots of its own.
"""

import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from decimal import Decimal

import pyrankvote
import votelib.evaluate.condorcet
from stvpoll.scottish_stv import calculate_scottish_stv

ARTEL = sys.argv[1]
ELECTIONS = int(sys.argv[2]) if len(sys.argv) > 2 else 600


def count(file, method, *options):
    command = [ARTEL, "tally", "--json", "--method", method, *options, str(file)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def election(draw):
    """Names, seats, and ballots: a weight and an order of names without equals."""
    names = [f"option {number}" for number in range(draw.randint(2, 8))]
    seats = draw.randint(1, min(4, len(names)))
    # Some elections are close to even, some have a few kinds of voters only.
    kinds = draw.choice([3, 10, 60])
    ballots = {}
    for _ in range(kinds):
        order = draw.sample(names, draw.randint(1, len(names)))
        weight = draw.choice([draw.randint(1, 5), draw.randint(1, 200), draw.randint(1, 5000)])
        ballots[tuple(order)] = ballots.get(tuple(order), 0) + weight
    return names, seats, ballots


def as_blt(names, seats, ballots):
    lines = [f"{len(names)} {seats}"]
    for order, weight in ballots.items():
        numbers = [str(names.index(name) + 1) for name in order]
        lines.append(" ".join([str(weight), *numbers, "0"]))
    return "\n".join([*lines, "0", *(f'"{name}"' for name in names), '"random"', ""])


def as_abif(names, ballots):
    lines = [f"=[{name}]:[{name}]" for name in names]
    for order, weight in ballots.items():
        lines.append(f"{weight}:" + ">".join(f"[{name}]" for name in order))
    return "\n".join([*lines, ""])


def preferences(names, ballots):
    """How many ballots rank each before each other; unranked is tied last."""
    sums = dict.fromkeys(itertools.permutations(names, 2), 0)
    for order, weight in ballots.items():
        place = {name: order.index(name) if name in order else len(names) for name in names}
        for one, other in sums:
            sums[one, other] += weight if place[one] < place[other] else 0
    return sums


def schulze(names, ballots, found):
    sums = preferences(names, ballots)
    told = found["preferences"]
    for (one, other), votes in sums.items():
        assert told[names.index(one)][names.index(other)] == votes, (one, other)
    if any(len(level) > 1 for level in found["order"]):
        return False
    order = votelib.evaluate.condorcet.Schulze().evaluate(sums, len(names))
    assert [level[0] for level in found["order"]] == list(order), (found["order"], order)
    return True


def runoff(names, ballots, found):
    if any(stage["ties"] for stage in found["stages"]):
        return False
    candidates = {name: pyrankvote.Candidate(name) for name in names}
    papers = [
        pyrankvote.Ballot([candidates[name] for name in order])
        for order, weight in ballots.items()
        for _ in range(weight)
    ]
    winners = pyrankvote.instant_runoff_voting(list(candidates.values()), papers).get_winners()
    assert found["elected"] == [winner.name for winner in winners], found["elected"]
    return True


def one_at_a_time(found):
    """Whether never more than one waits for its surplus to be transferred.

    stvpoll transfers all surpluses before it looks who has reached the quota; the rules look after each.
    """
    return all(len(stage["elected"]) < 2 for stage in found["stages"][:-1])


def acts(found):
    """What the sheet does, as stvpoll tells it: who is elected or excluded, and the votes of all who stood."""
    standing = {row["option"] for row in found["stages"][0]["votes"]}
    before = None
    for stage in found["stages"]:
        votes = {row["option"]: Decimal(row["votes"]) for row in stage["votes"]}
        if stage["excluded"]:
            yield "excluded", {stage["excluded"]}, {name: before[name] for name in standing}
            standing = standing - {stage["excluded"]}
        if stage["elected"]:
            yield "elected", set(stage["elected"]), {name: votes[name] for name in standing}
            standing = standing - set(stage["elected"])
        before = votes


def scottish(names, seats, ballots, found):
    """Who is elected and excluded, in order, and what each has at every stage.

    stvpoll rounds the worth of a paper to the nearest hundred-thousandth, the rules cut it off: so votes may
    differ by that much for each paper and transfer.
    """
    if any(stage["ties"] for stage in found["stages"]) or not one_at_a_time(found):
        return False
    papers = [(order, weight) for order, weight in ballots.items()]
    result = calculate_scottish_stv(names, papers, seats, random_shuffle=False)
    assert set(found["elected"]) == result.elected_as_set(), (found["elected"], result.elected_as_tuple())
    ours = list(acts(found))
    for number, stage in enumerate(result.rounds):
        status, who, votes = ours[number]
        if stage is result.rounds[-1]:
            # Where as many are left as seats, stvpoll takes them all at once, whoever has reached the quota.
            assert all(status == "elected" for status, _, _ in ours[number:]), ours
            who = set().union(*(elected for _, elected, _ in ours[number:]))
        assert (status, who) == (stage.status.value.lower(), set(stage.selected)), (status, who, stage)
        assert votes.keys() == stage.votes.keys(), (number, votes, stage.votes)
        most = Decimal("0.00001") * sum(ballots.values()) * number
        for name, units in votes.items():
            assert abs(units - stage.votes[name]) <= most, (number, name, units, stage.votes[name])
    return True


# Of the first 600 elections so many are compared; which these are is always the same.
FIRST = 600
SEEN = {"schulze": 580, "irv": 357, "stv": 449}


def main():
    compared = dict.fromkeys(SEEN, 0)
    folder = pathlib.Path(tempfile.mkdtemp())
    blt, abif = folder / "ballots.blt", folder / "ballots.abif"
    for seed in range(ELECTIONS):
        names, seats, ballots = election(random.Random(seed))
        blt.write_text(as_blt(names, seats, ballots))
        abif.write_text(as_abif(names, ballots))
        try:
            compared["schulze"] += schulze(names, ballots, count(abif, "schulze"))
            # pyrankvote holds every paper apart, so the largest elections would take it long.
            if sum(ballots.values()) < 20_000:
                compared["irv"] += runoff(names, ballots, count(blt, "irv"))
            compared["stv"] += scottish(names, seats, ballots, count(blt, "stv"))
        except AssertionError:
            print(f"election {seed} differs:\n{as_blt(names, seats, ballots)}", file=sys.stderr)
            raise
        if seed == FIRST - 1:
            assert all(compared[method] >= least for method, least in SEEN.items()), f"too few: {compared}"
    told = ", ".join(f"{method} {number}" for method, number in compared.items())
    print(f"{ELECTIONS} random elections; compared without lots: {told}")


main()
