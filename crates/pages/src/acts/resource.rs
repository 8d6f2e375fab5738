use federation::act::{ClaimResource, DeclareMakeup, Makeup, Register, Release, ReportUse};
use federation::rows::Resource;
use federation::{Act, Federation, Id, PersonId};
use node::Failed;
use node::words::resource_name;

use super::{ActForm, Said, Sheet, plain};
use crate::day::Day;
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::{Scene, Versions};

pub(super) const FORMS: &[ActForm] = &[REGISTER, CLAIM, RELEASE, REPORT_USE, MAKEUP];

const REGISTER: ActForm = ActForm {
    name: "register",
    title: "Write a resource down",
    button: "Write it down",
    says: "A workshop, a field, a machine. Whoever writes it down has no more right to it than any \
           other; units claim its use.",
    sheet: |_| {
        Sheet::of([
            Field::line("name", "What is it called?").must(),
            Field::line("place", "Where is it?"),
            Field::area("about", "What is it?"),
        ])
    },
    read: |reading| {
        let (name, place) = (reading.name("name"), reading.line("place"));
        plain(
            name.zip(place)
                .zip(reading.prose("about"))
                .map(|((name, place), about)| Act::Register(Register { name, place, about })),
        )
    },
};

fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let id: Id<Resource> = Id::new(scene.given.number("resource").unwrap_or(u32::MAX));
    scene.federation.resource(id)?;
    let name = resource_name(scene.federation, id);
    Sheet::about(name, [Field::hidden("resource").with(id)])
}

/// The fields for those who work with a resource.
const WORKERS: [&str; 6] = ["worker1", "worker2", "worker3", "worker4", "worker5", "worker6"];

const CLAIM: ActForm = ActForm {
    name: "claim",
    title: "Claim a resource",
    button: "Claim it",
    says: "Only a unit with working members can: name those who will work with it; each counts for \
           at most 12 hours a day. Where your dates overlap with another unit's claim, talks open by \
           themselves, and everybody goes on using it meanwhile.",
    sheet: |scene| {
        let mut sheet = about(scene)?;
        let day = Day::of(scene.now);
        let members = members(scene);
        sheet.fields.extend([
            Field::line("purpose", "What for?").must(),
            Field::number("hours", "How many hours of its use?").hint("As 10 or 2:30.").must(),
            Field::day("from", "From").with(day).must(),
            Field::day("until", "Until the end of").with(day.plus(28)).must(),
        ]);
        for (place, &name) in WORKERS.iter().enumerate() {
            let mut choices = members.clone();
            if place > 0 {
                choices.insert(0, Choice::new("", "nobody else"));
            }
            let label = if place == 0 { "Who will work with it?" } else { "And who else?" };
            sheet.fields.push(Field::choice(name, label, choices));
        }
        sheet.fields.push(
            Field::area("dependents", "Which units depend on it?").hint("Their names, one a line."),
        );
        Ok(sheet)
    },
    read: claim,
};

/// The members of the reader's unit.
fn members(scene: &Scene<'_>) -> Vec<Choice> {
    let unit = scene.my_unit().and_then(|unit| scene.federation.unit(unit).ok());
    let members = unit.into_iter().flat_map(|unit| unit.members.iter().copied());
    members.map(|id| Choice::new(id, (scene.called)(id))).collect()
}

fn claim(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let resource = reading.reference("resource", Federation::resource_ref);
    let (purpose, hours) = (reading.line("purpose"), reading.hours("hours"));
    let (from, until) = (reading.day_start_if_any("from"), reading.day_end("until"));
    let dependents = reading.units("dependents");
    let named = WORKERS.iter().filter_map(|name| reading.given().number(name));
    let named = named.filter_map(|number| reading.scene.federation.person(Id::new(number)).ok());
    let workers: Vec<PersonId> = named.map(|person| person.id).collect();
    let now = reading.scene.now;
    let (Some(resource), Some(purpose), Some(hours)) = (resource, purpose, hours) else {
        return Ok(None);
    };
    let (Some(from), Some(until), Some(dependents)) = (from, until, dependents) else {
        return Ok(None);
    };
    let from = from.unwrap_or(now);
    let claim = ClaimResource { resource, purpose, hours, from, until, workers, dependents };
    plain(Some(Act::Claim(claim)))
}

const RELEASE: ActForm = ActForm {
    name: "release",
    title: "Give a claim up",
    button: "Give it up",
    says: "Where that ends the overlap, the conflict over it is over too.",
    sheet: |scene| {
        let id = Id::new(scene.given.number("claim").unwrap_or(u32::MAX));
        let claim = scene.federation.claim(id)?;
        let name = resource_name(scene.federation, claim.resource);
        let fact =
            format!("{} hours of {name} from {} to {}", claim.hours, claim.from, claim.until);
        Sheet::about(fact, [Field::hidden("claim").with(id)])
    },
    read: |reading| {
        let claim = reading.reference("claim", Federation::claim_ref);
        plain(claim.map(|claim| Act::Release(Release { claim })))
    },
};

/// The fields for what was made with a resource.
const MADE: [&str; 4] = ["made1", "made2", "made3", "made4"];

const REPORT_USE: ActForm = ActForm {
    name: "report-use",
    title: "Report use",
    button: "Report it",
    says: "How many hours you have used it, with a claim or without one. Whoever receives what was \
           made with it has a say if it is ever disputed.",
    sheet: |scene| {
        let mut sheet = about(scene)?;
        let day = Day::of(scene.now);
        sheet.fields.extend([
            Field::number("hours", "How many hours?").hint("As 10 or 2:30.").must(),
            Field::day("from", "From").with(day.plus(-7)).must(),
            Field::day("until", "Until the end of").with(day.plus(-1)).must(),
        ]);
        for (place, &name) in MADE.iter().enumerate() {
            let mut choices =
                vec![Choice::new("", if place == 0 { "nothing" } else { "nothing else" })];
            choices.extend(scene.versions(Versions::All));
            let label = if place == 0 { "What was made with it?" } else { "And what else?" };
            sheet.fields.push(Field::choice(name, label, choices));
        }
        sheet.fields.push(Field::line("note", "What else is there to say?"));
        Ok(sheet)
    },
    read: report_use,
};

fn report_use(reading: &mut Reading<'_>) -> Result<Option<Said>, Failed> {
    let resource = reading.reference("resource", Federation::resource_ref);
    let (hours, note) = (reading.hours("hours"), reading.line("note"));
    let (from, until) = (reading.day_start_if_any("from"), reading.day_end("until"));
    let chosen: Vec<&'static str> =
        MADE.into_iter().filter(|name| !reading.given().raw(name).is_empty()).collect();
    let made: Option<Vec<_>> = chosen.into_iter().map(|name| reading.version(name)).collect();
    let (Some(resource), Some(hours), Some(note)) = (resource, hours, note) else {
        return Ok(None);
    };
    let (Some(Some(from)), Some(until), Some(made)) = (from, until, made) else {
        return Ok(None);
    };
    plain(Some(Act::ReportUse(ReportUse { resource, hours, from, until, made, note })))
}

const MAKEUP: ActForm = ActForm {
    name: "declare-makeup",
    title: "Say what your unit is made of",
    button: "Say it",
    says: "A council, a commune or a federation is made of units or their delegates. It claims no \
           resource, and gives up what it has claimed.",
    sheet: |_| {
        Sheet::of([Field::radio(
            "makeup",
            "What is it made of?",
            vec![
                Choice::new("workers", "Working members"),
                Choice::new("units", "Other units, or their delegates"),
            ],
        )])
    },
    read: |reading| {
        let makeup = reading.word::<Makeup>("makeup");
        plain(makeup.map(|makeup| Act::DeclareMakeup(DeclareMakeup { makeup })))
    },
};
