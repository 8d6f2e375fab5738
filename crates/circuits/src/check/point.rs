//! Whether the best plan is a single one.
//!
//! Another plan differs by a cycle of arcs that can still change, other than an arc and its
//! reverse. There is none exactly if the arcs open both ways form a forest, and, with each tree of
//! that forest drawn together to a point, the arcs open one way form no cycle.

use super::line::Line;
use super::ways::{Ways, mark, position};

/// Whether no flow along these lines can change.
pub(super) fn is_single(nodes: usize, free: &[Line]) -> bool {
    if !free.iter().any(Line::can_change) {
        return true;
    }
    let mut trees = Trees { above: (0..nodes).map(|n| u32::try_from(n).unwrap_or(0)).collect() };
    for line in free.iter().filter(|line| line.can_rise() && line.can_fall()) {
        if !trees.join(line.tail, line.head) {
            return false;
        }
    }
    let mut one_way = Vec::new();
    for line in free.iter().filter(|line| line.can_rise() != line.can_fall()) {
        let (tail, head) = (trees.root(line.tail), trees.root(line.head));
        one_way.push(if line.can_rise() { (tail, head) } else { (head, tail) });
    }
    Ways::new(nodes, one_way.iter().copied()).has_no_cycle()
}

/// The first line in canonical order whose flow could still change.
///
/// Slow, and never needed unless 128 bits of hash fall together.
pub(super) fn first_open(nodes: usize, free: &[Line]) -> Option<u32> {
    let leads_back = |line: &&Line| {
        let rising = line.can_rise() && reaches(nodes, free, line, line.head, line.tail);
        rising || (line.can_fall() && reaches(nodes, free, line, line.tail, line.head))
    };
    free.iter().find(leads_back).map(|line| line.number)
}

/// Whether open lines other than one lead from a node to another.
fn reaches(nodes: usize, free: &[Line], without: &Line, from: u32, to: u32) -> bool {
    let mut seen = vec![false; nodes];
    mark(&mut seen, from);
    let mut grew = true;
    while grew {
        grew = false;
        for line in free.iter().filter(|line| line.number != without.number) {
            for (one, other) in line.ways() {
                if seen.get(position(one)) == Some(&true) {
                    grew |= mark(&mut seen, other);
                }
            }
        }
    }
    seen.get(position(to)) == Some(&true)
}

/// Nodes drawn together (disjoint sets, with paths halved on the way).
struct Trees {
    above: Vec<u32>,
}

impl Trees {
    fn above(&self, node: u32) -> u32 {
        self.above.get(position(node)).copied().unwrap_or(node)
    }

    fn root(&mut self, mut node: u32) -> u32 {
        while self.above(node) != node {
            let further = self.above(self.above(node));
            if let Some(above) = self.above.get_mut(position(node)) {
                *above = further;
            }
            node = further;
        }
        node
    }

    /// Draws two nodes together; false if they were already.
    fn join(&mut self, one: u32, other: u32) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(above) = self.above.get_mut(position(one)) {
            *above = other;
        }
        one != other
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::Kind;
    use super::*;

    fn line(number: u32, tail: u32, head: u32, flow: i64) -> Line {
        Line { number, tail, head, lower: 0, upper: 2, flow, most: 0, kind: Kind::Room, of: 0 }
    }

    #[test]
    fn a_tree_of_arcs_open_both_ways_is_a_single_plan_and_a_ring_of_them_is_not() {
        let tree = [line(0, 0, 1, 1), line(1, 2, 1, 1), line(2, 0, 3, 1)];
        assert!(is_single(4, &tree));
        assert_eq!(first_open(4, &tree), None);
        let ring = [tree[0], tree[1], tree[2], line(3, 2, 0, 1)];
        assert!(!is_single(4, &ring));
        assert_eq!(first_open(4, &ring), Some(0));
    }

    #[test]
    fn arcs_open_one_way_count_only_in_their_way() {
        // 0 to 1 can only rise; back from 1 to 0 there is a way only if the other can rise as well.
        assert!(is_single(2, &[line(0, 0, 1, 0), line(1, 1, 0, 2)]));
        assert!(!is_single(2, &[line(0, 0, 1, 0), line(1, 1, 0, 0)]));
        // Through a tree of arcs open both ways.
        let there_and_back = [line(0, 0, 1, 0), line(1, 1, 2, 1), line(2, 2, 0, 0)];
        assert!(!is_single(3, &there_and_back));
        assert_eq!(first_open(3, &there_and_back), Some(0));
        let two_parallel = [line(5, 0, 1, 1), line(6, 0, 1, 1)];
        assert!(!is_single(2, &two_parallel));
    }
}
