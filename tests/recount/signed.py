"""An exported record as bytes: the statements with their signatures, the Merkle tree, the checkpoint."""

import json
import struct
from base64 import b64decode, b64encode
from hashlib import sha256
from itertools import pairwise
from types import SimpleNamespace as Row

from nacl.bindings import crypto_sign_open


def require(holds, says):
    if not holds:
        raise ValueError(says)


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
    version, number, at = struct.unpack(">BQQ", leaf[:17])
    said = json.loads(leaf[81:], object_pairs_hook=once, parse_float=int, parse_constant=int)
    entry = Row(**said, id=name.hex(), at=at)
    fields = {"form", "federation", "person", "key", "serial", "seen", "time", "act", "id", "at"}
    require(vars(entry).keys() == fields and version == entry.form == 1, "an entry of another form")
    require(number == place and name == sha256(leaf[81:]).digest(), "an entry with another place or name")
    crypto_sign_open(leaf[17:], bytes.fromhex(entry.key))
    [(entry.name, entry.act)] = entry.act.items()
    if entry.name == "sign-pact":
        [(entry.name, entry.act)] = entry.act.items()
    return entry


def entries_of(database):
    """The entries of a record in their order, under a root that its host has signed."""
    rows = database.execute("SELECT id, entry FROM entries ORDER BY sequence").fetchall()
    entries = [entry_of(place, name, leaf) for place, (name, leaf) in enumerate(rows)]
    require(all(one.at <= other.at for one, other in pairwise(entries)), "time goes back")
    require(len({(entry.key, entry.serial) for entry in entries}) == len(rows), "a number is used twice")
    [record], root = {f"artel/{entry.federation}" for entry in entries}, b64encode(root_of([leaf for _, leaf in rows]))
    [(note, host)] = database.execute("SELECT note, verifier FROM checkpoint, host")
    (text, signatures), (name, _, key) = note.split("\n\n"), host.split("+", 2)
    require(text == f"{record}\n{len(rows)}\n{root.decode()}", "the checkpoint is over other entries")
    [signature] = [line.split(" ")[2] for line in signatures.splitlines() if line.startswith(f"— {record} ")]
    require(name == record and b64decode(key)[0] == 1, "another than the host signs")
    crypto_sign_open(b64decode(signature)[4:] + f"{text}\n".encode(), b64decode(key)[1:])
    return entries
