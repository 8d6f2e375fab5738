//! Rounds that are solved again after something has changed.

use crate::instances::{any_round, cases, count, hours, round, steps, wish};
use circuits::{
    Accepted, Again, Before, Label, Living, Obligation, Plan, Preference, Refused, Request, Round,
    Unit, UnitIndex, VersionIndex, Weeks, check, matches, solve,
};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

/// Something that happens to a round.
#[derive(Debug, Clone)]
enum Change {
    /// An offer or need, or an obligation, of another quantity; nought is as good as withdrawn.
    Quantity(Index, i64),
    /// An offer or need is withdrawn.
    Withdrawn(Index),
    /// Everything of a unit is withdrawn.
    UnitGone(Index),
    /// A new offer and a new need, of somebody who was there or of somebody new.
    Arrival { newcomer: bool, units: [Index; 2], version: Index, quantity: i64 },
    /// The same wish for a while, or without a place.
    Moved(Index, Option<u32>),
    /// A new obligation.
    Owed(Index, Index, i64),
    /// Two refuse each other.
    Refusal(Index, Index),
    /// A unit has another room.
    Room(Index, i64, i64),
    /// Another number of counted members.
    Members(Index, u32),
    /// A contract is accepted, without what it came from being taken out.
    Accepted(Index, Index, i64),
    /// The plan is answered: every other match is accepted, the receivers of the others are out.
    Answered(Index),
    /// More or less of a version is essential.
    Essential(Index, Option<i64>),
    /// Other preferences.
    Order(Vec<Preference>),
    /// Another seed.
    Seed(u8),
}

fn any_change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    let amount = || prop_oneof![0..40_i64, 0..5000_i64];
    let arrival = (any::<bool>(), any::<[Index; 2]>(), at(), amount());
    let arrival = arrival.prop_map(|(newcomer, units, version, quantity)| Change::Arrival {
        newcomer,
        units,
        version,
        quantity,
    });
    let all =
        vec![Preference::Nearness, Preference::Expiry, Preference::Memory, Preference::Changes];
    prop_oneof![
        6 => (at(), amount()).prop_map(|(which, to)| Change::Quantity(which, to)),
        4 => at().prop_map(Change::Withdrawn),
        2 => at().prop_map(Change::UnitGone),
        4 => arrival,
        2 => (at(), proptest::option::of(0..20_u32)).prop_map(|(which, until)| Change::Moved(which, until)),
        2 => (at(), at(), amount()).prop_map(|(one, other, hours)| Change::Owed(one, other, hours)),
        4 => (at(), at()).prop_map(|(one, other)| Change::Refusal(one, other)),
        3 => (at(), amount(), amount()).prop_map(|(unit, down, up)| Change::Room(unit, down, up)),
        1 => (at(), 1..5_u32).prop_map(|(unit, members)| Change::Members(unit, members)),
        2 => (at(), at(), amount()).prop_map(|(one, other, by)| Change::Accepted(one, other, by)),
        4 => at().prop_map(Change::Answered),
        1 => (at(), proptest::option::of(0..12_i64)).prop_map(|(which, most)| Change::Essential(which, most)),
        1 => proptest::sample::subsequence(all, 0..=4).prop_map(Change::Order),
        1 => any::<u8>().prop_map(Change::Seed),
    ]
}

fn unit(request: &Request, at: Index) -> UnitIndex {
    UnitIndex(u32::try_from(at.index(request.units.len())).unwrap())
}

impl Change {
    /// Happens to a round, of which this is the plan.
    fn happen(&self, request: &mut Request, plan: &Plan) {
        let (offers, needs) = (request.offers.len(), request.needs.len());
        match *self {
            Self::Quantity(at, to) => {
                let at = at.index((offers + needs + request.obligations.len()).max(1));
                let wishes = request.offers.iter_mut().chain(&mut request.needs);
                if let Some(wish) = wishes.into_iter().nth(at) {
                    wish.quantity = steps(to);
                } else if let Some(one) = request.obligations.get_mut(at - offers - needs) {
                    one.hours = hours(to);
                }
            }
            Self::Withdrawn(at) => {
                let at = at.index((offers + needs).max(1));
                if at < offers {
                    request.offers.remove(at);
                } else if at < offers + needs {
                    request.needs.remove(at - offers);
                }
            }
            Self::UnitGone(at) => {
                let gone = unit(request, at);
                request.offers.retain(|wish| wish.unit != gone);
                request.needs.retain(|wish| wish.unit != gone);
                request.obligations.retain(|one| one.giver != gone && one.receiver != gone);
            }
            Self::Arrival { newcomer, units, version, quantity } => {
                let [giver, mut receiver] = units.map(|at| unit(request, at));
                if newcomer {
                    receiver = UnitIndex(u32::try_from(request.units.len()).unwrap());
                    let label = Label::from(format!("new {}", receiver.0).as_str());
                    request.units.push(Unit::new(label, hours(quantity), hours(3600)));
                }
                let version = u32::try_from(version.index(request.versions.len())).unwrap();
                request.offers.push(wish(giver.0, version, quantity));
                request.needs.push(wish(receiver.0, version, quantity / 2));
            }
            Self::Moved(at, until) => {
                let wishes = request.offers.iter_mut().chain(&mut request.needs);
                if let Some(wish) = wishes.into_iter().nth(at.index((offers + needs).max(1))) {
                    wish.area = None;
                    wish.weeks = Weeks { from: None, until };
                }
            }
            Self::Owed(one, other, seconds) => {
                let (giver, receiver) = (unit(request, one), unit(request, other));
                request.obligations.push(Obligation { giver, receiver, hours: hours(seconds) });
            }
            Self::Refusal(one, other) => {
                let (unit, partner) = (unit(request, one), unit(request, other));
                if unit != partner {
                    request.refused.push(Refused { unit, partner });
                }
            }
            Self::Room(at, down, up) => {
                let at = unit(request, at).0 as usize;
                request.units[at].room_down = hours(down);
                request.units[at].room_up = hours(up);
            }
            Self::Members(at, members) => {
                let at = unit(request, at).0 as usize;
                request.units[at].members = members;
            }
            Self::Accepted(one, other, seconds) => {
                let (giver, receiver) = (unit(request, one), unit(request, other));
                request.accepted.push(Accepted { giver, receiver, hours: hours(seconds) });
            }
            Self::Answered(at) => answered(request, plan, at.index(2)),
            Self::Essential(at, most) => {
                let at = at.index(request.versions.len());
                request.versions[at].essential = most.map(steps);
            }
            Self::Order(ref order) => request.terms.order.clone_from(order),
            Self::Seed(seed) => request.seed = [seed; 32],
        }
    }
}

/// Every other match of a plan is accepted and leaves the wishes it came from; whoever should have got the
/// others takes no further part with the version.
fn answered(request: &mut Request, plan: &Plan, first: usize) {
    let matches = matches(&round(request), plan);
    let mut let_down = Vec::new();
    for (place, one) in matches.iter().enumerate() {
        let (giver, receiver, hours) = (one.giver, one.receiver, one.hours);
        if place % 2 == first {
            for (wishes, of) in [(&mut request.offers, giver), (&mut request.needs, receiver)] {
                let mut left = one.quantity.steps();
                for wish in wishes {
                    if wish.unit == of && wish.version == one.version {
                        let taken = left.min(wish.quantity.steps());
                        wish.quantity = steps(wish.quantity.steps() - taken);
                        left -= taken;
                    }
                }
            }
            request.accepted.push(Accepted { giver, receiver, hours });
        } else {
            let stays = |unit, version: VersionIndex| unit != receiver || version != one.version;
            request.offers.retain(|wish| stays(wish.unit, wish.version));
            request.needs.retain(|wish| stays(wish.unit, wish.version));
            let_down.push(Before { giver, receiver, version: Some(one.version), hours });
        }
    }
    request.before = Some(let_down);
}

fn levels(plan: &Plan) -> Vec<Option<i64>> {
    plan.stages.iter().map(|stage| stage.level).collect()
}

/// Changes a round one after the other, and says how often it was mended, and how often solved afresh.
fn lived(mut request: Request, changes: &[Change]) -> Result<[u32; 2], TestCaseError> {
    let mut living = Living::new(round(&request)).unwrap();
    let mut ways = [0, 0];
    for change in changes {
        change.happen(&mut request, living.plan());
        let Ok(changed) = Round::try_new(request.clone()) else { break };
        let scratch = solve(&changed).unwrap();
        ways[usize::from(living.change(changed.clone()).unwrap() == Again::Afresh)] += 1;
        let found = living.plan();
        prop_assert_eq!(&found.flows, &scratch.flows);
        prop_assert_eq!(levels(found), levels(&scratch));
        prop_assert_eq!(check(&changed, found), check(&changed, &scratch));
        prop_assert!(check(&changed, found).is_ok());
    }
    Ok(ways)
}

proptest! {
    #![proptest_config(cases(5000))]

    #[test]
    fn solving_again_comes_to_the_plan_from_the_beginning(
        request in any_round(), changes in prop::collection::vec(any_change(), 1..6),
    ) {
        lived(request, &changes)?;
    }

    #[test]
    fn nothing_depends_on_what_the_plan_was(
        requests in prop::collection::vec(any_round(), 2..4),
    ) {
        let mut rounds = requests.iter().map(round);
        let mut living = Living::new(rounds.next().unwrap()).unwrap();
        for round in rounds {
            let scratch = solve(&round).unwrap();
            living.change(round).unwrap();
            prop_assert_eq!(&living.plan().flows, &scratch.flows);
        }
    }
}

/// A round of many that lives long: what has come and gone leaves nothing behind.
#[test]
fn a_long_life_of_many_changes_is_mostly_mended() {
    let mut runner = TestRunner::deterministic();
    let mut ways = [0, 0];
    for _ in 0..count(20) {
        let changes = prop::collection::vec(any_change(), 100);
        let (request, changes) = (any_round(), changes).new_tree(&mut runner).unwrap().current();
        let [mended, afresh] = lived(request, &changes).unwrap();
        ways = [ways[0] + mended, ways[1] + afresh];
    }
    println!("of {} changes {} were mended", ways[0] + ways[1], ways[0]);
    assert!(ways[0] > 3 * ways[1], "{ways:?}");
}
