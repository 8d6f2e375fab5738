use federation::act::{
    Dispute, Disputed, Objection, Settle, Turn, Turns, WeighOptions, WriteOption,
};
use federation::rows::{Conflict, Mandate};
use federation::{Act, Federation, Id, Line};
use node::Failed;
use node::words::{conflict_sentence, instruction_words, unit_name, way_words};

use super::{ActForm, Said, Sheet, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::Scene;

pub(super) const FORMS: &[ActForm] = &[DISPUTE, SETTLE, WRITE, WEIGH];

const DISPUTE: ActForm = ActForm {
    name: "dispute",
    title: "Dispute it",
    button: "Open talks",
    says: "Talks for 14 days, then mediators drawn by lot write options, then the members of both \
           sides look for one to which nobody objects; else the units affected vote.",
    sheet: |scene| {
        let about = ["delivery", "contribution", "conflict", "mandate"];
        let given = about.into_iter().find_map(|name| Some((name, scene.given.number(name)?)));
        let (name, number) = given.unwrap_or(("delivery", u32::MAX));
        let fact = match name {
            "conflict" => format!("The settlement of conflict {number}"),
            "mandate" => mandate_words(scene, Id::new(number))?,
            name => format!("The rejected {name} {number}"),
        };
        Sheet::about(
            fact,
            [Field::hidden(name).with(number), Field::area("why", "What do you say to it?").must()],
        )
    },
    read: dispute,
};

fn mandate_words(scene: &Scene<'_>, id: Id<Mandate>) -> Result<String, Failed> {
    let row = scene.federation.mandate(id)?;
    Ok(format!(
        "That {} of {} went beyond what they were sent with on {}: {}",
        (scene.called)(row.delegate),
        unit_name(scene.federation, row.unit),
        row.terms.matter,
        instruction_words(scene.federation, &row.terms.instruction)
    ))
}

fn dispute(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let given = reading.given();
    let about = if given.has("conflict") {
        let named = reading.reference("conflict", Federation::conflict_ref);
        named.map(|conflict| Disputed::Settlement { conflict })
    } else if given.has("mandate") {
        let named = reading.reference("mandate", Federation::mandate_ref);
        named.map(|mandate| Disputed::Mandate { mandate })
    } else if given.has("contribution") {
        let named = reading.reference("contribution", Federation::contribution_ref);
        named.map(|contribution| Disputed::Contribution { contribution })
    } else {
        let named = reading.reference("delivery", Federation::delivery_ref);
        named.map(|delivery| Disputed::Delivery { delivery })
    };
    let both = about.zip(reading.prose("why"));
    plain(both.map(|(about, why)| Act::Dispute(Dispute { about, why })))
}

/// The chosen conflict.
fn conflict<'a>(scene: &Scene<'a>) -> Result<(Id<Conflict>, &'a Conflict), Failed> {
    let id = Id::new(scene.given.number("conflict").unwrap_or(u32::MAX));
    Ok((id, scene.federation.conflict(id)?))
}

fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let (id, _) = conflict(scene)?;
    let says = conflict_sentence(scene.federation, id);
    Sheet::about(format!("Conflict {id}: {says}"), [Field::hidden("conflict").with(id)])
}

/// The words of a settlement or an option, and its calendar.
fn text_and_turns(scene: &Scene<'_>, label: &str) -> Result<Sheet, Failed> {
    let (_, row) = conflict(scene)?;
    let nth = scene.given.number("text_number").and_then(|n| usize::try_from(n).ok());
    let proposed = nth.and_then(|n| row.texts.get(n)).map(|(agreed, _)| agreed);
    let text = proposed.map(|agreed| agreed.text.to_string()).unwrap_or_default();
    let turns = proposed.and_then(|agreed| agreed.turns.as_ref());
    let every = turns.map_or_else(|| "7".to_owned(), |turns| turns.every_days.to_string());
    let lines = turns.map(|turns| turns_as_lines(scene.federation, turns)).unwrap_or_default();
    let names: Vec<String> =
        row.parties.iter().map(|&unit| unit_name(scene.federation, unit)).collect();
    let mut sheet = about(scene)?;
    sheet.fields.extend([
        Field::area("text", label).with(text).must(),
        Field::area("turns", "Who has it when?").with(lines).hint(format!(
            "If it is a calendar: a line for each turn, as {}: 1, 8, 4 for day 1 from 8:00 for 4 \
             hours.",
            names.first().map_or("Bakery", String::as_str)
        )),
        Field::number("every_days", "The calendar begins anew every so many days").with(every),
    ]);
    Ok(sheet)
}

fn turns_as_lines(federation: &Federation, turns: &Turns) -> String {
    let line = |slot: &Turn| {
        let unit = federation.find_unit(slot.unit);
        let unit = unit.map(|unit| unit_name(federation, unit)).unwrap_or_default();
        format!("{unit}: {}, {}, {}", slot.from_hour / 24 + 1, slot.from_hour % 24, slot.hours)
    };
    turns.slots.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A calendar from its lines, or none where there are none. The outer `None` means that something
/// is wrong.
#[expect(clippy::option_option, reason = "whether it could be read, and whether there is one")]
fn turns(reading: &mut Reading<'_>) -> Option<Option<Turns>> {
    let text = reading.given().text("turns");
    if text.is_empty() {
        return Some(None);
    }
    let federation = reading.scene.federation;
    let slots = text.lines().filter(|line| !line.trim().is_empty());
    let slots: Result<Vec<Turn>, String> = slots.map(|line| turn(federation, line)).collect();
    let slots = reading.keep("turns", slots);
    let every_days = reading.days_if_any("every_days");
    let every_days = every_days.map(|days| days.unwrap_or(7));
    slots.zip(every_days).map(|(slots, every_days)| Some(Turns { every_days, slots }))
}

fn turn(federation: &Federation, line: &str) -> Result<Turn, String> {
    let wrong = || format!("`{line}` is no turn; write one as Bakery: 1, 8, 4");
    let (name, numbers) = line.rsplit_once(':').ok_or_else(wrong)?;
    let same = |name: &str| name.trim().to_lowercase();
    let found = federation.units().find(|(_, unit)| same(unit.name.as_str()) == same(name));
    let unit = found.and_then(|(id, _)| federation.unit_ref(id)).ok_or_else(wrong)?;
    let numbers: Option<Vec<u32>> = numbers.split(',').map(|n| n.trim().parse().ok()).collect();
    let Some([day, hour, hours]) = numbers.as_deref() else { return Err(wrong()) };
    let day = day.checked_sub(1).filter(|&day| day < 366 && *hour < 24).ok_or_else(wrong)?;
    Ok(Turn { unit, from_hour: day * 24 + hour, hours: *hours })
}

const SETTLE: ActForm = ActForm {
    name: "settle",
    title: "Sign a settlement",
    button: "Sign it for our unit",
    says: "Any text that all parties have signed settles it, for a year at most. Sign the same words \
           that another party has signed, or write your own.",
    sheet: |scene| text_and_turns(scene, "What do you agree on?"),
    read: |reading| {
        let conflict = reading.reference("conflict", Federation::conflict_ref);
        let (text, turns) = (reading.prose("text"), turns(reading));
        plain(
            conflict
                .zip(text)
                .zip(turns)
                .map(|((conflict, text), turns)| Act::Settle(Settle { conflict, text, turns })),
        )
    },
};

const WRITE: ActForm = ActForm {
    name: "write-option",
    title: "Write an option",
    button: "Write it down",
    says: "You were drawn as a mediator. You can write options; the parties' members weigh them, and \
           you decide nothing.",
    sheet: |scene| text_and_turns(scene, "What could they do?"),
    read: |reading| {
        let conflict = reading.reference("conflict", Federation::conflict_ref);
        let (text, turns) = (reading.prose("text"), turns(reading));
        plain(conflict.zip(text).zip(turns).map(|((conflict, text), turns)| {
            Act::WriteOption(WriteOption { conflict, text, turns })
        }))
    },
};

/// The fields of what somebody says to an option, and why.
const SAID: [(&str, &str); 20] = [
    ("option1", "reason1"),
    ("option2", "reason2"),
    ("option3", "reason3"),
    ("option4", "reason4"),
    ("option5", "reason5"),
    ("option6", "reason6"),
    ("option7", "reason7"),
    ("option8", "reason8"),
    ("option9", "reason9"),
    ("option10", "reason10"),
    ("option11", "reason11"),
    ("option12", "reason12"),
    ("option13", "reason13"),
    ("option14", "reason14"),
    ("option15", "reason15"),
    ("option16", "reason16"),
    ("option17", "reason17"),
    ("option18", "reason18"),
    ("option19", "reason19"),
    ("option20", "reason20"),
];

const WEIGH: ActForm = ActForm {
    name: "weigh-options",
    title: "Weigh the options",
    button: "Say this",
    says: "Say for each option whether you support it, or object to it and why. One to which nobody \
           objects, and which somebody in every party supports, settles it. Your last word counts.",
    sheet: |scene| {
        let (_, row) = conflict(scene)?;
        let me = scene.me.and_then(|me| me.person).and_then(|person| row.weighed.get(&person));
        let mut sheet = about(scene)?;
        for (place, (option, (said, reason))) in (0_u8..).zip(row.options.iter().zip(SAID)) {
            let objects = me.and_then(|me| me.objects.get(&place));
            let now = match (me.is_some_and(|me| me.supports.contains(&place)), objects) {
                (_, Some(_)) => "object",
                (true, None) => "support",
                (false, None) => "nothing",
            };
            let choices = vec![
                Choice::new("support", "I support it"),
                Choice::new("object", "I object, for the reason below"),
                Choice::new("nothing", "Neither"),
            ];
            let label = format!("{}. {}", place + 1, way_words(option));
            sheet.fields.push(Field::radio(said, label, choices).with(now));
            let why = objects.map(ToString::to_string).unwrap_or_default();
            let label = format!("Why do you object to option {}?", place + 1);
            sheet.fields.push(Field::line(reason, label).with(why));
        }
        Ok(sheet)
    },
    read: weigh,
};

fn weigh(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let conflict = reading.reference("conflict", Federation::conflict_ref);
    let (mut supports, mut objects) = (Vec::new(), Vec::new());
    for (option, (said, reason)) in (1_u8..).zip(SAID) {
        match reading.given().raw(said) {
            "support" => supports.push(option),
            "object" => {
                let reason: Option<Line> = reading.line(reason);
                objects.extend(reason.map(|reason| Objection { option, reason }));
            }
            _ => {}
        }
    }
    plain(conflict.map(|conflict| Act::WeighOptions(WeighOptions { conflict, supports, objects })))
}
