"""What a round is made from, read from the files that docs/rounds-from-files.md describes."""
import csv
import dataclasses
import datetime
from decimal import Decimal


@dataclasses.dataclass
class Unit:
    down: int = 0
    up: int = 0
    members: int = 1
    home: str | None = None
    short: int = 0


@dataclasses.dataclass
class Version:
    value: int
    decimals: int = 3
    essential: int | None = None

    def worth(self, steps):
        """Seconds of so many steps, part seconds dropped."""
        return steps * self.value // 10**self.decimals


@dataclasses.dataclass
class Wish:
    unit: str
    version: str
    steps: int
    area: str | None
    weeks: tuple


@dataclasses.dataclass
class Inputs:
    """Everything in the files, in their order."""

    units: dict
    versions: dict
    offers: list
    needs: list
    owed: list
    refused: set
    """Whom each unit refused."""
    said: dict
    before: list
    evenness: bool
    week: int
    order: list
    seed: bytes


def hours(text):
    """Seconds, of decimal hours or a clock."""
    if ":" not in text:
        return int(Decimal(text) * 3600)
    parts = [int(part) for part in text.split(":")]
    return sum(part * unit for part, unit in zip(parts, [3600, 60, 1]))


def week(text):
    day = (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days
    return (day + 3) // 7


def rows(path):
    if path is None:
        return
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            yield {column: field.strip() for column, field in row.items()}


NO_CEILING = 2**53 - 1


def read(paths, closes=None, order="nearness,expiry,memory,changes", seed="00" * 32):
    """Reads the files of a round by the names of the options of `artel round solve`."""
    units, by_members = read_units(paths.get("units"))
    versions, offers, needs = {}, [], []
    for row in rows(paths.get("offers")):
        version = Version(hours(row["value_hours"]), int(row.get("decimals") or 3))
        versions.setdefault(row["specification"], version)
        offers.append(row)
    for row in rows(paths.get("needs")):
        version = versions.get(row["specification"])
        most = row.get("max_value_hours")
        if version and not (most and hours(most) < version.value):
            needs.append(row)
    marks = [*rows(paths.get("offers")), *rows(paths.get("needs"))]
    for row in marks:
        units.setdefault(row["unit"], Unit())
        if row.get("essential") and row["specification"] in versions:
            version = versions[row["specification"]]
            version.essential = steps(row["essential"], version)
    owed = [(row["from"], row["to"], hours(row["hours"])) for row in rows(paths.get("obligations"))]
    for giver, receiver, _ in owed:
        units.setdefault(giver, Unit())
        units.setdefault(receiver, Unit())
    refused = {(row["unit"], row["partner"]) for row in rows(paths.get("refusals"))}
    said = {}
    for unit, partner in refused:
        if unit != partner:
            said.setdefault(unit, set()).add(partner)
    return Inputs(
        units=units,
        versions=versions,
        offers=[wish(row, versions) for row in offers],
        needs=[wish(row, versions) for row in needs],
        owed=owed,
        refused=refused | {(partner, unit) for unit, partner in refused},
        said=said,
        before=[earlier(row) for row in rows(paths.get("before"))],
        evenness=by_members,
        week=week(closes) if closes else 0,
        order=[] if order == "none" else order.split(","),
        seed=bytes.fromhex(seed),
    )


def read_units(path):
    units, by_members = {}, False
    for row in rows(path):
        by_members = "members" in row
        entitlement = hours(row.get("entitlement_hours") or "0")
        allowance = hours(row.get("allowance_hours") or "0")
        ceiling = row.get("ceiling_hours")
        units[row["unit"]] = Unit(
            down=max(0, entitlement + allowance),
            up=max(0, hours(ceiling) - entitlement) if ceiling else NO_CEILING,
            members=int(row.get("members") or 1),
            home=row.get("place") or None,
            short=(int(row.get("short_percent") or 0) * 16 + 50) // 100,
        )
    return units, by_members


def steps(text, version):
    return int(Decimal(text) * 10**version.decimals)


def wish(row, versions):
    version = row["specification"]
    weeks = tuple(week(row[end]) if row.get(end) else None for end in ("from", "until"))
    return Wish(row["unit"], version, steps(row["quantity"], versions[version]), row.get("place") or None, weeks)


def earlier(row):
    """(giver, receiver, version, seconds) of a plan before; no version if it is of obligations."""
    if "giver" in row:
        return row["giver"], row["receiver"], row["specification"], hours(row["hours"])
    return row["from"], row["to"], None, hours(row["hours"])
