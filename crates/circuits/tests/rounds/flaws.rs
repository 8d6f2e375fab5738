//! What is wrong with a plan is named, and where it is.

use crate::instances::{hourly, roomy, round, steps, wish};
use circuits::{
    Class, Fault, Flaw, Place, Plan, Request, Round, StageName, Terms, UnitIndex, Version,
    VersionIndex, check, solve,
};

/// A baker with three hours of bread for two who need four each, of which two are essential; and
/// stones for both, of which there are more than enough.
fn bread() -> (Round, Plan) {
    let request = Request {
        units: vec![roomy("a baker", 0, 50), roomy("b", 50, 0), roomy("c", 50, 0)],
        versions: vec![Version { essential: Some(steps(2)), ..hourly("bread") }, hourly("stones")],
        offers: vec![wish(0, 0, 3), wish(0, 1, 99)],
        needs: vec![wish(1, 0, 4), wish(2, 0, 4), wish(1, 1, 5), wish(2, 1, 3)],
        terms: Terms { evenness: true, ..Terms::default() },
        ..Request::default()
    };
    let round = round(&request);
    let plan = solve(&round).unwrap();
    (round, plan)
}

const FLOOR: StageName = StageName::Floor { version: VersionIndex(0) };

/// What the checker says after a change to the right plan.
fn after(change: impl Fn(&mut Plan)) -> Flaw {
    let (round, mut plan) = bread();
    change(&mut plan);
    check(&round, &plan).unwrap_err()
}

fn first(fault: Fault) -> Flaw {
    Flaw::Stage { stage: 0, name: FLOOR, fault }
}

#[test]
fn a_right_plan_has_a_level_and_the_value_of_every_stage() {
    let (round, plan) = bread();
    let stages = check(&round, &plan).unwrap().stages;
    let names: Vec<_> = stages.iter().map(|stage| stage.name).collect();
    assert_eq!(names[0], FLOOR);
    assert_eq!(stages[0].level, Some(5400));
    let hours = |class| stages.iter().find(|stage| stage.name == StageName::Hours(class)).unwrap();
    assert_eq!(hours(Class::Essential).value, Some(3 * 3600));
    assert_eq!(hours(Class::Other).value, Some(8 * 3600));
    // A quarter of an hour each of bread, and of stones.
    let band = |class| StageName::Evenness(class, 0);
    let band = |class| stages.iter().find(|stage| stage.name == band(class)).unwrap().value;
    assert_eq!((band(Class::Essential), band(Class::Other)), (Some(1800), Some(1800)));
}

#[test]
fn flows_beyond_their_bounds_are_named_with_their_place() {
    let flaw = after(|plan| plan.flows[0] = 3 * 3600 + 1);
    let place = Place::Offer(UnitIndex(0), VersionIndex(0));
    assert_eq!(flaw, Flaw::OutOfBounds { place, seconds: 10_801, least: 0, most: 10_800 });
    assert_eq!(
        flaw.to_string(),
        "the offer of unit 0 of version 0 carries `10801` seconds; expected 0 to 10800"
    );
    let flaw = after(|plan| plan.flows[0] = -1);
    assert_eq!(flaw, Flaw::OutOfBounds { place, seconds: -1, least: 0, most: 10_800 });
    let flaw = after(|plan| plan.flows[0] -= 7);
    assert_eq!(flaw, Flaw::Unbalanced { place: Place::Version(VersionIndex(0)), seconds: -7 });
    let flaw = after(|plan| plan.flows.truncate(1));
    assert!(matches!(flaw, Flaw::Flows { found, expected } if found == 1 && expected > 1));
}

#[test]
fn a_unit_beyond_its_room_is_named() {
    let request = Request {
        units: vec![roomy("a baker", 0, 2), roomy("b", 50, 0)],
        versions: vec![hourly("bread")],
        offers: vec![wish(0, 0, 3)],
        needs: vec![wish(1, 0, 3)],
        ..Request::default()
    };
    let round = round(&request);
    let mut plan = solve(&round).unwrap();
    plan.flows.fill(3 * 3600);
    let place = Place::Room(UnitIndex(0));
    let flaw = Flaw::OutOfBounds { place, seconds: 3 * 3600, least: 0, most: 2 * 3600 };
    assert_eq!(check(&round, &plan), Err(flaw));
}

#[test]
fn a_level_is_refused_unless_it_is_the_highest_and_stands_where_a_floor_is() {
    let with = |level| after(|plan| plan.stages[0].level = level);
    let place = Place::Need(UnitIndex(1), VersionIndex(0));
    assert_eq!(with(Some(5401)), first(Fault::LevelTooHigh { level: 5401, place }));
    assert_eq!(with(Some(5399)), first(Fault::LevelTooLow { level: 5399 }));
    assert_eq!(with(Some(7201)), first(Fault::LevelOutside { level: 7201, most: 7200 }));
    assert_eq!(with(Some(-1)), first(Fault::LevelOutside { level: -1, most: 7200 }));
    assert_eq!(with(None), first(Fault::NoLevel));
    let flaw = after(|plan| plan.stages.last_mut().unwrap().level = Some(3));
    assert!(matches!(flaw, Flaw::Stage { fault: Fault::Level { level: 3 }, .. }));
}

#[test]
fn a_flow_that_could_be_better_is_named_with_its_stage() {
    let (round, mut plan) = bread();
    plan.flows.fill(0);
    let level =
        Fault::LevelTooHigh { level: 5400, place: Place::Need(UnitIndex(1), VersionIndex(0)) };
    assert_eq!(check(&round, &plan), Err(first(level)));
    plan.stages[0].level = Some(0);
    let best = |flaw: Flaw| {
        matches!(flaw, Flaw::Stage { stage: 0, name: FLOOR, fault: Fault::NotBest { .. } })
    };
    assert!(best(check(&round, &plan).unwrap_err()));
}

#[test]
fn potentials_and_stages_that_are_missing_or_too_many_are_named() {
    let flaw = after(|plan| plan.stages[0].potentials.truncate(2));
    assert!(matches!(
        flaw,
        Flaw::Stage { stage: 0, fault: Fault::Potentials { found, expected }, .. } if found == 2 && expected > 2
    ));
    let flaw = after(|plan| plan.stages.clear());
    assert_eq!(flaw, first(Fault::Missing));
    let (round, plan) = bread();
    let stages = plan.stages.len();
    let flaw = after(|plan| plan.stages.extend(plan.stages.last().cloned()));
    assert_eq!(flaw, Flaw::StageTooMany { stage: stages });
    assert_eq!(check(&round, &plan).unwrap().stages.len(), stages);
}
