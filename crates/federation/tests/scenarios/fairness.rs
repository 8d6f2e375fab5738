//! What a pact and the units say about how a round shares out: essentials, areas, weeks, partners
//! who are refused, and who went short.

use federation::act::{Consent, DescribeUnit, RefusePartners, WishAct, Withdraw};
use federation::rows::{Phase, Unit, Version};
use federation::{Act, Area, Effect, Id, Pact, Prose, Ref, Time};
use testkit::{Listed, Scene, phrases};

use crate::Village;

fn area(path: &str) -> Area {
    Area::parse(path).unwrap()
}

fn at_home(scene: &mut Scene, unit: Id<Unit>, path: &str) {
    let place = phrases::line("somewhere");
    let act = DescribeUnit { place, area: Some(area(path)), description: Prose::default() };
    scene.does(unit, Act::DescribeUnit(act));
}

/// How much a unit is to receive under the round's newest plan, in steps.
fn planned_for(scene: &Scene, unit: Id<Unit>) -> i64 {
    let (_, round) = scene.federation.rounds().next_back().unwrap();
    let contracts = round.plans.last().unwrap().contracts.iter();
    let contracts = contracts.map(|&id| scene.federation.contract(id).unwrap());
    contracts.filter(|row| row.parties.receiver == unit).map(|row| row.quantity.steps()).sum()
}

/// A clinic of five counted members and a farm of one, and a bakery that can give six loaves.
fn scarce(pact: Pact) -> (Scene, [Id<Unit>; 3]) {
    let mut listed =
        vec![Listed::new("bakery", 2), Listed::new("clinic", 2), Listed::new("farm", 1)];
    listed[1].row.counted_members = 5;
    let scene = Scene::found_with(pact, listed);
    let units = ["bakery", "clinic", "farm"].map(|name| scene.called(name));
    (scene, units)
}

/// The first version of what the pact names as essential, with a value of an hour.
fn valued_essential(scene: &mut Scene, by: Id<Unit>) -> Ref<Version> {
    let (_, written) = scene.federation.specifications().next().unwrap();
    let first = scene.federation.version_ref(written.versions[0]).unwrap();
    let asked = scene.does(by, phrases::ask(first, 60));
    let Effect::Version(id) = asked else { panic!("{asked:?}") };
    scene.federation.version_ref(id).unwrap()
}

#[test]
fn what_the_pact_names_as_essential_is_shared_by_counted_member() {
    let pact = Pact { essentials: vec![phrases::essential("bread", 1)], ..Pact::default() };
    let (mut scene, [bakery, clinic, farm]) = scarce(pact);
    let bread = valued_essential(&mut scene, bakery);
    assert_eq!(
        scene.federation.essential(scene.federation.find_version(bread).unwrap()),
        Some(phrases::steps(1))
    );
    scene.does(bakery, Act::Offer(phrases::wish(bread, 6)));
    scene.does(clinic, Act::Need(phrases::wish(bread, 20)));
    scene.does(farm, Act::Need(phrases::wish(bread, 20)));
    let round = scene.open_and_close_round(farm);
    scene.planned(farm, round);
    assert_eq!((planned_for(&scene, clinic), planned_for(&scene, farm)), (5, 1));
}

#[test]
fn a_version_with_other_clauses_is_not_what_the_pact_names() {
    let pact = Pact { essentials: vec![phrases::essential("bread", 1)], ..Pact::default() };
    let (mut scene, [bakery, ..]) = scarce(pact);
    let (id, _) = scene.federation.specifications().next().unwrap();
    let revise = federation::act::ReviseSpecification {
        specification: scene.federation.specification_ref(id).unwrap(),
        clauses: vec![phrases::line("gilded")],
        about: Prose::default(),
    };
    let revised = scene.does(bakery, Act::ReviseSpecification(revise));
    let Effect::Version(version) = revised else { panic!("{revised:?}") };
    assert_eq!(scene.federation.essential(version), None);
}

#[test]
fn an_offer_and_a_need_meet_only_where_one_area_lies_in_the_other() {
    for (needed, met) in [("valley/mill/yard", 4), ("valley", 4), ("valley/bridge", 0)] {
        let Village { mut scene, bakery, farm, bread, .. } = Village::new();
        let offer = WishAct { area: Some(area("valley/mill")), ..phrases::wish(bread, 4) };
        scene.does(bakery, Act::Offer(offer));
        let need = WishAct { area: Some(area(needed)), ..phrases::wish(bread, 4) };
        scene.does(farm, Act::Need(need));
        let round = scene.open_and_close_round(farm);
        let contracts = scene.planned(farm, round);
        assert_eq!(planned_for(&scene, farm), met, "{needed}");
        if let Some(&contract) = contracts.first() {
            let narrower = if needed == "valley" { "valley/mill" } else { needed };
            assert_eq!(scene.row(contract).meeting.area, Some(area(narrower)));
        }
    }
}

#[test]
fn a_need_that_names_no_area_is_met_at_home() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    at_home(&mut scene, farm, "hill");
    let offer = WishAct { area: Some(area("valley")), ..phrases::wish(bread, 4) };
    scene.does(bakery, Act::Offer(offer));
    scene.does(farm, Act::Need(phrases::wish(bread, 4)));
    let round = scene.open_and_close_round(farm);
    assert!(scene.planned(farm, round).is_empty());
}

#[test]
fn an_offer_and_a_need_meet_only_in_a_week_of_both() {
    for (days, met) in [(20, 4), (60, 0)] {
        let Village { mut scene, bakery, farm, bread, .. } = Village::new();
        let until: Option<Time> = Some(scene.now.plus_seconds(40 * 86_400));
        scene.does(bakery, Act::Offer(WishAct { until, ..phrases::wish(bread, 4) }));
        let from = Some(scene.now.plus_seconds(days * 86_400));
        scene.does(farm, Act::Need(WishAct { from, ..phrases::wish(bread, 4) }));
        let round = scene.open_and_close_round(farm);
        scene.planned(farm, round);
        assert_eq!(planned_for(&scene, farm), met, "from day {days}");
    }
}

#[test]
fn nothing_is_planned_between_units_one_of_which_refuses_the_other() {
    for refuses_first in [true, false] {
        let Village { mut scene, bakery, clinic, farm, bread } = Village::new();
        let (by, whom) = if refuses_first { (bakery, farm) } else { (farm, bakery) };
        let units = vec![scene.unit(whom)];
        scene.does(by, Act::RefusePartners(RefusePartners { units }));
        scene.does(bakery, Act::Offer(phrases::wish(bread, 4)));
        scene.does(farm, Act::Need(phrases::wish(bread, 4)));
        scene.does(clinic, Act::Need(phrases::wish(bread, 1)));
        let round = scene.open_and_close_round(farm);
        scene.planned(farm, round);
        assert_eq!((planned_for(&scene, farm), planned_for(&scene, clinic)), (0, 1));
    }
}

#[test]
fn a_refusal_is_lifted_by_naming_nobody_and_saying_it_again_changes_nothing() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    let units = vec![scene.unit(farm)];
    scene.does(bakery, Act::RefusePartners(RefusePartners { units }));
    let nobody = Act::RefusePartners(RefusePartners { units: Vec::new() });
    scene.does(bakery, nobody.clone());
    assert!(scene.federation.unit(bakery).unwrap().refuses.is_empty());
    assert_eq!(scene.refused(bakery, nobody).code(), "nothing-changes");
}

/// A round in which the bakery says no to all; who went how short.
fn shortfalls(refuses: impl Fn(&Village) -> Id<Unit>) -> (u8, u8) {
    let village = Village::new();
    let refuses = refuses(&village);
    let Village { mut scene, bakery, clinic, farm, bread } = village;
    let offer = WishAct { consent: Consent::Ask, ..phrases::wish(bread, 4) };
    scene.does(bakery, Act::Offer(offer));
    scene.does(farm, Act::Need(phrases::wish(bread, 4)));
    let round = scene.open_and_close_round(clinic);
    let first = scene.planned(clinic, round);
    scene.does(refuses, phrases::decline(first[0]));
    scene.does(clinic, phrases::close(round));
    let id = scene.federation.find_round(round).unwrap();
    assert_eq!(scene.federation.round(id).unwrap().phase, Phase::Finished);
    let short = |unit| scene.federation.unit(unit).unwrap().short;
    (short(farm), short(bakery))
}

#[test]
fn who_was_let_down_went_short_and_who_said_no_did_not() {
    assert_eq!(shortfalls(|village| village.bakery), (16, 0));
    assert_eq!(shortfalls(|village| village.farm), (0, 0));
}

#[test]
fn who_went_short_last_time_comes_first() {
    let pact = Pact { order: vec![federation::Preference::Memory], ..Pact::default() };
    let listed = vec![Listed::new("bakery", 2), Listed::new("clinic", 2), Listed::new("farm", 1)];
    let mut scene = Scene::found_with(pact, listed);
    let [bakery, clinic, farm] = ["bakery", "clinic", "farm"].map(|name| scene.called(name));
    let bread = scene.valued(bakery, "bread", 60);
    // Ten minutes lie below every band, so evenness does not say who gets the one roll.
    let rolls = scene.valued(bakery, "rolls", 10);
    for _ in 0..2 {
        scene.does(bakery, Act::Offer(phrases::wish(rolls, 1)));
    }
    scene.does(farm, Act::Need(phrases::wish(bread, 1)));
    scene.does(clinic, Act::Need(phrases::wish(rolls, 1)));
    let offered = scene.does(bakery, Act::Offer(phrases::wish(bread, 1)));
    let round = scene.open_and_close_round(clinic);
    for contract in scene.planned(clinic, round) {
        let receiver = scene.row(contract).parties.receiver;
        if receiver == farm {
            scene.does(bakery, phrases::decline(contract));
        } else {
            for side in [bakery, clinic] {
                scene.does(side, phrases::accept(contract));
            }
        }
    }
    scene.does(clinic, phrases::close(round));
    let finished = |scene: &Scene| {
        let (_, round) = scene.federation.rounds().next_back().unwrap();
        round.phase == Phase::Finished
    };
    assert!(finished(&scene));
    assert_eq!(scene.federation.unit(farm).unwrap().short, 16);
    assert_eq!(scene.federation.unit(clinic).unwrap().short, 0);
    // No bread any more, and one roll for the two of them.
    let Effect::Wish(_, id) = offered else { panic!("{offered:?}") };
    let wish = scene.federation.wish_ref(id).unwrap();
    scene.does(bakery, Act::Withdraw(Withdraw { wish }));
    scene.does(farm, Act::Need(phrases::wish(rolls, 1)));
    scene.does(clinic, Act::Need(phrases::wish(rolls, 1)));
    scene.wait_days(7);
    let round = scene.open_and_close_round(clinic);
    scene.planned(clinic, round);
    assert_eq!((planned_for(&scene, farm), planned_for(&scene, clinic)), (1, 0));
}
