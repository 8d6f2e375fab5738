use federation::act::{NeedAct, OfferAct, WithdrawNeed, WithdrawOffer};
use federation::rows::Version;
use federation::{Act, Federation, Id, Ref};
use node::Failed;
use node::words::version_with_value;

use super::{ActForm, Said, Sheet, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::{Scene, Versions};

pub(super) const FORMS: &[ActForm] = &[OFFER, NEED, WITHDRAW_OFFER, WITHDRAW_NEED];

/// The fields of a need's versions, best first.
const VERSIONS: [&str; 8] =
    ["version", "version2", "version3", "version4", "version5", "version6", "version7", "version8"];

/// For what, how often, until when and where: the same for offers and needs.
fn standing(place: &'static str) -> [Field; 5] {
    let stands_for = vec![
        Choice::new("both", "Rounds and direct contracts"),
        Choice::new("rounds", "Rounds only"),
        Choice::new("direct", "Direct contracts only"),
    ];
    let consent = vec![
        Choice::new("ask", "Ask us about each match"),
        Choice::new("standing", "We say yes in advance, within what is written here"),
    ];
    [
        Field::radio("stands_for", "What is it for?", stands_for),
        Field::radio("consent", "When a round finds a match", consent),
        Field::number("every_days", "Does it repeat?")
            .hint("Every how many days it stands anew; 7 for each week. Empty if only once."),
        Field::day("until", "Until when?").hint("Empty if it stands until you take it back."),
        Field::line("place", place).hint("Empty if it does not matter."),
    ]
}

const OFFER: ActForm = ActForm {
    name: "offer",
    title: "Offer something",
    button: "Offer it",
    says: "What your unit can give. Nothing binds you before you say yes to a contract.",
    sheet: |scene| {
        let mut fields = vec![
            Field::choice("version", "What?", scene.versions(Versions::Valued)).hint(
                "Not there? Write it down under Specifications first, and ask a value for it.",
            ),
            Field::number("quantity", "How much?").hint("Each time, if it repeats.").must(),
        ];
        fields.extend(standing("Where can it be had?"));
        Sheet::of(fields)
    },
    read: offer,
};

fn offer(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let chosen = reading.given().number("version").map(Id::new);
    let (version, quantity) = (reading.version("version"), reading.quantity_of("quantity", chosen));
    let (stands_for, consent) = (reading.word("stands_for"), reading.word("consent"));
    let (every_days, until) = (reading.days_if_any("every_days"), reading.day_end_if_any("until"));
    let place = reading.line("place");
    let (Some(version), Some(quantity), Some(stands_for), Some(consent)) =
        (version, quantity, stands_for, consent)
    else {
        return Ok(None);
    };
    let (Some(every_days), Some(until), Some(place)) = (every_days, until, place) else {
        return Ok(None);
    };
    let act = OfferAct { version, quantity, stands_for, consent, every_days, until, place };
    plain(Some(Act::Offer(act)))
}

const NEED: ActForm = ActForm {
    name: "need",
    title: "Say what you need",
    button: "Post the need",
    says: "What your unit wants. Nothing binds you before you say yes to a contract.",
    sheet: need_sheet,
    read: need,
};

fn need_sheet(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let filled = VERSIONS.iter().filter(|name| scene.given.number(name).is_some()).count();
    let shown = usize::try_from(scene.given.number("choices").unwrap_or(3)).unwrap_or(3);
    let shown = shown.clamp(1, VERSIONS.len()).max(filled);
    let mut fields: Vec<Field> = Vec::new();
    for (&name, place) in VERSIONS.iter().take(shown).zip(1..) {
        let mut choices = scene.versions(Versions::Valued);
        let label = match place {
            1 => "What?".to_owned(),
            _ => format!("Or else, as choice {place}?"),
        };
        if place > 1 {
            choices.insert(0, Choice::new("", "nothing else"));
        }
        fields.push(Field::choice(name, label, choices));
    }
    fields.push(Field::number("quantity", "How much?").hint("Each time, if it repeats.").must());
    fields.push(Field::number("value_max", "Most hours that one whole may be worth").hint(
        "With this, an asked value up to it needs no yes of its own. You can leave it empty.",
    ));
    fields.extend(standing("Where is it wanted?"));
    Sheet::of(fields)
}

fn need(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let first = reading.given().number("version").map(Id::new);
    let quantity = reading.quantity_of("quantity", first);
    let versions = versions(reading);
    let value_max = reading.value_if_any("value_max");
    let (stands_for, consent) = (reading.word("stands_for"), reading.word("consent"));
    let (every_days, until) = (reading.days_if_any("every_days"), reading.day_end_if_any("until"));
    let place = reading.line("place");
    let (Some(versions), Some(quantity), Some(value_max), Some(stands_for), Some(consent)) =
        (versions, quantity, value_max, stands_for, consent)
    else {
        return Ok(None);
    };
    let (Some(every_days), Some(until), Some(place)) = (every_days, until, place) else {
        return Ok(None);
    };
    plain(Some(Act::Need(NeedAct {
        versions,
        quantity,
        value_max,
        stands_for,
        consent,
        every_days,
        until,
        place,
    })))
}

/// The versions that were chosen; the first must be.
fn versions(reading: &mut Reading<'_>) -> Option<Vec<Ref<Version>>> {
    let chosen: Vec<_> = VERSIONS
        .into_iter()
        .filter(|&name| name == "version" || !reading.given().raw(name).is_empty())
        .collect();
    chosen.into_iter().map(|name| reading.version(name)).collect()
}

const WITHDRAW_OFFER: ActForm = ActForm {
    name: "withdraw-offer",
    title: "Take an offer back",
    button: "Take it back",
    says: "Contracts that were made from it stay.",
    sheet: |scene| {
        let id = Id::new(scene.given.number("offer").unwrap_or(u32::MAX));
        let offer = scene.federation.offer(id)?;
        let what = version_with_value(scene.federation, offer.version);
        let amount = scene.amount(offer.quantity, offer.version);
        Sheet::about(format!("{amount} of {what}"), [Field::hidden("offer").with(id)])
    },
    read: |reading| {
        let offer = reading.reference("offer", Federation::offer_ref);
        plain(offer.map(|offer| Act::WithdrawOffer(WithdrawOffer { offer })))
    },
};

const WITHDRAW_NEED: ActForm = ActForm {
    name: "withdraw-need",
    title: "Take a need back",
    button: "Take it back",
    says: "Contracts that were made from it stay.",
    sheet: |scene| {
        let id = Id::new(scene.given.number("need").unwrap_or(u32::MAX));
        let need = scene.federation.need(id)?;
        let first = need.versions.first().copied();
        let what = first.map(|version| scene.amount(need.quantity, version)).unwrap_or_default();
        let of = first.map(|version| scene.federation.version_label(version)).unwrap_or_default();
        Sheet::about(format!("{what} of {of}"), [Field::hidden("need").with(id)])
    },
    read: |reading| {
        let need = reading.reference("need", Federation::need_ref);
        plain(need.map(|need| Act::WithdrawNeed(WithdrawNeed { need })))
    },
};
