"""Recounts exported records without Artel, and compares with what Artel says.

usage: recount.py RECORD.artel…

Of every record it checks the signature of each statement, the Merkle root and the signed checkpoint; it counts
what every unit has given and received, and what was decided. Written from docs/record.md and the rules; it
shares no line with Artel. If RECORD.json stands beside the record, what Artel counts is compared. From there it
also takes what it cannot find by itself, and holds it against what the record says: what the engine's plans come
to, since a plan can only be read with the network that it solves; and which units are enrolled and awake.
"""

import json
import pathlib
import sqlite3
import sys

from books import Books
from signed import Wrong, check_checkpoint, entries_of, require


def recount(path, said):
    """The books after all entries of a record."""
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    entries, leaves = entries_of(database)
    require(len({entry.said["federation"] for entry in entries}) == 1, "statements of one federation")
    check_checkpoint(database, leaves, entries[0].said["federation"])
    books = Books(said)
    for place, entry in enumerate(entries):
        try:
            books.take(entry)
        except (Wrong, KeyError, IndexError, TypeError, ValueError) as fault:
            raise Wrong(f"entry {place}, {entry.name}: {fault!r}") from fault
    require(sum(unit.entitlement for unit in books.units) == 0, "entitlements do not sum to zero")
    return len(entries), books


def compare(books, said):
    found = [{"name": unit.name, "entitlement_seconds": unit.entitlement} for unit in books.units]
    require(found == said["units"], f"recounted {found}, Artel says {said['units']}")
    sent = {ref: {"delegate": row.person, "needed": row.needed, "ended": row.ended} for ref, row in books.mandates.all.items()}
    require(sent == said.get("mandates", {}), f"sent {sent}, Artel says {said.get('mandates')}")
    for ref, told in said.get("decisions", {}).items():
        counted = books.proposals[ref].counted
        require(counted == told["counted"], f"proposal {ref}: recounted {counted}, Artel says {told['counted']}")


def main(paths):
    total, settled, decided = 0, 0, [0, 0]
    for path in map(pathlib.Path, paths):
        beside = path.with_suffix(".json")
        said = json.loads(beside.read_text()) if beside.exists() else {}
        try:
            count, books = recount(path, said)
            if said:
                compare(books, said)
        except Wrong as wrong:
            print(f"{path}: {wrong}", file=sys.stderr)
            return 1
        if not said:
            for unit in books.units:
                print(f"{unit.name}: {unit.entitlement} seconds")
        polls = [row.counted["passed"] is not None for row in books.proposals.values() if row.counted]
        total, decided = total + count, [decided[0] + len(polls), decided[1] + sum(polls)]
        settled += sum(delivery.hours is not None for delivery in books.deliveries.values())
    told = f"{total} signatures, {settled} deliveries accepted, {decided[0]} polls closed, {decided[1]} passed"
    print(f"{len(paths)} records recounted: {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
