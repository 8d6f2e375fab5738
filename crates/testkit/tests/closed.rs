//! The list of acts is closed, and the checkers that show it notice what would open it.

use federation::act::{Propose, Question, Vote};
use federation::rows::Unit;
use federation::{Act, Days, Entry, Federation, Id, Ref, Time};
use testkit::step::{self, Step};
use testkit::{Listed, Scene, asks, milestone, phrases, votes};

/// Two units, one of them of two members, and a question to the whole that closes after so many days.
fn asked(days: u16) -> (Scene, Ref<federation::rows::Proposal>) {
    let mut scene = Scene::found(vec![Listed::new("bakery", 2), Listed::new("clinic", 1)]);
    let bakery = scene.called("bakery");
    let closes = scene.now.plus_days(Days(days));
    let proposal = scene.proposes(bakery, asks(Question::Text {}, closes));
    (scene, proposal)
}

/// The state before an act, the entry, and the state after it.
fn done(scene: &mut Scene, unit: Id<Unit>, act: Act) -> (Federation, Entry) {
    let before = scene.federation.clone();
    scene.record(scene.signer(unit), act);
    (before, scene.entries.last().cloned().unwrap())
}

/// Which checker says no to a step from one state to another by an entry.
fn says_no(before: &Federation, entry: &Entry, after: &Federation) -> String {
    let broken = step::check(Step { before, entry, after });
    broken.expect_err("no checker noticed it").invariant.to_owned()
}

/// The same entry under another act's name.
fn as_if(entry: &Entry, act: Act) -> Entry {
    let mut entry = entry.clone();
    entry.statement.act = act;
    entry
}

#[test]
fn a_poll_that_another_act_ends_hastens_or_extends_is_noticed() {
    let (mut scene, proposal) = asked(20);
    let bakery = scene.called("bakery");
    let withdraw = federation::act::WithdrawProposal { proposal };
    let (before, entry) = done(&mut scene, bakery, Act::WithdrawProposal(withdraw));
    let after = &scene.federation;
    assert_eq!(step::check(Step { before: &before, entry: &entry, after }), Ok(()));
    assert_eq!(says_no(&before, &as_if(&entry, Act::AttestTime {}), after), "closed");
    let others = scene.signer(scene.called("clinic"));
    let mut by_others = entry;
    (by_others.statement.person, by_others.statement.key) = (others.person, others.key);
    assert_eq!(says_no(&before, &by_others, after), "period");
    for days in [19, 21] {
        let (mut longer, _) = asked(days);
        let (_, ballot) = done(&mut longer, bakery, Act::AttestTime {});
        let says =
            Act::Propose(Propose { closes: ballot.time, ..asks(Question::Text {}, ballot.time) });
        assert_eq!(says_no(&before, &as_if(&ballot, says), &longer.federation), "period");
    }
}

/// A moment as a state's bytes have it.
fn written(time: Time) -> Vec<u8> {
    let mut rest = u64::try_from(time.seconds()).unwrap() << 1;
    let mut bytes = Vec::new();
    while rest >= 128 {
        bytes.push(u8::try_from(rest & 127 | 128).unwrap());
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest).unwrap());
    bytes
}

#[test]
fn a_time_for_which_the_host_alone_vouches_is_noticed() {
    let (mut scene, _) = asked(20);
    let before = scene.federation.clone();
    scene.now = scene.now.plus_days(Days(1));
    let bakery = scene.called("bakery");
    let (_, entry) = done(&mut scene, bakery, Act::AttestTime {});
    let after = &scene.federation;
    assert_eq!(step::check(Step { before: &before, entry: &entry, after }), Ok(()));
    // The host's date is the newest, and not yet the time. As if it were.
    let (date, was) = (written(after.newest_date()), written(after.testified()));
    let (times, forged) = ([&date[..], &was].concat(), [&date[..], &date].concat());
    let bytes = after.to_bytes();
    let place = bytes.windows(times.len()).position(|found| found == times).unwrap();
    let forged = [&bytes[..place], &forged, &bytes[place + times.len()..]].concat();
    let forged = Federation::from_bytes(&forged).unwrap();
    assert_eq!(forged.testified(), after.newest_date());
    assert_eq!(says_no(&before, &entry, &forged), "time");
    assert_eq!(says_no(&forged, &entry, after), "time");
}

#[test]
fn a_ballot_that_somebody_else_changes_is_noticed() {
    let (mut scene, proposal) = asked(20);
    let (bakery, clinic) = (scene.called("bakery"), scene.called("clinic"));
    scene.wait_for_voting(proposal);
    scene.all_choose(bakery, proposal, 0);
    let (before, entry) = done(&mut scene, clinic, votes(proposal, Vote::Choose(1)));
    let after = &scene.federation;
    assert_eq!(step::check(Step { before: &before, entry: &entry, after }), Ok(()));
    let someone = scene.signer(bakery);
    let mut by_others = entry;
    (by_others.statement.person, by_others.statement.key) = (someone.person, someone.key);
    assert_eq!(says_no(&before, &by_others, after), "theirs");
}

#[test]
fn words_that_are_gone_are_noticed() {
    let (mut scene, _) = asked(20);
    let bakery = scene.called("bakery");
    let before_all = scene.federation.clone();
    let circle = scene.circle(bakery, "millers");
    scene.does(bakery, phrases::post(circle, 1));
    let entry = scene.entries.last().cloned().unwrap();
    assert_eq!(says_no(&scene.federation, &entry, &before_all), "record");
}

#[test]
fn a_unit_that_another_one_puts_out_is_noticed() {
    let (mut scene, _) = asked(20);
    let (bakery, clinic) = (scene.called("bakery"), scene.called("clinic"));
    let (before, entry) = done(&mut scene, clinic, Act::Leave {});
    assert!(scene.federation.unit(clinic).unwrap().is_departed());
    let host = scene.signer(bakery);
    let mut by_host = entry;
    (by_host.statement.person, by_host.statement.key) = (host.person, host.key);
    assert_eq!(says_no(&before, &by_host, &scene.federation), "closed");
}

#[test]
fn there_is_no_act_but_those_on_the_list() {
    let unheard = serde_json::from_str::<Act>(r#"{"suspend":{"unit":"bakery"}}"#).unwrap_err();
    let unheard = unheard.to_string();
    let known: Vec<&str> = unheard.split('`').skip(3).step_by(2).collect();
    assert_eq!(known, milestone::ACTS, "{unheard}");
}

/// Nobody but the bakery votes in two polls more than 60 days apart; two days before the notice of a
/// third question is over. The bakery and the farm describe themselves, one before the first poll
/// and the other after it.
fn asked_after_two_polls(first: &str, then: &str) -> Scene {
    let names = ["bakery", "clinic", "farm", "mill", "school"];
    let mut scene = Scene::found(names.map(|name| Listed::new(name, 1)).to_vec());
    let bakery = scene.called("bakery");
    for describes in [first, then] {
        let unit = scene.called(describes);
        scene.does(unit, phrases::describe("here we are"));
        let asked = scene.proposed(bakery, Question::Text {});
        scene.wait_for_voting(asked);
        scene.all_choose(bakery, asked, 0);
        scene.wait_for_close(asked);
        scene.wait_days(61);
    }
    let closes = scene.now.plus_days(Days(20));
    scene.proposes(bakery, asks(Question::Text {}, closes));
    scene.wait_days(6);
    scene
}

#[test]
fn a_unit_that_is_awake_and_may_not_vote_is_noticed() {
    let end = |mut scene: Scene| {
        scene.now = scene.now.plus_days(Days(2));
        let before = scene.federation.clone();
        let witnesses = ["clinic", "mill", "school"].map(|name| scene.called(name));
        for unit in witnesses {
            scene.does(unit, Act::AttestTime {});
        }
        (before, scene.entries.last().cloned().unwrap(), scene.federation)
    };
    let (awake, asleep) =
        (asked_after_two_polls("bakery", "farm"), asked_after_two_polls("farm", "bakery"));
    let (awake, asleep) = (end(awake), end(asleep));
    for (before, entry, after) in [&awake, &asleep] {
        assert_eq!(step::check(Step { before, entry, after }), Ok(()));
    }
    // As if it had fallen asleep by nothing, or slept and voted.
    assert_eq!(says_no(&awake.0, &awake.1, &asleep.2), "sleep");
}
