use federation::act::{HeldBy, NewKey};
use federation::rows::Unit;
use federation::{Act, Effect, Id, PublicKey};
use testkit::{Listed, Member, Scene, digest, phrases};

/// A bakery of five, whose last member has named the others as helpers; two of them are enough.
struct Lost {
    scene: Scene,
    bakery: Id<Unit>,
    helpers: Vec<Member>,
    member: Member,
}

impl Lost {
    fn new() -> Self {
        let listed = vec![
            Listed::new("farm", 2),
            Listed::new("bakery", 5),
            Listed::new("clinic", 2),
            Listed::new("mill", 2),
        ];
        let mut scene = Scene::found(listed);
        let bakery = scene.called("bakery");
        let mut helpers = scene.signers(bakery);
        let lost = helpers.pop().unwrap();
        let named: Vec<_> = helpers.iter().map(|helper| helper.person).collect();
        scene.record(lost, phrases::name_helpers(&named, 2));
        Self { scene, bakery, helpers, member: lost }
    }

    fn key(number: u64) -> PublicKey {
        PublicKey(digest(b'n', number))
    }

    /// So many helpers, from the first on, sign a new key.
    fn signed_by(&mut self, count: usize, key: PublicKey) -> Effect {
        let mut last = Effect::Done;
        for helper in self.helpers.clone().into_iter().take(count) {
            last = self.scene.record(helper, phrases::recover(self.member.person, key));
        }
        last
    }

    fn in_use(&self, key: PublicKey) -> bool {
        self.scene.federation.key(key).is_some_and(|row| row.revoked.is_none())
    }

    fn acts_with(&mut self, key: PublicKey) -> bool {
        let with_key = Member { key, ..self.member };
        self.scene.try_act(with_key, Act::AttestTime {}).is_ok()
    }
}

#[test]
fn two_helpers_bring_somebody_to_a_new_key_after_two_days() {
    let mut lost = Lost::new();
    assert_eq!(lost.signed_by(1, Lost::key(1)), Effect::Gathering { signed: 1, needed: 2 });
    lost.scene.wait_days(9);
    assert!(!lost.in_use(Lost::key(1)));
    let second = lost.helpers[1];
    let act = phrases::recover(lost.member.person, Lost::key(1));
    assert_eq!(lost.scene.record(second, act), Effect::Done);
    lost.scene.wait_days(2);
    assert!(!lost.in_use(Lost::key(1)), "two days are not over before they have passed");
    lost.scene.wait_hours(1);
    assert!(lost.in_use(Lost::key(1)) && !lost.in_use(lost.member.key));
    assert!(lost.acts_with(Lost::key(1)));
    assert_eq!(lost.scene.federation.recoveries().count(), 0);
}

#[test]
fn helpers_who_collude_are_seen_and_an_old_key_says_no() {
    let mut lost = Lost::new();
    lost.signed_by(2, Lost::key(1));
    assert_eq!(lost.scene.federation.recoveries().count(), 1);
    lost.scene.wait_days(1);
    lost.scene.record(lost.member, phrases::veto(Lost::key(1)));
    // A second no is none: nobody delays for ever.
    let again = lost.scene.try_act(lost.member, phrases::veto(Lost::key(1))).unwrap_err();
    assert_eq!(again.code(), "vetoed-already");
    // The two of them are not two thirds of four.
    lost.signed_by(2, Lost::key(1));
    lost.scene.wait_days(8);
    assert!(!lost.in_use(Lost::key(1)) && lost.in_use(lost.member.key));
    assert_eq!(lost.scene.federation.recoveries().count(), 0);
}

#[test]
fn two_thirds_of_the_helpers_stand_against_a_thief_with_the_old_key() {
    let mut lost = Lost::new();
    lost.signed_by(2, Lost::key(1));
    let thief = lost.member;
    lost.scene.record(thief, phrases::veto(Lost::key(1)));
    // The thief names accomplices at once, which changes nothing in what has begun.
    let accomplices: Vec<_> = lost.helpers[1..].iter().map(|helper| helper.person).collect();
    lost.scene.record(thief, phrases::name_helpers(&accomplices, 3));
    assert_eq!(lost.signed_by(3, Lost::key(1)), Effect::Done);
    lost.scene.wait_days(7);
    assert!(!lost.in_use(Lost::key(1)), "the seven days are waited for");
    lost.scene.wait_hours(1);
    assert!(lost.in_use(Lost::key(1)) && !lost.in_use(thief.key));
    assert!(!lost.acts_with(thief.key));
}

#[test]
fn helpers_named_before_keep_their_place_for_seven_days() {
    let mut lost = Lost::new();
    let others: Vec<_> = lost.helpers[1..].iter().map(|helper| helper.person).collect();
    lost.scene.record(lost.member, phrases::name_helpers(&others, 3));
    assert_eq!(lost.signed_by(1, Lost::key(1)), Effect::Gathering { signed: 1, needed: 2 });
    lost.scene.wait_days(8);
    // What was begun under the old list and has not enough signatures falls with it.
    assert_eq!(lost.scene.federation.recoveries().count(), 0);
    let (first, act) = (lost.helpers[0], phrases::recover(lost.member.person, Lost::key(1)));
    assert_eq!(lost.scene.try_act(first, act).unwrap_err().code(), "not-helper");
}

#[test]
fn one_recovery_that_stands_ends_all_others() {
    let mut lost = Lost::new();
    lost.signed_by(2, Lost::key(1));
    for helper in lost.helpers.clone().split_off(2) {
        lost.scene.record(helper, phrases::recover(lost.member.person, Lost::key(2)));
    }
    lost.scene.wait_days(3);
    assert!(lost.in_use(Lost::key(1)) && !lost.in_use(Lost::key(2)));
    assert_eq!(lost.scene.federation.recoveries().count(), 0);
}

#[test]
fn a_key_that_helpers_have_signed_cannot_be_snatched() {
    let mut lost = Lost::new();
    lost.signed_by(2, Lost::key(1));
    let key = NewKey { key: Lost::key(1), held_by: HeldBy::Device };
    let snatches = Act::AddKey(federation::act::AddKey { key });
    let bakery = lost.bakery;
    assert_eq!(lost.scene.refused(bakery, snatches).code(), "key-taken");
}

#[test]
fn two_co_members_help_nobody_in_the_name_of_those_without_a_device() {
    let mut lost = Lost::new();
    let first = lost.helpers[0];
    let revoked = Act::RevokeKey(federation::act::RevokeKey { key: first.key });
    lost.scene.record(first, revoked);
    for co_member in lost.helpers.clone().split_off(1) {
        let act = phrases::recover(lost.member.person, Lost::key(1));
        let mut entry = lost.scene.entry(co_member, act);
        entry.statement.person = first.person;
        assert_eq!(lost.scene.apply(entry).unwrap_err().code(), "own-key-needed");
    }
}

#[test]
fn a_veto_never_makes_fewer_helpers_enough_and_holds_for_every_other_key_too() {
    let mut lost = Lost::new();
    let all: Vec<_> = lost.helpers.iter().map(|helper| helper.person).collect();
    lost.scene.record(lost.member, phrases::name_helpers(&all, 4));
    lost.scene.wait_days(8);
    lost.signed_by(1, Lost::key(1));
    lost.scene.record(lost.member, phrases::veto(Lost::key(1)));
    assert_eq!(lost.signed_by(3, Lost::key(1)), Effect::Gathering { signed: 3, needed: 4 });
    // Another key is no way round the veto.
    lost.signed_by(4, Lost::key(2));
    lost.scene.wait_days(3);
    assert!(!lost.in_use(Lost::key(2)));
    lost.scene.wait_days(6);
    assert!(!lost.in_use(Lost::key(1)) && !lost.in_use(Lost::key(2)));
    assert!(lost.in_use(lost.member.key));
}
