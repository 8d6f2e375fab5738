use federation::act::{Question, Threshold, Vote};
use federation::rows::Unit;
use federation::{Days, Id, Pact};
use testkit::{Listed, Scene, asks, phrases, votes};

const NAMES: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

fn twelve() -> (Scene, Vec<Id<Unit>>) {
    let scene = Scene::found(NAMES.map(|name| Listed::new(name, 2)).to_vec());
    let units = NAMES.map(|name| scene.called(name)).to_vec();
    (scene, units)
}

fn all_act(scene: &mut Scene, units: &[Id<Unit>], word: &str) {
    for (number, &unit) in units.iter().enumerate() {
        scene.does(unit, phrases::form_circle(&format!("{word} {number}")));
    }
}

/// A question in which only these units vote.
fn only_these_vote(scene: &mut Scene, units: &[Id<Unit>]) {
    let asked = scene.proposed(units[0], Question::Text {});
    scene.wait_for_voting(asked);
    for &unit in units {
        scene.all_choose(unit, asked, 0);
    }
    scene.wait_for_close(asked);
}

#[test]
fn units_that_act_every_week_vote_however_many_polls_they_let_pass() {
    let (mut scene, units) = twelve();
    only_these_vote(&mut scene, &units[..3]);
    for week in 0..8 {
        scene.wait_days(7);
        all_act(&mut scene, &units, &format!("week {week}"));
    }
    // A second poll that nobody cares for closes a moment before the notice of a new pact is over.
    let closes = scene.now.plus_days(Days(12));
    let second = scene.proposes(units[0], asks(Question::Text {}, closes));
    scene.wait_days(5);
    scene.now = closes.plus_seconds(1 - 7 * 86_400);
    let pact = Pact { pact_majority: Threshold::ThreeQuarters, notice_days: 60, ..Pact::default() };
    let question = Question::Pact(Box::new(pact));
    let pact = scene.proposes(units[0], asks(question, closes.plus_days(Days(5))));
    scene.wait_for_voting(second);
    for &unit in &units[..3] {
        scene.all_choose(unit, second, 0);
    }
    all_act(&mut scene, &units, "the evening before");
    scene.wait_for_voting(pact);
    assert_eq!(scene.question(pact).electorate.len(), 12);
    let other = scene.signer(units[6]);
    scene.record(other, votes(pact, Vote::Choose(1)));
    for &unit in &units[..3] {
        scene.all_choose(unit, pact, 0);
    }
    scene.wait_for_close(pact);
    assert!(!scene.question(pact).has_passed());
    assert_eq!(scene.federation.pacts().len(), 1);
}

#[test]
fn a_unit_sleeps_only_if_nobody_of_it_did_anything_for_sixty_days() {
    let (mut scene, units) = twelve();
    let asleep = |scene: &Scene| {
        let rows = units.iter().map(|&unit| scene.federation.unit(unit).unwrap().is_asleep());
        rows.filter(|asleep| *asleep).count()
    };
    only_these_vote(&mut scene, &units[..3]);
    scene.does(units[4], phrases::form_circle("still here"));
    scene.wait_days(50);
    only_these_vote(&mut scene, &units[..3]);
    assert_eq!(asleep(&scene), 8);
    // The fifth has missed one poll since it acted, and needs a second 60 days later.
    scene.wait_days(40);
    only_these_vote(&mut scene, &units[..3]);
    assert_eq!(asleep(&scene), 8);
    scene.wait_days(10);
    only_these_vote(&mut scene, &units[..3]);
    assert_eq!(asleep(&scene), 9);
}

#[test]
fn a_poll_that_closed_before_a_unit_did_something_it_has_not_missed() {
    let (mut scene, units) = twelve();
    let asked = scene.proposed(units[0], Question::Text {});
    scene.wait_for_voting(asked);
    for &unit in &units[..3] {
        scene.all_choose(unit, asked, 0);
    }
    // It does something when the poll is over and nobody has said so yet.
    scene.now = scene.question(asked).closes.plus_seconds(3600);
    scene.does(units[5], phrases::form_circle("just after"));
    assert!(scene.question(asked).is_open());
    scene.wait_hours(1);
    assert!(!scene.question(asked).is_open());
    scene.wait_days(61);
    only_these_vote(&mut scene, &units[..3]);
    let asleep = [5, 6].map(|at| scene.federation.unit(units[at]).unwrap().is_asleep());
    assert_eq!(asleep, [false, true]);
}
