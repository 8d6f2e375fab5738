//! From a proposal to a decision in force.

mod majorities;

use std::collections::BTreeSet;

use federation::act::{
    AcceptPact, BallotAct, Comment, Count, CountRoom, EssentialMark, Method, Question, RoomVotes,
    SealAct, SetMethod, Topic, Vote, WithdrawProposal,
};
use federation::rows::{Course, Says, Sealed};
use federation::{Act, BodyId, Days, Effect, Line, Pact, Preference, Refusal};
use measure::Hours;
use testkit::{Listed, Scene, asks, digest, phrases, votes};

use super::Village;

fn text() -> Question {
    Question::Text {}
}

/// Twelve units of two members each, counted as two.
fn dozen() -> Scene {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    let listed = names.into_iter().map(|name| {
        let mut listed = Listed::new(name, 2);
        listed.row.counted_members = 2;
        listed
    });
    Scene::found(listed.collect())
}

#[test]
fn a_text_passes_with_both_majorities_after_seven_days_of_notice() {
    let Village { mut scene, bakery, clinic, farm, .. } = Village::new();
    let proposal = scene.proposed(bakery, text());
    assert_eq!(scene.question(proposal).notice_until, scene.now.plus_days(Days(7)));
    let early = scene.refused(clinic, votes(proposal, Vote::Choose(0)));
    assert!(matches!(early, Refusal::NoticeRuns { .. }), "{early}");
    scene.wait_for_voting(proposal);
    scene.all_choose(bakery, proposal, 0);
    scene.all_choose(clinic, proposal, 0);
    scene.all_choose(farm, proposal, 1);
    scene.wait_for_close(proposal);
    let counted = *scene.question(proposal).counted().unwrap();
    assert_eq!(
        (counted.units.yes, counted.units.no, counted.all.yes, counted.all.cast),
        (2, 1, 4, 5)
    );
    assert_eq!(counted.passed, Some(0));
}

#[test]
fn a_pact_binds_who_said_yes_and_a_unit_that_said_no_stays_on_the_earlier_version() {
    let Village { mut scene, bakery, clinic, farm, .. } = Village::new();
    let pact = Pact { ceiling_per_member: Hours::whole(10), notice_days: 14, ..Pact::default() };
    let proposal = scene.proposed(bakery, Question::Pact(Box::new(pact)));
    scene.wait_for_voting(proposal);
    scene.all_choose(bakery, proposal, 0);
    scene.all_choose(clinic, proposal, 0);
    scene.all_choose(farm, proposal, 1);
    scene.wait_for_close(proposal);
    assert_eq!(scene.federation.pacts().len(), 2);
    assert_eq!(scene.federation.ceiling(bakery), Hours::whole(10));
    assert_eq!(scene.federation.ceiling(farm), Hours::whole(80));
    // The notice is one for all, and goes by the version in force.
    let next = asks(text(), scene.now.plus_days(Days(17)));
    let next = scene.proposes(farm, next);
    assert_eq!(scene.question(next).notice_until, scene.now.plus_days(Days(14)));
    scene.does(farm, Act::AcceptPact(AcceptPact { proposal }));
    assert_eq!(scene.federation.ceiling(farm), Hours::whole(10));
}

#[test]
fn a_unit_is_sealed_early_by_more_than_half_of_those_who_vote_in_it_and_by_no_fewer() {
    let Village { mut scene, bakery, .. } = Village::new();
    let proposal = scene.proposed(bakery, Question::Own {});
    let [one, two] = [0, 1].map(|n| scene.signers(bakery)[n]);
    scene.chooses(one, proposal, 0);
    let seal = Act::Seal(SealAct { proposal });
    assert_eq!(scene.record(one, seal.clone()), Effect::Gathering { signed: 1, needed: 2 });
    assert_eq!(scene.record(two, seal), Effect::Done);
    let sealed = scene.question(proposal).electorate[&bakery].seal.unwrap();
    assert_eq!((sealed.says, sealed.how), (Says::Yes { option: 0 }, Sealed::Members));
    assert_eq!(scene.chooses(two, proposal, 1), Effect::Late);
    scene.wait_for_close(proposal);
    assert!(scene.question(proposal).has_passed());
}

#[test]
fn votes_in_a_room_count_until_somebody_who_was_there_votes_alone() {
    let Village { mut scene, bakery, .. } = Village::new();
    let proposal = scene.proposed(bakery, Question::Own {});
    let bakers = scene.signers(bakery);
    let present = bakers.iter().map(|baker| baker.person).collect();
    let said = RoomVotes { vote: Vote::Choose(0), reason: Line::default(), count: 2 };
    let count = CountRoom { proposal, present, votes: vec![said] };
    scene.does(bakery, Act::CountRoom(count));
    assert_eq!(scene.question(proposal).count_now().all.cast, 2);
    scene.chooses(bakers[0], proposal, 1);
    let now = scene.question(proposal).count_now();
    assert_eq!((now.all.yes, now.all.cast), (0, 1));
    federation::invariants::check(&scene.federation).unwrap();
}

#[test]
fn whoever_moves_after_the_notice_votes_where_they_were_and_only_there() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    let proposal = scene.proposed(bakery, text());
    scene.wait_for_voting(proposal);
    let baker = scene.signers(bakery)[1];
    scene.record(baker, Act::MemberLeaves {});
    scene.does(farm, phrases::admit_without_key(baker.person));
    scene.chooses(baker, proposal, 0);
    let row = scene.question(proposal);
    assert_eq!(
        (row.electorate[&bakery].ballots.len(), row.electorate[&farm].ballots.len()),
        (1, 0)
    );
}

#[test]
fn consent_is_tried_as_often_as_a_unit_wants_and_then_ballots_are_counted() {
    let Village { mut scene, bakery, .. } = Village::new();
    let method = Method { consent_tries: 1, ..Method::default() };
    scene.does(bakery, Act::SetMethod(SetMethod { method }));
    let mut three = vec![testkit::member(77)];
    let newcomer = phrases::admit(three[0].person, three[0].key);
    scene.does(bakery, newcomer);
    three.extend(scene.signers(bakery).into_iter().filter(|one| *one != testkit::member(77)));
    let first = scene.proposed(bakery, Question::Own {});
    let objection = |proposal| {
        let (vote, reason) = (Vote::Choose(1), phrases::line("the oven is too small"));
        Act::Ballot(BallotAct { proposal, vote, reason })
    };
    scene.record(three[0], objection(first));
    scene.chooses(three[1], first, 0);
    scene.chooses(three[2], first, 0);
    scene.wait_for_close(first);
    assert_eq!(scene.question(first).electorate[&bakery].seal.unwrap().says, Says::Undecided);
    let closes = scene.now.plus_days(Days(4));
    let again = scene.proposes(
        bakery,
        federation::act::Propose { again: Some(first), ..asks(Question::Own {}, closes) },
    );
    scene.record(three[0], objection(again));
    scene.chooses(three[1], again, 0);
    scene.chooses(three[2], again, 0);
    scene.wait_for_close(again);
    assert!(scene.question(again).has_passed());
}

#[test]
fn a_unit_that_compares_pair_by_pair_chooses_what_beats_all_others() {
    let Village { mut scene, clinic, .. } = Village::new();
    let method = Method { consent_tries: 0, count: Count::Schulze {} };
    scene.does(clinic, Act::SetMethod(SetMethod { method }));
    let options = vec![phrases::line("the wall"), phrases::line("the roof")];
    let closes = scene.now.plus_days(Days(4));
    let act = federation::act::Propose { options, ..asks(Question::Own {}, closes) };
    let proposal = scene.proposes(clinic, act);
    for member in scene.signers(clinic) {
        scene.record(member, votes(proposal, Vote::Rank(vec![2, 1, 3, 0])));
    }
    scene.wait_for_close(proposal);
    assert_eq!(scene.question(proposal).counted().unwrap().passed, Some(1));
}

#[test]
fn a_value_opened_to_the_whole_is_agreed_as_a_version_of_its_own() {
    let Village { mut scene, farm, bread, .. } = Village::new();
    let value = phrases::minutes(40);
    let proposal = scene.carried(farm, Question::Value { version: bread, value });
    let named = federation::Ref::new(proposal.made_by, 0);
    let agreed = scene.federation.find_version(named).unwrap();
    let row = scene.federation.version(agreed).unwrap();
    assert_eq!(row.valuation, Some(federation::rows::Valuation::Agreed { value }));
    assert!(row.ratified.is_some());
}

#[test]
fn what_is_essential_and_what_rounds_prefer_is_decided_by_questions_of_their_own() {
    let Village { mut scene, bakery, .. } = Village::new();
    let (id, _) = scene.federation.specifications().next().unwrap();
    let specification = scene.federation.specification_ref(id).unwrap();
    let mark = EssentialMark { specification, per_member: phrases::steps(3) };
    scene.carried(bakery, Question::Essentials(vec![mark]));
    let marked = scene.federation.specification(id).unwrap().essential;
    assert_eq!(marked, Some(phrases::steps(3)));
    scene.carried(bakery, Question::Order(vec![Preference::Memory]));
    assert_eq!(scene.federation.order(), [Preference::Memory]);
    assert_eq!(scene.federation.pacts().len(), 1);
}

#[test]
fn a_proposal_is_taken_back_until_somebody_votes_and_stays_readable() {
    let Village { mut scene, bakery, .. } = Village::new();
    let proposal = scene.proposed(bakery, text());
    scene.does(bakery, Act::WithdrawProposal(WithdrawProposal { proposal }));
    scene.wait_days(30);
    let row = scene.question(proposal);
    assert!(matches!(row.course, Course::Withdrawn { .. }) && !row.text.as_str().is_empty());
}

#[test]
fn all_talk_about_what_is_put_to_all_and_only_members_about_what_their_unit_decides() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    let say = |proposal, answers| {
        let words = BodyId(digest(b'b', 1));
        Act::Comment(Comment { on: Topic::Proposal(proposal), answers, words })
    };
    let (to_all, own) = (scene.proposed(bakery, text()), scene.proposed(bakery, Question::Own {}));
    scene.does(farm, say(to_all, None));
    let first = scene.question(to_all).thread[0].made_by;
    scene.does(bakery, say(to_all, Some(first)));
    let stranger = scene.refused(farm, say(own, None));
    assert!(matches!(stranger, Refusal::NotMember { .. }), "{stranger}");
    let nothing = scene.refused(bakery, say(own, Some(first)));
    assert!(matches!(nothing, Refusal::Unknown { .. }), "{nothing}");
}

#[test]
fn a_record_is_tried_under_another_pact_and_says_what_would_have_come_out_differently() {
    let Village { mut scene, bakery, clinic, farm, .. } = Village::new();
    let proposal = scene.proposed(bakery, text());
    scene.wait_for_voting(proposal);
    scene.all_choose(bakery, proposal, 0);
    scene.all_choose(clinic, proposal, 0);
    scene.all_choose(farm, proposal, 1);
    scene.wait_for_close(proposal);
    let tried = |changes: &[(&str, &str)]| {
        let changes = changes.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let mut trial = federation::Trial::of(changes.collect()).unwrap();
        for entry in &scene.entries {
            trial.replay(entry).unwrap();
        }
        trial.finish()
    };
    let same = tried(&[("notice_days", "7")]);
    assert!(same.refused.is_empty() && same.decisions.is_empty() && same.rounds.is_empty());
    assert_eq!(same.then, scene.federation);
    let stricter = tried(&[("majority", "three-quarters")]);
    assert_eq!(stricter.decisions, [(proposal, true, false)]);
    // With 30 days of notice the poll could not have closed after 14.
    let slower = tried(&[("notice_days", "30")]);
    let first = slower.refused.first().map(|(_, refusal)| refusal.code());
    assert_eq!(first, Some("closing-out-of-bounds"));
    assert!(federation::Trial::of(vec![("haste".to_owned(), "1".to_owned())]).is_err());
}

#[test]
fn tellers_were_in_the_room_and_vote_in_the_unit() {
    let Village { mut scene, bakery, .. } = Village::new();
    let proposal = scene.proposed(bakery, Question::Own {});
    let bakers = scene.signers(bakery);
    for number in 77..79 {
        let late = testkit::member(number);
        scene.does(bakery, phrases::admit(late.person, late.key));
    }
    // Two who came after the question was asked would count for somebody who has said nothing.
    let said = RoomVotes { vote: Vote::Choose(0), reason: Line::default(), count: 2 };
    let present = bakers.iter().map(|baker| baker.person).collect();
    let count = Act::CountRoom(CountRoom { proposal, present, votes: vec![said] });
    for number in 77..79 {
        let refused = scene.try_act(testkit::member(number), count.clone()).unwrap_err();
        assert_eq!(refused.code(), "teller-elsewhere");
    }
    scene.record(bakers[0], count);
    assert!(scene.question(proposal).electorate[&bakery].room.is_none());
    // Nor does somebody count who votes in the unit and was not in the room.
    let present = BTreeSet::from([bakers[0].person]);
    let said = RoomVotes { vote: Vote::Choose(0), reason: Line::default(), count: 1 };
    let count = Act::CountRoom(CountRoom { proposal, present, votes: vec![said] });
    let refused = scene.try_act(bakers[1], count).unwrap_err();
    assert_eq!(refused.code(), "teller-elsewhere");
}

#[test]
fn what_nobody_voted_on_is_no_try_and_another_question_is_none_either() {
    let Village { mut scene, bakery, .. } = Village::new();
    let method = Method { consent_tries: 1, ..Method::default() };
    scene.does(bakery, Act::SetMethod(SetMethod { method }));
    let first = scene.proposed(bakery, Question::Own {});
    scene.wait_for_close(first);
    let closes = scene.now.plus_days(Days(4));
    let act = federation::act::Propose { again: Some(first), ..asks(Question::Own {}, closes) };
    let again = scene.proposes(bakery, act.clone());
    assert_eq!(scene.question(again).tries, 1);
    let other = federation::act::Propose { options: vec![phrases::line("a path")], ..act };
    assert_eq!(scene.refused(bakery, Act::Propose(other)).code(), "not-over");
}
