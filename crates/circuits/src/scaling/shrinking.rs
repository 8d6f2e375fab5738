//! How a piece shrinks to its kernel.

use std::ops::Range;

use super::PieceArc;
use crate::maps::{Arc, Key, Map, Node, NodeMap};

/// A chain that would cost more, either way, is cut in two. Half-arcs have room for that.
const COST_MAX: i64 = 1 << 28;

/// A piece shrinks if this part of its nodes, or more, has one arc or two.
const PART: usize = 8;

/// A piece while its dead ends are taken off and its chains drawn together.
pub(super) struct Shrinking<'a> {
    piece: &'a [PieceArc],
    /// How many arcs a node has left.
    degree: NodeMap<u32>,
    /// The exclusive or of their numbers: where there is one, its number, and where there are two,
    /// what leads from the number of each to that of the other.
    joined: NodeMap<u32>,
    /// Whether an arc is off, or in a chain.
    taken: Map<Arc, bool>,
    /// The nodes of the kernel: those where chains end.
    pub(super) stays: NodeMap<bool>,
    pub(super) chains: Vec<Chain>,
    pub(super) links: Vec<Link>,
    pub(super) dead: Vec<Link>,
}

/// Arcs one after the other, from one node that stays to the next.
pub(super) struct Chain {
    /// Where its links stand in the list of all.
    pub(super) links: Range<usize>,
    /// All of it as one arc, by the nodes of the piece.
    pub(super) whole: PieceArc,
}

/// An arc of a piece, along its direction or against it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) arc: Arc,
    pub(super) against: bool,
}

/// The arc of a link, turned into the direction of the link.
#[inline]
pub(super) fn turned(piece: &[PieceArc], Link { arc, against }: Link) -> PieceArc {
    const NOTHING: PieceArc = PieceArc { from: Node(0), to: Node(0), rise: 0, fall: 0, cost: 0 };
    let arc = piece.get(arc.position()).copied().unwrap_or(NOTHING);
    if against {
        PieceArc { from: arc.to, to: arc.from, rise: arc.fall, fall: arc.rise, cost: -arc.cost }
    } else {
        arc
    }
}

impl<'a> Shrinking<'a> {
    pub(super) fn new(nodes: usize, piece: &'a [PieceArc]) -> Self {
        let mut shrinking = Self {
            piece,
            degree: NodeMap::filled(0, nodes),
            joined: NodeMap::filled(0, nodes),
            taken: Map::filled(false, piece.len()),
            stays: NodeMap::filled(true, nodes),
            chains: Vec::new(),
            links: Vec::with_capacity(piece.len()),
            dead: Vec::new(),
        };
        for (arc, number) in piece.iter().zip(0..) {
            for end in [arc.from, arc.to] {
                shrinking.degree[end] += 1;
                shrinking.joined[end] ^= number;
            }
        }
        shrinking
    }

    /// Whether so many nodes can go that it is worth it.
    pub(super) fn is_worth_it(&self) -> bool {
        let go = self.degree.values().iter().filter(|degree| **degree < 3).count();
        self.piece.len() > 1 && go * PART >= self.degree.len()
    }

    /// The same, shrunk as far as it goes.
    pub(super) fn done(mut self) -> Self {
        for node in (0..self.degree.len()).map(Node::at) {
            self.take_off(node);
        }
        for (node, degree) in self.degree.iter() {
            self.stays[node] &= *degree != 2;
        }
        for (arc, ends) in (0..).map(Arc).zip(self.piece) {
            if self.stays[ends.from] {
                self.draw_together(Link { arc, against: false });
            } else if self.stays[ends.to] {
                self.draw_together(Link { arc, against: true });
            }
        }
        // What is left are rings, of which one node has to stay.
        for (arc, ends) in (0..).map(Arc).zip(self.piece) {
            if !self.taken[arc] {
                self.stays[ends.from] = true;
                self.draw_together(Link { arc, against: false });
            }
        }
        self
    }

    /// Takes a node off if it is a dead end, and what becomes one by that.
    fn take_off(&mut self, mut node: Node) {
        while self.degree[node] == 1 {
            let back = self.leaving(node, self.joined[node]);
            let next = turned(self.piece, back).to;
            self.taken[back.arc] = true;
            self.dead.push(Link { against: !back.against, ..back });
            self.stays[node] = false;
            for end in [node, next] {
                self.degree[end] -= 1;
                self.joined[end] ^= back.arc.0;
            }
            node = next;
        }
    }

    /// The arc of a number, in the direction in which it leaves a node.
    fn leaving(&self, node: Node, number: u32) -> Link {
        let along = Link { arc: Arc(number), against: false };
        Link { against: turned(self.piece, along).from != node, ..along }
    }

    /// Follows a chain from its first link, which leaves a node that stays, to its end.
    fn draw_together(&mut self, mut link: Link) {
        if self.taken[link.arc] {
            return;
        }
        let mut chain = self.begin(link);
        loop {
            self.taken[link.arc] = true;
            self.links.push(link);
            chain.links.end += 1;
            let node = chain.whole.to;
            if self.stays[node] {
                break;
            }
            link = self.leaving(node, self.joined[node] ^ link.arc.0);
            let next = turned(self.piece, link);
            let cost = i64::from(chain.whole.cost) + i64::from(next.cost);
            match i32::try_from(cost) {
                Ok(cost) if i64::from(cost).abs() <= COST_MAX => {
                    let PieceArc { from, rise, fall, .. } = chain.whole;
                    let (rise, fall) = (rise.min(next.rise), fall.min(next.fall));
                    chain.whole = PieceArc { from, to: next.to, rise, fall, cost };
                }
                _ => {
                    self.stays[node] = true;
                    let rest = self.begin(link);
                    self.chains.push(std::mem::replace(&mut chain, rest));
                }
            }
        }
        self.chains.push(chain);
    }

    fn begin(&self, link: Link) -> Chain {
        Chain { links: self.links.len()..self.links.len(), whole: turned(self.piece, link) }
    }
}
