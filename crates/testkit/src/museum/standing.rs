use federation::act::{Failure, ListRow, Method, Question, SetMethod};
use federation::rows::{Unit, Version};
use federation::{Act, Id, PublicKey, Ref, Refusal};
use measure::Hours;

use super::Case;
use super::stage::Stage;
use crate::polls::asks;
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

/// What a rule says to a question that the clinic asks.
fn refuses(stage: &mut Stage, question: Question) -> Refusal {
    let closes = stage.scene.now.plus_days(federation::Days(30));
    let clinic = stage.clinic;
    stage.refuses(clinic, Act::Propose(asks(question, closes)))
}

fn row(stage: &Stage, unit: Id<Unit>, base: i32) -> ListRow {
    let unit = stage.unit(unit);
    ListRow { unit, counted_members: 1, base: Hours::whole(base), enrolled: true }
}

/// Bread at a value that the bakery and the clinic have agreed.
fn agreed_bread(stage: &mut Stage) -> Ref<Version> {
    stage.scene.valued_together((stage.bakery, stage.clinic), stage.bread, 50)
}

fn expels(stage: &mut Stage, failures: Vec<Failure>) -> Refusal {
    let unit = stage.unit(stage.bakery);
    refuses(stage, Question::Expel { unit, failures })
}

/// Bread of the bakery's that the clinic, the farm and a newcomer reject on one day.
fn rejected_by_three(stage: &mut Stage, last: Option<Ref<Version>>) -> Vec<Failure> {
    let bread = agreed_bread(stage);
    stage.scene.record(member(5), phrases::join("mill"));
    let mill = stage.scene.called("mill");
    let versions = [(stage.clinic, bread), (stage.farm, bread), (mill, last.unwrap_or(bread))];
    let bakery = stage.bakery;
    versions.map(|(unit, version)| stage.scene.rejected((bakery, unit), version)).to_vec()
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
    ("A list without a row is proposed.", |mut stage| {
        refuses(&mut stage, Question::List(Vec::new()))
    }),
    ("A list names the farm twice.", |mut stage| {
        let rows = vec![row(&stage, stage.farm, 30), row(&stage, stage.farm, 40)];
        refuses(&mut stage, Question::List(rows))
    }),
    ("A list takes some of the farm's base away.", |mut stage| {
        let rows = vec![row(&stage, stage.farm, 10)];
        refuses(&mut stage, Question::List(rows))
    }),
    ("The bakery is to be expelled, and nothing is cited.", |mut stage| {
        expels(&mut stage, Vec::new())
    }),
    ("Deliveries that the clinic has accepted are cited against the bakery.", |mut stage| {
        let contract = stage.agreed(1);
        let delivery = stage.scene.delivered(contract, 1);
        expels(&mut stage, vec![Failure::Rejected { delivery }; 3])
    }),
    ("Three rejections are cited, two of them by the clinic.", |mut stage| {
        let bread = agreed_bread(&mut stage);
        let units = [stage.clinic, stage.clinic, stage.farm];
        let bakery = stage.bakery;
        let failures = units.map(|unit| stage.scene.rejected((bakery, unit), bread)).to_vec();
        expels(&mut stage, failures)
    }),
    ("Rejections of bread and of cake are cited.", |mut stage| {
        let cake = stage.scene.valued(stage.bakery, "cake", 60);
        let cake = stage.scene.valued_together((stage.bakery, stage.clinic), cake, 50);
        let failures = rejected_by_three(&mut stage, Some(cake));
        expels(&mut stage, failures)
    }),
    ("Three rejections on one day are cited.", |mut stage| {
        let failures = rejected_by_three(&mut stage, None);
        expels(&mut stage, failures)
    }),
];
