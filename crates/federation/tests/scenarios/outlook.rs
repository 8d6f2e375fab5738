use federation::act::{WishAct, Withdraw};
use federation::rows::{Inputs, Round};
use federation::{Act, Area, Effect, Federation, Id, Matched, Problem, Refusal};
use testkit::phrases;

use crate::Village;

/// What would be delivered if nothing more were said.
fn foreseen(federation: &Federation, round: Id<Round>) -> (Inputs, Vec<Matched>) {
    let foreseen = federation.foreseen(round).unwrap();
    let problem = circuits::Round::try_new(foreseen.request).unwrap();
    let plan = circuits::solve(&problem).unwrap();
    let (units, versions) = (foreseen.units, foreseen.versions);
    let problem = Problem { round: problem.into(), units, versions };
    (foreseen.inputs, problem.matched(&plan))
}

fn opened(village: &mut Village) -> Id<Round> {
    let opened = village.scene.does(village.bakery, Act::OpenRound {});
    let Effect::Round(round) = opened else { panic!("{opened:?}") };
    round
}

#[test]
fn what_is_foreseen_of_an_open_round_is_its_plan_if_nothing_more_is_said() {
    let mut village = Village::new();
    let round = opened(&mut village);
    let Village { mut scene, bakery, clinic, farm, bread } = village;
    let area = Area::parse("valley").ok();
    scene.does(bakery, Act::Offer(WishAct { area, ..phrases::wish(bread, 4) }));
    scene.does(clinic, Act::Offer(phrases::wish(bread, 1)));
    let withdrawn = scene.does(clinic, Act::Offer(phrases::wish(bread, 7)));
    scene.does(farm, Act::Need(phrases::wish(bread, 9)));
    let Effect::Wish(_, wish) = withdrawn else { panic!("{withdrawn:?}") };
    let (_, before) = foreseen(&scene.federation, round);
    scene.does(clinic, Act::Withdraw(Withdraw { wish: scene.federation.wish_ref(wish).unwrap() }));
    let (inputs, matched) = foreseen(&scene.federation, round);
    assert_ne!(before, matched);
    let open_hours = scene.federation.pact().unwrap().round_open_hours;
    scene.wait_hours(i64::from(open_hours));
    let named = scene.federation.round_ref(round).unwrap();
    scene.does(farm, phrases::close(named));
    let row = scene.federation.round(round).unwrap();
    let frozen = row.inputs.clone().unwrap();
    assert_eq!(Inputs { size: frozen.size, at: frozen.at, ..inputs }, frozen);
    let contracts = scene.planned(farm, named);
    let contracts = contracts.into_iter().map(|contract| scene.row(contract));
    let planned: Vec<_> = contracts
        .map(|row| (row.parties, row.version, row.quantity, row.hours(), row.meeting.clone()))
        .collect();
    let matched: Vec<_> = matched
        .into_iter()
        .map(|one| (one.parties, one.version, one.quantity, one.hours, one.meeting))
        .collect();
    assert_eq!(planned.len(), 2);
    assert_eq!(planned, matched);
}

#[test]
fn nothing_is_foreseen_of_a_round_that_takes_no_more_wishes() {
    let mut village = Village::new();
    let round = opened(&mut village);
    let Village { mut scene, bakery, farm, bread, .. } = village;
    assert!(foreseen(&scene.federation, round).1.is_empty());
    scene.does(bakery, Act::Offer(phrases::wish(bread, 4)));
    scene.does(farm, Act::Need(phrases::wish(bread, 4)));
    let open_hours = scene.federation.pact().unwrap().round_open_hours;
    scene.wait_hours(i64::from(open_hours));
    // The window is over, and nobody has closed it yet: it would be closed with what stands now.
    let closes = scene.federation.foreseen(round).unwrap().closes;
    assert!(closes >= scene.federation.testified());
    assert_eq!(foreseen(&scene.federation, round).1.len(), 1);
    let named = scene.federation.round_ref(round).unwrap();
    let refused = |federation: &Federation, waits_for| {
        let refusal = Refusal::OtherPhase { round: 1, waits_for };
        assert_eq!(federation.foreseen(round).map(|foreseen| foreseen.inputs), Err(refusal));
    };
    scene.does(farm, phrases::close(named));
    refused(&scene.federation, "a certified plan");
    let contracts = scene.planned(farm, named);
    refused(&scene.federation, "answers");
    scene.does(farm, phrases::decline(contracts[0]));
    scene.does(farm, phrases::close(named));
    refused(&scene.federation, "nothing more, it is over");
}
