use federation::act::{AddKey, AdmitMember, HeldBy, Matter, NewKey, RevokeKey, Side, Signing};
use federation::{Act, Effect, PublicKey};
use testkit::{Member, digest, member, phrases};

use crate::Village;

#[test]
fn what_needs_two_members_waits_for_the_second() {
    let Village { mut scene, bakery, .. } = Village::new();
    let [first, second] = scene.signers(bakery).try_into().unwrap();
    let waits = scene.record(first, Act::Leave {});
    assert_eq!(waits, Effect::Gathering { signed: 1, needed: 2 });
    assert_eq!(scene.federation.waiting_for_signatures(bakery).count(), 1);
    scene.record(second, Act::Leave {});
    assert!(scene.federation.unit(bakery).unwrap().is_departed());
}

#[test]
fn a_refused_act_keeps_the_signatures_it_has() {
    let Village { mut scene, bakery, clinic, .. } = Village::new();
    let [first, second] = scene.signers(bakery).try_into().unwrap();
    let back = phrases::back(scene.unit(clinic), 30);
    scene.record(first, back.clone());
    let before = scene.federation.to_bytes();
    assert_eq!(scene.try_act(second, back).unwrap_err().code(), "backing-beyond-base");
    assert_eq!(scene.federation.to_bytes(), before);
}

#[test]
fn a_signature_of_somebody_who_has_left_does_not_count() {
    let Village { mut scene, clinic, .. } = Village::new();
    let third = member(1);
    scene.does(clinic, phrases::admit(third.person, third.key));
    let [first, second, _] = scene.signers(clinic).try_into().unwrap();
    scene.record(first, Act::Leave {});
    scene.record(first, Act::MemberLeaves {});
    let waits = scene.record(second, Act::Leave {});
    assert_eq!(waits, Effect::Gathering { signed: 1, needed: 2 });
}

#[test]
fn a_rule_of_signing_is_set_by_more_than_half_of_the_members() {
    let Village { mut scene, bakery, bread, .. } = Village::new();
    let third = member(1);
    scene.does(bakery, phrases::admit(third.person, third.key));
    let [first, second, _] = scene.signers(bakery).try_into().unwrap();
    let rule = phrases::signing(Matter::Offers, Signing::TwoMembers);
    let waits = scene.record(first, rule.clone());
    assert_eq!(waits, Effect::Gathering { signed: 1, needed: 2 });
    scene.record(second, rule);
    let offer = Act::Offer(phrases::wish(bread, 1));
    let waits = scene.record(first, offer.clone());
    assert_eq!(waits, Effect::Gathering { signed: 1, needed: 2 });
    let stands = scene.record(third, offer);
    assert!(matches!(stands, Effect::Wish(Side::Offer, _)));
}

#[test]
fn two_co_members_act_for_somebody_without_a_device() {
    let Village { mut scene, bakery, bread, .. } = Village::new();
    let without = member(1).person;
    scene.does(bakery, Act::AdmitMember(AdmitMember { person: without, key: None, about: None }));
    let [first, second] = scene.signers(bakery).try_into().unwrap();
    let offer = Act::Offer(phrases::wish(bread, 2));
    let for_them = |by: Member| Member { person: without, key: by.key };
    let waits = scene.record(for_them(first), offer.clone());
    assert_eq!(waits, Effect::Gathering { signed: 1, needed: 2 });
    let again = scene.try_act(for_them(first), offer.clone()).unwrap_err();
    assert_eq!(again.code(), "signed-already");
    let stands = scene.record(for_them(second), offer);
    assert!(matches!(stands, Effect::Wish(Side::Offer, _)));
    // With a device of their own they sign for themselves.
    let key = NewKey { key: PublicKey(digest(b'k', 77)), held_by: HeldBy::Device };
    let add = Act::AddKey(AddKey { key });
    scene.record(for_them(first), add.clone());
    scene.record(for_them(second), add);
    let refused = scene.try_act(for_them(first), Act::AttestTime {}).unwrap_err();
    assert_eq!(refused.code(), "has-device");
    scene.record(Member { person: without, key: key.key }, Act::AttestTime {});
}

#[test]
fn a_key_out_of_use_signs_nothing_and_comes_back_to_nobody() {
    let Village { mut scene, bakery, farm, .. } = Village::new();
    let [first, second] = scene.signers(bakery).try_into().unwrap();
    scene.record(second, Act::RevokeKey(RevokeKey { key: second.key }));
    assert_eq!(scene.try_act(second, Act::AttestTime {}).unwrap_err().code(), "key-revoked");
    let add = AddKey { key: NewKey { key: second.key, held_by: HeldBy::Device } };
    assert_eq!(scene.try_act(first, Act::AddKey(add)).unwrap_err().code(), "key-taken");
    let invited = phrases::admit(member(1).person, second.key);
    assert_eq!(scene.refused(farm, invited).code(), "key-taken");
}

#[test]
fn statements_from_an_outbox_come_late_and_out_of_order() {
    let Village { mut scene, farm, .. } = Village::new();
    let farmer = scene.signer(farm);
    let made: Vec<_> = (0..4_u64)
        .map(|ahead| {
            let mut entry = scene.entry(farmer, Act::AttestTime {});
            entry.statement.serial += [1000, 3, 1, 2][usize::try_from(ahead).unwrap()];
            entry
        })
        .collect();
    for entry in &made {
        scene.apply(entry.clone()).unwrap();
    }
    assert_eq!(scene.apply(made[2].clone()).unwrap_err().code(), "serial-used");
}
