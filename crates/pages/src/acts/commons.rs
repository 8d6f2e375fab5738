use federation::act::{
    AcceptContribution, Contribute, CorrectContribution, OpenCommon, ReceiptContribution,
    RejectContribution, Subscribe, Unsubscribe,
};
use federation::rows::{Common, Contribution};
use federation::{Act, Federation, Id};
use node::Failed;
use node::words::contribution_sentence;

use super::contract::{ceiling, warning};
use super::delivery::{clause, correcting, rejecting};
use super::{ActForm, Said, Sheet, plain};
use crate::field::Field;
use crate::reading::Reading;
use crate::scene::{Scene, Versions};

pub(super) const FORMS: &[ActForm] =
    &[OPEN, SUBSCRIBE, UNSUBSCRIBE, CONTRIBUTE, RECEIPT, ACCEPT, REJECT, CORRECT];

const OPEN: ActForm = ActForm {
    name: "open-common",
    title: "Open a common",
    button: "Open it",
    says: "Something for everybody: water, a street, a clinic, the work of a council. It is carried \
           by the units that subscribe to it, and binds nobody else.",
    sheet: |scene| {
        let versions = scene.versions(Versions::Valued);
        if versions.is_empty() {
            let mut sheet = Sheet::closed(
                "Nothing has a value yet. Write down what is delivered to it, and ask a value for it.",
            );
            sheet.links.push(("Specifications".to_owned(), "/specifications".to_owned()));
            return Ok(sheet);
        }
        Sheet::of([
            Field::line("name", "What is it called?").must(),
            Field::choice("version", "What is delivered to it?", versions)
                .hint("Its value never changes; for another value, open another common."),
            Field::area("about", "What is it for?"),
        ])
    },
    read: |reading| {
        let (name, version) = (reading.name("name"), reading.version("version"));
        let about = reading.prose("about");
        plain(
            name.zip(version).zip(about).map(|((name, version), about)| {
                Act::OpenCommon(OpenCommon { name, version, about })
            }),
        )
    },
};

/// The chosen common.
fn common<'a>(scene: &Scene<'a>) -> Result<(Id<Common>, &'a Common), Failed> {
    let id = Id::new(scene.given.number("common").unwrap_or(u32::MAX));
    Ok((id, scene.federation.common(id)?))
}

fn about_common(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let (id, row) = common(scene)?;
    Sheet::about(format!("The common {}", row.name), [Field::hidden("common").with(id)])
}

const SUBSCRIBE: ActForm = ActForm {
    name: "subscribe",
    title: "Carry a common",
    button: "Carry it",
    says: "With up to so many hours of your own, once or again and again. What is delivered to it is \
           shared among all who carry it, within their room. You can end this at any time for what \
           is not yet delivered.",
    sheet: |scene| {
        let mut sheet = about_common(scene)?;
        sheet
            .fields
            .push(Field::number("hours", "Up to how many hours?").hint("As 10 or 2:30.").must());
        sheet.fields.push(
            Field::number("every_days", "Again every so many days")
                .hint("Leave it empty to carry that much once."),
        );
        Ok(sheet)
    },
    read: |reading| {
        let common = reading.reference("common", Federation::common_ref);
        let (hours, every_days) = (reading.hours("hours"), reading.days_if_any("every_days"));
        plain(common.zip(hours).zip(every_days).map(|((common, hours), every_days)| {
            Act::Subscribe(Subscribe { common, hours, every_days })
        }))
    },
};

const UNSUBSCRIBE: ActForm = ActForm {
    name: "unsubscribe",
    title: "Carry a common no longer",
    button: "Carry it no longer",
    says: "At once, for what is not yet delivered. What was delivered before is carried.",
    sheet: about_common,
    read: |reading| {
        let common = reading.reference("common", Federation::common_ref);
        plain(common.map(|common| Act::Unsubscribe(Unsubscribe { common })))
    },
};

const CONTRIBUTE: ActForm = ActForm {
    name: "contribute",
    title: "Contribute to a common",
    button: "It is there",
    says: "One delivery to all who carry it, in their shares. Two of them, drawn by lot, accept it or \
           reject it by a clause.",
    sheet: |scene| {
        let (_, row) = common(scene)?;
        let measure = scene.measure_of(row.version).map(ToString::to_string).unwrap_or_default();
        let mut sheet = about_common(scene)?;
        sheet.fields.push(Field::number("quantity", format!("How much, in {measure}?")).must());
        sheet.fields.push(Field::line("note", "What else is there to say?"));
        sheet.fields.extend(ceiling(scene));
        Ok(sheet)
    },
    read: contribute,
};

fn contribute(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let version = common(reading.scene)?.1.version;
    let named = reading.reference("common", Federation::common_ref);
    let (quantity, note) = (reading.quantity_of("quantity", Some(version)), reading.line("note"));
    let ceiling = warning(reading);
    plain(named.zip(quantity).zip(note).map(|((common, quantity), note)| {
        Act::Contribute(Contribute { common, quantity, ceiling, note })
    }))
}

/// The chosen contribution.
fn contribution<'a>(scene: &Scene<'a>) -> Result<(Id<Contribution>, &'a Contribution), Failed> {
    let id = Id::new(scene.given.number("contribution").unwrap_or(u32::MAX));
    Ok((id, scene.federation.contribution(id)?))
}

fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let (id, row) = contribution(scene)?;
    let says = contribution_sentence(scene.federation, row);
    Sheet::about(format!("Contribution {id}: {says}"), [Field::hidden("contribution").with(id)])
}

const RECEIPT: ActForm = ActForm {
    name: "receipt-contribution",
    title: "Sign that a contribution is there",
    button: "It is there",
    says: "You say that it was handed over, not that it is good. If those who were drawn stay silent \
           for seven days, the giver can then enter it as accepted.",
    sheet: about,
    read: |reading| {
        let named = reading.reference("contribution", Federation::contribution_ref);
        plain(
            named
                .map(|contribution| Act::ReceiptContribution(ReceiptContribution { contribution })),
        )
    },
};

const ACCEPT: ActForm = ActForm {
    name: "accept-contribution",
    title: "Accept a contribution",
    button: "Accept it",
    says: "It counts when all who were drawn have accepted it. A giver can enter this after seven \
           days without an answer, if there is a receipt.",
    sheet: about,
    read: |reading| {
        let named = reading.reference("contribution", Federation::contribution_ref);
        plain(
            named.map(|contribution| Act::AcceptContribution(AcceptContribution { contribution })),
        )
    },
};

const REJECT: ActForm = ActForm {
    name: "reject-contribution",
    title: "Reject a contribution",
    button: "Reject it",
    says: "Name the clause that it does not meet. Nothing counts, and it is offered back.",
    sheet: |scene| {
        let (_, row) = contribution(scene)?;
        let version = scene.federation.version(scene.federation.common(row.common)?.version)?;
        let mut sheet = about(scene)?;
        sheet.fields.extend(rejecting(version));
        Ok(sheet)
    },
    read: |reading| {
        let named = reading.reference("contribution", Federation::contribution_ref);
        plain(named.zip(clause(reading)).zip(reading.prose("reason")).map(
            |((contribution, clause), reason)| {
                Act::RejectContribution(RejectContribution { contribution, clause, reason })
            },
        ))
    },
};

const CORRECT: ActForm = ActForm {
    name: "correct-contribution",
    title: "Correct a contribution",
    button: "Sign the correction",
    says: "A correction can only make it less, and reduces every share. It holds when the giver and \
           a unit that carries some of it have signed the same, within 90 days.",
    sheet: |scene| {
        let (_, row) = contribution(scene)?;
        let version = scene.federation.common(row.common)?.version;
        let suggested = row.correction.map_or(row.quantity, |(_, quantity)| quantity);
        let mut sheet = about(scene)?;
        sheet.fields.extend(correcting(scene, version, suggested));
        Ok(sheet)
    },
    read: |reading| {
        let (_, row) = contribution(reading.scene)?;
        let version = reading.scene.federation.common(row.common)?.version;
        let named = reading.reference("contribution", Federation::contribution_ref);
        let quantity = reading.quantity_of("quantity", Some(version));
        plain(named.zip(quantity).zip(reading.line("reason")).map(
            |((contribution, quantity), reason)| {
                Act::CorrectContribution(CorrectContribution { contribution, quantity, reason })
            },
        ))
    },
};
