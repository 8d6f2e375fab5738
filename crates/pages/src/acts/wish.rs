use federation::act::{RefusePartners, WishAct, Withdraw};
use federation::rows::Version;
use federation::{Act, Federation, Id, Ref};
use node::Failed;

use super::{ActForm, Said, Sheet, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::{Scene, Versions};

pub(super) const FORMS: &[ActForm] = &[OFFER, NEED, REFUSE, WITHDRAW];

/// The fields of a need's versions, best first.
const VERSIONS: [&str; 8] =
    ["version", "version2", "version3", "version4", "version5", "version6", "version7", "version8"];

/// For what, how often, from when until when and where: the same for offers and needs.
fn standing(from: &'static str, area: &'static str) -> [Field; 6] {
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
        Field::day("from", from).hint("Empty if at once."),
        Field::day("until", "Until when?").hint("Empty if it stands until you take it back."),
        Field::line("area", area)
            .hint("From wide to narrow: valley/mill. Empty if it can be anywhere."),
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
        fields.extend(standing("From when can it be had?", "In which area can it be had?"));
        Sheet::of(fields)
    },
    read: |reading| {
        let versions = reading.version("version").map(|version| vec![version]);
        plain(wish(reading, versions).map(Act::Offer))
    },
};

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
    fields.extend(standing("From when is it wanted?", "In which area is it wanted?"));
    Sheet::of(fields)
}

fn need(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let versions = versions(reading);
    let value_max = reading.value_if_any("value_max");
    let wish = wish(reading, versions).zip(value_max);
    plain(wish.map(|(wish, value_max)| Act::Need(WishAct { value_max, ..wish })))
}

/// What offers and needs have in common.
fn wish(reading: &mut Reading<'_>, versions: Option<Vec<Ref<Version>>>) -> Option<WishAct> {
    let first = reading.given().number("version").map(Id::new);
    let quantity = reading.quantity_of("quantity", first);
    let (stands_for, consent) = (reading.word("stands_for"), reading.word("consent"));
    let every_days = reading.days_if_any("every_days");
    let (from, until) = (reading.day_start_if_any("from"), reading.day_end_if_any("until"));
    let area = reading.area_if_any("area");
    Some(WishAct {
        versions: versions?,
        quantity: quantity?,
        value_max: None,
        stands_for: stands_for?,
        consent: consent?,
        every_days: every_days?,
        from: from?,
        until: until?,
        area: area?,
    })
}

/// The versions that were chosen; the first must be.
fn versions(reading: &mut Reading<'_>) -> Option<Vec<Ref<Version>>> {
    let chosen: Vec<_> = VERSIONS
        .into_iter()
        .filter(|&name| name == "version" || !reading.given().raw(name).is_empty())
        .collect();
    chosen.into_iter().map(|name| reading.version(name)).collect()
}

const REFUSE: ActForm = ActForm {
    name: "refuse-partners",
    title: "Units we do not want to be joined with",
    button: "Sign it",
    says: "Rounds plan nothing between your unit and those that you name, in either direction. \
           Everybody can read it in the record. Direct contracts stay as they are.",
    sheet: |scene| {
        let unit = scene.my_unit().map(|unit| scene.federation.unit(unit)).transpose()?;
        let refused = unit.map(|unit| &unit.refuses).into_iter().flatten();
        let names: Vec<_> = refused.map(|&id| scene.unit_name(id)).collect();
        Sheet::of([Field::area("units", "Which units?")
            .with(names.join("\n"))
            .hint("Their names, one a line. Empty if rounds may join you with all.")])
    },
    read: |reading| {
        let units = reading.units("units");
        plain(units.map(|units| Act::RefusePartners(RefusePartners { units })))
    },
};

const WITHDRAW: ActForm = ActForm {
    name: "withdraw",
    title: "Take it back",
    button: "Take it back",
    says: "Contracts that were made from it stay.",
    sheet: |scene| {
        let id = Id::new(scene.given.number("wish").unwrap_or(u32::MAX));
        let wish = scene.federation.wish(id)?;
        let first = wish.versions.first().copied();
        let what = first.map(|version| scene.amount(wish.quantity, version)).unwrap_or_default();
        let of = first.map(|version| scene.federation.version_label(version)).unwrap_or_default();
        let about = format!("The {} of {what} of {of}", wish.side.word());
        Sheet::about(about, [Field::hidden("wish").with(id)])
    },
    read: |reading| {
        let wish = reading.reference("wish", Federation::wish_ref);
        plain(wish.map(|wish| Act::Withdraw(Withdraw { wish })))
    },
};
