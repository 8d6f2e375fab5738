"""Random rounds of all shapes, written as the files that artel reads."""
import datetime

AREAS = ["", "north", "north/mill", "north/mill/yard", "north/hill", "south", "south/port"]
CLOSES = datetime.date(2026, 5, 6)
ORDER = ["nearness", "expiry", "memory", "changes"]
SHAPES = ["plain", "places", "weeks", "refusals", "essentials", "members", "before", "everything", "debts", "ties"]


def clock(seconds):
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


class Instance:
    """A round with the features of a shape; of `everything`, with each of them perhaps."""

    def __init__(self, draw, shape, size=1):
        self.draw, self.shape = draw, shape
        has = lambda feature: shape == feature or (shape in ("everything", "debts") and draw.random() < 0.6)
        self.units = [f"u{number}" for number in range(draw.randint(2, 9 * size))]
        self.exact = draw.random() < 0.5
        self.places, self.weeks, self.members = has("places"), has("weeks"), has("members")
        self.tables = {}
        if shape == "crowded":
            self.crowd()
        elif shape == "debts":
            self.add_debts(30 * size)
        else:
            self.add_wishes(has("essentials"), 25 * size)
        self.add_units()
        if shape == "crowded":
            self.tables["refusals"] = ("unit,partner", self.refusals)
        if has("refusals"):
            pairs = {tuple(draw.sample(self.units, 2)) for _ in range(draw.randint(1, 8))}
            self.tables["refusals"] = ("unit,partner", sorted(pairs))
        if has("before"):
            self.add_before()
        order = draw.sample(ORDER, draw.randint(0, 4)) if draw.random() < 0.5 else ORDER
        self.options = [
            f"--seed={draw.randbytes(32).hex()}",
            f"--week={CLOSES}",
            f"--order={','.join(order) or 'none'}",
        ]

    def add_debts(self, count):
        amount = lambda: clock(self.draw.choice([3600, self.draw.randint(0, 20_000)]))
        rows = [(*self.draw.choices(self.units, k=2), amount()) for _ in range(self.draw.randint(1, count))]
        self.tables["obligations"] = ("from,to,hours", rows)

    def add_wishes(self, essentials, count):
        draw = self.draw
        names = [f"s{number}" for number in range(draw.randint(1, 5))]
        self.decimals = {name: 0 if self.shape == "ties" else draw.randint(0, 3) for name in names}
        # A step of an exact round is worth one second, so that nothing is rounded.
        value = lambda name: 10 ** self.decimals[name] if self.exact else draw.randint(0, 5000)
        self.values = {name: 3600 if self.shape == "ties" else value(name) for name in names}
        essential = {
            name: self.quantity(name) if essentials and draw.random() < 0.6 else "" for name in names
        }
        offers, needs = [], []
        for wishes, rows in [(offers, draw.randint(1, count)), (needs, draw.randint(1, count))]:
            for _ in range(rows):
                name = draw.choice(names)
                wishes.append((draw.choice(self.units), name, self.quantity(name), essential[name], *self.where_and_when()))
        offers = [
            (unit, name, much, clock(self.values[name]), self.decimals[name], *rest)
            for unit, name, much, *rest in offers
        ]
        self.tables["offers"] = (
            "unit,specification,quantity,value_hours,decimals,essential,place,from,until", offers)
        offered = {offer[1] for offer in offers}
        self.tables["needs"] = (
            "unit,specification,quantity,essential,place,from,until",
            [need for need in needs if need[1] in offered or draw.random() < 0.2],
        )
        self.names = sorted(offered)

    def crowd(self):
        """Few wishes of one thing that tell so much apart that not all of them can be in the round."""
        draw = self.draw
        self.units, self.decimals, self.values, self.exact = [f"u{n}" for n in range(10)], {"s0": 0}, {"s0": 1}, True
        wishes = {"offers": [], "needs": []}
        givers, receivers = self.units[:5], self.units[5:]
        for (side, rows), units in zip(wishes.items(), [givers, receivers]):
            for unit in units:
                rows.append((unit, "s0", draw.randint(1, 60), "", "", ""))
                for number in range(draw.choice([3, 3, 4])):
                    begins = CLOSES + datetime.timedelta(weeks=draw.randint(0, 90))
                    ends = begins + datetime.timedelta(weeks=draw.randint(0, 30))
                    rows.append((unit, "s0", draw.randint(1, 60), f"{side}/{unit}/{number}", begins, ends))
        offers = [(*wish[:3], clock(1), 0, *wish[3:]) for wish in wishes["offers"]]
        self.tables["offers"] = ("unit,specification,quantity,value_hours,decimals,place,from,until", offers)
        self.tables["needs"] = ("unit,specification,quantity,place,from,until", wishes["needs"])
        self.refusals = sorted({(draw.choice(receivers), draw.choice(givers)) for _ in range(12)})

    def quantity(self, name):
        if self.shape == "ties":
            return str(self.draw.randint(1, 2))
        small = self.decimals[name] == 0 and not self.exact
        steps = self.draw.randint(0, 6 if small else 6000)
        whole = 10 ** self.decimals[name]
        return f"{steps // whole}.{steps % whole:0{self.decimals[name]}}" if whole > 1 else str(steps)

    def where_and_when(self):
        place = self.draw.choice(AREAS) if self.places else ""
        days = lambda low, high: CLOSES + datetime.timedelta(days=self.draw.randint(low, high))
        begins = self.draw.choice(["", days(-20, 30)]) if self.weeks else ""
        ends = self.draw.choice(["", days(-10, 60)]) if self.weeks else ""
        if begins and ends and ends < begins:
            begins, ends = ends, begins
        return place, begins, ends

    def add_units(self):
        draw = self.draw
        short = draw.random() < 0.4 and self.shape != "plain"
        columns = ["unit", "entitlement_hours", "allowance_hours", "ceiling_hours", "short_percent"]
        if self.members:
            columns.append("members")
        if self.places:
            columns.append("place")
        rows = []
        for unit in self.units:
            room = [clock(draw.choice([0, draw.randint(0, 30_000)])) for _ in range(2)]
            ceiling = draw.choice(["", clock(draw.randint(0, 60_000))])
            row = [unit, *room, ceiling, draw.choice([0, 30, 100]) if short else ""]
            row += [draw.choice(["", 1, 2, 5])] if self.members else []
            row += [draw.choice(AREAS)] if self.places else []
            rows.append(row)
        self.tables["units"] = (",".join(columns), rows)

    def add_before(self):
        draw, rows = self.draw, []
        for _ in range(draw.randint(0, 15)):
            giver, receiver = draw.choices(self.units + ["gone"], k=2)
            hours = clock(draw.randint(0, 9000))
            if self.shape == "debts":
                rows.append((len(rows) + 2, giver, receiver, hours))
            else:
                rows.append((giver, receiver, draw.choice(self.names or ["s0"]), 1, 1, hours))
        heading = "line,from,to,hours" if self.shape == "debts" else "giver,receiver,specification,quantity,value_hours,hours"
        self.tables["before"] = (heading, rows)

    def write(self, folder):
        """Writes the tables, and returns their paths by name."""
        paths = {}
        for name, (heading, rows) in self.tables.items():
            paths[name] = folder / f"{name}.csv"
            lines = [",".join(map(str, row)) for row in rows]
            paths[name].write_text("\n".join([heading, *lines]) + "\n")
        return paths
