//! A unit that asks for a hundred times as much as before gets nothing of anybody's floor, and
//! nothing of the bands that it had exceeded: exactly where no room is used up, and measured where
//! one is.

use crate::instances::{
    Amounts, SMALL, Shape, cases, count, hourly, roomy, round, shaped, steps, wish,
};
use circuits::{
    Class, Passed, Portion, Request, StageName, Terms, UnitIndex, check, portions, sharing, solve,
};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// The bounds of the bands, in seconds for each counted member.
const BANDS: [i64; 7] = [900, 1800, 3600, 7200, 14_400, 28_800, 57_600];

/// How many rounds of a kind are measured.
const MEASURED: u32 = 1000;

/// The same request where one unit needs a hundred times as much of everything.
///
/// Not of what it offers itself, because that would take back its own offer, and not of essentials
/// of which it did not even ask for what is essential, because up to there more need counts.
fn inflated(request: &Request, unit: UnitIndex) -> Request {
    let mut inflated = request.clone();
    let members = i64::from(request.units[unit.0 as usize].members);
    for need in inflated.needs.iter_mut().filter(|need| need.unit == unit) {
        let offers = request.offers.iter();
        let own = offers.clone().any(|one| (one.unit, one.version) == (unit, need.version));
        let essential = request.versions[need.version.0 as usize].essential;
        let asked = need.quantity.steps();
        if !own && essential.is_none_or(|essential| asked >= essential.steps() * members) {
            need.quantity = steps(100 * asked);
        }
    }
    inflated
}

/// What is not to change: everybody's floor by version, to a second a member, and the part of what
/// everybody gets that lies in the bands that one unit had exceeded.
struct Kept {
    levels: Vec<Passed>,
    portions: Vec<Portion>,
}

impl Kept {
    fn of(request: &Request) -> Self {
        let round = round(request);
        let plan = solve(&round).unwrap();
        let stages = check(&round, &plan).unwrap().stages;
        let floor = |stage: &Passed| matches!(stage.name, StageName::Floor { .. });
        let levels = stages.into_iter().filter(floor).collect();
        Self { levels, portions: portions(&round, &plan).unwrap() }
    }

    /// How far floors and exceeded bands moved; not at all if also the levels are the same.
    fn moved(&self, after: &Self, unit: UnitIndex) -> [i64; 2] {
        let levels = i64::from(self.levels != after.levels);
        [levels.max(self.floors_moved(after)), self.bands_moved(after, unit.0 as usize)]
    }

    /// The largest loss or gain of anybody's floor of a version beyond a second a member, in
    /// seconds a member.
    fn floors_moved(&self, after: &Self) -> i64 {
        let moved = |(one, other): (&Portion, &Portion)| {
            let by = |version| {
                let of = |portion: &Portion| {
                    portion.floors.iter().find(|floor| floor.0 == version).map_or(0, |one| one.1)
                };
                ((of(one) - of(other)).abs() / i64::from(one.members) - 1).max(0)
            };
            let versions = one.floors.iter().chain(&other.floors).map(|floor| by(floor.0));
            versions.max().unwrap_or(0)
        };
        self.portions.iter().zip(&after.portions).map(moved).max().unwrap_or(0)
    }

    /// The largest change, in seconds a member, of anybody's part in a band that a unit had
    /// exceeded.
    fn bands_moved(&self, after: &Self, unit: usize) -> i64 {
        let own = &self.portions[unit];
        let exceeded = |bound: &&i64| own.other_seconds > **bound * i64::from(own.members);
        let moved = |bound: &i64| {
            let pairs = self.portions.iter().zip(&after.portions);
            let of = |one: &Portion| one.other_seconds.min(bound * i64::from(one.members));
            pairs.map(|(one, other)| (of(one) - of(other)).abs() / i64::from(one.members)).max()
        };
        BANDS.iter().filter(exceeded).filter_map(moved).max().unwrap_or(0)
    }
}

fn even(request: Request) -> Request {
    Request { terms: Terms { evenness: true, ..request.terms }, ..request }
}

fn anybody(request: &Request, who: Index) -> UnitIndex {
    UnitIndex(u32::try_from(who.index(request.units.len())).unwrap())
}

fn wide() -> impl Strategy<Value = Request> {
    let shape = Shape { rooms: false, ..SMALL };
    prop_oneof![shaped(shape), shaped(Shape { spread: false, versions: 2, ..shape })].prop_map(even)
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn where_room_is_wide_inflating_moves_no_floor_and_no_band_that_was_exceeded(
        request in wide(), who in any::<Index>(),
    ) {
        let unit = anybody(&request, who);
        let (before, after) = (Kept::of(&request), Kept::of(&inflated(&request, unit)));
        prop_assert_eq!(before.moved(&after, unit), [0, 0]);
    }
}

/// How often and how far something moved, in seconds a member.
#[derive(Default)]
struct Moves {
    rounds: u32,
    moved: Vec<i64>,
}

impl Moves {
    fn add(&mut self, by: i64) {
        self.rounds += 1;
        self.moved.extend(Some(by).filter(|&by| by > 0));
    }

    fn print(&mut self, what: &str) {
        self.moved.sort_unstable();
        let (median, most) = (self.moved.get(self.moved.len() / 2), self.moved.last());
        let (count, rounds) = (self.moved.len(), self.rounds);
        println!("{what}: {count} of {rounds} rounds, median {median:?}, at most {most:?}");
    }
}

/// Prints how often and how far inflating moves floors and exceeded bands where rooms are short; and
/// where none is used up but that of the unit itself, nothing moves.
#[test]
fn only_through_a_room_that_is_used_up_does_inflating_move_a_floor_or_an_exceeded_band() {
    let mut runner = TestRunner::deterministic();
    for (name, shape) in
        [("all shapes", SMALL), ("tight", Shape { amounts: Amounts::Tight, ..SMALL })]
    {
        let (mut floors, mut bands, mut open) = (Moves::default(), Moves::default(), 0);
        for _ in 0..count(MEASURED) {
            let strategy = (shaped(shape).prop_map(even), any::<Index>());
            let (request, who) = strategy.new_tree(&mut runner).unwrap().current();
            let unit = anybody(&request, who);
            let (before, after) = (Kept::of(&request), Kept::of(&inflated(&request, unit)));
            let moved = before.moved(&after, unit);
            let used_up = |kept: &Kept, own: bool| {
                let portions = kept.portions.iter();
                portions.filter(|one| one.room_used_up && (own || one.unit != unit)).count()
            };
            if used_up(&before, true) + used_up(&after, false) == 0 {
                open += 1;
                assert_eq!(moved, [0, 0], "{request:?}");
            }
            floors.add(moved[0]);
            bands.add(moved[1]);
        }
        println!(
            "a unit asks a hundredfold, {name}, in seconds a member; no room used up in {open}"
        );
        floors.print("  floors moved");
        bands.print("  bands that it had exceeded moved");
        assert!(open > 0);
    }
}

/// A baker whose room is ten hours, an old neighbour who only gets, and a mason without room who can
/// give as much as he gets. The hours stage comes before the bands, and a loaf for the mason
/// makes two hours out of one.
fn through_the_mason(asked: i64) -> Request {
    let units = vec![
        roomy("baker", 0, 10),
        roomy("mason", 0, 0),
        roomy("neighbour", 50, 0),
        roomy("owner", 50, 0),
    ];
    Request {
        units,
        versions: vec![hourly("bread"), hourly("walls")],
        offers: vec![wish(0, 0, 50), wish(1, 1, 500)],
        needs: vec![wish(1, 0, asked), wish(2, 0, 10), wish(3, 1, 500)],
        terms: Terms { evenness: true, ..Terms::default() },
        ..Request::default()
    }
}

#[test]
fn where_hours_hang_together_through_rooms_inflating_can_take_what_a_band_held() {
    let (before, after) = (through_the_mason(2), through_the_mason(200));
    let got = |request: &Request| -> Vec<i64> {
        Kept::of(request).portions.iter().map(|one| one.other_seconds / 3600).collect()
    };
    assert_eq!(got(&before), [0, 2, 8, 2]);
    assert_eq!(got(&after), [0, 10, 0, 10]);
    let round = round(&before);
    let sharing = sharing(&round, &solve(&round).unwrap()).unwrap();
    assert_eq!(sharing.rooms_used_up, [UnitIndex(0), UnitIndex(1)]);
}

/// Ten hours of bread for two who ask for so much.
fn shared(one: i64, other: i64) -> Request {
    Request {
        units: vec![roomy("baker", 0, 50), roomy("one", 500, 0), roomy("other", 500, 0)],
        versions: vec![hourly("bread")],
        offers: vec![wish(0, 0, 10)],
        needs: vec![wish(1, 0, one), wish(2, 0, other)],
        terms: Terms { evenness: true, ..Terms::default() },
        ..Request::default()
    }
}

#[test]
fn inside_one_band_asking_for_more_can_gain_and_the_plan_says_how_much() {
    for asked in [5, 6, 8, 500] {
        let request = shared(asked, 5);
        let round = round(&request);
        let plan = solve(&round).unwrap();
        let portions = portions(&round, &plan).unwrap();
        let [one, other] = [portions[1].of(Class::Other), portions[2].of(Class::Other)];
        assert_eq!(one + other, 36_000);
        // Both exceed four hours, and what lies between that and eight is not shared any finer.
        assert!(one.min(other) >= 14_400);
        let figure = sharing(&round, &plan).unwrap().inside_band_seconds;
        assert!(other == 18_000 || figure >= one - other);
        assert!(figure <= 14_400);
    }
}
