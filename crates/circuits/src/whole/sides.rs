//! Who gives and gets how many seconds of each lot.

use crate::maps::{Key, LotKey, Map, SideKey, UnitIndex, VersionIndex, WishKey};
use crate::plan::Plan;
use crate::round::Round;

use super::handed::{self, Turn};

/// What a side does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hand {
    Gives,
    Gets,
}

impl Hand {
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Gives => Self::Gets,
            Self::Gets => Self::Gives,
        }
    }

    /// A side of this hand and one of the other: the giver first.
    pub(super) const fn in_order(self, side: SideKey, other: SideKey) -> (SideKey, SideKey) {
        match self {
            Self::Gives => (side, other),
            Self::Gets => (other, side),
        }
    }
}

/// What passes from givers to receivers in steps of one worth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lot {
    pub(crate) origin: Origin,
    /// Thousandths of a second that a step is worth: above nought.
    pub(super) step: i128,
    /// Whether some of what is needed of it is essential.
    pub(super) essential: bool,
    gives: (SideKey, SideKey),
    gets: (SideKey, SideKey),
}

/// What a lot here is in the round, by canonical position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// A lot of the round.
    Lot(u32),
    /// An obligation, in steps of a second: it is cleared like something delivered.
    Debt(u32),
}

impl Lot {
    pub(super) const fn sides(&self, hand: Hand) -> (SideKey, SideKey) {
        match hand {
            Hand::Gives => self.gives,
            Hand::Gets => self.gets,
        }
    }

    pub(super) fn keys(&self, hand: Hand) -> impl Iterator<Item = SideKey> + use<> {
        let (first, until) = self.sides(hand);
        (first.0..until.0).map(SideKey)
    }

    /// How many sides it has.
    pub(super) fn count(&self) -> usize {
        self.keys(Hand::Gives).count() + self.keys(Hand::Gets).count()
    }

    /// The seconds of so many steps, part seconds dropped.
    pub(super) fn worth(&self, steps: i64) -> i64 {
        narrow(i128::from(steps) * self.step / 1000)
    }

    /// The most steps whose worth, part seconds not dropped, is within so many seconds.
    pub(super) fn within(&self, seconds: i64) -> i64 {
        narrow(i128::from(seconds) * 1000 / self.step)
    }

    /// The most steps worth at most so many seconds, part seconds dropped.
    pub(super) fn most(&self, seconds: i64) -> i64 {
        narrow(((i128::from(seconds) + 1) * 1000 - 1) / self.step)
    }

    /// The steps whose worth comes nearest to so many seconds.
    pub(super) fn nearest(&self, seconds: i64) -> i64 {
        narrow((i128::from(seconds) * 2000 + self.step) / (2 * self.step))
    }

    /// The fewest steps that come to at least so many seconds, on top of any others.
    pub(super) fn fewest(&self, seconds: i64) -> i64 {
        narrow((i128::from(seconds) * 1000 + self.step - 1) / self.step)
    }
}

fn narrow(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A wish in a lot that it reaches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Side {
    pub(crate) lot: LotKey,
    pub(crate) hand: Hand,
    /// By canonical position.
    pub(crate) unit: UnitIndex,
    /// What it draws on, perhaps together with sides in other lots.
    pub(super) wish: WishKey,
    /// The seconds that the plan sends.
    pub(crate) flow: i64,
}

/// A side before it has its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loose {
    pub(super) origin: Origin,
    pub(super) hand: Hand,
    pub(super) turn: Turn,
    pub(super) unit: u32,
    pub(super) wish: WishKey,
    pub(super) flow: i64,
}

/// The lots of a plan, those of the largest steps first, their sides, and what each wish may still
/// give or get, in steps.
pub(super) fn of(
    round: &Round,
    plan: &Plan,
) -> (Map<LotKey, Lot>, Map<SideKey, Side>, Map<WishKey, i64>) {
    let (mut loose, left) = handed::of(round, plan);
    let mut lots = lots(round);
    let mut place_of = Map::<LotKey, LotKey>::filled(LotKey::at(0), lots.len());
    for (place, lot) in lots.iter() {
        place_of[raw(round, lot.origin)] = place;
    }
    let place = |one: &Loose| place_of[raw(round, one.origin)];
    loose.sort_unstable_by_key(|one| (place(one), one.hand, one.turn, one.unit, one.wish));
    let mut sides = Map::with_capacity(loose.len());
    for one in &loose {
        let Loose { hand, wish, flow, .. } = *one;
        let (lot, unit) = (place(one), UnitIndex(one.unit));
        let key = sides.push(Side { lot, hand, unit, wish, flow });
        lots[lot].take_in(hand, key);
    }
    (lots, sides, left)
}

/// Where a lot stands before they are ordered by their steps.
fn raw(round: &Round, origin: Origin) -> LotKey {
    match origin {
        Origin::Lot(lot) => LotKey(lot),
        Origin::Debt(debt) => LotKey::at(round.lots.len() + LotKey(debt).position()),
    }
}

fn lots(round: &Round) -> Map<LotKey, Lot> {
    let none = (SideKey::at(0), SideKey::at(0));
    let empty = |origin, step, essential| Lot { origin, step, essential, gives: none, gets: none };
    let of_round = (0_u32..).zip(&round.lots).map(|(rank, lot)| {
        let version = round.versions.get(VersionIndex(lot.version).position());
        let step = version.map_or(1, |version| {
            let steps = 10_i128.pow(3_u32.saturating_sub(version.item.decimals.into()));
            i128::from(version.item.value.seconds()) * steps
        });
        empty(Origin::Lot(rank), step.max(1), round.essential_seconds(lot.version) > 0)
    });
    let debts = (0_u32..).zip(&round.debts).map(|(rank, _)| empty(Origin::Debt(rank), 1000, false));
    let mut lots: Vec<_> = of_round.chain(debts).collect();
    lots.sort_by_key(|lot| (-lot.step, lot.origin));
    Map::from(lots)
}

impl Lot {
    /// Takes the next side in.
    fn take_in(&mut self, hand: Hand, side: SideKey) {
        let range = match hand {
            Hand::Gives => &mut self.gives,
            Hand::Gets => &mut self.gets,
        };
        if range.0 == range.1 {
            range.0 = side;
        }
        range.1 = SideKey::at(side.position() + 1);
    }
}
