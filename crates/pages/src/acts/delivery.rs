use federation::act::{AcceptDelivery, Correct, Deliver, Receipt, RejectDelivery};
use federation::rows::Version;
use federation::{Act, Federation, Id};
use measure::Quantity;
use node::{Failed, words};

use super::{ActForm, Said, Sheet, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::Scene;

pub(super) const FORMS: &[ActForm] = &[DELIVER, RECEIPT, ACCEPT, REJECT, CORRECT];

const DELIVER: ActForm = ActForm {
    name: "deliver",
    title: "Enter a delivery",
    button: "It was handed over",
    says: "All of it, or a part. The other side then signs a receipt, and accepts it or rejects it \
           by a clause.",
    sheet: |scene| {
        let (id, contract) = scene.contract()?;
        let measure = scene.measure_of(contract.version).map(ToString::to_string);
        let left = scene.measure_of(contract.version).map(|m| m.format(contract.left()));
        let says = words::contract_sentence(scene.federation, contract);
        Sheet::about(
            format!("Contract {id}: {says}"),
            [
                Field::hidden("contract").with(id),
                Field::number("quantity", format!("How much, in {}?", measure.unwrap_or_default()))
                    .with(left.unwrap_or_default())
                    .must(),
                Field::line("note", "What else is there to say?"),
            ],
        )
    },
    read: |reading| {
        let version = reading.scene.contract().ok().map(|(_, contract)| contract.version);
        let contract = reading.reference("contract", Federation::contract_ref);
        let (quantity, note) = (reading.quantity_of("quantity", version), reading.line("note"));
        plain(
            contract.zip(quantity).zip(note).map(|((contract, quantity), note)| {
                Act::Deliver(Deliver { contract, quantity, note })
            }),
        )
    },
};

/// The delivery in a sentence, and its number to go along.
fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let (id, delivery) = scene.delivery()?;
    let says = words::delivery_sentence(scene.federation, delivery);
    Sheet::about(format!("Delivery {id}: {says}"), [Field::hidden("delivery").with(id)])
}

const RECEIPT: ActForm = ActForm {
    name: "receipt",
    title: "Sign a receipt",
    button: "We have it",
    says: "You say that it was handed over, not that it is good. You then have seven days to accept \
           it, or to reject it by a clause.",
    sheet: about,
    read: |reading| {
        let delivery = reading.reference("delivery", Federation::delivery_ref);
        plain(delivery.map(|delivery| Act::Receipt(Receipt { delivery })))
    },
};

const ACCEPT: ActForm = ActForm {
    name: "accept-delivery",
    title: "Accept a delivery",
    button: "Accept it",
    says: "The hours then count: up for the giver, down for the receiver. A giver can enter this \
           after seven days without an answer, if there is a receipt.",
    sheet: about,
    read: |reading| {
        let delivery = reading.reference("delivery", Federation::delivery_ref);
        plain(delivery.map(|delivery| Act::AcceptDelivery(AcceptDelivery { delivery })))
    },
};

const REJECT: ActForm = ActForm {
    name: "reject-delivery",
    title: "Reject a delivery",
    button: "Reject it",
    says: "Name the clause that it does not meet. The thing is offered back.",
    sheet: |scene| {
        let (_, delivery) = scene.delivery()?;
        let contract = scene.federation.contract(delivery.contract)?;
        let mut sheet = about(scene)?;
        sheet.fields.extend(rejecting(scene.federation.version(contract.version)?));
        Ok(sheet)
    },
    read: |reading| {
        let delivery = reading.reference("delivery", Federation::delivery_ref);
        plain(delivery.zip(clause(reading)).zip(reading.prose("reason")).map(
            |((delivery, clause), reason)| {
                Act::RejectDelivery(RejectDelivery { delivery, clause, reason })
            },
        ))
    },
};

/// What somebody says who rejects what a version describes.
pub(super) fn rejecting(version: &Version) -> [Field; 2] {
    let clauses = version.clauses.iter().zip(1..);
    let choices = clauses.map(|(clause, n)| Choice::new(n, format!("{n}. {clause}"))).collect();
    [
        Field::radio("clause", "Which clause is not met?", choices),
        Field::area("reason", "In what way?"),
    ]
}

/// The clause that is not met.
pub(super) fn clause(reading: &mut Reading<'_>) -> Option<u16> {
    let clause = reading.given().number("clause").and_then(|n| u16::try_from(n).ok());
    reading.keep("clause", clause.ok_or("no clause is named; choose one"))
}

const CORRECT: ActForm = ActForm {
    name: "correct",
    title: "Correct a delivery",
    button: "Sign the correction",
    says: "A correction can only make it less, at most nothing. It holds when both sides have signed \
           the same, within 90 days.",
    sheet: |scene| {
        let (_, delivery) = scene.delivery()?;
        let contract = scene.federation.contract(delivery.contract)?;
        let suggested = delivery.correction.map_or(delivery.quantity, |(_, quantity)| quantity);
        let mut sheet = about(scene)?;
        sheet.fields.extend(correcting(scene, contract.version, suggested));
        Ok(sheet)
    },
    read: correct,
};

/// What somebody says who corrects how much of a version there was.
pub(super) fn correcting(
    scene: &Scene<'_>,
    version: Id<Version>,
    suggested: Quantity,
) -> [Field; 2] {
    let value = scene.measure_of(version).map(|measure| measure.format(suggested));
    [
        Field::number("quantity", "How much was it really?").with(value.unwrap_or_default()).must(),
        Field::line("reason", "Why?"),
    ]
}

fn correct(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let (_, delivery) = reading.scene.delivery()?;
    let version = reading.scene.federation.contract(delivery.contract)?.version;
    let delivery = reading.reference("delivery", Federation::delivery_ref);
    let (quantity, reason) =
        (reading.quantity_of("quantity", Some(version)), reading.line("reason"));
    plain(
        delivery.zip(quantity).zip(reason).map(|((delivery, quantity), reason)| {
            Act::Correct(Correct { delivery, quantity, reason })
        }),
    )
}
