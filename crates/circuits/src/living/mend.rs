//! What has changed in a round, in place.

use std::cmp::Ordering;

use super::kin::Kin;
use super::laid::{Laid, Own};
use super::lay::stages;
use super::pieces::{Cut, Part};
use crate::maps::{ArcMap, Node, NodeMap, Piece};
use crate::network::{Bounded, Network};
use crate::round::Round;
use crate::stage::Stage;

/// What an edit leaves to be settled.
#[derive(Default)]
struct Edited {
    /// By how much more flows into nodes than flows out.
    excess: Vec<(Node, i64)>,
    /// Pieces that carry more or less than they may, if they are in the forest.
    changed: Vec<Piece>,
}

impl Laid {
    /// Changes what has changed since its round was another one, so that it lies along the network
    /// of the round, which has the bounds that floors have left; and mends the plan. Some if that was
    /// done: then whether the plan is the best, or there was more to it than solving from the beginning.
    pub(super) fn mend(&mut self, then: &Round, network: &Network<'_>) -> Option<bool> {
        if !self.stages_match(network) {
            return None;
        }
        let kin = Kin::of(network, then, &self.kinds)?;
        self.take_nodes(&kin);
        let edited = self.take_arcs(network, &kin);
        self.kinds.clone_from(&network.kinds);
        Some(self.settle(edited.excess, &edited.changed).is_some())
    }

    /// Whether the same stages come after the floors, up to the draws.
    fn stages_match(&self, network: &Network<'_>) -> bool {
        let draws = |stage: &&Stage| matches!(stage, Stage::Draw(_));
        stages(network).eq(self.stages.iter().filter(|stage| !draws(stage)).copied())
    }

    fn take_nodes(&mut self, kin: &Kin) {
        let mut nodes = NodeMap::with_capacity(kin.nodes.len());
        for &twin in kin.nodes.values() {
            let own = twin.map(|twin| self.nodes[twin]);
            nodes.push(own.unwrap_or_else(|| self.add_node()));
        }
        self.nodes = nodes;
    }

    fn add_node(&mut self) -> Node {
        self.forest.add_node();
        self.residual.add_node()
    }

    /// Goes through all arcs; those that are as before stay as they are laid.
    fn take_arcs(&mut self, network: &Network<'_>, kin: &Kin) -> Edited {
        let stages = self.stages.clone();
        let (mut edited, mut cut) = (Edited::default(), Cut::new(&stages));
        let mut stays = ArcMap::filled(false, self.arcs.len());
        let mut arcs = ArcMap::with_capacity(network.arcs.len());
        for (arc, &Bounded { from, to, lower, upper }) in network.arcs.iter() {
            let ends = (self.nodes[from], self.nodes[to]);
            let own = kin.arcs[arc].filter(|&twin| self.arcs[twin].ends == ends);
            let was = own.map(|twin| {
                stays[twin] = true;
                self.arcs[twin]
            });
            let is_as_before = |was: &Own| (was.lower, was.upper) == (lower, upper);
            arcs.push(was.filter(is_as_before).unwrap_or_else(|| {
                cut.take(network, arc);
                match was {
                    Some(was) => self.change(was, (lower, upper), &cut, &mut edited),
                    None => self.add(ends, (lower, upper), &cut, &mut edited),
                }
            }));
        }
        let gone = stays.iter().filter(|(_, stays)| !**stays);
        let gone: Vec<_> = gone.map(|(twin, _)| self.arcs[twin]).collect();
        for own in gone {
            self.remove(own, &mut edited);
        }
        self.arcs = arcs;
        edited
    }

    /// Lays one more arc, as full as its costs say.
    fn add(
        &mut self,
        ends: (Node, Node),
        bounds: (i64, i64),
        cut: &Cut<'_>,
        edited: &mut Edited,
    ) -> Own {
        let own = Own::new(ends, bounds, self.residual.add_pieces(ends, cut));
        edited.flows_more(ends, own.lower);
        for piece in own.pieces() {
            self.reshape(piece, self.residual.pieces.parts[piece], edited);
        }
        own
    }

    /// Takes an arc out: its pieces can carry nothing any more.
    fn remove(&mut self, own: Own, edited: &mut Edited) {
        let mut first = true;
        for piece in own.pieces() {
            let from = self.residual.pieces.parts[piece].from;
            let from = if std::mem::take(&mut first) { 0 } else { from };
            self.reshape(piece, Part { from, until: from }, edited);
        }
        if first {
            edited.flows_more(own.ends, -own.lower);
        }
    }

    /// Gives an arc other bounds.
    fn change(&mut self, own: Own, bounds: (i64, i64), cut: &Cut<'_>, edited: &mut Edited) -> Own {
        if cut.parts.is_empty() || !self.residual.pieces.are_like(own.range(), cut) {
            self.remove(own, edited);
            return self.add(own.ends, bounds, cut, edited);
        }
        for (piece, &part) in own.pieces().zip(&cut.parts) {
            self.reshape(piece, part, edited);
        }
        Own::new(own.ends, bounds, own.range())
    }

    /// Gives a piece other bounds. In the forest it carries what it did, for now; elsewhere what its
    /// cost says, or else all or nothing as it did.
    fn reshape(&mut self, piece: Piece, part: Part, edited: &mut Edited) {
        let residual = &mut self.residual;
        let ends = residual.pieces.ends[piece];
        let was = std::mem::replace(&mut residual.pieces.parts[piece], part);
        let flow = residual.flows[piece];
        if self.forest.hung_by(piece, ends).is_some() {
            residual.flows[piece] = was.from + flow - part.from;
            edited.changed.push(piece);
        } else {
            let due = match residual.decided(piece) {
                Some((_, Ordering::Less)) => part.most(),
                None if flow > 0 => part.most(),
                _ => 0,
            };
            residual.flows[piece] = due;
            edited.flows_more(ends, part.from + due - was.from - flow);
        }
        residual.add_level(piece);
    }
}

impl Edited {
    /// So much more flows from one node to another.
    fn flows_more(&mut self, (from, to): (Node, Node), by: i64) {
        if by != 0 {
            self.excess.extend([(from, -by), (to, by)]);
        }
    }
}
