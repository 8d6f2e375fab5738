"""Shows that the recount notices what is wrong: damages copies of a record, and changes what Artel says.

usage: noticed.py RECORD.artel, with RECORD.json beside it
"""

import json
import pathlib
import shutil
import sqlite3
import sys
import tempfile

from recount import compare, recount
from signed import Wrong


def changed(leaf, place):
    return leaf[:place] + bytes([leaf[place] ^ 1]) + leaf[place + 1 :]


def entry(place):
    """Changes one byte of the second entry."""

    def damage(database):
        [leaf] = database.execute("SELECT entry FROM entries WHERE sequence = 1").fetchone()
        database.execute("UPDATE entries SET entry = ? WHERE sequence = 1", [changed(leaf, place)])

    return damage


def gone(database):
    database.execute("DELETE FROM entries WHERE sequence = (SELECT max(sequence) FROM entries)")


def swapped(database):
    """Puts two entries in each other's place."""
    database.execute("UPDATE entries SET sequence = -1 WHERE sequence = 1")
    database.execute("UPDATE entries SET sequence = 1 WHERE sequence = 2")
    database.execute("UPDATE entries SET sequence = 2 WHERE sequence = -1")


def signed_otherwise(database):
    [note] = database.execute("SELECT note FROM checkpoint").fetchone()
    at = len(note) - 8
    letter = "A" if note[at] != "A" else "B"
    database.execute("UPDATE checkpoint SET note = ?", [note[:at] + letter + note[at + 1 :]])


DAMAGES = {
    "the place in an entry": entry(8),
    "the time in an entry": entry(14),
    "a signature": entry(30),
    "a statement": entry(-2),
    "the last entry gone": gone,
    "two entries swapped": swapped,
    "the host's signature": signed_otherwise,
}


def main(path):
    said = json.loads(path.with_suffix(".json").read_text())
    _, books = recount(path, said)
    compare(books, said)
    for name, damage in DAMAGES.items():
        copy = pathlib.Path(tempfile.mkdtemp()) / "copy.artel"
        shutil.copy(path, copy)
        with sqlite3.connect(copy) as database:
            damage(database)
        database.close()
        try:
            recount(copy, said)
        except Wrong:
            continue
        finally:
            shutil.rmtree(copy.parent)
        sys.exit(f"not noticed: {name}")
    said["units"][0]["entitlement_seconds"] += 1
    try:
        compare(books, said)
    except Wrong:
        print(f"{len(DAMAGES) + 1} things that are wrong, all of them noticed")
    else:
        sys.exit("not noticed: another entitlement")


main(pathlib.Path(sys.argv[1]))
