//! Whether a flow is optimal already, before ε is down to 1.

use std::collections::VecDeque;

use super::potentials::Number;
use super::residual::Residual;
use crate::maps::{Key, Node, NodeMap};

/// How often nodes are looked at, for each node there is, before the search gives up.
const LOOKS: usize = 8;

impl<P: Number> Residual<P> {
    /// Whole potentials that prove the flow optimal, if they are found soon.
    ///
    /// The potentials of the refinement, scaled down, are nearly right. Where a half-arc with room
    /// still has a negative reduced cost, the potential of its head is lowered, and so on from there
    /// (Bellman and Ford). If the flow is not optimal this would go on around a negative cycle, so
    /// it ends after a number of looks; nothing is lost then but the time.
    pub(super) fn exact(&self) -> Option<Vec<i64>> {
        let nodes = self.node_count();
        let scaled = self.potentials.values().iter();
        let mut whole: NodeMap<i64> = scaled
            .map(|potential| potential.down(self.scale_bits).try_into().ok())
            .collect::<Option<Vec<_>>>()?
            .into();
        let mut waiting: VecDeque<Node> = (0..nodes).map(Node::at).collect();
        let mut waits = NodeMap::filled(true, nodes);
        let mut looks = LOOKS * nodes;
        while let Some(node) = waiting.pop_front() {
            looks = looks.checked_sub(1)?;
            waits[node] = false;
            let potential = whole[node];
            let leaving = self.leaving(node);
            for (&room, arc) in self.room[leaving.clone()].iter().zip(&self.halves[leaving]) {
                let most = potential + i64::from(arc.cost);
                if room > 0 && most < whole[arc.head] {
                    whole[arc.head] = most;
                    if !std::mem::replace(&mut waits[arc.head], true) {
                        waiting.push_back(arc.head);
                    }
                }
            }
        }
        Some(whole.into_values())
    }
}
