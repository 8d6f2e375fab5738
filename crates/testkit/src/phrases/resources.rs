use federation::act::{
    ClaimResource, DeclareMakeup, Dispute, Disputed, Makeup, Objection, Register, Release,
    ReportUse, Settle, Turn, Turns, WeighOptions, WriteOption,
};
use federation::rows::{Claim, Conflict, Resource, Unit, Version};
use federation::{Act, Line, PersonId, Prose, Ref, Time};
use measure::Hours;

use super::line;

/// A few paragraphs. Panics if the text is none.
pub fn prose(text: &str) -> Prose {
    Prose::parse(text).unwrap_or_else(|refused| panic!("`{text}` is no prose: {refused}"))
}

/// Writes a resource down.
pub fn register(called: &str) -> Act {
    let (name, place, about) = (crate::name(called), Line::default(), Prose::default());
    Act::Register(Register { name, place, about })
}

/// Claims ten hours of a resource, from one time to another, with one worker.
pub fn claim(
    resource: Ref<Resource>,
    worker: PersonId,
    (from, until): (Time, Time),
) -> ClaimResource {
    ClaimResource {
        resource,
        purpose: line("to work with it"),
        hours: Hours::whole(10),
        from,
        until,
        workers: vec![worker],
        dependents: Vec::new(),
    }
}

/// Gives it up.
pub fn release_claim(claim: Ref<Claim>) -> Act {
    Act::Release(Release { claim })
}

/// Reports so many hours of use that end at a time, in which something was made.
pub fn report_use(
    resource: Ref<Resource>,
    hours: i32,
    until: Time,
    made: Vec<Ref<Version>>,
) -> Act {
    let hours = Hours::whole(hours);
    let from = until.plus_seconds(-hours.seconds());
    let note = Line::default();
    Act::ReportUse(ReportUse { resource, hours, from, until, made, note })
}

/// Says that a unit is made of others.
pub fn made_of_units() -> Act {
    Act::DeclareMakeup(DeclareMakeup { makeup: Makeup::Units })
}

/// Disputes something.
pub fn dispute(about: Disputed) -> Act {
    Act::Dispute(Dispute { about, why: prose("it was as agreed") })
}

/// Signs a text.
pub fn settle(conflict: Ref<Conflict>, text: &str) -> Act {
    Act::Settle(Settle { conflict, text: prose(text), turns: None })
}

/// Signs a text with a week's calendar: each unit has it so many hours, one after the other.
pub fn settle_by_week(conflict: Ref<Conflict>, text: &str, slots: &[(Ref<Unit>, u32, u32)]) -> Act {
    let slots = slots.iter().map(|&(unit, from_hour, hours)| Turn { unit, from_hour, hours });
    let turns = Some(Turns { every_days: 7, slots: slots.collect() });
    Act::Settle(Settle { conflict, text: prose(text), turns })
}

/// Writes an option.
pub fn write_option(conflict: Ref<Conflict>, text: &str) -> Act {
    Act::WriteOption(WriteOption { conflict, text: prose(text), turns: None })
}

/// Supports some options, and objects to others with a reason.
pub fn weigh(conflict: Ref<Conflict>, supports: &[u8], objects: &[(u8, &str)]) -> Act {
    let objects = objects.iter();
    let objects = objects.map(|&(option, reason)| Objection { option, reason: line(reason) });
    let (supports, objects) = (supports.to_vec(), objects.collect());
    Act::WeighOptions(WeighOptions { conflict, supports, objects })
}
