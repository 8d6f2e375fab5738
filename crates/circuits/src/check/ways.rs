//! Which way flow can still change: a directed graph of the checker's own.

use super::line::Line;

/// Directions in which flow can change, grouped by the node they leave.
pub(super) struct Ways {
    /// Where the ways of each node begin in `heads`, and the end of the last.
    first: Vec<u32>,
    heads: Vec<u32>,
}

/// A node's position in a list.
pub(super) fn position(node: u32) -> usize {
    usize::try_from(node).unwrap_or(usize::MAX)
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

impl Ways {
    /// Groups ways from one node to another.
    pub(super) fn new(nodes: usize, ways: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut next = vec![0_u32; nodes + 1];
        for (from, _) in ways.clone() {
            add(&mut next, from, 1);
        }
        let mut sum = 0;
        for slot in &mut next {
            (*slot, sum) = (sum, sum + *slot);
        }
        let first = next.clone();
        let mut heads = vec![0; position(sum)];
        for (from, to) in ways {
            if let Some(slot) = heads.get_mut(position(add(&mut next, from, 1))) {
                *slot = to;
            }
        }
        Self { first, heads }
    }

    /// Both directions of every line that can still change.
    pub(super) fn open(nodes: usize, lines: &[Line]) -> Self {
        Self::new(nodes, lines.iter().flat_map(Line::ways))
    }

    fn reversed(&self) -> Self {
        let nodes = self.first.len() - 1;
        let ways = |node| self.leaving(node).iter().map(move |&to| (to, node));
        Self::new(nodes, (0..number(nodes)).flat_map(ways))
    }

    /// The nodes that one node leads to.
    fn leaving(&self, node: u32) -> &[u32] {
        let ends = self.first.get(position(node)).zip(self.first.get(position(node) + 1));
        let heads = ends.and_then(|(&from, &to)| self.heads.get(position(from)..position(to)));
        heads.unwrap_or_default()
    }

    /// For every node a number that it shares with exactly those it can go to and come back from.
    ///
    /// By Kosaraju: nodes in the order in which a depth-first search leaves them, last first, and
    /// from each everything that still leads to it.
    pub(super) fn rounds(&self) -> Vec<u32> {
        let nodes = self.first.len() - 1;
        let mut left = Vec::with_capacity(nodes);
        let mut seen = vec![false; nodes];
        for root in 0..number(nodes) {
            self.search(root, &mut seen, &mut left);
        }
        let back = self.reversed();
        let (mut shared, mut seen) = (vec![0; nodes], vec![false; nodes]);
        let mut found = Vec::new();
        for &root in left.iter().rev() {
            back.search(root, &mut seen, &mut found);
            for node in found.drain(..) {
                if let Some(slot) = shared.get_mut(position(node)) {
                    *slot = root;
                }
            }
        }
        shared
    }

    /// Adds all nodes not yet seen that a root leads to, in the order in which the search leaves
    /// them.
    fn search(&self, root: u32, seen: &mut [bool], left: &mut Vec<u32>) {
        if !mark(seen, root) {
            return;
        }
        let mut path = vec![(root, self.leaving(root).iter())];
        while let Some((node, ways)) = path.last_mut() {
            if let Some(&to) = ways.find(|&&to| mark(seen, to)) {
                path.push((to, self.leaving(to).iter()));
            } else {
                left.push(*node);
                path.pop();
            }
        }
    }

    /// Whether the graph can be emptied by taking away, again and again, a node without incoming
    /// ways (Kahn).
    pub(super) fn has_no_cycle(&self) -> bool {
        let nodes = self.first.len() - 1;
        let mut incoming = vec![0_u32; nodes];
        for &head in &self.heads {
            add(&mut incoming, head, 1);
        }
        let bare = |(node, count): (usize, &u32)| (*count == 0).then_some(number(node));
        let mut bare: Vec<u32> = incoming.iter().enumerate().filter_map(bare).collect();
        let mut taken = 0;
        while let Some(node) = bare.pop() {
            for &head in self.leaving(node) {
                taken += 1;
                let Some(count) = incoming.get_mut(position(head)) else { continue };
                *count -= 1;
                if *count == 0 {
                    bare.push(head);
                }
            }
        }
        taken == self.heads.len()
    }
}

/// Adds to the count of a node, and says what it was before.
fn add(counts: &mut [u32], node: u32, by: u32) -> u32 {
    let Some(count) = counts.get_mut(position(node)) else { return u32::MAX };
    *count += by;
    *count - by
}

/// Marks a node as seen; false if it was already.
pub(super) fn mark(seen: &mut [bool], node: u32) -> bool {
    seen.get_mut(position(node)).is_some_and(|seen| !std::mem::replace(seen, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_share_a_number_if_one_can_go_round_from_each_to_the_other() {
        let ways = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3), (5, 0), (5, 5)];
        let rounds = Ways::new(7, ways.iter().copied()).rounds();
        assert!(rounds[0] == rounds[1] && rounds[1] == rounds[2] && rounds[3] == rounds[4]);
        let mut apart = vec![rounds[0], rounds[3], rounds[5], rounds[6]];
        apart.sort_unstable();
        apart.dedup();
        assert_eq!(apart.len(), 4);
    }

    #[test]
    fn a_cycle_is_found_and_a_diamond_is_none() {
        let diamond = [(0, 1), (0, 2), (1, 3), (2, 3), (2, 3)];
        assert!(Ways::new(4, diamond.iter().copied()).has_no_cycle());
        let cycle = diamond.iter().copied().chain([(3, 0)]);
        assert!(!Ways::new(4, cycle).has_no_cycle());
    }
}
