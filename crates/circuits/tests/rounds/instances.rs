//! Random rounds of all shapes, and a reference that solves them slowly and plainly.

use circuits::{
    Accepted, Label, Obligation, Round, RoundRefused, Unit, UnitIndex, Version, VersionIndex, Wish,
};
use measure::{Hours, Quantity, Value};
use proptest::prelude::*;

/// What a round is made from, before it is one.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) rooms: Vec<(i64, i64)>,
    pub(crate) values: Vec<(i64, u8)>,
    pub(crate) offers: Vec<(u32, u32, i64)>,
    pub(crate) needs: Vec<(u32, u32, i64)>,
    pub(crate) accepted: Vec<(u32, u32, i64)>,
    pub(crate) obligations: Vec<(u32, u32, i64)>,
}

pub(crate) fn hours(seconds: i64) -> Hours {
    Hours::from_seconds(seconds).unwrap()
}

fn quantity(steps: i64) -> Quantity {
    Quantity::from_steps(steps).unwrap()
}

impl Request {
    fn request(&self) -> circuits::Request {
        let unit = |(i, &(down, up)): (usize, &(i64, i64))| {
            Unit::new(Label::from(format!("unit {i}").as_str()), hours(down), hours(up))
        };
        let version = |(i, &(value, decimals)): (usize, &(i64, u8))| {
            let label = Label::from(format!("version {i}").as_str());
            Version::new(label, Value::from_seconds(value).unwrap(), decimals)
        };
        let wish = |&(unit, version, steps): &(u32, u32, i64)| {
            Wish::new(UnitIndex(unit), VersionIndex(version), quantity(steps))
        };
        let contract = |&(giver, receiver, seconds): &(u32, u32, i64)| Accepted {
            giver: UnitIndex(giver),
            receiver: UnitIndex(receiver),
            hours: hours(seconds),
        };
        let owed = |&(giver, receiver, seconds): &(u32, u32, i64)| Obligation {
            giver: UnitIndex(giver),
            receiver: UnitIndex(receiver),
            hours: hours(seconds),
        };
        circuits::Request {
            units: self.rooms.iter().enumerate().map(unit).collect(),
            versions: self.values.iter().enumerate().map(version).collect(),
            offers: self.offers.iter().map(wish).collect(),
            needs: self.needs.iter().map(wish).collect(),
            accepted: self.accepted.iter().map(contract).collect(),
            obligations: self.obligations.iter().map(owed).collect(),
            seed: [7; 32],
            ..circuits::Request::default()
        }
    }

    pub(crate) fn round(&self) -> Round {
        self.try_round().unwrap()
    }

    fn try_round(&self) -> Result<Round, RoundRefused> {
        Round::try_new(self.request())
    }
}

pub(crate) const UNITS: u32 = 7;
pub(crate) const LOTS: u32 = 5;

fn room() -> impl Strategy<Value = (i64, i64)> {
    prop_oneof![
        Just((0, 0)),
        (0..40_i64, 0..40_i64),
        Just((1 << 40, 1 << 40)),
        (-9..9_i64, -9..9_i64)
    ]
}

fn value() -> impl Strategy<Value = (i64, u8)> {
    prop_oneof![Just((1, 0)), (0..9_i64, 0..=3_u8), (1..5000_i64, 0..=3_u8), Just((1 << 40, 0))]
}

fn wishes(up_to: usize) -> impl Strategy<Value = Vec<(u32, u32, i64)>> {
    prop::collection::vec((0..UNITS, 0..LOTS, prop_oneof![0..9_i64, 0..2000_i64]), 0..up_to)
}

fn owed(up_to: usize) -> impl Strategy<Value = Vec<(u32, u32, i64)>> {
    let amount = prop_oneof![0..5_i64, 0..1000_i64, 0..(1_i64 << 40)];
    prop::collection::vec((0..UNITS, 0..UNITS, amount), 0..up_to)
}

/// Rounds of offers and needs, from empty and sparse to dense.
pub(crate) fn exchange() -> impl Strategy<Value = Request> {
    let rooms = prop::collection::vec(room(), UNITS as usize);
    let values = prop::collection::vec(value(), LOTS as usize);
    let wishes =
        prop_oneof![(wishes(4), wishes(4)), (wishes(12), wishes(12)), (wishes(40), wishes(40))];
    (rooms, values, wishes, owed(4))
        .prop_map(|(rooms, values, (offers, needs), accepted)| Request {
            rooms,
            values,
            offers,
            needs,
            accepted,
            obligations: Vec::new(),
        })
        .prop_filter("no more hours than there are numbers", |r| r.try_round().is_ok())
}

/// Rounds of obligations, with parallel arcs and arcs against each other.
pub(crate) fn owing() -> impl Strategy<Value = Request> {
    prop_oneof![owed(6), owed(20), owed(80)]
        .prop_filter("one at least", |o| !o.is_empty())
        .prop_map(|obligations| Request {
            rooms: vec![(0, 0); UNITS as usize],
            values: Vec::new(),
            offers: Vec::new(),
            needs: Vec::new(),
            accepted: Vec::new(),
            obligations,
        })
}

/// Any round.
pub(crate) fn any_round() -> impl Strategy<Value = Request> {
    prop_oneof![2 => exchange(), 1 => owing()]
}
