use federation::act::{Instruction, NumberRange, Parameter, Question};
use federation::rows::{Says, Sealed};
use federation::{Act, Days, Pact, Prose};
use testkit::{Member, Scene, asks, lay_down, phrases, recall, sent_with};

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
    let person = scene.federation.person_by_id(delegate.person).unwrap();
    let paused = scene.federation.pause_until(bakery, person).unwrap();
    let length = scene.federation.mandates().next().unwrap().1.seconds();
    assert_eq!(paused, ended.plus_seconds(length));
    // After the pause it begins anew.
    scene.wait_days(91);
    scene.sent(bakery, delegate, 30);
}

/// The question whether a unit sends somebody for so many days on a matter called so.
fn sending(scene: &Scene, delegate: Member, called: &str, days: u16) -> Question {
    let mut terms = sent_with(Instruction::Voice {}, scene.now.plus_days(Days(days + 7)));
    terms.matter = testkit::name(called);
    Question::Mandate { delegate: delegate.person, terms }
}

#[test]
fn a_delegate_pauses_whatever_the_matter_is_called() {
    let Village { mut scene, bakery, .. } = Village::new();
    let delegate = scene.signer(bakery);
    for called in ["the mill", "the mills"] {
        scene.carried(bakery, sending(&scene, delegate, called, 93));
        scene.wait_days(93);
    }
    let closes = scene.now.plus_days(Days(7));
    let third = asks(sending(&scene, delegate, "mills", 93), closes);
    assert_eq!(scene.refused(bakery, Act::Propose(third)).code(), "delegate-pauses");
    // Somebody else's turn.
    let other = scene.signers(bakery)[1];
    scene.carried(bakery, sending(&scene, other, "mills", 93));
    assert_eq!(scene.federation.mandates().count(), 3);
}

#[test]
fn mandates_that_overlap_are_two_in_a_row_and_the_pause_begins_when_both_are_over() {
    let Village { mut scene, bakery, .. } = Village::new();
    let delegate = scene.signer(bakery);
    // Three polls at the same time, of which the third finds two mandates given.
    let closes = scene.now.plus_days(Days(7));
    let asked =
        [("the mill", 120), ("the bridge", 20), ("the ferry", 120)].map(|(called, days)| {
            let question = sending(&scene, delegate, called, days);
            scene.proposes(bakery, asks(question, closes))
        });
    for proposal in asked {
        scene.all_choose(bakery, proposal, 0);
    }
    scene.wait_for_close(asked[2]);
    assert!(scene.question(asked[2]).has_passed());
    assert_eq!(scene.federation.mandates().count(), 2);
    let person = scene.federation.person_by_id(delegate.person).unwrap();
    let longer = scene.federation.mandates().next().unwrap().1;
    let paused = longer.end().plus_seconds(longer.seconds());
    assert_eq!(scene.federation.pause_until(bakery, person), Some(paused));
    federation::invariants::check(&scene.federation).unwrap();
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
