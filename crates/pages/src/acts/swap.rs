use federation::act::{BringThing, WithdrawThing, WouldTake};
use federation::rows::Thing;
use federation::{Act, Federation, Id, Ref};
use node::Failed;
use node::words::thing_words;

use super::{ActForm, Said, Sheet, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::{Scene, Versions};

pub(super) const FORMS: &[ActForm] = &[BRING, WOULD_TAKE, WITHDRAW];

const BRING: ActForm = ActForm {
    name: "bring-thing",
    title: "Bring a thing to swap",
    button: "Bring it",
    says: "A thing for a thing, without hours: a tool for a tool, a room for a room. You then say \
           what you would take for it. Nothing binds you before you say yes.",
    sheet: |scene| {
        Sheet::of([
            Field::choice("version", "What is it?", scene.versions(Versions::All))
                .hint("Not there? Write it down under Specifications first. It needs no value."),
            Field::number("quantity", "How much of it?").with(1).must(),
            Field::line("what", "Which one?").hint(
                "So that others know what they would get, such as: the blue one, hardly used.",
            ),
        ])
    },
    read: bring,
};

fn bring(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let chosen = reading.given().number("version").map(Id::new);
    let (version, quantity) = (reading.version("version"), reading.quantity_of("quantity", chosen));
    let what = reading.line("what");
    plain(
        version.zip(quantity).zip(what).map(|((version, quantity), what)| {
            Act::BringThing(BringThing { version, quantity, what })
        }),
    )
}

/// The fields of what would be taken, best first; as many as a list can have.
const TAKES: [&str; 64] = [
    "take1", "take2", "take3", "take4", "take5", "take6", "take7", "take8", "take9", "take10",
    "take11", "take12", "take13", "take14", "take15", "take16", "take17", "take18", "take19",
    "take20", "take21", "take22", "take23", "take24", "take25", "take26", "take27", "take28",
    "take29", "take30", "take31", "take32", "take33", "take34", "take35", "take36", "take37",
    "take38", "take39", "take40", "take41", "take42", "take43", "take44", "take45", "take46",
    "take47", "take48", "take49", "take50", "take51", "take52", "take53", "take54", "take55",
    "take56", "take57", "take58", "take59", "take60", "take61", "take62", "take63", "take64",
];

/// How many fields are free beyond those that are filled in.
const FREE: usize = 3;

const WOULD_TAKE: ActForm = ActForm {
    name: "would-take",
    title: "What would you take for it?",
    button: "Keep this list",
    says: "Best first. You get the best on your list that can be had, and never anything that is \
           not on it; if nothing can be had, you keep your own. Writing what is true is best for \
           you: no other list gets you more.",
    sheet: takes_sheet,
    read: takes,
};

fn takes_sheet(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let id = Id::new(scene.given.number("thing").unwrap_or(u32::MAX));
    let thing = scene.federation.thing(id)?;
    let in_swap = |&id: &Id<Thing>| {
        scene.federation.thing(id).is_ok_and(|row| scene.federation.is_in_swap(row))
    };
    let mut listed: Vec<Id<Thing>> = thing.would_take.iter().copied().filter(in_swap).collect();
    let more = scene.given.number("add").map(Id::new).filter(|more| !listed.contains(more));
    listed.extend(more);
    let filled = TAKES.iter().filter(|name| scene.given.number(name).is_some()).count();
    let shown = listed.len().max(filled).saturating_add(FREE);
    let others = of_others(scene, thing);
    let mut fields = vec![Field::hidden("thing").with(id)];
    for (place, &name) in TAKES.iter().enumerate().take(shown) {
        let label = match place {
            0 => "What would you like best?".to_owned(),
            _ => format!("Or else, as choice {}?", place + 1),
        };
        let mut choices =
            vec![Choice::new("", if place == 0 { "nothing" } else { "nothing else" })];
        choices.extend(others.iter().cloned());
        let value = listed.get(place).map(ToString::to_string).unwrap_or_default();
        fields.push(Field::choice(name, label, choices).with(value));
    }
    let fact = format!("For your {}", thing_words(scene.federation, thing));
    Sheet::about(fact, fields)
}

/// What other units have in the swap.
fn of_others(scene: &Scene<'_>, than: &Thing) -> Vec<Choice> {
    let things = scene.federation.standing_things();
    let things = things.filter_map(|id| Some((id, scene.federation.thing(id).ok()?)));
    let mut others: Vec<_> = things
        .filter(|(_, thing)| thing.unit != than.unit)
        .map(|(id, thing)| {
            let what = thing_words(scene.federation, thing);
            Choice::new(id, format!("{}: {what}", scene.unit_name(thing.unit)))
        })
        .collect();
    others.sort_by_key(|choice| choice.label.to_lowercase());
    others
}

fn takes(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let thing = reading.reference("thing", Federation::thing_ref);
    let chosen: Vec<_> =
        TAKES.into_iter().filter(|&name| !reading.given().raw(name).is_empty()).collect();
    let instead: Option<Vec<Ref<Thing>>> =
        chosen.into_iter().map(|name| reading.reference(name, Federation::thing_ref)).collect();
    plain(thing.zip(instead).map(|(thing, instead)| Act::WouldTake(WouldTake { thing, instead })))
}

const WITHDRAW: ActForm = ActForm {
    name: "withdraw-thing",
    title: "Take a thing out of the swap",
    button: "Take it out",
    says: "If it is in a ring that waits for answers, that ring is off.",
    sheet: |scene| {
        let id = Id::new(scene.given.number("thing").unwrap_or(u32::MAX));
        let what = thing_words(scene.federation, scene.federation.thing(id)?);
        Sheet::about(what, [Field::hidden("thing").with(id)])
    },
    read: |reading| {
        let thing = reading.reference("thing", Federation::thing_ref);
        plain(thing.map(|thing| Act::WithdrawThing(WithdrawThing { thing })))
    },
};
