#!/usr/bin/env python3
"""Writes the economy of the United States in 2017 as offers, needs and units for `artel round`.

    convert.py ROOM FOLDER

ROOM is how far each unit's entitlement may go either way, in percent of its mean turnover: the mean
of what it offers and what it needs from others. FOLDER gets offers.csv, needs.csv and units.csv.

Each industry is a unit; what it makes it offers, what it uses it needs, and a million dollars stands
for an hour. What a unit makes and uses itself is set off first. Negative cells (scrap, adjustments)
are left out, and counted on stderr.
"""
import csv
import pathlib
import sys

here = pathlib.Path(__file__).parent


def cells(name):
    """(industry, commodity) → millions of dollars, and how many cells were negative."""
    with open(here / name, newline="", encoding="utf-8") as file:
        rows = [(row["industry"], row["commodity"], int(row["musd"])) for row in csv.DictReader(file)]
    return {(i, c): musd for i, c, musd in rows if musd > 0}, sum(musd < 0 for _, _, musd in rows)


def convert(room, folder):
    makes, negative_makes = cells("makes.csv")
    uses, negative_uses = cells("uses.csv")
    for cell in makes.keys() & uses.keys():
        own = min(makes[cell], uses[cell])
        makes[cell] -= own
        uses[cell] -= own
    with open(here / "industries.csv", newline="", encoding="utf-8") as file:
        industries = [row["code"] for row in csv.DictReader(file)]
    turnover = dict.fromkeys(industries, 0)
    for (industry, _), musd in [*makes.items(), *uses.items()]:
        turnover[industry] += musd
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "offers.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["unit", "specification", "quantity", "value_hours"])
        table.writerows([i, c, musd, 1] for (i, c), musd in sorted(makes.items()) if musd)
    with open(folder / "needs.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["unit", "specification", "quantity"])
        table.writerows([i, c, musd] for (i, c), musd in sorted(uses.items()) if musd)
    with open(folder / "units.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["unit", "allowance_hours", "ceiling_hours"])
        for industry in industries:
            hours = turnover[industry] * room // 200
            table.writerow([industry, hours, hours])
    return negative_makes + negative_uses


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    left_out = convert(int(sys.argv[1]), pathlib.Path(sys.argv[2]))
    print(f"{left_out} negative cells left out", file=sys.stderr)
