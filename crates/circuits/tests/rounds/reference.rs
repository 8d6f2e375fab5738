//! The most hours of a small round, found in the plainest way there is: while some cycle of the
//! residual graph gains hours (Bellman and Ford), send flow around it.

use crate::instances::Request;

struct Way {
    from: usize,
    to: usize,
    room: i128,
    gain: i128,
}

/// The most seconds of needs that can be met, or of obligations that can be cleared.
pub(crate) fn most_seconds(request: &Request) -> i128 {
    let (nodes, mut ways) = ways(request);
    let mut total = 0;
    while let Some(cycle) = gaining_cycle(nodes, &ways) {
        let room = cycle.iter().map(|&way| ways[way].room).min().unwrap();
        for way in cycle {
            total += room * ways[way].gain;
            ways[way].room -= room;
            ways[way ^ 1].room += room;
        }
    }
    total
}

fn ways(request: &Request) -> (usize, Vec<Way>) {
    let units = request.rooms.len();
    let pool = units + request.values.len();
    let mut ways = Vec::new();
    let mut add = |from, to, room: i128, back: i128, gain| {
        ways.push(Way { from, to, room, gain });
        ways.push(Way { from: to, to: from, room: back, gain: -gain });
    };
    for unit in 0..units {
        for (lot, &(value, decimals)) in request.values.iter().enumerate() {
            let sum = |wishes: &[(u32, u32, i64)]| -> i128 {
                let own = |w: &&(u32, u32, i64)| (w.0 as usize, w.1 as usize) == (unit, lot);
                wishes.iter().filter(own).map(|w| i128::from(w.2)).sum()
            };
            let left = sum(&request.offers) - sum(&request.needs);
            let worth = left.abs() * i128::from(value) / 10_i128.pow(u32::from(decimals));
            if left > 0 {
                add(unit, units + lot, worth, 0, 0);
            } else {
                add(units + lot, unit, worth, 0, 1);
            }
        }
        let shift: i128 = request
            .accepted
            .iter()
            .map(|&(giver, receiver, seconds)| {
                let side = |u: u32| i128::from(u as usize == unit);
                i128::from(seconds) * (side(giver) - side(receiver))
            })
            .sum();
        let (down, up) = request.rooms[unit];
        add(pool, unit, (i128::from(up) - shift).max(0), (i128::from(down) + shift).max(0), 0);
    }
    for &(giver, receiver, seconds) in &request.obligations {
        if giver != receiver {
            add(giver as usize, receiver as usize, i128::from(seconds), 0, 1);
        }
    }
    (pool + 1, ways)
}

fn gaining_cycle(nodes: usize, ways: &[Way]) -> Option<Vec<usize>> {
    let mut best = vec![0_i128; nodes];
    let mut by: Vec<Option<usize>> = vec![None; nodes];
    let mut changed = None;
    for _ in 0..=nodes {
        changed = None;
        for (number, way) in ways.iter().enumerate() {
            if way.room > 0 && best[way.from] + way.gain > best[way.to] {
                best[way.to] = best[way.from] + way.gain;
                by[way.to] = Some(number);
                changed = Some(way.to);
            }
        }
        changed?;
    }
    let mut node = changed?;
    for _ in 0..nodes {
        node = ways[by[node]?].from;
    }
    let (start, mut cycle) = (node, Vec::new());
    loop {
        let way = by[node]?;
        cycle.push(way);
        node = ways[way].from;
        if node == start {
            return Some(cycle);
        }
    }
}
