//! A request drawn from bytes, small enough that thousands are solved in a second.

use arbitrary::Arbitrary;
use circuits::{
    Accepted, Area, Before, Label, Obligation, Preference, Refused, Request, Round, Terms, Unit,
    UnitIndex, Version, VersionIndex, Weeks, Wish,
};
use measure::{Hours, Quantity, Value};

const UNITS: u8 = 8;
const VERSIONS: u8 = 4;
const ENTRIES: usize = 24;

/// What a request is made of.
#[derive(Arbitrary, Debug, Clone)]
pub struct Drawn {
    units: [DrawnUnit; UNITS as usize],
    versions: [DrawnVersion; VERSIONS as usize],
    offers: Vec<DrawnWish>,
    needs: Vec<DrawnWish>,
    obligations: Vec<(u8, u8, Amount)>,
    accepted: Vec<(u8, u8, Amount)>,
    refused: Vec<(u8, u8)>,
    before: Option<Vec<(u8, u8, u8, Amount)>>,
    evenness: bool,
    exact_rooms: bool,
    week: u8,
    order: u8,
    seed: u8,
}

#[derive(Arbitrary, Debug, Clone)]
pub struct DrawnUnit {
    down: Amount,
    up: Amount,
    members: u8,
    home: u8,
    short: u8,
}

#[derive(Arbitrary, Debug, Clone)]
struct DrawnVersion {
    value: Amount,
    decimals: u8,
    essential: Option<u8>,
}

#[derive(Arbitrary, Debug, Clone)]
pub struct DrawnWish {
    unit: u8,
    version: u8,
    quantity: Amount,
    area: u8,
    from: u8,
    until: u8,
}

/// Something that happens to a round.
#[derive(Arbitrary, Debug, Clone)]
pub enum DrawnChange {
    Offer(DrawnWish),
    Need(DrawnWish),
    OfferGone(u8),
    NeedGone(u8),
    Quantity(u8, Amount),
    Unit(u8, DrawnUnit),
    Owed(u8, u8, Amount),
    Accepted(u8, u8, Amount),
    Refused(u8, u8),
}

/// A number that is mostly small and at times very large.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub struct Amount(u16, u8);

impl Amount {
    fn number(self) -> i64 {
        let shift = if self.1 < 200 { 0 } else { u32::from(self.1 - 200) % 40 };
        i64::from(self.0) << shift
    }

    fn hours(self) -> Hours {
        Hours::from_seconds(self.number()).unwrap_or_default()
    }
}

fn unit(number: u8) -> UnitIndex {
    UnitIndex(u32::from(number % UNITS))
}

fn version(number: u8) -> VersionIndex {
    VersionIndex(u32::from(number % VERSIONS))
}

fn area(number: u8) -> Option<Area> {
    let path = ["valley", "valley/mill", "valley/mill/east", "valley/farm", "hill", "hill/top"];
    path.get(usize::from(number % 12)).and_then(|path| Area::try_new(path).ok())
}

impl DrawnWish {
    fn wish(&self) -> Wish {
        let from = (self.from < 16).then(|| u32::from(self.from));
        let until = (self.until < 16).then(|| u32::from(self.until.max(self.from.min(16) % 16)));
        Wish {
            unit: unit(self.unit),
            version: version(self.version),
            quantity: Quantity::from_steps(self.quantity.number()).unwrap_or_default(),
            area: area(self.area),
            weeks: Weeks { from, until },
        }
    }
}

impl Drawn {
    /// The round, unless the request is refused.
    pub fn round(&self) -> Option<Round> {
        Round::try_new(self.request()).ok()
    }

    /// Lets something happen.
    pub fn change(&mut self, change: &DrawnChange) {
        let gone = |list: &mut Vec<DrawnWish>, place: u8| {
            if !list.is_empty() {
                list.remove(usize::from(place) % list.len());
            }
        };
        match change.clone() {
            DrawnChange::Offer(wish) => self.offers.insert(0, wish),
            DrawnChange::Need(wish) => self.needs.insert(0, wish),
            DrawnChange::OfferGone(place) => gone(&mut self.offers, place),
            DrawnChange::NeedGone(place) => gone(&mut self.needs, place),
            DrawnChange::Quantity(place, to) => {
                let mut wishes: Vec<_> = self.offers.iter_mut().chain(&mut self.needs).collect();
                let count = wishes.len().max(1);
                if let Some(wish) = wishes.get_mut(usize::from(place) % count) {
                    wish.quantity = to;
                }
            }
            DrawnChange::Unit(place, unit) => self.units[usize::from(place % UNITS)] = unit,
            DrawnChange::Owed(giver, receiver, by) => {
                self.obligations.insert(0, (giver, receiver, by))
            }
            DrawnChange::Accepted(giver, receiver, by) => {
                self.accepted.insert(0, (giver, receiver, by))
            }
            DrawnChange::Refused(one, other) => self.refused.insert(0, (one, other)),
        }
    }

    /// The same in another order, as far as order means nothing.
    pub fn turned(&self) -> Self {
        let mut turned = self.clone();
        turned.offers.truncate(ENTRIES);
        turned.needs.truncate(ENTRIES);
        turned.obligations.truncate(ENTRIES);
        turned.accepted.truncate(ENTRIES);
        turned.refused.truncate(ENTRIES);
        turned.offers.reverse();
        turned.needs.reverse();
        turned.obligations.reverse();
        turned.accepted.reverse();
        turned.refused.reverse();
        turned
    }

    fn request(&self) -> Request {
        let number = |place: usize| u32::try_from(place).unwrap_or(0);
        let units = self.units.iter().enumerate().map(|(place, drawn)| Unit {
            members: u32::from(drawn.members % 20) + 1,
            home: area(drawn.home),
            short: drawn.short % 17,
            ..Unit::new(
                Label::from(format!("unit {}", number(place)).as_str()),
                drawn.down.hours(),
                drawn.up.hours(),
            )
        });
        let versions = self.versions.iter().enumerate().map(|(place, drawn)| {
            let label = Label::from(format!("version {}", number(place)).as_str());
            let value = Value::from_seconds(drawn.value.number()).unwrap_or_default();
            Version {
                essential: drawn.essential.and_then(|steps| Quantity::from_steps(steps.into())),
                ..Version::new(label, value, drawn.decimals % 4)
            }
        });
        let obligation = |&(giver, receiver, hours): &(u8, u8, Amount)| Obligation {
            giver: unit(giver),
            receiver: unit(receiver),
            hours: hours.hours(),
        };
        let accepted = |&(giver, receiver, hours): &(u8, u8, Amount)| Accepted {
            giver: unit(giver),
            receiver: unit(receiver),
            hours: hours.hours(),
        };
        let before = |&(giver, receiver, of, hours): &(u8, u8, u8, Amount)| Before {
            giver: unit(giver),
            receiver: unit(receiver),
            version: (of < 200).then(|| version(of)),
            hours: hours.hours(),
        };
        let refused = |&(one, other): &(u8, u8)| Refused { unit: unit(one), partner: unit(other) };
        Request {
            units: units.collect(),
            versions: versions.collect(),
            offers: self.offers.iter().take(ENTRIES).map(DrawnWish::wish).collect(),
            needs: self.needs.iter().take(ENTRIES).map(DrawnWish::wish).collect(),
            obligations: self.obligations.iter().take(ENTRIES).map(obligation).collect(),
            accepted: self.accepted.iter().take(ENTRIES).map(accepted).collect(),
            refused: self.refused.iter().take(ENTRIES).map(refused).collect(),
            before: self
                .before
                .as_ref()
                .map(|list| list.iter().take(ENTRIES).map(before).collect()),
            terms: Terms {
                evenness: self.evenness,
                week: u32::from(self.week % 8),
                order: self.order(),
                exact_rooms: self.exact_rooms,
            },
            seed: [self.seed; 32],
        }
    }

    /// Some of the preferences, turned.
    fn order(&self) -> Vec<Preference> {
        let mut order =
            [Preference::Nearness, Preference::Expiry, Preference::Memory, Preference::Changes];
        order.rotate_left(usize::from(self.order % 4));
        order[..usize::from(self.order / 4 % 5)].to_vec()
    }
}
