"""Shows that the recount notices what is wrong: damages copies of a record, and changes what Artel says.

usage: noticed.py FOLDER, which holds records with what Artel says beside each
"""

import json
import pathlib
import shutil
import sqlite3
import sys
import tempfile

from recount import recount


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
    unit = next(iter(said["counted"]["entitlements"]))
    said["counted"]["entitlements"][unit] += 1


def ballots(said):
    closed_poll(said)["weighed"]["yes"] += 1


def outcome(said):
    row = closed_poll(said)
    row["passed"] = 0 if row["passed"] is None else None


def electorate(said):
    """A unit votes that is not enrolled."""
    units, enrolled = said["counted"]["entitlements"].keys(), {unit for _, some in said["enrolled"] for unit in some}
    for row in said["electorates"].values():
        row["units"] |= dict.fromkeys(units - enrolled, 1)


def mandate(said):
    row = next(iter(said["counted"]["mandates"].values()))
    row["needed"] += 1


SAYS = {
    "another entitlement": entitlement,
    "another count of ballots": ballots,
    "another outcome": outcome,
    "a unit that may not vote": electorate,
    "another number of signatures for a recall": mandate,
}


def closed_poll(said):
    return next((row for row in said["counted"]["decisions"].values() if row), None)


def has_all(said):
    """Whether a poll has closed, somebody was sent, and some unit is not enrolled."""
    enrolled = {unit for _, some in said["enrolled"] for unit in some}
    others = said["counted"]["entitlements"].keys() - enrolled
    return closed_poll(said) and said["counted"]["mandates"] and others and said["electorates"]


def notices(path, said, what):
    try:
        recount(path, said)
    except Exception as fault:
        print(f"{what}: {str(fault)[:100]}")
    else:
        sys.exit(f"not noticed: {what}")


def main(folder):
    for path in sorted(folder.glob("*.artel")):
        text = path.with_suffix(".json").read_text()
        if has_all(json.loads(text)):
            break
    else:
        sys.exit("in no record is all of it that can be damaged")
    recount(path, json.loads(text))
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
