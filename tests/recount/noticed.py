"""Shows that the recount notices what is wrong: damages copies of a record, and changes what Artel says.

usage: noticed.py FOLDER, which holds records with what Artel says beside each
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


def entitlement(said):
    said["units"][0]["entitlement_seconds"] += 1


def ballots(said):
    closed_poll(said)["weighed"]["yes"] += 1


def outcome(said):
    row = closed_poll(said)
    row["passed"] = 0 if row["passed"] is None else None


def electorate(said):
    row = next(row for row in said["decisions"].values() if row["counted"])
    row["electorate"]["99"] = 1


SAYS = {
    "another entitlement": entitlement,
    "another count of ballots": ballots,
    "another outcome": outcome,
    "a unit that may not vote": electorate,
}


def closed_poll(said):
    return next((row["counted"] for row in said["decisions"].values() if row["counted"]), None)


def notices(path, said, what):
    try:
        _, books = recount(path, said)
        compare(books, said)
    except Wrong:
        return
    sys.exit(f"not noticed: {what}")


def main(folder):
    for path in sorted(folder.glob("*.artel")):
        text = path.with_suffix(".json").read_text()
        if closed_poll(json.loads(text)):
            break
    else:
        sys.exit("no poll has closed in any record")
    _, books = recount(path, json.loads(text))
    compare(books, json.loads(text))
    for name, damage in DAMAGES.items():
        copy = pathlib.Path(tempfile.mkdtemp()) / "copy.artel"
        shutil.copy(path, copy)
        with sqlite3.connect(copy) as database:
            damage(database)
        database.close()
        notices(copy, json.loads(text), name)
        shutil.rmtree(copy.parent)
    for name, change in SAYS.items():
        said = json.loads(text)
        change(said)
        notices(path, said, name)
    print(f"{len(DAMAGES) + len(SAYS)} things that are wrong, all of them noticed")


main(pathlib.Path(sys.argv[1]))
