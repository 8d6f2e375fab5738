#!/usr/bin/env python3
"""Solves a round with OR-tools, stage by stage, and writes a certificate of its own.

    second_solver.py CERTIFICATE [--offers F --needs F | --obligations F] [--units F] [--refusals F]
                     [--before F] [--week DATE] [--order LIST] [--seed HEX]

The options are those of `artel round solve`. `artel round check` accepts the certificate: it has other
potentials than artel's, and the same flow. Meant for small rounds.
"""
import argparse
import json
import pathlib

from second.circulation import Round
from second.read import read
from second.stages import Solved

FILES = ["offers", "needs", "obligations", "units", "refusals", "before"]


def certificate(solved, seed):
    proofs = [
        {"level": level, "potentials": potentials} if level is not None else {"potentials": potentials}
        for level, potentials in solved.proofs
    ]
    return {"artel_certificate": 2, "seed": seed, "flows": solved.flows(), "stages": proofs}


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("certificate", type=pathlib.Path)
    for name in FILES:
        parser.add_argument(f"--{name}", type=pathlib.Path)
    parser.add_argument("--week")
    parser.add_argument("--order", default="nearness,expiry,memory,changes")
    parser.add_argument("--seed", default="00" * 32)
    told = parser.parse_args()
    paths = {name: getattr(told, name) for name in FILES}
    solved = Solved(Round(read(paths, told.week, told.order, told.seed)))
    told.certificate.write_text(json.dumps(certificate(solved, told.seed)))
    print("\n".join(solved.names))


if __name__ == "__main__":
    main()
