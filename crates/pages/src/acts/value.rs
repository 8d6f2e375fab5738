use federation::Act;
use federation::act::{AgreeValue, AskValue, CounterValue};
use node::Failed;
use node::words::version_with_value;

use super::{ActForm, Sheet, plain};
use crate::field::Field;
use crate::scene::{Scene, Versions};

pub(super) const FORMS: &[ActForm] = &[ASK, COUNTER, AGREE];

/// The version in question, to choose or as it was chosen, and the value.
#[expect(clippy::unnecessary_wraps, reason = "sheets of other acts can fail")]
fn sheet(scene: &Scene<'_>, label: &str, reasons: Option<&str>) -> Result<Sheet, Failed> {
    let chosen = scene.version();
    let mut sheet = Sheet::default();
    if let Some((id, version)) = chosen {
        sheet.facts.push(version_with_value(scene.federation, id));
        sheet.facts.extend(version.clauses.iter().map(ToString::to_string));
        sheet.fields.push(Field::hidden("version").with(id));
    } else {
        let versions = scene.versions(Versions::All);
        sheet.fields.push(Field::choice("version", "Which version?", versions));
    }
    let now = chosen.and_then(|(_, version)| version.valuation).map(|v| v.value().hours());
    let value = Field::number("value", label).hint("Hours for one whole, as 1:30 or 1.5.").must();
    sheet.fields.push(match now {
        Some(hours) => value.with(hours),
        None => value,
    });
    if let Some(reasons) = reasons {
        sheet.fields.push(Field::area("reasons", reasons));
    }
    Ok(sheet)
}

const ASK: ActForm = ActForm {
    name: "ask-value",
    title: "Ask a value",
    button: "Ask it",
    says: "You say how many hours one whole is worth. This makes a version of its own. A contract at \
           an asked value needs the receiver's yes.",
    sheet: |scene| {
        sheet(scene, "What do you ask?", Some("Why? Hours of your own work, what goes into it"))
    },
    read: |reading| {
        let (version, value) = (reading.version("version"), reading.value("value"));
        plain(
            version.zip(value).zip(reading.prose("reasons")).map(|((version, value), reasons)| {
                Act::AskValue(AskValue { version, value, reasons })
            }),
        )
    },
};

const COUNTER: ActForm = ActForm {
    name: "counter-value",
    title: "Answer with another value",
    button: "Answer",
    says: "Your answer stands beside theirs for everybody to see. It binds nobody.",
    sheet: |scene| sheet(scene, "What do you think it is worth?", Some("Why?")),
    read: |reading| {
        let (version, value) = (reading.version("version"), reading.value("value"));
        plain(version.zip(value).zip(reading.prose("reasons")).map(
            |((version, value), reasons)| {
                Act::CounterValue(CounterValue { version, value, reasons })
            },
        ))
    },
};

const AGREE: ActForm = ActForm {
    name: "agree-value",
    title: "Sign a value",
    button: "Sign it",
    says: "It is agreed when the producer and more than half of the units that lately gave or \
           received it have signed the same value.",
    sheet: |scene| sheet(scene, "Which value do you sign?", None),
    read: |reading| {
        let (version, value) = (reading.version("version"), reading.value("value"));
        plain(
            version
                .zip(value)
                .map(|(version, value)| Act::AgreeValue(AgreeValue { version, value })),
        )
    },
};
