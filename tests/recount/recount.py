"""Recounts exported records without Artel, and compares with what Artel says.

usage: recount.py RECORD.artel…

What it counts, and what it takes from RECORD.json beside a record, is said in docs/record.md.
"""

import json
import sqlite3
import sys
from base64 import b64decode, b64encode
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from nacl.bindings import crypto_sign_open

from books import Books
from votes import Row, require


def root_of(leaves):
    """The root of a Merkle tree as RFC 6962 has it: the left part is the largest power of two."""
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + root_of(leaves[:left]) + root_of(leaves[left:])).digest()


def once(pairs):
    require(len(dict(pairs)) == len(pairs), "a field stands twice")
    return dict(pairs)


def entry_of(place, name, leaf):
    """An entry whose place, name, form and signature are right, and all of whose numbers are whole."""
    said = json.loads(leaf[81:], object_pairs_hook=once, parse_float=int, parse_constant=int)
    entry = Row(**said, id=name.hex(), at=int.from_bytes(leaf[9:17], "big"))
    fields = {"form", "federation", "person", "key", "serial", "seen", "time", "act", "id", "at"}
    require(vars(entry).keys() == fields and entry.form == 1, "an entry of another form")
    head = b"\1" + place.to_bytes(8, "big")
    require(leaf[:9] == head and name == sha256(leaf[81:]).digest(), "an entry with another place or name")
    crypto_sign_open(leaf[17:], bytes.fromhex(entry.key))
    [(entry.name, entry.act)] = entry.act.items()
    if entry.name == "sign-pact":
        [(entry.name, entry.act)] = entry.act.items()
    return entry


def entries_of(database):
    """The entries of a record in their order, under a root that its host has signed."""
    rows = database.execute("SELECT id, entry FROM entries ORDER BY sequence").fetchall()
    entries = [entry_of(place, name, leaf) for place, (name, leaf) in enumerate(rows)]
    require(entries == sorted(entries, key=lambda entry: entry.at), "time goes back")
    require(len({(entry.key, entry.serial) for entry in entries}) == len(rows), "a number is used twice")
    [record], root = {f"artel/{entry.federation}" for entry in entries}, b64encode(root_of([leaf for _, leaf in rows]))
    [(note, host)] = database.execute("SELECT note, verifier FROM checkpoint, host")
    (text, signatures), (name, _, key) = note.split("\n\n"), host.split("+", 2)
    require(text == f"{record}\n{len(rows)}\n{root.decode()}", "the checkpoint is over other entries")
    [signature] = [line.split(" ")[2] for line in signatures.splitlines() if line.startswith(f"— {record} ")]
    require(name == record and b64decode(key)[0] == 1, "another than the host signs")
    crypto_sign_open(b64decode(signature)[4:] + f"{text}\n".encode(), b64decode(key)[1:])
    return entries


def recount(path, told):
    """The books after all entries of a record; they say the same as Artel wherever it says something."""
    books = Books(told)
    for entry in entries_of(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)):
        books.take(entry)
    sent = ("delegate", "needed", "ended")
    counted = {
        "entitlements": books.entitlements(),
        "decisions": {ref: row.counted for ref, row in books.proposals.items()},
        "mandates": {ref: {field: vars(row)[field] for field in sent} for ref, row in books.mandates.items()}}
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
