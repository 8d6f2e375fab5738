//! One direction of an arc, in eight bytes.

use crate::maps::{Key, Node};

/// One direction of an arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Half(pub(super) u32);

impl Key for Half {
    #[inline]
    fn at(position: usize) -> Self {
        Self(Node::at(position).0)
    }

    #[inline]
    fn position(self) -> usize {
        Node(self.0).position()
    }
}

/// Where one direction of an arc leads, at what cost, and which of the two directions have room.
///
/// Everything that a search asks of a half-arc stands in these eight bytes, so that it streams
/// through nothing else; how much room there is, is asked only where flow moves.
#[derive(Debug, Clone, Copy)]
pub(super) struct HalfArc {
    pub(super) head: Node,
    /// The cost, unscaled, four times; two more if the other direction has room, one if this has.
    word: i32,
}

const OPEN: i32 = 1;
const BACK_OPEN: i32 = 2;

impl HalfArc {
    pub(super) fn new(head: Node, cost: i32, open: bool, back_open: bool) -> Self {
        Self { head, word: (cost << 2) | (i32::from(back_open) << 1) | i32::from(open) }
    }

    #[inline]
    pub(super) fn cost(self) -> i32 {
        self.word >> 2
    }

    /// Whether this direction has room.
    #[inline]
    pub(super) fn is_open(self) -> bool {
        self.word & OPEN != 0
    }

    /// Whether the other direction has room.
    #[inline]
    pub(super) fn is_back_open(self) -> bool {
        self.word & BACK_OPEN != 0
    }

    #[inline]
    pub(super) fn open(&mut self) {
        self.word |= OPEN;
    }

    #[inline]
    pub(super) fn close(&mut self) {
        self.word &= !OPEN;
    }

    #[inline]
    pub(super) fn open_back(&mut self) {
        self.word |= BACK_OPEN;
    }

    #[inline]
    pub(super) fn close_back(&mut self) {
        self.word &= !BACK_OPEN;
    }
}
