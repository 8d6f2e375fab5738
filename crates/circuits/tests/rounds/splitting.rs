//! A unit that comes as two gets no higher floor where one essential version is scarce in one place and
//! time, as long as rooms are wide, and it neither offers what it needs nor names its partners. Elsewhere
//! it can: half a unit for each place takes from both. How often and how far is measured.

use crate::instances::{Amounts, SMALL, Shape, cases, count, hours, round, shaped, steps};
use circuits::{
    Area, Label, Request, Unit, UnitIndex, Version, VersionIndex, Wish, portions, solve,
};
use measure::{Hours, Value};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// How many rounds of a kind are measured.
const MEASURED: u32 = 1000;

/// At how many sixteenths each thing of a unit is cut: members, rooms, and each of its wishes.
type Cuts = [u8; 16];

fn cuts() -> impl Strategy<Value = Cuts> {
    // All at one place, or each at its own.
    let one = (1..=15_u8).prop_map(|at| [at; 16]);
    let own = prop::array::uniform16(prop_oneof![Just(0), Just(16), 0..=16_u8]);
    prop_oneof![one, own]
}

/// The same request where one unit's members, rooms and wishes are cut in two. The second half is
/// the last in the list. Wide rooms are wide for both halves.
fn split(request: &Request, unit: UnitIndex, cuts: &Cuts) -> Option<Request> {
    let mut request = request.clone();
    let new = UnitIndex(u32::try_from(request.units.len()).unwrap());
    let one = &mut request.units[unit.0 as usize];
    if one.members < 2 {
        return None;
    }
    let part = |whole: i64, cut: usize| whole * i64::from(cuts[cut % 16]) / 16;
    let mut other = one.clone();
    other.label = Label::from("zz the other half");
    other.members = u32::try_from(part(one.members.into(), 0)).unwrap().clamp(1, one.members - 1);
    one.members -= other.members;
    let halved = |hours: &mut Hours, cut| {
        let wide = hours.seconds() > 1 << 40;
        let taken = if wide { hours.seconds() / 2 } else { part(hours.seconds(), cut) };
        *hours = crate::instances::hours(hours.seconds() - taken);
        crate::instances::hours(taken)
    };
    other.room_down = halved(&mut one.room_down, 1);
    other.room_up = halved(&mut one.room_up, 2);
    request.units.push(other);
    for (side, wishes) in [&mut request.offers, &mut request.needs].into_iter().enumerate() {
        let mut more = Vec::new();
        let own = wishes.iter_mut().filter(|wish| wish.unit == unit);
        for (place, wish) in own.enumerate() {
            let taken = part(wish.quantity.steps(), 3 + 2 * place + side);
            wish.quantity = steps(wish.quantity.steps() - taken);
            more.push(Wish { unit: new, quantity: steps(taken), ..wish.clone() });
        }
        wishes.extend(more);
    }
    Some(request)
}

/// What units get of essentials in all, and of each version.
fn essentials(request: &Request, units: &[UnitIndex]) -> (i64, Vec<i64>) {
    let round = round(request);
    let portions = portions(&round, &solve(&round).unwrap()).unwrap();
    let own = units.iter().map(|unit| &portions[unit.0 as usize]);
    let mut versions = vec![0; request.versions.len()];
    for (version, seconds) in own.clone().flat_map(|one| &one.floors) {
        versions[version.0 as usize] += seconds;
    }
    (own.map(|one| one.essential_seconds).sum(), versions)
}

/// What splitting gains a unit of essentials in all, and at most of one version, in seconds for each
/// of its members.
fn gained(request: &Request, unit: UnitIndex, cuts: &Cuts) -> Option<(i64, i64)> {
    let two = split(request, unit, cuts)?;
    let new = UnitIndex(u32::try_from(request.units.len()).unwrap());
    let (after, before) = (essentials(&two, &[unit, new]), essentials(request, &[unit]));
    let members = i64::from(request.units[unit.0 as usize].members);
    let more = after.1.iter().zip(&before.1).map(|(after, before)| after - before).max();
    Some(((after.0 - before.0) / members, more.unwrap_or(0) / members))
}

/// Nothing that the unit needs does it offer itself, and it names no partner.
fn alone(mut request: Request, unit: UnitIndex) -> Request {
    let needs = request.needs.clone();
    let needed = |wish: &Wish| needs.iter().any(|need| need.version == wish.version);
    request.offers.retain(|wish| wish.unit != unit || !needed(wish));
    request.obligations.retain(|one| one.giver != unit && one.receiver != unit);
    request.accepted.retain(|one| one.giver != unit && one.receiver != unit);
    request.refused.retain(|one| one.unit != unit && one.partner != unit);
    request.before = None;
    request
}

fn several_members(mut request: Request) -> Request {
    request.units.iter_mut().for_each(|unit| unit.members = unit.members.max(2));
    request
}

fn one_essential() -> impl Strategy<Value = Request> {
    one_essential_in(false)
}

fn one_essential_in(places: bool) -> impl Strategy<Value = Request> {
    shaped(Shape { rooms: false, spread: places, ..SMALL }).prop_map(|mut request| {
        let mut seen = false;
        for version in &mut request.versions {
            version.essential = version.essential.filter(|_| !std::mem::replace(&mut seen, true));
        }
        several_members(request)
    })
}

fn anybody(request: &Request, who: Index) -> UnitIndex {
    UnitIndex(u32::try_from(who.index(request.units.len())).unwrap())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn where_one_essential_version_is_scarce_in_one_place_and_time_splitting_gains_no_floor(
        request in one_essential(), who in any::<Index>(), cuts in cuts(),
    ) {
        let unit = anybody(&request, who);
        let request = alone(request, unit);
        // A second a member is what a level leaves open.
        prop_assert!(gained(&request, unit, &cuts).unwrap().0 <= 1);
    }
}

/// Half a unit for each of two places takes from both what is scarce there, while the whole unit is
/// content with the one that nobody else reaches.
#[test]
fn a_unit_that_splits_by_place_can_gain_a_floor() {
    let area = |name| Some(Area::try_new(name).unwrap());
    let wish = |unit, quantity, place| Wish {
        area: area(place),
        ..Wish::new(UnitIndex(unit), VersionIndex(0), steps(quantity))
    };
    let far = hours(1 << 50);
    let two = |name| Unit { members: 2, ..Unit::new(Label::from(name), far, far) };
    let hour = Value::from_seconds(3600).unwrap();
    let water = Version::new(Label::from("water"), hour, 0);
    let request = Request {
        units: vec![two("the one"), two("the other"), two("well")],
        versions: vec![Version { essential: Some(steps(6)), ..water }],
        offers: vec![wish(2, 6, "ford"), wish(2, 6, "mill")],
        needs: vec![wish(0, 12, "ford"), wish(0, 12, "mill"), wish(1, 12, "mill")],
        ..Request::default()
    };
    // One member for the ford, one for the mill.
    let mut cuts = [0; 16];
    (cuts[0], cuts[4]) = (8, 16);
    assert_eq!(gained(&request, UnitIndex(0), &cuts), Some((3600, 3600)));
}

/// Prints how often and how far splitting gains with one essential version in several places, and
/// with several of them and short rooms.
#[test]
fn with_several_essentials_it_is_measured_what_splitting_gains() {
    let mut runner = TestRunner::deterministic();
    let tight = Shape { amounts: Amounts::Tight, ..SMALL };
    for (name, requests) in [
        ("one essential in several places", one_essential_in(true).boxed()),
        ("all shapes", shaped(SMALL).prop_map(several_members).boxed()),
        ("tight", shaped(tight).prop_map(several_members).boxed()),
    ] {
        let (mut total, mut of_one) = (Vec::new(), Vec::new());
        for _ in 0..count(MEASURED) {
            let strategy = (requests.clone(), any::<Index>(), cuts());
            let (request, who, cuts) = strategy.new_tree(&mut runner).unwrap().current();
            let unit = anybody(&request, who);
            let request = alone(request, unit);
            let gained = gained(&request, unit, &cuts).unwrap();
            total.extend(Some(gained.0).filter(|&more| more > 1));
            of_one.extend(Some(gained.1).filter(|&more| more > 1));
        }
        println!("a unit comes as two, {name}, in seconds a member:");
        for (what, mut gains) in [("in all", total), ("of one version", of_one)] {
            gains.sort_unstable();
            let (median, most) = (gains.get(gains.len() / 2), gains.last());
            let (tried, gain) = (count(MEASURED), gains.len());
            println!("  gains {what} in {gain} of {tried}, median {median:?}, at most {most:?}");
            assert!(gain < tried as usize / 4, "splitting rarely gains");
        }
    }
}
