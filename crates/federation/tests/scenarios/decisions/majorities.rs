use federation::Pact;
use federation::act::Question;
use testkit::{Listed, Scene};

use super::super::Village;
use super::{dozen, text};

#[test]
fn large_units_do_not_pass_what_most_units_refuse_nor_small_ones_what_most_people_refuse() {
    let mut large = Listed::new("works", 9);
    large.row.counted_members = 9;
    let mut scene = Scene::found(vec![large, Listed::new("one", 1), Listed::new("two", 1)]);
    let [works, one, two] = ["works", "one", "two"].map(|name| scene.called(name));
    let proposal = scene.proposed(works, text());
    let other = scene.proposed(one, text());
    scene.wait_for_voting(proposal);
    scene.all_choose(works, proposal, 0);
    scene.all_choose(works, other, 1);
    for unit in [one, two] {
        scene.all_choose(unit, proposal, 1);
        scene.all_choose(unit, other, 0);
    }
    scene.wait_for_close(proposal);
    let (ours, theirs) = (scene.question(proposal), scene.question(other));
    let (rule, counted) = (ours.rule, ours.counted().unwrap());
    assert!(!counted.units_pass(rule) && counted.ballots_pass(rule) && !ours.has_passed());
    let counted = theirs.counted().unwrap();
    assert!(counted.units_pass(rule) && !counted.ballots_pass(rule) && !theirs.has_passed());
}

#[test]
fn invented_members_add_nothing_to_what_the_ballots_of_a_unit_weigh() {
    // Counted for one, with nine members: together they weigh as one.
    let mut scene =
        Scene::found(vec![Listed::new("ring", 9), Listed::new("one", 1), Listed::new("two", 1)]);
    let [ring, one, two] = ["ring", "one", "two"].map(|name| scene.called(name));
    let proposal = scene.proposed(ring, text());
    scene.wait_for_voting(proposal);
    for (place, member) in scene.signers(ring).into_iter().enumerate() {
        scene.chooses(member, proposal, u8::from(place == 0));
    }
    scene.all_choose(one, proposal, 1);
    scene.all_choose(two, proposal, 1);
    scene.wait_for_close(proposal);
    let counted = scene.question(proposal).counted().unwrap();
    assert_eq!((counted.all.yes, counted.all.cast), (8, 11));
    // 8 of 9 of one ballot, in whole millionths, and two that say no.
    assert_eq!((counted.weighed.yes, counted.weighed.cast), (888_888, 3_000_000));
}

#[test]
fn a_quarter_of_all_enrolled_units_says_yes_to_whatever_passes() {
    let mut scene = dozen();
    let by = scene.called("a");
    let proposal = scene.proposed(by, text());
    scene.wait_for_voting(proposal);
    for name in ["a", "b"] {
        scene.all_choose(scene.called(name), proposal, 0);
    }
    scene.wait_for_close(proposal);
    let row = scene.question(proposal);
    let counted = row.counted().unwrap();
    assert_eq!((counted.enrolled, counted.units.undecided), (12, 10));
    assert!(counted.ballots_pass(row.rule) && !counted.quarter_passes(row.rule));
}

#[test]
fn two_thirds_are_needed_for_a_pact_and_half_for_a_text() {
    let Village { mut scene, bakery, clinic, farm, .. } = Village::new();
    let pact = Pact { notice_days: 8, ..Pact::default() };
    let to_pact = scene.proposed(bakery, Question::Pact(Box::new(pact)));
    let to_text = scene.proposed(bakery, text());
    scene.wait_for_voting(to_pact);
    for proposal in [to_pact, to_text] {
        scene.all_choose(bakery, proposal, 0);
        let clinic = scene.signers(clinic);
        scene.chooses(clinic[0], proposal, 0);
        scene.all_choose(farm, proposal, 1);
        scene.chooses(clinic[1], proposal, 2);
    }
    scene.wait_for_close(to_pact);
    assert!(!scene.question(to_pact).has_passed() && scene.federation.pacts().len() == 1);
    // One of two in the clinic is not more than half of it, so one unit of three says yes.
    assert!(!scene.question(to_text).has_passed());
}

#[test]
fn two_of_three_are_two_thirds_where_three_weigh_as_one() {
    let counted_for_one = ["clinic", "farm", "mill"].map(|name| {
        let mut listed = Listed::new(name, 3);
        listed.row.counted_members = 1;
        listed
    });
    let mut scene = Scene::found(counted_for_one.to_vec());
    let [clinic, farm, mill] = ["clinic", "farm", "mill"].map(|name| scene.called(name));
    let pact = Pact { notice_days: 10, ..Pact::default() };
    let proposal = scene.proposed(clinic, Question::Pact(Box::new(pact)));
    scene.wait_for_voting(proposal);
    for unit in [clinic, farm, mill] {
        for (member, option) in scene.signers(unit).into_iter().zip([0, 0, 1]) {
            scene.chooses(member, proposal, option);
        }
        let row = scene.question(proposal);
        assert!(row.count_now().ballots_pass(row.rule), "{:?}", row.count_now().weighed);
    }
    let last = scene.signers(mill)[1];
    scene.chooses(last, proposal, 1);
    let row = scene.question(proposal);
    assert!(!row.count_now().ballots_pass(row.rule), "{:?}", row.count_now().weighed);
    scene.chooses(last, proposal, 0);
    scene.wait_for_close(proposal);
    assert!(scene.question(proposal).has_passed());
}
