use federation::Act;
use federation::act::{AnnounceLeaving, DescribeUnit, Matter, SetSigning, SignPact};

use super::{ActForm, Sheet, plain};
use crate::day::Day;
use crate::field::{Choice, Field};

pub(super) const FORMS: &[ActForm] = &[SIGN, NEW_UNIT, RETURN, DESCRIBE, SIGNING, ANNOUNCE, LEAVE];

const SIGN: ActForm = ActForm {
    name: "sign-pact",
    title: "Sign the pact for our unit",
    button: "Sign the pact",
    says: "Your unit is on the founding list. With this signature its row comes into force: you can \
           offer, need and exchange at once. You can leave again at any time.",
    sheet: |scene| {
        let unit = scene.my_unit().map(|unit| scene.unit_name(unit));
        Sheet::about(
            format!("For {}", unit.unwrap_or_default()),
            [Field::hidden("unit").with(scene.my_unit().map_or(0, federation::Id::number))],
        )
    },
    read: |reading| {
        plain(reading.unit("unit").map(|unit| Act::SignPact(SignPact::Founding { unit })))
    },
};

const NEW_UNIT: ActForm = ActForm {
    name: "new-unit",
    title: "Join with a new unit",
    button: "Sign the pact",
    says: "You are in no unit now. A new unit can offer, need and exchange at once. It gives first, \
           or others back it.",
    sheet: |_| {
        Sheet::of([
            Field::line("name", "What is the unit called?").must(),
            Field::line("place", "Where is it?").hint("You can leave this empty."),
        ])
    },
    read: |reading| {
        let (name, place) = (reading.name("name"), reading.line("place"));
        plain(name.zip(place).map(|(name, place)| Act::SignPact(SignPact::NewUnit { name, place })))
    },
};

const RETURN: ActForm = ActForm {
    name: "return",
    title: "Come back",
    button: "Sign the pact again",
    says: "Your unit left, and its row is still in the books as it was. With this signature it is \
           in the federation again.",
    sheet: |scene| {
        Sheet::of([Field::hidden("unit").with(scene.my_unit().map_or(0, federation::Id::number))])
    },
    read: |reading| {
        plain(reading.unit("unit").map(|unit| Act::SignPact(SignPact::Return { unit })))
    },
};

const DESCRIBE: ActForm = ActForm {
    name: "describe-unit",
    title: "Describe our unit",
    button: "Save",
    says: "Others see this in the directory.",
    sheet: |scene| {
        let unit = scene.my_unit().map(|unit| scene.federation.unit(unit)).transpose()?;
        let place = unit.map(|unit| unit.place.to_string()).unwrap_or_default();
        let area = unit.and_then(|unit| unit.area.as_ref()).map(ToString::to_string);
        let description = unit.map(|unit| unit.description.to_string()).unwrap_or_default();
        Sheet::of([
            Field::line("place", "Where is it?").with(place),
            Field::line("area", "In which area?").with(area.unwrap_or_default()).hint(
                "From wide to narrow, in the words that your neighbours use: valley/mill. Rounds \
                 bring there what you need, and prefer short ways.",
            ),
            Field::area("description", "What does it do?").with(description),
        ])
    },
    read: |reading| {
        let (place, area) = (reading.line("place"), reading.area_if_any("area"));
        let all = place.zip(area).zip(reading.prose("description"));
        plain(all.map(|((place, area), description)| {
            Act::DescribeUnit(DescribeUnit { place, area, description })
        }))
    },
};

/// The matters of signing, with what they are called.
const MATTERS: [(Matter, &str, &str); 7] = [
    (Matter::Members, "members", "Members, and describing the unit"),
    (Matter::Leaving, "leaving", "Leaving the federation"),
    (Matter::Values, "values", "Specifications and values"),
    (Matter::Offers, "offers", "Offers and needs"),
    (Matter::Contracts, "contracts", "Contracts"),
    (Matter::Deliveries, "deliveries", "Deliveries"),
    (Matter::Trust, "trust", "Backing other units"),
];

/// Each matter of signing, with what it is called.
pub(crate) fn matters() -> impl Iterator<Item = (Matter, &'static str)> {
    MATTERS.iter().map(|&(matter, _, label)| (matter, label))
}

const SIGNING: ActForm = ActForm {
    name: "set-signing",
    title: "Who may sign what",
    button: "Sign this rule",
    says: "The rule changes when more than half of the unit's members have signed the same change.",
    sheet: |_| {
        let matters = MATTERS.iter().map(|&(_, word, label)| Choice::new(word, label)).collect();
        let who = vec![
            Choice::new("any-member", "Any member alone"),
            Choice::new("two-members", "Two members, who both sign; one where only one has a key"),
            Choice::new(
                "more-than-half",
                "More than half of all members, also of those without a key",
            ),
        ];
        Sheet::of([
            Field::choice("matter", "For what?", matters),
            Field::radio("signing", "Who may sign?", who),
        ])
    },
    read: |reading| {
        let both = reading.word("matter").zip(reading.word("signing"));
        plain(both.map(|(matter, signing)| Act::SetSigning(SetSigning { matter, signing })))
    },
};

const ANNOUNCE: ActForm = ActForm {
    name: "announce-leaving",
    title: "Say that we will leave",
    button: "Announce it",
    says: "Others then know, and your unit can first use up the hours it is owed. You may leave \
           before that day, after it, or not at all.",
    sheet: |scene| {
        let day = Day::of(scene.now).plus(30);
        Sheet::of([Field::day("by", "When do you mean to leave?").with(day).must()])
    },
    read: |reading| {
        plain(reading.day_end("by").map(|by| Act::AnnounceLeaving(AnnounceLeaving { by })))
    },
};

const LEAVE: ActForm = ActForm {
    name: "leave",
    title: "Leave the federation",
    button: "Leave now",
    says: "Your unit leaves at once when enough of its members have signed. Open contracts end. What \
           was delivered stays in the books, plus or minus, and you can come back to it at any time. \
           Nobody can refuse this.",
    sheet: |scene| {
        let federation = scene.federation;
        let unit = scene.my_unit().map(|id| {
            Ok::<_, federation::Refusal>((
                federation.signatures_needed(id, &Act::Leave {})?,
                federation.unit(id)?,
            ))
        });
        match unit.transpose()? {
            Some((needed, unit)) => {
                let (name, hours) = (&unit.name, unit.entitlement);
                let signed = match needed {
                    1 => "One signature is enough".to_owned(),
                    _ => format!("It takes {needed} of {} members", unit.members.len()),
                };
                let says = format!("{name} stands at {hours} hours now. {signed}.");
                Sheet::about(says, Vec::new())
            }
            None => Sheet::of(Vec::new()),
        }
    },
    read: |_| plain(Some(Act::Leave {})),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_matter_of_signing_has_the_word_that_stands_in_statements() {
        for (matter, word, _) in MATTERS {
            assert_eq!(serde_json::to_value(matter).unwrap(), word);
        }
    }
}
