"""An exported record as bytes: the statements with their signatures, the Merkle tree, the checkpoint."""

import base64
import hashlib
import json
import struct
from types import SimpleNamespace as Row

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError


class Wrong(Exception):
    """What a record must not hold."""


def require(holds, says):
    if not holds:
        raise Wrong(says)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaves):
    """The root of a Merkle tree as RFC 6962 has it: left parts are the largest powers of two."""
    level = [sha256(b"\0", leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [sha256(b"\1", *level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0] if level else sha256()


def check_signature(key, signature, message):
    try:
        crypto_sign_open(signature + message, key)
    except BadSignatureError as fault:
        raise Wrong("a signature is not the key's over these bytes") from fault


def once(pairs):
    require(len(dict(pairs)) == len(pairs), "a field stands twice")
    return dict(pairs)


def no_fraction(text):
    raise Wrong(f"the number {text} is not whole")


def entries_of(database):
    """The entries in their order, each with its place, time, name, form and signature checked; and their bytes."""
    rows = database.execute("SELECT sequence, id, entry FROM entries ORDER BY sequence").fetchall()
    before, entries, serials = 0, [], set()
    for place, (sequence, name, leaf) in enumerate(rows):
        version, number, time = struct.unpack(">BQQ", leaf[:17])
        require(version == 1 and place == number == sequence, f"entry {place} is not in its place")
        require(time >= before, f"entry {place}: time goes back")
        require(name == sha256(leaf[81:]), f"entry {place} has another name than its hash")
        said = json.loads(leaf[81:], object_pairs_hook=once, parse_float=no_fraction, parse_constant=no_fraction)
        fields = {"form", "federation", "person", "key", "serial", "seen", "time", "act"}
        require(set(said) == fields and said["form"] == 1 and len(said["act"]) == 1, f"entry {place}: another form")
        check_signature(bytes.fromhex(said["key"]), leaf[17:81], leaf[81:])
        require((said["key"], said["serial"]) not in serials, f"entry {place}: a number is used twice")
        serials.add((said["key"], said["serial"]))
        [(act, terms)] = said["act"].items()
        entries.append(Row(id=name.hex(), time=time, said=said, person=said["person"], key=said["key"], name=act, act=terms))
        before = time
    return entries, [leaf for _, _, leaf in rows]


def check_checkpoint(database, leaves, federation):
    """The host has signed for this root over these entries."""
    [note], [verifier] = (database.execute(f"SELECT {what}").fetchone() for what in ("note FROM checkpoint", "verifier FROM host"))
    name, _, key = verifier.split("+", 2)
    (text, signatures), key = note.split("\n\n"), base64.b64decode(key)
    origin, size, root = text.split("\n")
    require(origin == name == f"artel/{federation}", "the checkpoint is of another record")
    require(int(size) == len(leaves), "the checkpoint is over another number of entries")
    require(base64.b64decode(root) == root_of(leaves), "the checkpoint has another root")
    signed = [line.split(" ") for line in signatures.strip().split("\n")]
    blobs = [base64.b64decode(blob) for dash, by, blob in signed if (dash, by) == ("—", name)]
    require(len(blobs) == 1 and len(blobs[0]) == 68 and key[0] == 1, "the checkpoint is not signed by its host")
    check_signature(key[1:], blobs[0][4:], (text + "\n").encode())
