//! When polls open and close, what comes too late, and how much one person may ask.

use federation::act::{Instruction, Question, SealAct, Vote, WithdrawProposal};
use federation::{Act, Days, Effect, Pact, Refusal};
use measure::Hours;
use testkit::{Scene, asks, member, phrases, sent_with, votes};

use super::Village;

fn text() -> Question {
    Question::Text {}
}

#[test]
fn nobody_closes_a_poll_and_one_clock_alone_does_not_either() {
    let Village { mut scene, bakery, .. } = Village::new();
    let proposal = scene.proposed(bakery, Question::Own {});
    scene.now = scene.now.plus_days(Days(30));
    // The host's unit is the bakery; its own word for the time vouches for nothing.
    scene.record(scene.signer(bakery), Act::AttestTime {});
    assert!(scene.question(proposal).is_open());
    scene.wait_days(0);
    assert!(!scene.question(proposal).is_open());
}

#[test]
fn a_poll_never_opens_and_closes_in_one_entry() {
    let Village { mut scene, bakery, clinic, farm, .. } = Village::new();
    let proposal = scene.proposed(bakery, text());
    let said = scene.question(proposal).closes;
    // Nobody signs anything for three weeks; notice and close have both passed by then.
    scene.wait_days(21);
    let row = scene.question(proposal);
    assert!(row.fixed.is_some() && row.is_open());
    assert_eq!(row.closes, scene.now.plus_days(Days(6)));
    assert!(row.closes > said);
    for unit in [bakery, clinic, farm] {
        scene.all_choose(unit, proposal, 0);
    }
    scene.wait_for_close(proposal);
    assert!(scene.question(proposal).has_passed());
}

#[test]
fn a_poll_that_opens_within_a_day_closes_as_announced() {
    let Village { mut scene, bakery, .. } = Village::new();
    let proposal = scene.proposed(bakery, text());
    let said = scene.question(proposal).closes;
    scene.wait_days(7);
    scene.wait_hours(20);
    assert!(scene.question(proposal).fixed.is_some());
    assert_eq!(scene.question(proposal).closes, said);
}

#[test]
fn every_poll_takes_votes_for_three_days_at_least() {
    let Village { mut scene, bakery, .. } = Village::new();
    let baker = scene.signer(bakery);
    for (question, notice) in [(text(), 7), (Question::Own {}, 0)] {
        let closes = scene.now.plus_days(Days(notice + 3));
        let early = Act::Propose(asks(question.clone(), closes.plus_seconds(-1)));
        let refused = scene.try_act(baker, early).unwrap_err();
        assert_eq!(refused.code(), "closing-out-of-bounds");
        scene.record(baker, Act::Propose(asks(question, closes)));
    }
}

#[test]
fn the_last_ballot_counts_and_a_late_one_is_kept_and_never_counted() {
    let Village { mut scene, bakery, .. } = Village::new();
    let proposal = scene.proposed(bakery, Question::Own {});
    let [one, two] = [0, 1].map(|n| scene.signers(bakery)[n]);
    scene.chooses(one, proposal, 1);
    scene.chooses(one, proposal, 0);
    scene.wait_for_close(proposal);
    assert_eq!(scene.chooses(two, proposal, 1), Effect::Late);
    let row = scene.question(proposal);
    let counted = row.counted().unwrap();
    assert_eq!((counted.all.yes, counted.all.cast, row.late.len()), (1, 1, 1));
}

#[test]
fn a_late_ballot_that_was_signed_in_time_says_so() {
    let Village { mut scene, bakery, clinic, farm, .. } = Village::new();
    let proposal = scene.proposed(bakery, text());
    scene.wait_for_voting(proposal);
    let farmer = scene.signer(farm);
    let doctor = scene.signer(clinic);
    // Signed on the first day of the poll, and entered after its close.
    let mut held = scene.entry(farmer, votes(proposal, Vote::Choose(1)));
    scene.wait_for_close(proposal);
    held.sequence = scene.federation.size();
    held.statement.serial += 100;
    held.time = scene.federation.host_time(scene.now, scene.now);
    scene.apply(held).unwrap();
    scene.chooses(doctor, proposal, 1);
    let row = scene.question(proposal);
    let person = |signer: testkit::Member| scene.federation.person_by_id(signer.person).unwrap();
    assert_eq!(row.late.len(), 2);
    assert!(row.was_held(farm, person(farmer)));
    assert!(!row.was_held(clinic, person(doctor)));
}

#[test]
fn a_pact_that_was_written_before_another_came_into_force_passes_without_effect_and_says_so() {
    let Village { mut scene, bakery, clinic, farm, .. } = Village::new();
    let ceiling = Pact { ceiling_per_member: Hours::whole(10), ..Pact::default() };
    let notice = Pact { notice_days: 14, ..Pact::default() };
    let closes = scene.now.plus_days(Days(20));
    let first = scene.proposed(bakery, Question::Pact(Box::new(ceiling)));
    let second = scene.proposes(clinic, asks(Question::Pact(Box::new(notice)), closes));
    scene.wait_for_voting(second);
    for unit in [bakery, clinic, farm] {
        scene.all_choose(unit, first, 0);
        scene.all_choose(unit, second, 0);
    }
    scene.wait_for_close(first);
    scene.wait_for_close(second);
    assert!(scene.question(first).has_passed() && scene.question(second).has_passed());
    assert_eq!(scene.federation.pacts().len(), 2);
    assert_eq!(scene.federation.ceiling(farm), Hours::whole(10));
    // It says so, and it can be put again.
    let overtaken = |scene: &Scene, named| {
        scene.federation.overtaken_by(scene.federation.find_proposal(named).unwrap())
    };
    assert_eq!((overtaken(&scene, first), overtaken(&scene, second)), (None, Some(1)));
    let notice = Pact { notice_days: 14, ..scene.federation.pact().unwrap().clone() };
    let again = scene.carried(clinic, Question::Pact(Box::new(notice)));
    assert_eq!((overtaken(&scene, again), scene.federation.pacts().len()), (None, 3));
    federation::invariants::check(&scene.federation).unwrap();
}

#[test]
fn a_member_who_uses_up_the_units_day_keeps_no_co_member_from_voting() {
    let Village { mut scene, .. } = Village::new();
    let [one, two, three] = [1, 2, 3].map(member);
    scene.record(one, phrases::join("smithy"));
    let smithy = scene.called("smithy");
    for other in [two, three] {
        scene.does(smithy, phrases::admit(other.person, other.key));
    }
    let terms = sent_with(Instruction::Voice {}, scene.now.plus_days(Days(100)));
    let closes = scene.now.plus_days(Days(4));
    let sends = asks(Question::Mandate { delegate: one.person, terms }, closes);
    let proposal = scene.proposes(smithy, sends);
    scene.chooses(one, proposal, 0);
    while scene.try_act(one, Act::AttestTime {}).is_ok() {}
    assert_eq!(scene.try_act(two, phrases::form_circle("we")).unwrap_err().code(), "too-many-acts");
    for other in [two, three] {
        scene.chooses(other, proposal, 1);
        scene.record(other, Act::Seal(SealAct { proposal }));
    }
    scene.wait_for_close(proposal);
    assert!(!scene.question(proposal).has_passed());
    assert_eq!(scene.federation.mandates().count(), 0);
}

#[test]
fn a_member_who_uses_up_the_units_day_keeps_no_co_member_from_rejecting_what_was_brought() {
    let Village { mut scene, bakery, bread, .. } = Village::new();
    let one = member(1);
    scene.record(one, phrases::join("smithy"));
    let smithy = scene.called("smithy");
    let gift = scene.gift((bakery, smithy), bread);
    let delivery = scene.handed_over(gift, 1);
    while scene.try_act(one, Act::AttestTime {}).is_ok() {}
    assert_eq!(scene.try_act(one, phrases::form_circle("we")).unwrap_err().code(), "too-many-acts");
    scene.record(one, phrases::reject(delivery, 1));
}

#[test]
fn a_newcomer_has_one_question_to_all_open_at_a_time_and_members_of_enrolled_units_five() {
    let Village { mut scene, bakery, .. } = Village::new();
    let newcomer = member(9);
    scene.record(newcomer, phrases::join("flood"));
    let baker = scene.signer(bakery);
    for (who, most) in [(newcomer, 1), (baker, 5)] {
        let closes = scene.now.plus_days(Days(20));
        for _ in 0..most {
            scene.record(who, Act::Propose(asks(text(), closes)));
        }
        let refused = scene.try_act(who, Act::Propose(asks(text(), closes))).unwrap_err();
        assert_eq!(refused, Refusal::TooManyQuestions { open: most, most });
        // To their own unit they can put as many as they like, and so can the next to all.
        scene.record(who, Act::Propose(asks(Question::Own {}, closes)));
    }
    let second = scene.signers(bakery)[1];
    let closes = scene.now.plus_days(Days(20));
    scene.record(second, Act::Propose(asks(text(), closes)));
    // What is taken back or closed makes room.
    let (last, _) = scene.federation.proposals().next().unwrap();
    let proposal = scene.federation.proposal_ref(last).unwrap();
    scene.record(newcomer, Act::WithdrawProposal(WithdrawProposal { proposal }));
    scene.record(newcomer, Act::Propose(asks(text(), closes)));
    scene.wait_days(8);
    scene.wait_days(13);
    let closes = scene.now.plus_days(Days(20));
    for who in [newcomer, baker] {
        scene.record(who, Act::Propose(asks(text(), closes)));
    }
}
