//! A plan that was changed anywhere is refused, or is still the same plan.

use crate::instances::{any_round, cases, count, hours, round};
use circuits::{
    Accepted, Label, Plan, Preference, Refused, Request, Round, RoundRefused, Terms, Unit,
    UnitIndex, Version, VersionIndex, Weeks, Wish, check, matches, solve,
};
use measure::{Quantity, Value};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// One change to a plan.
#[derive(Debug, Clone)]
enum Change {
    Flow(Index, i64),
    TwoFlows(Index, Index, i64),
    Potential(Index, Index, i64),
    WithoutStage(Index),
    StageTwice(Index),
    ShorterFlows,
    ShorterStage(Index),
    Level(Index, i64),
    NoLevel(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let by = prop_oneof![-3..=3_i64, any::<i64>()];
    prop_oneof![
        3 => (any::<Index>(), by.clone()).prop_map(|(at, by)| Change::Flow(at, by)),
        3 => (any::<Index>(), any::<Index>(), -9..9_i64).prop_map(|(a, b, by)| Change::TwoFlows(a, b, by)),
        3 => (any::<Index>(), any::<Index>(), by).prop_map(|(s, at, by)| Change::Potential(s, at, by)),
        1 => any::<Index>().prop_map(Change::WithoutStage),
        1 => any::<Index>().prop_map(Change::StageTwice),
        1 => Just(Change::ShorterFlows),
        1 => any::<Index>().prop_map(Change::ShorterStage),
        3 => (any::<Index>(), -3..=3_i64).prop_map(|(at, by)| Change::Level(at, by)),
        1 => any::<Index>().prop_map(Change::NoLevel),
    ]
}

fn apply(plan: &mut Plan, change: &Change) {
    let stages = plan.stages.len();
    match change {
        _ if stages == 0 => {}
        Change::Flow(at, by) if !plan.flows.is_empty() => {
            let flow = at.get_mut(&mut plan.flows);
            *flow = flow.wrapping_add(*by);
        }
        Change::TwoFlows(one, other, by) if !plan.flows.is_empty() => {
            *one.get_mut(&mut plan.flows) += by;
            *other.get_mut(&mut plan.flows) -= by;
        }
        Change::Potential(stage, at, by) => {
            let potentials: &mut Vec<i64> = &mut stage.get_mut(&mut plan.stages).potentials;
            if potentials.is_empty() {
                return;
            }
            let potential = at.get_mut(potentials);
            *potential = potential.wrapping_add(*by);
        }
        Change::WithoutStage(at) => drop(plan.stages.remove(at.index(stages))),
        Change::StageTwice(at) => plan.stages.insert(0, at.get(&plan.stages).clone()),
        Change::ShorterStage(at) => {
            let potentials: &mut Vec<i64> = &mut at.get_mut(&mut plan.stages).potentials;
            potentials.pop();
        }
        // A floor's stage, if there is one; else a stage that should have no level.
        Change::Level(at, by) => {
            let floors = plan.stages.iter().filter(|stage| stage.level.is_some()).count();
            let stage = &mut plan.stages[at.index(if floors > 0 { floors } else { stages })];
            stage.level = Some(stage.level.unwrap_or(0).wrapping_add(*by));
        }
        Change::NoLevel(at) => at.get_mut(&mut plan.stages).level = None,
        Change::Flow(..) | Change::TwoFlows(..) | Change::ShorterFlows => drop(plan.flows.pop()),
    }
}

/// How many changed plans are shown to the checker; those that a change leaves as they were do not
/// count.
const CHANGED: u32 = 10_000;

#[test]
fn each_of_ten_thousand_changed_plans_is_refused_or_the_same() {
    let mut runner = TestRunner::deterministic();
    let trials = prop::collection::vec(prop::collection::vec(change(), 1..3), 10);
    let strategy = (any_round(), trials);
    let (mut refused, mut same) = (0, 0);
    while refused + same < count(CHANGED) {
        let (request, trials) = strategy.new_tree(&mut runner).unwrap().current();
        let round = round(&request);
        let plan = solve(&round).unwrap();
        for changes in &trials {
            let mut changed = plan.clone();
            for change in changes {
                apply(&mut changed, change);
            }
            if changed == plan {
                continue;
            }
            if check(&round, &changed).is_err() {
                refused += 1;
                continue;
            }
            // Only another proof of the same plan passes.
            assert_eq!(changed.flows, plan.flows);
            assert_eq!(matches(&round, &changed), matches(&round, &plan));
            same += 1;
        }
    }
    println!("{} changed plans: {refused} refused, {same} the same plan", refused + same);
    assert!(refused > 9 * same, "hardly anything was changed that counts");
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn a_plan_by_other_rules_is_refused_or_the_same(
        request in any_round(), seed in any::<[u8; 32]>(), what in 0..6_u8, by in 0..9_u32,
    ) {
        let round = round(&request);
        let plan = solve(&round).unwrap();
        let mut other = request.clone();
        match what {
            0 => other.seed = seed,
            1 => other.terms.evenness = !other.terms.evenness,
            2 => other.terms.order.reverse(),
            3 => other.units.iter_mut().for_each(|unit| unit.members += by),
            4 => other.units.iter_mut().for_each(|unit| unit.short = (unit.short ^ 5).min(16)),
            _ => other.before = None,
        }
        let other = solve(&Round::try_new(other).unwrap()).unwrap();
        if check(&round, &other).is_ok() {
            prop_assert_eq!(other.flows, plan.flows);
        }
    }

    #[test]
    fn changed_bytes_are_unreadable_refused_or_the_same(
        request in any_round(),
        trials in prop::collection::vec((any::<Index>(), any::<u8>(), prop::option::of(any::<Index>())), 10),
    ) {
        let round = round(&request);
        let plan = solve(&round).unwrap();
        for (at, byte, cut) in trials {
            let mut bytes = plan.to_bytes();
            *at.get_mut(&mut bytes) = byte;
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len() + 1));
            }
            if let Ok(read) = Plan::from_bytes(&bytes) {
                prop_assert_eq!(read.to_bytes(), bytes);
                prop_assert!(check(&round, &read).is_err() || read.flows == plan.flows);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let marked = [b"artelplan\x02", bytes.as_slice()].concat();
        for bytes in [bytes, marked] {
            if let Ok(plan) = Plan::from_bytes(&bytes) {
                prop_assert_eq!(plan.to_bytes(), bytes);
            }
        }
    }
}

#[test]
fn bytes_that_announce_more_than_they_hold_are_refused_at_once() {
    let mut bytes = b"artelplan\x02".to_vec();
    bytes.extend([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
    assert_eq!(Plan::from_bytes(&bytes), Err(circuits::PlanUnreadable::TooShort));
    assert_eq!(Plan::from_bytes(b"artelplan\x01\0\0"), Err(circuits::PlanUnreadable::Mark));
    assert_eq!(Plan::from_bytes(b"artelplan\x02\0\0\0"), Err(circuits::PlanUnreadable::TooLong));
    assert_eq!(Plan::from_bytes(b"artelplan\x02\x80\0\0"), Err(circuits::PlanUnreadable::Number));
}

fn unit(label: &str, down: i64, up: i64) -> Unit {
    Unit::new(Label::from(label), hours(down), hours(up))
}

fn version(label: &str, seconds: i64) -> Version {
    Version::new(Label::from(label), Value::from_seconds(seconds).unwrap(), 0)
}

fn wish(unit: u32, version: u32, steps: i64) -> Wish {
    let quantity = Quantity::from_steps(steps).unwrap();
    Wish::new(UnitIndex(unit), VersionIndex(version), quantity)
}

fn accepted(seconds: i64) -> Accepted {
    Accepted { giver: UnitIndex(0), receiver: UnitIndex(1), hours: hours(seconds) }
}

/// Two units and bread.
fn plain() -> Request {
    Request {
        units: vec![unit("a", 0, 0), unit("b", 0, 0)],
        versions: vec![version("bread", 3600)],
        ..Request::default()
    }
}

fn why(request: Request) -> RoundRefused {
    Round::try_new(request).unwrap_err()
}

#[test]
fn what_cannot_be_a_round_is_refused() {
    let twice = vec![unit("a", 0, 0), unit("b", 0, 0), unit("a", 0, 0)];
    let same = RoundRefused::SameLabel { first: 0, second: 2 };
    assert_eq!(why(Request { units: twice, ..plain() }), same);
    let missing = RoundRefused::NotThere { named: 7, count: 2 };
    assert_eq!(why(Request { offers: vec![wish(7, 0, 1)], ..plain() }), missing);
    let refused = vec![Refused { unit: UnitIndex(0), partner: UnitIndex(7) }];
    assert_eq!(why(Request { refused, ..plain() }), missing);
    let most = measure::MAGNITUDE_MAX;
    let offers = vec![wish(0, 0, most)];
    assert_eq!(why(Request { offers, ..plain() }), RoundRefused::TooManyHours);
    let offers = vec![wish(0, 0, most), wish(0, 0, most)];
    assert_eq!(why(Request { offers, ..plain() }), RoundRefused::TooManyHours);
    let below = RoundRefused::BelowNought { seconds: -1 };
    assert_eq!(why(Request { accepted: vec![accepted(-1)], ..plain() }), below);
}

#[test]
fn a_number_out_of_its_range_is_refused() {
    let with = |change: &dyn Fn(&mut Request)| {
        let mut request = plain();
        change(&mut request);
        why(request)
    };
    let found = with(&|request| request.versions[0].decimals = 4);
    assert_eq!(found, RoundRefused::Decimals { found: 4 });
    let most = Quantity::from_steps(measure::MAGNITUDE_MAX);
    let found = with(&|request| request.versions[0].essential = most);
    assert_eq!(found, RoundRefused::TooManyHours);
    let found = with(&|request| request.units[1].members = 0);
    assert_eq!(found, RoundRefused::Members { unit: 1 });
    let found = with(&|request| request.units[1].short = 17);
    assert_eq!(found, RoundRefused::Short { found: 17 });
    let weeks = Weeks { from: Some(9), until: Some(8) };
    let found = with(&|request| request.needs = vec![Wish { weeks, ..wish(0, 0, 1) }]);
    assert_eq!(found, RoundRefused::Window { from: 9, until: 8 });
    let order = vec![Preference::Memory, Preference::Expiry, Preference::Memory];
    let found = with(&|request| request.terms = Terms { order: order.clone(), ..Terms::default() });
    assert_eq!(found, RoundRefused::PreferenceTwice { preference: Preference::Memory });
}

#[test]
fn accepted_contracts_use_room_and_widen_it_where_they_went_beyond() {
    // b has an hour of room and has accepted to get three: there is room for nothing more, but
    // what b gives lets it get as much again.
    let met = |offers: Vec<Wish>, needs: Vec<Wish>| {
        let round = Round::try_new(Request {
            units: vec![unit("a", 0, 36_000), unit("b", 3600, 0)],
            versions: vec![version("bread", 3600), version("care", 3600)],
            offers,
            needs,
            accepted: vec![accepted(3 * 3600)],
            ..Request::default()
        })
        .unwrap();
        let plan = solve(&round).unwrap();
        check(&round, &plan).unwrap().matched_seconds
    };
    let (bread, wants_bread) = (wish(0, 0, 5), wish(1, 0, 5));
    assert_eq!(met(vec![bread.clone()], vec![wants_bread.clone()]), 0);
    let (care, wants_care) = (wish(1, 1, 2), wish(0, 1, 2));
    assert_eq!(met(vec![bread, care], vec![wants_bread, wants_care]), 4 * 3600);
}
