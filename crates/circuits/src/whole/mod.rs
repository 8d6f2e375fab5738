//! Potatoes divide, chairs do not: the flow of a plan turned into deliveries of whole steps.
//!
//! Only the flow is certified; everything here is a pure function of it. Read in this order:
//!
//! 1. `handed` and `sides`, who gives and gets how many seconds of each lot;
//! 2. `steps`, whole steps in place of seconds, and who delivers them to whom;
//! 3. `mend`, which brings every unit back within its room;
//! 4. `augment`, `chains`, `loops` and `detours`, which add what room still allows; the last two,
//!    among lots of `equal` worth, need none.

mod augment;
mod chains;
mod detours;
mod equal;
mod handed;
mod loops;
mod mend;
mod of_unit;
mod open;
mod sides;
mod steps;

use crate::maps::{Key, LotKey, Map, PairKey, SideKey, UnitIndex, WishKey};
use crate::plan::Plan;
use crate::round::Round;

use of_unit::SidesOf;
pub(crate) use sides::{Hand, Origin};
use sides::{Lot, Side};

/// How far a search looks among the sides of one lot, so that a lot of very many does not make it
/// slow.
const LOOKED_AT: usize = 64;

/// The deliveries of a plan in whole steps.
///
/// What holds once [`whole`] has returned it: no wish gives or gets more than it said, and no
/// unit's entitlement leaves its room.
pub(crate) struct Whole {
    /// Those of the largest steps first.
    pub(crate) lots: Map<LotKey, Lot>,
    /// By lot; of each its givers, then its receivers, each in the order of their turns.
    pub(crate) sides: Map<SideKey, Side>,
    pub(crate) pairs: Map<PairKey, Pair>,
    /// The steps that each wish has left.
    left: Map<WishKey, i64>,
    /// The pairs that a side is part of.
    pairs_of: Map<SideKey, Vec<PairKey>>,
    sides_of: SidesOf,
    /// By how many seconds the deliveries so far change each unit's entitlement.
    pub(crate) net: Map<UnitIndex, i64>,
    /// Between what the change of each unit's entitlement may lie.
    bounds: Map<UnitIndex, (i64, i64)>,
}

/// A giver and a receiver of one lot, and what passes between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) give: SideKey,
    pub(crate) get: SideKey,
    pub(crate) steps: i64,
    pub(crate) seconds: i64,
}

/// The seconds of all deliveries on the way from the flow to whole steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Course {
    /// Once every unit is within its room.
    pub(crate) rounded: i128,
    /// Once the augmenting pass has added what it could.
    pub(crate) augmented: i128,
}

/// Turns the flow of a plan into whole steps.
pub(crate) fn whole(round: &Round, plan: &Plan) -> (Whole, Course) {
    let mut whole = Whole::new(round, plan);
    whole.set_out();
    whole.widen(round);
    whole.mend();
    let rounded = whole.seconds();
    whole.keep_to_rooms(round);
    whole.augment();
    let augmented = whole.seconds();
    (whole, Course { rounded, augmented })
}

/// The seconds that are cleared of each obligation, in the order of the round.
pub(crate) fn cleared(round: &Round, plan: &Plan) -> Vec<i64> {
    if round.gives.is_empty() {
        // Seconds are whole steps already.
        return plan.flows.iter().copied().take(round.debts.len()).collect();
    }
    let (whole, _) = whole(round, plan);
    let mut cleared = Map::<LotKey, i64>::filled(0, round.debts.len());
    for pair in whole.pairs.values() {
        if let Origin::Debt(debt) = whole.lots[whole.sides[pair.give].lot].origin {
            cleared[LotKey(debt)] += pair.seconds;
        }
    }
    cleared.into_values()
}

/// Which way a unit's entitlement moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Way {
    const fn back(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }

    /// What a unit does more of to move this way; of the other it does less.
    const fn hand(self) -> Hand {
        match self {
            Self::Up => Hand::Gives,
            Self::Down => Hand::Gets,
        }
    }
}

impl Whole {
    fn new(round: &Round, plan: &Plan) -> Self {
        let (lots, sides, left) = sides::of(round, plan);
        let units = round.units.len();
        let sides_of = SidesOf::new(units, &sides);
        let pairs_of = Map::filled(Vec::new(), sides.len());
        let pairs = Map::with_capacity(sides.len());
        let net = Map::filled(0, units);
        let bounds = Map::filled((0, 0), units);
        Self { lots, sides, pairs, left, pairs_of, sides_of, net, bounds }
    }

    /// The seconds of all deliveries.
    pub(crate) fn seconds(&self) -> i128 {
        self.pairs.values().iter().map(|pair| i128::from(pair.seconds)).sum()
    }

    /// From here on units keep to their rooms; who is beyond it goes no further.
    fn keep_to_rooms(&mut self, round: &Round) {
        let rooms = round.rooms.iter().map(|room| (-room.down, room.up));
        self.bounds = Map::from(rooms.collect::<Vec<_>>());
    }

    /// From here on units keep to their rooms, or, where the terms allow it, go beyond by less than
    /// the largest step that they deal in.
    fn widen(&mut self, round: &Round) {
        self.keep_to_rooms(round);
        if round.terms.exact_rooms {
            return;
        }
        for (_, side) in self.sides.iter().filter(|(_, side)| side.flow > 0) {
            let step = self.lots[side.lot].worth(1);
            let room = round.rooms.get(side.unit.position());
            let (down, up) = room.map_or((0, 0), |room| (room.down, room.up));
            let (least, most) = &mut self.bounds[side.unit];
            *least = (*least).min(-down - step);
            *most = (*most).max(up + step);
        }
    }

    fn left(&self, side: SideKey) -> i64 {
        self.left[self.sides[side].wish]
    }

    /// How far a unit's entitlement may still move.
    fn slack(&self, unit: UnitIndex, way: Way) -> i64 {
        let (least, most) = self.bounds[unit];
        match way {
            Way::Up => (most - self.net[unit]).max(0),
            Way::Down => (self.net[unit] - least).max(0),
        }
    }

    /// Which way a unit must move to come back within its bounds, and how far.
    fn beyond(&self, unit: UnitIndex) -> Option<(Way, i64)> {
        let ((least, most), net) = (self.bounds[unit], self.net[unit]);
        match net {
            _ if net < least => Some((Way::Up, least - net)),
            _ if net > most => Some((Way::Down, net - most)),
            _ => None,
        }
    }

    fn pair_of(&self, give: SideKey, get: SideKey) -> Option<PairKey> {
        let (gives, gets) = (&self.pairs_of[give], &self.pairs_of[get]);
        let shorter = if gives.len() < gets.len() { gives } else { gets };
        let is_it = |pair: &PairKey| {
            let pair = self.pairs[*pair];
            (pair.give, pair.get) == (give, get)
        };
        shorter.iter().copied().find(is_it)
    }

    /// The seconds that so many steps more would add to what passes between two sides.
    fn gain(&self, give: SideKey, get: SideKey, steps: i64) -> i64 {
        let lot = &self.lots[self.sides[give].lot];
        let now = self.pair_of(give, get).map_or(0, |pair| self.pairs[pair].steps);
        lot.worth(now + steps) - lot.worth(now)
    }

    /// Lets so many steps more pass between two sides.
    fn deliver(&mut self, give: SideKey, get: SideKey, steps: i64) {
        let pair = self.pair_of(give, get).unwrap_or_else(|| {
            let pair = self.pairs.push(Pair { give, get, steps: 0, seconds: 0 });
            self.pairs_of[give].push(pair);
            self.pairs_of[get].push(pair);
            pair
        });
        self.change(pair, steps);
    }

    /// Lets so many steps more pass, or less if below nought.
    fn change(&mut self, pair: PairKey, steps: i64) {
        let now = self.pairs[pair];
        let (give, get) = (self.sides[now.give], self.sides[now.get]);
        let seconds = self.lots[give.lot].worth(now.steps + steps);
        self.pairs[pair].steps += steps;
        self.pairs[pair].seconds = seconds;
        self.left[give.wish] -= steps;
        self.left[get.wish] -= steps;
        self.net[give.unit] += seconds - now.seconds;
        self.net[get.unit] -= seconds - now.seconds;
    }

    /// The sides of a lot of one hand, beginning where another side stands among its own, and not
    /// too many of them.
    fn near(&self, side: SideKey, hand: Hand) -> impl Iterator<Item = SideKey> + use<> {
        let lot = &self.lots[self.sides[side].lot];
        let own = lot.sides(self.sides[side].hand);
        let (first, until) = lot.sides(hand);
        let count = until.position() - first.position();
        let turned = side.position() - own.0.position();
        let at = move |step| SideKey::at(first.position() + (turned + step) % count.max(1));
        (0..count.min(LOOKED_AT)).map(at)
    }
}
