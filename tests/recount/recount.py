"""Recounts exported records without Artel, and compares with what Artel says.

usage: recount.py RECORD.artel…

Of every record it checks the signature of each statement, the Merkle root and the signed checkpoint, and
counts what every unit has given and received. If a file of the same name with `.json` stands beside the
record, what Artel counts is compared. From that file it also takes what the engine's plans come to, which
contract is between whom and under which version, since a plan can only be read with the network that it
solves; who has signed for deliveries under such a contract is compared with it.

Written from docs/record.md and the rules; it shares no line with Artel.
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
    require(entries, "a record begins with the founding act")
    federation = entries[0].statement["federation"]
    require(all(e.statement["federation"] == federation for e in entries), "a statement of another federation")
    check_checkpoint(database, leaves, federation)
    books = Books(said)
    for place, entry in enumerate(entries):
        try:
            books.take(entry)
        except (Wrong, KeyError, IndexError, TypeError) as fault:
            raise Wrong(f"entry {place}, {entry.name}: {fault!r}") from fault
    require(sum(unit.entitlement for unit in books.units) == 0, "entitlements do not sum to zero")
    return len(entries), books


def compare(books, said):
    found = [{"name": unit.name, "entitlement_seconds": unit.entitlement} for unit in books.units]
    for ours, theirs in zip(found, said["units"], strict=True):
        require(ours == theirs, f"recounted {ours}, Artel says {theirs}")


def main(paths):
    total, settled = 0, 0
    for path in map(pathlib.Path, paths):
        beside = path.with_suffix(".json")
        said = json.loads(beside.read_text()) if beside.exists() else {}
        try:
            count, books = recount(path, said)
            if said:
                compare(books, said)
            else:
                for unit in books.units:
                    print(f"{unit.name}: {unit.entitlement} seconds")
        except Wrong as wrong:
            print(f"{path}: {wrong}", file=sys.stderr)
            return 1
        total += count
        settled += sum(delivery.hours is not None for delivery in books.deliveries.values())
    print(f"{len(paths)} records recounted: {total} signatures, {settled} deliveries accepted")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
