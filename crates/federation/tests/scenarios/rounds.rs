use federation::act::{Consent, WishAct, Withdraw};
use federation::rows::{Contract, Phase, Round, Status, Unit, Version};
use federation::{Act, Area, Effect, Id, Pact, Ref, Refusal};
use measure::Hours;
use testkit::{Listed, Scene, phrases};

use crate::Village;

fn standing(offer: WishAct) -> Act {
    Act::Offer(WishAct { consent: Consent::Standing, ..offer })
}

fn standing_need(need: WishAct) -> Act {
    Act::Need(WishAct { consent: Consent::Standing, ..need })
}

/// The only contract that a plan proposes.
fn only(scene: &mut Scene, by: Id<Unit>, round: Ref<Round>) -> Ref<Contract> {
    let contracts = scene.planned(by, round);
    assert_eq!(contracts.len(), 1);
    contracts[0]
}

/// Bread at an agreed value.
fn agreed_bread(village: &mut Village) -> Ref<Version> {
    let contract = village.scene.agreed((village.bakery, village.clinic), village.bread, 1);
    village.scene.delivered(contract, 1);
    let agreed = village.scene.does(village.clinic, phrases::agree(village.bread, 60));
    let Effect::Version(id) = agreed else { panic!("{agreed:?}") };
    village.scene.federation.version_ref(id).unwrap()
}

#[test]
fn standing_consent_on_both_sides_makes_the_contract_when_the_plan_comes_in() {
    let mut village = Village::new();
    let bread = agreed_bread(&mut village);
    let Village { mut scene, bakery, farm, .. } = village;
    scene.does(bakery, standing(phrases::wish(bread, 4)));
    scene.does(farm, standing_need(phrases::wish(bread, 4)));
    let round = scene.open_and_close_round(bakery);
    let contract = only(&mut scene, bakery, round);
    assert_eq!(scene.row(contract).status, Status::Agreed);
}

#[test]
fn an_asked_value_needs_the_receivers_own_yes_unless_the_need_names_a_highest_one() {
    for (value_max, agreed) in [(None, false), (Some(phrases::minutes(60)), true)] {
        let Village { mut scene, bakery, farm, bread, .. } = Village::new();
        scene.does(bakery, standing(phrases::wish(bread, 4)));
        scene.does(farm, standing_need(WishAct { value_max, ..phrases::wish(bread, 4) }));
        let round = scene.open_and_close_round(bakery);
        let contract = only(&mut scene, bakery, round);
        assert_eq!(scene.row(contract).is_agreed(), agreed);
        if !agreed {
            scene.does(farm, phrases::accept(contract));
            assert!(scene.row(contract).is_agreed());
        }
    }
}

#[test]
fn a_need_is_not_matched_above_the_value_it_bears() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    scene.does(bakery, standing(phrases::wish(bread, 4)));
    let value_max = Some(phrases::minutes(59));
    scene.does(farm, standing_need(WishAct { value_max, ..phrases::wish(bread, 4) }));
    let round = scene.open_and_close_round(bakery);
    let id = scene.federation.find_round(round).unwrap();
    assert_eq!(scene.federation.round(id).unwrap().phase, Phase::Finished);
}

#[test]
fn standing_consent_that_was_taken_back_binds_nobody() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    let offered = scene.does(bakery, standing(phrases::wish(bread, 4)));
    let Effect::Wish(_, id) = offered else { panic!("{offered:?}") };
    let value_max = Some(phrases::minutes(60));
    scene.does(farm, standing_need(WishAct { value_max, ..phrases::wish(bread, 4) }));
    let round = scene.open_and_close_round(bakery);
    // The bakery thinks again before the plan is there, and offers anew, to be asked.
    let wish = scene.federation.wish_ref(id).unwrap();
    scene.does(bakery, Act::Withdraw(Withdraw { wish }));
    scene.does(bakery, Act::Offer(phrases::wish(bread, 4)));
    let contract = only(&mut scene, bakery, round);
    assert!(matches!(scene.row(contract).status, Status::Declined { by, .. } if by == bakery));
}

#[test]
fn one_re_solve_matches_anew_what_was_refused() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    // Two could bake for the farm.
    scene.does(bakery, Act::Offer(phrases::wish(bread, 4)));
    scene.does(clinic, Act::Offer(phrases::wish(bread, 4)));
    scene.does(farm, Act::Need(phrases::wish(bread, 4)));
    let round = scene.open_and_close_round(farm);
    let first = only(&mut scene, farm, round);
    let refuses = scene.row(first).parties.giver;
    scene.does(refuses, phrases::decline(first));
    scene.does(farm, phrases::close(round));
    let second = only(&mut scene, farm, round);
    let parties = scene.row(second).parties;
    assert_eq!(parties.receiver, farm);
    assert_ne!(parties.giver, refuses, "whoever refused takes no further part");
    for side in [parties.giver, farm] {
        scene.does(side, phrases::accept(second));
    }
    // All have answered, so the round is closed before its time, and there is no third solve.
    scene.does(farm, phrases::close(round));
    let id = scene.federation.find_round(round).unwrap();
    assert_eq!(scene.federation.round(id).unwrap().phase, Phase::Finished);
}

#[test]
fn whoever_is_silent_takes_no_further_part() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    scene.does(bakery, Act::Offer(phrases::wish(bread, 4)));
    scene.does(clinic, Act::Need(phrases::wish(bread, 2)));
    scene.does(farm, Act::Need(phrases::wish(bread, 2)));
    let round = scene.open_and_close_round(farm);
    let contracts = scene.planned(farm, round);
    for &contract in &contracts {
        scene.does(bakery, phrases::accept(contract));
    }
    assert_eq!(scene.refused(farm, phrases::close(round)).code(), "window-open");
    let hours = scene.federation.pact().unwrap().answer_hours;
    scene.wait_hours(i64::from(hours));
    scene.does(farm, phrases::close(round));
    assert!(contracts.iter().all(|&c| scene.row(c).status == Status::Lapsed));
    let id = scene.federation.find_round(round).unwrap();
    let out: Vec<_> = scene.federation.round(id).unwrap().out.iter().map(|(u, _)| *u).collect();
    assert_eq!(out, [clinic, farm]);
}

#[test]
fn a_need_that_names_several_versions_tries_the_next_in_the_re_solve() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    let rolls = scene.valued(clinic, "rolls", 60);
    scene.does(bakery, Act::Offer(phrases::wish(bread, 1)));
    scene.does(clinic, Act::Offer(phrases::wish(rolls, 4)));
    let versions = vec![bread, rolls];
    scene.does(farm, Act::Need(WishAct { versions, ..phrases::wish(bread, 3) }));
    let round = scene.open_and_close_round(farm);
    let first = only(&mut scene, farm, round);
    assert_eq!(scene.row(first).parties.giver, bakery, "the best version first");
    for side in [bakery, farm] {
        scene.does(side, phrases::accept(first));
    }
    scene.does(farm, phrases::close(round));
    let second = only(&mut scene, farm, round);
    let row = scene.row(second);
    assert_eq!((row.parties.giver, row.quantity), (clinic, phrases::steps(2)), "what stayed open");
}

#[test]
fn a_repeating_offer_stands_anew() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let offer = WishAct { every_days: Some(7), ..phrases::wish(bread, 4) };
    let offered = scene.does(bakery, Act::Offer(offer));
    let Effect::Wish(_, id) = offered else { panic!("{offered:?}") };
    let left = |scene: &Scene| scene.federation.wish(id).unwrap().left(scene.now).steps();
    scene.agreed((bakery, clinic), bread, 3);
    assert_eq!(left(&scene), 1);
    scene.wait_days(7);
    assert_eq!(left(&scene), 4);
}

#[test]
fn what_comes_and_goes_in_one_plan_is_reserved_net() {
    let Village { mut scene, bakery, clinic, bread, .. } = Village::new();
    let visit = scene.valued(clinic, "visit", 60);
    scene.does(bakery, Act::Offer(phrases::wish(bread, 100)));
    scene.does(bakery, Act::Need(phrases::wish(visit, 100)));
    scene.does(clinic, Act::Offer(phrases::wish(visit, 100)));
    scene.does(clinic, Act::Need(phrases::wish(bread, 100)));
    let round = scene.open_and_close_round(bakery);
    let contracts = scene.planned(bakery, round);
    for &contract in &contracts {
        assert_eq!(scene.row(contract).quantity, phrases::steps(100));
        for side in [bakery, clinic] {
            scene.does(side, phrases::accept(contract));
        }
    }
    let room = |unit| scene.federation.room(unit);
    assert_eq!(
        (room(bakery), room(clinic)),
        (measure::Hours::whole(20), measure::Hours::whole(20))
    );
}

#[test]
fn no_unit_can_bring_so_much_that_a_round_has_no_solution() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    let most = measure::MAGNITUDE_MAX / 3600;
    for _ in 0..3 {
        scene.does(bakery, Act::Offer(phrases::wish(bread, most)));
        scene.does(clinic, Act::Need(phrases::wish(bread, most)));
    }
    scene.does(bakery, Act::Offer(phrases::wish(bread, 2)));
    scene.does(farm, Act::Need(phrases::wish(bread, 2)));
    let round = scene.open_and_close_round(farm);
    let contract = only(&mut scene, farm, round);
    assert_eq!(scene.row(contract).parties.receiver, farm);
}

#[test]
fn a_unit_brings_one_million_two_hundred_thousand_hours_at_most() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    // 2³² seconds are 1,193,046 hours.
    for hours in [1_193_000, 50, 46] {
        scene.does(bakery, Act::Offer(phrases::wish(bread, hours)));
        scene.does(farm, Act::Need(phrases::wish(bread, hours)));
    }
    let round = scene.open_and_close_round(farm);
    let id = scene.federation.find_round(round).unwrap();
    let inputs = scene.federation.round(id).unwrap().inputs.clone().unwrap();
    let whole = measure::Quantity::from_steps;
    let offered: Vec<_> = inputs.offers.iter().map(|offer| Some(offer.quantity)).collect();
    assert_eq!(offered, [whole(1_193_000), whole(46)]);
    assert_eq!(inputs.needs.len(), 2);
}

#[test]
fn a_round_that_nobody_brings_a_plan_for_holds_up_no_other() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    scene.does(bakery, Act::Offer(phrases::wish(bread, 4)));
    scene.does(farm, Act::Need(phrases::wish(bread, 4)));
    let round = scene.open_and_close_round(farm);
    let waits = Refusal::OtherPhase { round: 1, waits_for: "a certified plan" };
    assert_eq!(scene.refused(farm, phrases::close(round)), waits);
    assert!(matches!(scene.refused(farm, Act::OpenRound {}), Refusal::RoundUnderWay { .. }));
    let answer_hours = scene.federation.pact().unwrap().answer_hours;
    scene.wait_hours(i64::from(answer_hours));
    scene.does(farm, phrases::close(round));
    let id = scene.federation.find_round(round).unwrap();
    assert_eq!(scene.federation.round(id).unwrap().phase, Phase::Finished);
    // What was wished for stands as before, and comes into the next.
    scene.wait_days(7);
    let next = scene.open_and_close_round(farm);
    only(&mut scene, farm, next);
}

#[test]
fn a_unit_brings_a_version_in_eight_areas_and_windows_at_most() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    for village in 0..10 {
        let area = Some(Area::parse(&format!("valley/village {village}")).unwrap());
        scene.does(bakery, Act::Offer(WishAct { area: area.clone(), ..phrases::wish(bread, 1) }));
        scene.does(farm, Act::Need(WishAct { area, ..phrases::wish(bread, 1) }));
    }
    // One more in an area that is among the eight is no further one.
    let area = Some(Area::parse("valley/village 0").unwrap());
    scene.does(bakery, Act::Offer(WishAct { area, ..phrases::wish(bread, 2) }));
    let round = scene.open_and_close_round(farm);
    let id = scene.federation.find_round(round).unwrap();
    let inputs = scene.federation.round(id).unwrap().inputs.clone().unwrap();
    assert_eq!((inputs.offers.len(), inputs.needs.len()), (9, 8));
    assert_eq!(scene.planned(farm, round).len(), 8);
}

#[test]
fn standing_consent_says_yes_to_no_more_than_is_left() {
    let mut village = Village::new();
    let bread = agreed_bread(&mut village);
    let Village { mut scene, bakery, clinic, farm, .. } = village;
    scene.does(bakery, standing(phrases::wish(bread, 4)));
    scene.does(farm, standing_need(phrases::wish(bread, 4)));
    let round = scene.open_and_close_round(bakery);
    // Three of the four go elsewhere before the plan is there.
    scene.agreed((bakery, clinic), bread, 3);
    let contract = only(&mut scene, bakery, round);
    let Status::Proposed { giver, receiver, .. } = &scene.row(contract).status else {
        panic!("{:?}", scene.row(contract).status)
    };
    assert_eq!((giver.is_yes(), receiver.is_yes()), (false, true));
}

#[test]
fn withdrawing_what_a_plan_has_drawn_on_refuses_it() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    let offered = scene.does(bakery, Act::Offer(phrases::wish(bread, 4)));
    let Effect::Wish(_, id) = offered else { panic!("{offered:?}") };
    scene.does(farm, Act::Need(phrases::wish(bread, 4)));
    let round = scene.open_and_close_round(bakery);
    let contract = only(&mut scene, bakery, round);
    scene.does(farm, phrases::accept(contract));
    let wish = scene.federation.wish_ref(id).unwrap();
    scene.does(bakery, Act::Withdraw(Withdraw { wish }));
    assert!(matches!(scene.row(contract).status, Status::Declined { by, .. } if by == bakery));
}

#[test]
fn a_need_goes_on_to_its_next_version_although_the_first_is_still_offered() {
    let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
    let rolls = scene.valued(clinic, "rolls", 60);
    scene.does(bakery, Act::Offer(phrases::wish(bread, 4)));
    scene.does(clinic, Act::Offer(phrases::wish(rolls, 4)));
    let versions = vec![bread, rolls];
    scene.does(farm, Act::Need(WishAct { versions, ..phrases::wish(bread, 3) }));
    let round = scene.open_and_close_round(farm);
    let first = only(&mut scene, farm, round);
    scene.does(bakery, phrases::decline(first));
    // The clinic has some bread too.
    scene.does(clinic, Act::Offer(phrases::wish(bread, 1)));
    scene.does(farm, phrases::close(round));
    let second = only(&mut scene, farm, round);
    let row = scene.row(second);
    assert_eq!((row.parties.giver, row.quantity), (clinic, phrases::steps(3)));
    let label = scene.federation.version_label(row.version);
    assert_eq!(
        label,
        scene.federation.version_label(scene.federation.find_version(rolls).unwrap())
    );
}

#[test]
fn a_round_takes_no_unit_above_its_ceiling() {
    let pact = Pact { ceiling_per_member: Hours::whole(2), ..Pact::default() };
    let listed = vec![Listed::new("bakery", 1), Listed::new("farm", 1)];
    let mut scene = Scene::found_with(pact, listed);
    let [bakery, farm] = ["bakery", "farm"].map(|name| scene.called(name));
    let bread = scene.valued(bakery, "bread", 60);
    scene.does(bakery, Act::Offer(phrases::wish(bread, 9)));
    scene.does(farm, Act::Need(phrases::wish(bread, 9)));
    let round = scene.open_and_close_round(bakery);
    let contract = only(&mut scene, bakery, round);
    assert_eq!(scene.row(contract).hours(), Hours::whole(2));
}
