use federation::rows::Ended;
use federation::{Act, Effect};
use testkit::{Listed, Scene, member, phrases, recall};

/// A dairy of so many members.
fn dairy(members: u64) -> (Scene, federation::Id<federation::rows::Unit>) {
    let scene = Scene::found(vec![Listed::new("dairy", members), Listed::new("inn", 1)]);
    let dairy = scene.called("dairy");
    (scene, dairy)
}

#[test]
fn more_than_half_of_those_who_voted_take_a_delegate_back_with_the_last_signature() {
    let (mut scene, dairy) = dairy(5);
    let members = scene.signers(dairy);
    let mandate = scene.sent(dairy, members[0], 100);
    assert_eq!(scene.mandate(mandate).needed, 3);
    let first = scene.record(members[1], recall(mandate));
    assert_eq!(first, Effect::Gathering { signed: 1, needed: 3 });
    let again = scene.try_act(members[1], recall(mandate)).unwrap_err();
    assert_eq!(again.code(), "signed-already");
    scene.record(members[2], recall(mandate));
    assert_eq!(scene.record(members[3], recall(mandate)), Effect::Done);
    assert!(matches!(scene.mandate(mandate).ended, Some(Ended::Recalled(_))));
}

#[test]
fn new_members_make_a_recall_no_harder() {
    let (mut scene, dairy) = dairy(3);
    let members = scene.signers(dairy);
    let mandate = scene.sent(dairy, members[0], 100);
    assert_eq!(scene.mandate(mandate).needed, 2);
    for number in 0..20 {
        let newcomer = member(number);
        scene.does(dairy, phrases::admit(newcomer.person, newcomer.key));
    }
    assert_eq!(scene.mandate(mandate).needed, 2);
    // They sign like everybody else.
    scene.record(member(3), recall(mandate));
    scene.record(member(4), recall(mandate));
    assert!(scene.mandate(mandate).ended.is_some());
}

#[test]
fn where_members_leave_fewer_signatures_are_needed_and_those_there_may_be_enough() {
    let (mut scene, dairy) = dairy(6);
    let members = scene.signers(dairy);
    let mandate = scene.sent(dairy, members[0], 100);
    assert_eq!(scene.mandate(mandate).needed, 4);
    for signer in &members[1..4] {
        scene.record(*signer, recall(mandate));
    }
    // One who had signed leaves, and takes the signature along.
    scene.record(members[3], Act::MemberLeaves {});
    assert_eq!((scene.mandate(mandate).needed, scene.mandate(mandate).signed.len()), (3, 2));
    scene.record(members[4], Act::MemberLeaves {});
    assert!(scene.mandate(mandate).ended.is_none());
    scene.record(members[5], Act::MemberLeaves {});
    assert!(matches!(scene.mandate(mandate).ended, Some(Ended::Recalled(_))));
}
