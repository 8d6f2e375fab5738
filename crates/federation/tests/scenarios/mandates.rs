use federation::act::{Instruction, NumberRange, Parameter, Question};
use federation::rows::{Says, Sealed};
use federation::{Act, Days, Pact, Prose};
use testkit::{asks, lay_down, phrases, recall};

use crate::Village;

fn says_text(text: &str) -> Instruction {
    let text = Prose::parse(text).unwrap();
    Instruction::Bound { question: Box::new(Question::Text {}), text }
}

fn notice(least: u32, most: u32) -> Instruction {
    Instruction::Range(NumberRange::Parameter { parameter: Parameter::NoticeDays, least, most })
}

fn with_notice(notice_days: u16) -> Question {
    Question::Pact(Box::new(Pact { notice_days, ..Pact::default() }))
}

#[test]
fn a_mandate_says_yes_to_whatever_lies_within_it_whoever_moves_it() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    let delegate = scene.signer(bakery);
    let mandate = scene.sent_to_say(bakery, delegate, notice(8, 14), 100);
    let inside = scene.proposed(farm, with_notice(14));
    let outside = scene.proposed(farm, with_notice(15));
    let both = Pact { notice_days: 14, answer_hours: 1, ..Pact::default() };
    let more = scene.proposed(farm, Question::Pact(Box::new(both)));
    scene.wait_for_close(inside);
    let seal = |proposal| scene.question(proposal).electorate[&bakery].seal.unwrap();
    let id = scene.federation.find_mandate(mandate).unwrap();
    assert_eq!(seal(inside).how, Sealed::Mandate(id));
    assert_eq!(seal(inside).says, Says::Yes { option: 0 });
    // Neither beyond the range, nor where something else changes besides.
    assert_eq!((seal(outside).says, seal(outside).how), (Says::Undecided, Sealed::Close));
    assert_eq!(seal(more).says, Says::Undecided);
}

#[test]
fn what_members_vote_themselves_stands_before_the_mandate() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    let delegate = scene.signer(bakery);
    scene.sent_to_say(bakery, delegate, says_text("let us do this"), 100);
    let proposal = scene.proposed(farm, Question::Text {});
    scene.wait_for_voting(proposal);
    scene.chooses(scene.signers(bakery)[1], proposal, 1);
    scene.wait_for_close(proposal);
    let seal = scene.question(proposal).electorate[&bakery].seal.unwrap();
    assert_eq!((seal.says, seal.how), (Says::No, Sealed::Close));
}

#[test]
fn a_mandate_says_nothing_after_its_end_its_recall_or_when_it_is_laid_down() {
    for ends in 0..3 {
        let Village { mut scene, bakery, farm, .. } = Village::new();
        let delegate = scene.signer(bakery);
        let days = if ends == 0 { 10 } else { 100 };
        let mandate = scene.sent_to_say(bakery, delegate, says_text("let us do this"), days);
        let proposal = scene.proposed(farm, Question::Text {});
        scene.wait_for_voting(proposal);
        match ends {
            1 => {
                scene.does(bakery, recall(mandate));
                scene.record(scene.signers(bakery)[1], recall(mandate));
            }
            2 => drop(scene.record(delegate, lay_down(mandate))),
            _ => {}
        }
        scene.wait_for_close(proposal);
        let seal = scene.question(proposal).electorate[&bakery].seal.unwrap();
        assert_eq!(seal.says, Says::Undecided, "{ends}");
    }
}

#[test]
fn voice_says_yes_to_nothing() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    let delegate = scene.signer(bakery);
    scene.sent(bakery, delegate, 100);
    let proposal = scene.proposed(farm, Question::Text {});
    scene.wait_for_close(proposal);
    assert_eq!(scene.question(proposal).electorate[&bakery].seal.unwrap().says, Says::Undecided);
}

#[test]
fn after_two_mandates_in_a_row_a_delegate_pauses_as_long_as_the_longer() {
    let Village { mut scene, bakery, .. } = Village::new();
    let delegate = scene.signer(bakery);
    scene.sent(bakery, delegate, 90);
    scene.wait_days(90);
    let second = scene.sent(bakery, delegate, 30);
    scene.wait_days(30);
    let ended = scene.mandate(second).terms.until;
    let matter = testkit::name("The MILL");
    let person = scene.federation.person_by_id(delegate.person).unwrap();
    let paused = scene.federation.pause_until(bakery, person, &matter).unwrap();
    let length = scene.federation.mandates().next().unwrap().1.seconds();
    assert_eq!(paused, ended.plus_seconds(length));
    // Another matter is another mandate, and after the pause it begins anew.
    let other = testkit::name("the bridge");
    assert_eq!(scene.federation.pause_until(bakery, person, &other), None);
    scene.wait_days(91);
    scene.sent(bakery, delegate, 30);
}

#[test]
fn whoever_leaves_is_no_delegate_of_the_unit_any_more() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    let delegate = scene.signers(bakery)[1];
    let mandate = scene.sent_to_say(bakery, delegate, says_text("let us do this"), 100);
    let proposal = scene.proposed(farm, Question::Text {});
    scene.record(delegate, Act::MemberLeaves {});
    assert!(scene.mandate(mandate).ended.is_some());
    scene.wait_for_close(proposal);
    assert_eq!(scene.question(proposal).electorate[&bakery].seal.unwrap().says, Says::Undecided);
}

#[test]
fn in_a_circles_name_only_its_members_propose() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    let circle = scene.circle(bakery, "readers");
    let closes = scene.now.plus_days(Days(14));
    let act = federation::act::Propose { circle: Some(circle), ..asks(Question::Text {}, closes) };
    assert_eq!(scene.refused(farm, Act::Propose(act.clone())).code(), "not-in-circle");
    scene.does(farm, phrases::join_circle(circle));
    let proposal = scene.proposes(farm, act);
    assert!(scene.question(proposal).circle.is_some());
}
