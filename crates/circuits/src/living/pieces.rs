//! Arcs cut into pieces that are worth the same from end to end in every stage.

use crate::gain::Gain;
use crate::maps::{Arc, ArcMap, Map, Node, Piece, Rows};
use crate::network::{Bounded, Network};
use crate::stage::Stage;

/// Parts of arcs, side by side: those of one arc in a row, the lowest first.
///
/// What holds: a piece of an arc is worth more than the next of the same arc, in the first stage in
/// which they differ. So wherever flow is the best, a piece carries something only if the one below is
/// full.
pub(super) struct Pieces<'a> {
    network: &'a Network<'a>,
    pub(super) stages: &'a [Stage],
    pub(super) parts: Map<Piece, Part>,
    /// What a second on each piece costs in each stage; looked up when it is asked for.
    costs: Rows<Piece, i32>,
}

/// A part of an arc: from one flow on it to another.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) arc: Arc,
    pub(super) from: i64,
    pub(super) until: i64,
}

impl Part {
    /// How much it can carry.
    pub(super) const fn most(&self) -> i64 {
        self.until - self.from
    }
}

/// A cost that was not looked up yet.
const UNKNOWN: i32 = i32::MAX;

impl<'a> Pieces<'a> {
    /// Cuts arcs at the marks of the stages.
    pub(super) fn of(network: &'a Network<'a>, stages: &'a [Stage], arcs: &[Arc]) -> Self {
        let mut pieces = Self {
            network,
            stages,
            parts: Map::with_capacity(arcs.len()),
            costs: Rows::with_capacity(arcs.len(), stages.len()),
        };
        let mut cuts = Vec::new();
        for &arc in arcs {
            let Bounded { lower, upper, .. } = network.arcs[arc];
            let inside = |mark: &i64| (lower + 1..upper).contains(mark);
            cuts.clear();
            cuts.extend(marked(network, arc, stages).map(|gain| gain.mark).filter(inside));
            cuts.sort_unstable();
            cuts.dedup();
            cuts.push(upper);
            let mut from = lower;
            for &until in &cuts {
                pieces.parts.push(Part { arc, from, until });
                pieces.costs.extend(stages.iter().map(|_| UNKNOWN));
                from = until;
            }
        }
        pieces
    }

    /// The nodes that a piece leads from and to.
    #[inline]
    pub(super) fn ends(&self, piece: Piece) -> (Node, Node) {
        let bounds = &self.network.arcs[self.parts[piece].arc];
        (bounds.from, bounds.to)
    }

    /// Hands the flows of arcs out to their pieces, the lowest first.
    pub(super) fn hand_out(&self, flows: &ArcMap<i64>) -> Map<Piece, i64> {
        let flow = |part: &Part| flows[part.arc].clamp(part.from, part.until) - part.from;
        self.parts.values().iter().map(flow).collect::<Vec<_>>().into()
    }

    /// What a second on a piece costs in a stage, by its place among them.
    #[inline]
    pub(super) fn cost(&mut self, piece: Piece, stage: usize) -> i64 {
        match self.costs[piece].get(stage) {
            Some(&cost) if cost != UNKNOWN => cost.into(),
            _ => self.look_up(piece, stage),
        }
    }

    #[cold]
    fn look_up(&mut self, piece: Piece, asked: usize) -> i64 {
        let Part { arc, from, .. } = self.parts[piece];
        let mut costs = self.costs[piece].iter_mut().zip(self.stages);
        if let Some(Stage::Draw(_)) = self.stages.get(asked) {
            // All draws come of one hash.
            let drawn = self.network.draw(arc);
            for (cost, &stage) in costs {
                if let Stage::Draw(draw) = stage {
                    *cost = -drawn.map_or(0, |drawn| i32::from(drawn.weight(draw)));
                }
            }
        } else if let Some((cost, &stage)) = costs.nth(asked) {
            *cost = -self.network.gain(arc, stage).of_rising(from);
        }
        self.costs[piece].get(asked).map_or(0, |&cost| cost.into())
    }
}

/// The gains of an arc in the stages that value it up to a mark differently from beyond.
fn marked(network: &Network<'_>, arc: Arc, stages: &[Stage]) -> impl Iterator<Item = Gain> {
    let can = |stage: &&Stage| matches!(stage, Stage::Evenness(..) | Stage::Changes);
    let gains = stages.iter().filter(can).map(move |&stage| network.gain(arc, stage));
    gains.filter(|gain| gain.first != gain.beyond)
}
