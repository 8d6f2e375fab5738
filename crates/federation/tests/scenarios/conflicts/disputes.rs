use std::collections::BTreeSet;

use federation::act::{Disputed, Question};
use federation::rows::{Delivery, Settled, Way};
use federation::{Act, Id, Refusal};
use testkit::phrases;

use super::Valley;

#[test]
fn a_rejected_delivery_takes_the_same_path() {
    let mut valley = Valley::new();
    let [bakery, clinic, ..] = valley.units;
    let bread = valley.scene.valued(bakery, "bread", 60);
    let contract = valley.scene.agreed((bakery, clinic), bread, 2);
    let delivery = valley.scene.handed_over(contract, 2);
    valley.scene.does(clinic, phrases::reject(delivery, 1));
    let id = valley.scene.federation.find_delivery(delivery).unwrap();
    assert!(valley.scene.federation.rejection_stands(id));
    valley.scene.does(bakery, phrases::dispute(Disputed::Delivery { delivery }));
    assert!(!valley.scene.federation.rejection_stands(id));
    let (of, _) = valley.scene.federation.conflicts().next().unwrap();
    let conflict = valley.scene.federation.conflict_ref(of).unwrap();
    valley.wait_for_weighing(conflict);
    for unit in [bakery, clinic] {
        let member = valley.scene.signer(unit);
        valley.scene.record(member, phrases::weigh(conflict, &[1], &[]));
    }
    valley.scene.wait_days(15);
    assert_eq!(valley.settled(conflict), Some(Settled::Consent { option: 0 }));
    assert!(valley.scene.federation.rejection_stands(id));
}

/// The bread that the bakery has brought, the clinic has rejected and the bakery disputes.
fn disputed() -> (Valley, Id<Delivery>) {
    let mut valley = Valley::new();
    let [bakery, clinic, ..] = valley.units;
    let bread = valley.scene.valued(bakery, "bread", 60);
    let contract = valley.scene.agreed((bakery, clinic), bread, 2);
    let delivery = valley.scene.handed_over(contract, 2);
    valley.scene.does(clinic, phrases::reject(delivery, 1));
    valley.scene.does(bakery, phrases::dispute(Disputed::Delivery { delivery }));
    let id = valley.scene.federation.find_delivery(delivery).unwrap();
    (valley, id)
}

#[test]
fn whoever_rejects_and_leaves_is_not_right_by_that() {
    let (mut valley, id) = disputed();
    let [_, clinic, ..] = valley.units;
    valley.scene.does(clinic, Act::Leave {});
    assert!(valley.scene.federation.conflicts().next().unwrap().1.is_over());
    assert!(!valley.scene.federation.rejection_stands(id));
    // Nor by coming back: the dispute is over.
    let back = phrases::come_back(valley.scene.unit(clinic));
    valley.scene.does(clinic, back);
    assert!(!valley.scene.federation.rejection_stands(id));
}

#[test]
fn a_giver_who_leaves_a_dispute_lets_the_rejection_stand() {
    let (mut valley, id) = disputed();
    let [bakery, clinic, ..] = valley.units;
    valley.scene.does(bakery, Act::Leave {});
    assert!(valley.scene.federation.rejection_stands(id));
    valley.scene.does(clinic, Act::Leave {});
    assert!(valley.scene.federation.rejection_stands(id));
}

#[test]
fn a_rejection_that_is_left_as_it_is_was_not_upheld() {
    for consents in [false, true] {
        let (mut valley, id) = disputed();
        let [bakery, clinic, ..] = valley.units;
        let (of, row) = valley.scene.federation.conflicts().next().unwrap();
        let as_it_is = row.options.iter().position(|o| o.way == Way::LeaveAsItIs).unwrap();
        let as_it_is = u8::try_from(as_it_is).unwrap();
        let conflict = valley.scene.federation.conflict_ref(of).unwrap();
        valley.wait_for_weighing(conflict);
        for unit in [bakery, clinic].into_iter().filter(|_| consents) {
            let member = valley.scene.signer(unit);
            valley.scene.record(member, phrases::weigh(conflict, &[as_it_is + 1], &[]));
        }
        // Where nobody says anything, the options go one by one to polls in which nobody votes.
        valley.scene.wait_days(200);
        let how = if consents { Settled::Consent { option: as_it_is } } else { Settled::AsItIs };
        assert_eq!(valley.settled(conflict), Some(how));
        assert!(!valley.scene.federation.rejection_stands(id));
    }
}

#[test]
fn an_exceeded_mandate_takes_the_same_path_and_ends_by_its_own_units_recall_alone() {
    let mut valley = Valley::new();
    let [bakery, clinic, farm, ..] = valley.units;
    let delegate = valley.scene.signer(bakery);
    let voice = federation::act::Instruction::Voice {};
    let mandate = valley.scene.sent_to_say(bakery, delegate, voice, 60);
    let about = Disputed::Mandate { mandate };
    let by_its_own = valley.scene.refused(bakery, phrases::dispute(about));
    assert_eq!(by_its_own, Refusal::NothingToDispute {});
    valley.scene.does(clinic, phrases::dispute(about));
    let (first, row) = valley.scene.federation.conflicts().next().unwrap();
    assert_eq!(row.parties, BTreeSet::from([bakery, clinic]));
    assert_eq!(valley.scene.federation.affected(first), BTreeSet::from([bakery, clinic]));
    // Nobody speaks for another: the farm disputes it too, but nobody does so twice.
    valley.scene.does(farm, phrases::dispute(about));
    assert_eq!(valley.scene.federation.conflicts().len(), 2);
    let again = valley.scene.refused(clinic, phrases::dispute(about));
    assert_eq!(again, Refusal::DisputedAlready { conflict: first.number() });
    let conflict = valley.scene.federation.conflict_ref(first).unwrap();
    for unit in [bakery, clinic] {
        valley
            .scene
            .does(unit, phrases::settle(conflict, "they say that they spoke for themselves"));
    }
    assert_eq!(valley.settled(conflict), Some(Settled::Signed));
    assert!(valley.scene.mandate(mandate).holds(valley.scene.federation.testified()));
}

#[test]
fn the_units_that_voted_where_an_exceeded_mandate_said_yes_are_affected() {
    let mut valley = Valley::new();
    let [bakery, clinic, ..] = valley.units;
    let delegate = valley.scene.signer(bakery);
    let text = federation::Prose::parse("let us do this").unwrap();
    let question = Box::new(Question::Text {});
    let bound = federation::act::Instruction::Bound { question, text };
    let mandate = valley.scene.sent_to_say(bakery, delegate, bound, 60);
    let proposal = valley.scene.proposed(clinic, Question::Text {});
    valley.scene.wait_for_close(proposal);
    valley.scene.does(clinic, phrases::dispute(Disputed::Mandate { mandate }));
    let (id, _) = valley.scene.federation.conflicts().next().unwrap();
    assert_eq!(valley.scene.federation.affected(id), valley.units.into_iter().collect());
}

#[test]
fn a_broken_settlement_takes_the_same_path() {
    let (mut valley, conflict) = Valley::contested(2, 300);
    for unit in &valley.units[..2] {
        valley.scene.does(*unit, phrases::settle(conflict, "mornings and evenings"));
    }
    valley.scene.does(valley.units[1], phrases::dispute(Disputed::Settlement { conflict }));
    assert_eq!(valley.scene.federation.conflicts().len(), 2);
}
