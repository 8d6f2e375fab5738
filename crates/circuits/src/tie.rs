//! The numbers that decide among plans that are equally good.

use sha2::{Digest, Sha256};

use crate::maps::{Key, Node};
use crate::request::{Label, Weeks};
use crate::round::{AreaRank, Lot, Merged, Round};

/// What an arc is; hashed, so that the same names count apart in each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// An offer.
    Give,
    /// From a span of offers to a lot.
    Hand,
    /// From a lot to a span of needs.
    Take,
    /// The essential part of a need.
    Essential,
    /// The other part of a need, or one that goes to a floor.
    Get,
    /// An obligation.
    Owe,
    /// The essential part of a floor.
    Floor,
    /// The other part of a floor.
    Beyond,
    /// A unit's room.
    Room,
}

impl Role {
    const fn byte(self) -> u8 {
        match self {
            Self::Give => b'g',
            Self::Hand => b'h',
            Self::Take => b't',
            Self::Essential => b'e',
            Self::Get => b'n',
            Self::Owe => b'o',
            Self::Floor => b'f',
            Self::Beyond => b'b',
            Self::Room => b'r',
        }
    }
}

/// What the hash says about one arc.
///
/// A standard hash, so that anybody can recompute a plan with standard tools. Every arc but intakes
/// draws. An intake is the only way out of its node, so its flow follows from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Draw([u8; 32]);

impl Draw {
    /// The draw of an arc between a unit and something that a label names: the other unit of an
    /// obligation, the version of a floor, nothing for room.
    ///
    /// SHA-256 of the seed, the role's letter, the length of the unit's label as four bytes (big end
    /// first), the unit's label, and the other's label.
    pub(crate) fn pair(round: &Round, role: Role, unit: u32, other: Option<&Label>) -> Self {
        let mut hash = Sha256::new_with_prefix(round.seed);
        hash.update([role.byte()]);
        field(&mut hash, bytes(round.unit_label(unit)));
        hash.update(bytes(other));
        Self(hash.finalize().into())
    }

    /// The draw of an offer or need.
    ///
    /// Where it names neither area nor weeks, as for a pair of its unit and its version. Else
    /// SHA-256 of the seed, the role's letter as a capital, and, each after its length as four
    /// bytes, the unit's label, the version's label, the path of the area, the first week and the
    /// last: four bytes each, none for what is not named.
    pub(crate) fn wish(round: &Round, role: Role, wish: &Merged) -> Self {
        if wish.area.is_none() && wish.weeks == Weeks::default() {
            return Self::pair(round, role, wish.unit, round.version_label(wish.version));
        }
        let mut hash = Sha256::new_with_prefix(round.seed);
        hash.update([role.byte().to_ascii_uppercase()]);
        fields(&mut hash, round, wish);
        Self(hash.finalize().into())
    }

    /// The draw of an arc between a span, named by its first offer or need, and a lot.
    ///
    /// SHA-256 of the seed, the role's letter, and, each after its length, the five fields of the
    /// offer or need, the path of the lot's area, its week, and the label of each unit left out.
    pub(crate) fn span(round: &Round, role: Role, first: &Merged, lot: &Lot) -> Self {
        let mut hash = Sha256::new_with_prefix(round.seed);
        hash.update([role.byte()]);
        fields(&mut hash, round, first);
        area(&mut hash, round, lot.area);
        week(&mut hash, lot.week);
        for &unit in &lot.without {
            field(&mut hash, bytes(round.unit_label(unit)));
        }
        Self(hash.finalize().into())
    }

    /// The arc's weight in one hash stage, 0 to 65,535: bytes 2·stage and 2·stage + 1.
    pub(crate) fn weight(&self, stage: u8) -> u16 {
        let first = 2 * usize::from(stage);
        let [high, low] = [first, first + 1].map(|i| self.0.get(i).copied().unwrap_or(0));
        u16::from_be_bytes([high, low])
    }

    /// The arc's place in the order in which givers and receivers are paired: bytes 16 to 31.
    pub(crate) fn turn(&self) -> [u8; 16] {
        let mut turn = [0; 16];
        turn.iter_mut().zip(self.0.iter().skip(16)).for_each(|(to, from)| *to = *from);
        turn
    }
}

fn bytes(label: Option<&Label>) -> &[u8] {
    label.map_or(&[], |label| &label.0)
}

fn field(hash: &mut Sha256, bytes: &[u8]) {
    hash.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    hash.update(bytes);
}

/// The five fields of an offer or need.
fn fields(hash: &mut Sha256, round: &Round, wish: &Merged) {
    field(hash, bytes(round.unit_label(wish.unit)));
    field(hash, bytes(round.version_label(wish.version)));
    area(hash, round, wish.area);
    week(hash, wish.weeks.from);
    week(hash, wish.weeks.until);
}

fn area(hash: &mut Sha256, round: &Round, area: Option<AreaRank>) {
    let area = area.and_then(|rank| round.areas.get(Node(rank).position()));
    field(hash, area.map_or(&[], |area| area.path().as_bytes()));
}

fn week(hash: &mut Sha256, week: Option<u32>) {
    match week {
        None => field(hash, &[]),
        Some(week) => field(hash, &week.to_be_bytes()),
    }
}
