use federation::act::{Method, SetMethod};
use federation::{Act, PublicKey};

use super::Case;
use super::stage::Stage;
use crate::{Member, digest, member, phrases};

/// The clinic takes in three more, so that its members name each other as helpers.
fn clinicians(stage: &mut Stage) -> Vec<Member> {
    for number in 1..4 {
        let new = member(number);
        stage.scene.does(stage.clinic, phrases::admit(new.person, new.key));
    }
    stage.scene.signers(stage.clinic)
}

/// The first of them has named all others, and it takes two; the key of their choice.
fn helped(stage: &mut Stage) -> (Vec<Member>, PublicKey) {
    let all = clinicians(stage);
    let others: Vec<_> = all.iter().skip(1).map(|other| other.person).collect();
    stage.scene.record(all[0], phrases::name_helpers(&others, 2));
    (all, PublicKey(digest(b'n', 1)))
}

pub(super) const CASES: &[Case] = &[
    ("A unit wants to try consent four times before it counts.", |mut stage| {
        let method = Method { consent_tries: 4, ..Method::default() };
        stage.refuses(stage.farm, Act::SetMethod(SetMethod { method }))
    }),
    ("A co-member signs a new key in the name of somebody without a device.", |mut stage| {
        let (all, key) = helped(&mut stage);
        let without = member(9);
        stage.scene.does(stage.clinic, phrases::admit_without_key(without.person));
        let act = phrases::recover(all[0].person, key);
        let by = Member { person: without.person, key: all[1].key };
        stage.refuses_person(by, act)
    }),
    ("Somebody names two helpers.", |mut stage| {
        let all = clinicians(&mut stage);
        let two = [all[1].person, all[2].person];
        stage.refuses_person(all[0], phrases::name_helpers(&two, 2))
    }),
    ("Somebody lets one of their helpers alone sign a new key.", |mut stage| {
        let all = clinicians(&mut stage);
        let others: Vec<_> = all.iter().skip(1).map(|other| other.person).collect();
        stage.refuses_person(all[0], phrases::name_helpers(&others, 1))
    }),
    ("Somebody names themselves as a helper.", |mut stage| {
        let all = clinicians(&mut stage);
        let with_self: Vec<_> = all.iter().map(|one| one.person).collect();
        stage.refuses_person(all[0], phrases::name_helpers(&with_self, 2))
    }),
    ("A member of a unit of five names a helper elsewhere.", |mut stage| {
        let all = clinicians(&mut stage);
        let farmer = stage.scene.signer(stage.farm);
        let named = [all[1].person, all[2].person, farmer.person];
        stage.refuses_person(all[0], phrases::name_helpers(&named, 2))
    }),
    ("Somebody who was not named signs a new key for a neighbour.", |mut stage| {
        let (all, key) = helped(&mut stage);
        stage.refuses(stage.farm, phrases::recover(all[0].person, key))
    }),
    ("Somebody says no to a key that nobody has signed.", |mut stage| {
        stage.refuses(stage.farm, phrases::veto(PublicKey(digest(b'n', 2))))
    }),
    ("An old key says no a second time.", |mut stage| {
        let (all, key) = helped(&mut stage);
        stage.scene.record(all[1], phrases::recover(all[0].person, key));
        stage.scene.record(all[0], phrases::veto(key));
        stage.refuses_person(all[0], phrases::veto(key))
    }),
];
