//! Where a chain of deliveries can go on.

use crate::maps::{Key, LotKey, Map, SideKey};

use super::{Hand, Whole};

/// The receivers of each lot that had some left when the search for chains began.
pub(super) struct Open(Map<LotKey, Vec<SideKey>>);

impl Open {
    pub(super) fn of(whole: &Whole) -> Self {
        let mut open = Map::filled(Vec::new(), whole.lots.len());
        for (key, side) in whole.sides.iter() {
            if side.hand == Hand::Gets && whole.left(key) > 0 {
                open[side.lot].push(key);
            }
        }
        Self(open)
    }

    /// Some that a giver could give to: not too many, and not the same for all givers.
    pub(super) fn to(&self, lot: LotKey, give: SideKey) -> impl Iterator<Item = SideKey> {
        let open = &self.0[lot];
        let (first, last) = open.split_at(give.position() % open.len().max(1));
        last.iter().chain(first).take(super::LOOKED_AT).copied()
    }
}
