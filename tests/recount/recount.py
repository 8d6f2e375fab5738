"""Recounts exported records without Artel, and compares with what Artel says.

usage: recount.py RECORD.artel…

What it counts, and what it takes from RECORD.json beside a record, is said in docs/record.md.
"""

import json
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path

from books import Books
from signed import entries_of, require


def recount(path, told):
    """The books after all entries of a record; they say the same as Artel wherever it says something."""
    books = Books(told)
    for entry in entries_of(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)):
        books.take(entry)
    sent = [(ref, row.person, row.needed, row.ended) for ref, row in books.mandates.items()]
    counted = {
        "entitlements": books.entitlements(),
        "decisions": {ref: row.counted for ref, row in books.proposals.items()},
        "mandates": {ref: {"delegate": who, "needed": needed, "ended": ended} for ref, who, needed, ended in sent}}
    for what, said in told["counted"].items():
        require(counted[what] == said, f"recounted {counted[what]}, Artel says {said}")
    return books


def main(paths):
    entries, polls = 0, []
    for path in map(Path, paths):
        beside = path.with_suffix(".json")
        try:
            books = recount(path, defaultdict(dict, json.loads(beside.read_text()) if beside.exists() else {}))
        except Exception as fault:
            sys.exit(f"{path}: {fault!r}")
        for unit, seconds in books.entitlements().items() if not beside.exists() else ():
            print(f"{books.units[unit].name}: {seconds} seconds")
        entries += books.size
        polls += [row.counted["passed"] is not None for row in books.proposals.values() if row.counted]
    print(f"{len(paths)} records recounted: {entries} signatures, {len(polls)} polls closed, {sum(polls)} passed")


if __name__ == "__main__":
    main(sys.argv[1:])
