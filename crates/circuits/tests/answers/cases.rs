//! Small random rounds in which every second counts.

use circuits::{
    Area, Label, Obligation, Plan, Refused, Request, Round, Unit, UnitIndex, Version, VersionIndex,
    Weeks, Wish, check, solve,
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

/// A case with areas, windows of weeks and refusals.
#[derive(Debug, Clone)]
pub(crate) struct Apart {
    pub(crate) case: Case,
    /// The area of each offer and then of each need, and its first and last week.
    pub(crate) places: Vec<(u8, u8, u8)>,
    pub(crate) refused: Vec<(u32, u32)>,
}

const AREAS: [Option<&str>; 4] = [None, Some("valley"), Some("valley/mill"), Some("hill")];

impl Apart {
    pub(crate) fn request(&self) -> Request {
        let mut request = self.case.request();
        let places = self.places.iter().cycle();
        let wishes = request.offers.iter_mut().chain(&mut request.needs);
        for (wish, &(area, from, until)) in wishes.zip(places) {
            let area = AREAS.get(usize::from(area)).copied().flatten();
            wish.area = area.map(|path| Area::try_new(path).unwrap());
            let week = |week: u8| (week > 0).then_some(u32::from(week));
            wish.weeks = Weeks { from: week(from), until: week(until).max(week(from)) };
            wish.weeks.until = week(until).and(wish.weeks.until);
        }
        let pair = |&(unit, partner): &(u32, u32)| Refused {
            unit: UnitIndex(unit),
            partner: UnitIndex(partner),
        };
        request.refused = self.refused.iter().map(pair).collect();
        request
    }
}

pub(crate) fn apart() -> impl Strategy<Value = Apart> {
    let place = (
        0..4_u8,
        prop_oneof![3 => Just(0_u8), 1 => 1..4_u8],
        prop_oneof![3 => Just(0_u8), 1 => 1..4_u8],
    );
    let places = prop::collection::vec(place, 32);
    let refused = prop::collection::vec((0..UNITS, 0..UNITS), 0..4);
    (cases(), places, refused).prop_map(|(case, places, refused)| Apart { case, places, refused })
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
