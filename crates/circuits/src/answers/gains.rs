//! How many more hours of needs more of something would meet.
//!
//! Around the best plan of a stage no cycle of ways gains anything. A wider room or a new offer is
//! one more arc, so what it gains is what the best path from its head back to its tail gains. As it
//! is used, that path runs full and the next best gains as much or less: so the gain of an amount is
//! a ladder of steps that become lower, and its sum is exactly what solving the stage again finds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use crate::maps::{ArcMap, Key, Node, NodeMap};

use super::graph::{Graph, Way, arc_of, back, is_rising};

/// So many seconds that each gain so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) gain: i64,
    pub(super) seconds: i64,
}

/// The gain of every second of each arc in a stage, with the potentials that prove its plan.
///
/// INVARIANT: for every way on which something is left, cost + potential(tail) − potential(head) is
/// at least nought, where the cost is the gain with its sign turned, and again where flow falls.
#[derive(Debug, Clone)]
pub(super) struct Worth {
    gains: Arc<ArcMap<i64>>,
    potentials: NodeMap<i128>,
}

impl Worth {
    pub(super) fn new(gains: ArcMap<i64>, potentials: NodeMap<i128>) -> Self {
        Self { gains: Arc::new(gains), potentials }
    }

    pub(super) fn gains(&self) -> &ArcMap<i64> {
        &self.gains
    }

    pub(super) const fn potentials(&self) -> &NodeMap<i128> {
        &self.potentials
    }

    fn cost(&self, way: Way) -> i128 {
        let gain = i128::from(self.gains[arc_of(way)]);
        if is_rising(way) { -gain } else { gain }
    }

    /// What a way costs above what the potentials allow for; nought on best paths.
    fn reduced(&self, graph: &Graph, way: Way) -> i128 {
        self.cost(way) + self.potentials[graph.tail(way)] - self.potentials[graph.head(way)]
    }

    /// What the best path from each node to the last one gains; none where nothing leads there.
    pub(super) fn gains_to(&self, graph: &Graph, last: Node) -> NodeMap<Option<i64>> {
        let reached = nearest(graph, (last, None), i128::MAX, |node| {
            // A way is walked backwards where its own way back leads out of the node.
            let ways = graph.out_of(node).iter().map(|&way| back(way));
            ways.map(|way| (way, graph.tail(way), self.reduced(graph, way)))
        });
        gains(&reached, |node| self.potentials[node] - self.potentials[last])
    }

    /// What the best path from the first node to each one gains; none where nothing leads.
    pub(super) fn gains_from(&self, graph: &Graph, first: Node) -> NodeMap<Option<i64>> {
        let reached = self.reached(graph, (first, None), i128::MAX);
        gains(&reached, |node| self.potentials[first] - self.potentials[node])
    }

    /// How far the nodes are from a first one that are as near as the last one, and within a limit.
    fn reached(
        &self,
        graph: &Graph,
        ends: (Node, Option<Node>),
        within: i128,
    ) -> NodeMap<Option<i128>> {
        nearest(graph, ends, within, |node| {
            let ways = graph.out_of(node).iter();
            ways.map(|&way| (way, graph.head(way), self.reduced(graph, way)))
        })
    }

    /// The steps that an arc from `to` back to `from` would gain, at most so many seconds of it; what
    /// is used is taken out of the graph. It ends where nothing more is gained.
    pub(super) fn climb(
        mut self,
        graph: &mut Graph,
        (from, to): (Node, Node),
        at_most: i64,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut left = at_most;
        while left > 0 {
            // Where the last one is further, nothing is gained any more.
            let within = self.potentials[from] - self.potentials[to] - 1;
            let reached = self.reached(graph, (from, Some(to)), within);
            let Some(furthest) = reached[to] else { break };
            for (node, potential) in self.potentials.values_mut().iter_mut().enumerate() {
                *potential += reached[Node::at(node)].map_or(furthest, |far| far.min(furthest));
            }
            let gain = self.potentials[from] - self.potentials[to];
            let Ok(gain @ 1..) = i64::try_from(gain) else { break };
            let seconds = graph.send((from, to), left, |graph, way| self.reduced(graph, way) == 0);
            if seconds == 0 {
                break;
            }
            steps.push(Step { gain, seconds });
            left -= seconds;
        }
        steps
    }
}

fn gains(reached: &NodeMap<Option<i128>>, drop: impl Fn(Node) -> i128) -> NodeMap<Option<i64>> {
    let gain = |(node, reached): (Node, &Option<i128>)| {
        reached.and_then(|reduced| i64::try_from(drop(node) - reduced).ok())
    };
    NodeMap::from(reached.iter().map(gain).collect::<Vec<_>>())
}

/// How far nodes are from a first one, by the cost of the ways between (Dijkstra); none where no way
/// leads on which something is left. Of those that are further than a limit, or than the last one,
/// there need be none.
fn nearest<I: Iterator<Item = (Way, Node, i128)>>(
    graph: &Graph,
    (first, last): (Node, Option<Node>),
    within: i128,
    ways: impl Fn(Node) -> I,
) -> NodeMap<Option<i128>> {
    let mut found = NodeMap::filled(None, graph.node_count());
    if within < 0 {
        return found;
    }
    let mut waiting = BinaryHeap::from([Reverse((0_i128, first))]);
    while let Some(Reverse((far, node))) = waiting.pop() {
        if found[node].is_some() {
            continue;
        }
        found[node] = Some(far);
        for (way, next, cost) in ways(node) {
            if graph.left(way) <= 0 || found[next].is_some() || far + cost > within {
                continue;
            }
            if last == Some(next) && cost == 0 {
                // Whatever else is waiting is as far at least.
                found[next] = Some(far);
                return found;
            }
            waiting.push(Reverse((far + cost, next)));
        }
        if last == Some(node) {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::graph::{NO_LIMIT, Open};
    use super::*;

    #[test]
    fn the_steps_of_a_gain_become_lower_and_end_where_nothing_is_gained() {
        // From 0 to 3 over two needs in a row, over one, and over none.
        let list = [(0, 1, 4, 1), (1, 3, 3, 1), (1, 2, 9, 0), (0, 2, 5, 0), (2, 3, 8, 0)];
        let open = |&(from, to, rise, _): &(u32, u32, i64, i64)| Open {
            from: Node(from),
            to: Node(to),
            rise,
            fall: 0,
        };
        let graph = Graph::new(4, &ArcMap::from(list.iter().map(open).collect::<Vec<_>>()));
        let gains = ArcMap::from(list.iter().map(|arc| arc.3).collect::<Vec<_>>());
        let potentials = NodeMap::from(vec![0, -1, -1, -2]);
        let worth = Worth::new(gains, potentials);
        let step = |gain, seconds| Step { gain, seconds };
        let ends = (Node(0), Node(3));
        let all = worth.clone().climb(&mut graph.clone(), ends, NO_LIMIT);
        assert_eq!(all, [step(2, 3), step(1, 1)]);
        let some = worth.clone().climb(&mut graph.clone(), ends, 2);
        assert_eq!(some, [step(2, 2)]);
        assert_eq!(worth.clone().climb(&mut graph.clone(), (Node(3), Node(0)), 5), []);
        let to = [Some(2), Some(1), Some(0), Some(0)];
        assert_eq!(worth.gains_to(&graph, Node(3)).values(), to);
    }
}
