//! Small random rounds in which every second counts.

use circuits::{
    Label, Obligation, Plan, Request, Round, Unit, UnitIndex, Version, VersionIndex, Wish, check,
    solve,
};
use measure::{Hours, Quantity, Value};
use proptest::prelude::*;

pub(crate) const UNITS: u32 = 6;
pub(crate) const VERSIONS: u32 = 4;

/// A round before it is one, in seconds: a step of every version is worth one second.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Room down and up of each unit.
    pub(crate) rooms: Vec<(i64, i64)>,
    pub(crate) offers: Vec<(u32, u32, i64)>,
    pub(crate) needs: Vec<(u32, u32, i64)>,
    /// Giver, receiver, seconds.
    pub(crate) owed: Vec<(u32, u32, i64)>,
}

pub(crate) fn hours(seconds: i64) -> Hours {
    Hours::from_seconds(seconds).unwrap()
}

impl Case {
    pub(crate) fn request(&self) -> Request {
        let unit = |(number, &(down, up)): (usize, &(i64, i64))| {
            Unit::new(Label::from(format!("unit {number}").as_str()), hours(down), hours(up))
        };
        let version = |number: u32| {
            let label = Label::from(format!("version {number}").as_str());
            Version::new(label, Value::from_seconds(1).unwrap(), 0)
        };
        let wish = |&(unit, version, steps): &(u32, u32, i64)| {
            let quantity = Quantity::from_steps(steps).unwrap();
            Wish::new(UnitIndex(unit), VersionIndex(version), quantity)
        };
        let owed = |&(giver, receiver, seconds): &(u32, u32, i64)| Obligation {
            giver: UnitIndex(giver),
            receiver: UnitIndex(receiver),
            hours: hours(seconds),
        };
        Request {
            units: self.rooms.iter().enumerate().map(unit).collect(),
            versions: (0..VERSIONS).map(version).collect(),
            offers: self.offers.iter().map(wish).collect(),
            needs: self.needs.iter().map(wish).collect(),
            obligations: self.owed.iter().map(owed).collect(),
            seed: [7; 32],
            ..Request::default()
        }
    }

    pub(crate) fn planned(&self) -> (Round, Plan) {
        planned(self.request())
    }

    /// The most seconds that this round can meet.
    pub(crate) fn met(&self) -> i64 {
        met(self.request())
    }
}

pub(crate) fn planned(request: Request) -> (Round, Plan) {
    let round = Round::try_new(request).unwrap();
    let plan = solve(&round).unwrap();
    (round, plan)
}

pub(crate) fn met(request: Request) -> i64 {
    let (round, plan) = planned(request);
    check(&round, &plan).unwrap().matched_seconds.try_into().unwrap()
}

fn wishes(most: usize) -> impl Strategy<Value = Vec<(u32, u32, i64)>> {
    prop::collection::vec((0..UNITS, 0..VERSIONS, 1..9_i64), 1..most)
}

/// Rounds from sparse to dense, with little room, and with obligations in some.
pub(crate) fn cases() -> impl Strategy<Value = Case> {
    let room = || prop_oneof![2 => Just(0_i64), 3 => 0..6_i64, 1 => Just(99)];
    let rooms = prop::collection::vec((room(), room()), UNITS as usize);
    let owed = prop_oneof![
        2 => Just(Vec::new()),
        1 => prop::collection::vec((0..UNITS, 0..UNITS, 1..9_i64), 1..8),
    ];
    (rooms, wishes(14), wishes(18), owed).prop_map(|(rooms, offers, needs, owed)| Case {
        rooms,
        offers,
        needs,
        owed,
    })
}
