"""Who delivers to whom, where every flow is whole steps: the flow of each lot paired up."""


def handed(round_, flows):
    """For each lot its givers and receivers as (turn, unit, seconds), from the flow of every arc."""
    gives = [[] for _ in round_.lots]
    gets = [[] for _ in round_.lots]
    flow = iter(flows)
    given = [next(flow) for _ in round_.gives]
    to_lots = [[next(flow) for _ in span.lots] for span in round_.give_spans]
    from_lots = [[next(flow) for _ in span.lots] for span in round_.get_spans]
    got = [sum(next(flow) for _ in range(parts(round_, need))) for need in round_.gets]
    spread(round_, gives, round_.gives, given, round_.give_spans, to_lots, b"g")
    spread(round_, gets, round_.gets, got, round_.get_spans, from_lots, b"n")
    return [(sorted(giving), sorted(getting)) for giving, getting in zip(gives, gets)]


def parts(round_, need):
    """How many arcs a need has."""
    if id(need) in round_.floor_of:
        return 1
    return 2 if 0 < round_.essential[id(need)] < need.seconds else 1


def spread(round_, sides, wishes, flows, spans, to_lots, role):
    """Hands the flow of wishes over to lots; of a span, its wishes in the order of their turns are
    paired with its lots in order, the first with the first until one of the two is done."""
    of_span = [[] for _ in spans]
    for place, (wish, flow) in enumerate(zip(wishes, flows)):
        if flow == 0:
            continue
        turn = round_.draw_wish(role, wish)[16:]
        if wish.span is None:
            sides[wish.lots[0]].append(((turn, wish.unit, place), wish.unit, flow))
        else:
            of_span[wish.span].append(((turn, wish.unit, place), wish.unit, flow))
    for span, together, open_ in zip(spans, of_span, to_lots):
        lots = list(zip(span.lots, open_))
        for turn, unit, left in sorted(together):
            while left:
                lot, room = lots[0]
                now = min(left, room)
                if now:
                    sides[lot].append((turn, unit, now))
                left -= now
                lots[0] = (lot, room - now)
                if now == room:
                    lots.pop(0)


def deliveries(round_, flows):
    """(giver, receiver, lot, seconds) in the order of the plan."""
    for lot, (giving, getting) in enumerate(handed(round_, flows)):
        getting = [[unit, seconds] for _, unit, seconds in getting]
        for _, giver, left in giving:
            while left:
                receiver, wanted = getting[0]
                now = min(left, wanted)
                yield giver, receiver, lot, now
                left -= now
                getting[0][1] -= now
                if not getting[0][1]:
                    getting.pop(0)
