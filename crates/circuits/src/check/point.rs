//! Whether the best plan is a single one.
//!
//! Another plan differs by a cycle of arcs that can still change, other than an arc and its
//! reverse. There is none exactly if the arcs open both ways form a forest, and, with each tree of
//! that forest drawn together to a point, the arcs open one way form no cycle.

use super::arcs::Line;

/// Whether no flow along these arcs can change.
pub(super) fn is_single(node_count: usize, free: &[Line]) -> bool {
    let mut trees = Trees { above: (0..node_count).collect() };
    for line in free.iter().filter(|line| line.can_rise() && line.can_fall()) {
        if !trees.join(line.tail, line.head) {
            return false;
        }
    }
    let one_way = free.iter().filter(|line| line.can_rise() != line.can_fall());
    let ways = one_way.map(|line| {
        let (tail, head) = (trees.root(line.tail), trees.root(line.head));
        if line.can_rise() { (tail, head) } else { (head, tail) }
    });
    has_no_cycle(node_count, &ways.collect::<Vec<_>>())
}

/// The first arc in canonical order whose flow could still change.
///
/// Slow, and never needed unless two hundred bits of hash fall together.
pub(super) fn first_open(node_count: usize, free: &[Line]) -> Option<usize> {
    let leads_back = |line: &&Line| {
        let rising = line.can_rise() && reaches(node_count, free, line, line.head, line.tail);
        rising || (line.can_fall() && reaches(node_count, free, line, line.tail, line.head))
    };
    if is_single(node_count, free) {
        return None;
    }
    free.iter().filter(leads_back).map(|line| line.number).min()
}

/// Whether open arcs other than one lead from a node to another.
fn reaches(node_count: usize, free: &[Line], without: &Line, from: usize, to: usize) -> bool {
    let mut seen = vec![false; node_count];
    let mark = |seen: &mut Vec<bool>, node: usize| {
        seen.get_mut(node).is_some_and(|seen| !std::mem::replace(seen, true))
    };
    mark(&mut seen, from);
    let mut grew = true;
    while grew {
        grew = false;
        for line in free.iter().filter(|line| line.number != without.number) {
            let at = |node: usize| seen.get(node) == Some(&true);
            if line.can_rise() && at(line.tail) {
                grew |= mark(&mut seen, line.head);
            }
            let at = |node: usize| seen.get(node) == Some(&true);
            if line.can_fall() && at(line.head) {
                grew |= mark(&mut seen, line.tail);
            }
        }
    }
    seen.get(to) == Some(&true)
}

/// Nodes drawn together (disjoint sets, with paths halved on the way).
struct Trees {
    above: Vec<usize>,
}

impl Trees {
    fn above(&self, node: usize) -> usize {
        self.above.get(node).copied().unwrap_or(node)
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.above(node) != node {
            let further = self.above(self.above(node));
            if let Some(above) = self.above.get_mut(node) {
                *above = further;
            }
            node = further;
        }
        node
    }

    /// Draws two nodes together; false if they were already.
    fn join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(above) = self.above.get_mut(one) {
            *above = other;
        }
        one != other
    }
}

/// Whether a directed graph can be emptied by taking away, again and again, a node without
/// incoming arcs (Kahn).
fn has_no_cycle(node_count: usize, ways: &[(usize, usize)]) -> bool {
    let mut ways = ways.to_vec();
    ways.sort_unstable();
    let mut incoming = vec![0_u32; node_count];
    for &(_, head) in &ways {
        if let Some(count) = incoming.get_mut(head) {
            *count += 1;
        }
    }
    let mut bare: Vec<usize> =
        (0..node_count).filter(|&node| incoming.get(node) == Some(&0)).collect();
    let mut taken = 0;
    while let Some(node) = bare.pop() {
        let first = ways.partition_point(|&(tail, _)| tail < node);
        for &(_, head) in ways.iter().skip(first).take_while(|&&(tail, _)| tail == node) {
            taken += 1;
            let Some(count) = incoming.get_mut(head) else { continue };
            *count -= 1;
            if *count == 0 {
                bare.push(head);
            }
        }
    }
    taken == ways.len()
}
