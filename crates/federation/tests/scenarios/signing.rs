use federation::act::{
    AddKey, AdmitMember, Count, HeldBy, Matter, Method, NewKey, RevokeKey, SetMethod, Side, Signing,
};
use federation::rows::Unit;
use federation::{Act, Effect, Id, PublicKey};
use testkit::{Listed, Member, Scene, digest, member, phrases};

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

/// Five units, one of them of eight members with a key each, and these.
fn eight() -> (Scene, Id<Unit>, Vec<Member>) {
    let others = ["clinic", "farm", "mill", "pottery"].map(|name| Listed::new(name, 1));
    let scene = Scene::found([vec![Listed::new("bakery", 8)], others.to_vec()].concat());
    let bakery = scene.called("bakery");
    let members = scene.signers(bakery);
    (scene, bakery, members)
}

fn members_of(scene: &Scene, unit: Id<Unit>) -> usize {
    scene.federation.unit(unit).unwrap().members.len()
}

#[test]
fn a_unit_with_too_few_keys_for_its_majority_ends_its_contracts_all_the_same() {
    let Village { mut scene, bakery, farm, bread, .. } = Village::new();
    scene.does(bakery, phrases::signing(Matter::Contracts, Signing::MoreThanHalf));
    let contract = scene.agreed((bakery, farm), bread, 2);
    for number in 1..=3 {
        let person = member(number).person;
        scene.does(bakery, Act::AdmitMember(AdmitMember { person, key: None, about: None }));
    }
    // Three of five would be more than half, and two have a key: each of them signs, and that is all.
    let [first, second] = scene.signers(bakery).try_into().unwrap();
    let waits = scene.record(first, phrases::end(contract));
    assert_eq!(waits, Effect::Gathering { signed: 1, needed: 2 });
    scene.record(second, phrases::end(contract));
    assert!(!scene.row(contract).is_agreed());
}

#[test]
fn no_member_takes_a_unit_out_with_somebody_they_have_invented() {
    let (mut scene, bakery, members) = eight();
    let invented = member(77);
    let waits = scene.record(members[0], phrases::admit(invented.person, invented.key));
    assert_eq!(waits, Effect::Gathering { signed: 1, needed: 2 });
    assert_eq!(members_of(&scene, bakery), 8);
    // Also where another has taken them in, two are not half of nine.
    scene.record(members[1], phrases::admit(invented.person, invented.key));
    scene.record(members[0], Act::Leave {});
    let waits = scene.record(invented, Act::Leave {});
    assert_eq!(waits, Effect::Gathering { signed: 2, needed: 5 });
    for &honest in &members[1..3] {
        scene.record(honest, Act::Leave {});
    }
    let row = scene.federation.unit(bakery).unwrap();
    assert!(row.is_enrolled() && row.base.is_positive());
    scene.record(members[3], Act::Leave {});
    assert!(scene.federation.unit(bakery).unwrap().is_departed());
}

#[test]
fn no_member_alone_takes_in_a_majority() {
    let (mut scene, bakery, members) = eight();
    for number in 100..108 {
        let invented = member(number);
        let waits = scene.record(members[0], phrases::admit(invented.person, invented.key));
        assert_eq!(waits, Effect::Gathering { signed: 1, needed: 2 });
        assert_eq!(scene.try_act(invented, Act::AttestTime {}).unwrap_err().code(), "key-unknown");
    }
    assert_eq!(members_of(&scene, bakery), 8);
}

#[test]
fn a_unit_can_ask_for_more_than_half_in_any_matter() {
    let (mut scene, bakery, members) = eight();
    let rule = phrases::signing(Matter::Members, Signing::MoreThanHalf);
    scene.does(bakery, rule);
    let newcomer = member(77);
    let admit = phrases::admit(newcomer.person, newcomer.key);
    for &by in &members[..4] {
        let effect = scene.record(by, admit.clone());
        assert!(matches!(effect, Effect::Gathering { needed: 5, .. }), "{effect:?}");
    }
    scene.record(members[4], admit);
    assert_eq!(members_of(&scene, bakery), 9);
}

#[test]
fn whoever_alone_has_a_key_does_not_decide_for_those_who_have_none() {
    let Village { mut scene, farm, .. } = Village::new();
    let only = scene.signer(farm);
    for number in 300..310 {
        // Two sign to take somebody in, but not where there is only one who could.
        scene.record(only, phrases::admit_without_key(member(number).person));
    }
    let method = Method { consent_tries: 0, count: Count::Score {} };
    let set = Act::SetMethod(SetMethod { method });
    for act in [set, Act::Leave {}, phrases::signing(Matter::Leaving, Signing::AnyMember)] {
        let waits = scene.record(only, act);
        assert_eq!(waits, Effect::Gathering { signed: 1, needed: 6 });
    }
    // Each can leave alone, whatever the others do.
    scene.record(only, Act::MemberLeaves {});
    assert_eq!(members_of(&scene, farm), 10);
    assert!(scene.federation.unit(farm).unwrap().is_in());
}

#[test]
fn two_co_members_enter_for_those_without_a_key_what_more_than_half_sign() {
    let Village { mut scene, bakery, .. } = Village::new();
    let [first, second] = scene.signers(bakery).try_into().unwrap();
    let without = [300, 301, 302].map(|number| member(number).person);
    for person in without {
        scene.does(bakery, phrases::admit_without_key(person));
    }
    let rule = phrases::signing(Matter::Leaving, Signing::TwoMembers);
    for act in [rule, Act::Leave {}] {
        // Three of five: both of those with a key, and one whose paper both have read.
        for by in [first, second] {
            scene.record(by, act.clone());
        }
        if act == (Act::Leave {}) {
            break;
        }
        let entered = |by: Member| Member { person: without[0], key: by.key };
        let waits = scene.record(entered(first), act.clone());
        assert_eq!(waits, Effect::Gathering { signed: 1, needed: 2 });
        assert_eq!(scene.record(entered(second), act), Effect::Done);
    }
    assert!(scene.federation.unit(bakery).unwrap().is_departed());
}

#[test]
fn a_unit_comes_back_by_more_than_half_of_those_who_could_bring_it() {
    let (mut scene, bakery, members) = eight();
    scene.does(bakery, Act::Leave {});
    let back = phrases::come_back(scene.unit(bakery));
    // Three go elsewhere; two leave the row, and can still bring it back.
    for &gone in &members[5..] {
        scene.record(gone, phrases::new_unit(&format!("stall {}", gone.key)));
    }
    for &out in &members[3..5] {
        scene.record(out, Act::MemberLeaves {});
    }
    let waits = scene.record(members[0], back.clone());
    assert_eq!(waits, Effect::Gathering { signed: 1, needed: 3 });
    scene.record(members[4], back.clone());
    assert_eq!(scene.try_act(members[7], back.clone()).unwrap_err().code(), "in-unit");
    scene.record(members[1], back);
    assert!(scene.federation.unit(bakery).unwrap().is_in());
}

#[test]
fn a_unit_that_all_members_leave_is_out_with_the_last() {
    let (mut scene, bakery, members) = eight();
    for &by in &members {
        assert!(scene.federation.unit(bakery).unwrap().is_in());
        scene.record(by, Act::MemberLeaves {});
    }
    assert!(scene.federation.unit(bakery).unwrap().is_departed());
}
