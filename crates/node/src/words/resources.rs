use federation::act::{Act, Disputed, Makeup, Turns};
use federation::rows::{About, Conflict, Resource, Settled, Stage, Way, WayOut};
use federation::{Federation, Id, Ref};

use super::unit_name;

/// What an act about a resource or a conflict does, in a few words that follow a name.
pub(super) fn resources_sentence(federation: &Federation, act: &Act) -> Option<String> {
    let resource = |named: Ref<Resource>| match federation.find_resource(named) {
        Ok(id) => resource_name(federation, id),
        Err(_) => "a resource".to_owned(),
    };
    let conflict = |named: Ref<Conflict>| match federation.find_conflict(named) {
        Ok(id) => conflict_sentence(federation, id),
        Err(_) => "a conflict".to_owned(),
    };
    Some(match act {
        Act::Register(act) => format!("writes down the resource {}", act.name),
        Act::Claim(act) => format!(
            "claims {} hours of {} from {} to {}",
            act.hours,
            resource(act.resource),
            act.from,
            act.until
        ),
        Act::Release(act) => {
            let claim = federation.find_claim(act.claim).and_then(|id| federation.claim(id));
            let of = claim.map(|claim| resource_name(federation, claim.resource));
            format!("gives up a claim to {}", of.unwrap_or_else(|_| "a resource".to_owned()))
        }
        Act::ReportUse(act) => {
            format!("reports {} hours of use of {}", act.hours, resource(act.resource))
        }
        Act::DeclareMakeup(act) => match act.makeup {
            Makeup::Workers => "says that the unit is made of working members".to_owned(),
            Makeup::Units => "says that the unit is made of other units".to_owned(),
        },
        Act::Dispute(act) => match act.about {
            Disputed::Delivery { .. } => "disputes the rejection of a delivery".to_owned(),
            Disputed::Contribution { .. } => "disputes the rejection of a contribution".to_owned(),
            Disputed::Settlement { conflict: of } => {
                format!("says that a settlement is broken: {}", conflict(of))
            }
            Disputed::Mandate { mandate } => {
                let found = federation.find_mandate(mandate);
                let on = found.and_then(|id| federation.mandate(id)).map(|row| {
                    format!("of {} on {}", unit_name(federation, row.unit), row.terms.matter)
                });
                format!("says that a mandate {} was exceeded", on.unwrap_or_default())
            }
        },
        Act::Settle(act) => format!("signs a text to settle: {}", conflict(act.conflict)),
        Act::WriteOption(act) => {
            format!("writes an option as a mediator for: {}", conflict(act.conflict))
        }
        Act::WeighOptions(act) => format!("weighs the options for: {}", conflict(act.conflict)),
        _ => return None,
    })
}

/// What a resource is called.
pub fn resource_name(federation: &Federation, id: Id<Resource>) -> String {
    federation.resource(id).map_or_else(|_| format!("resource {id}"), |row| row.name.to_string())
}

/// What a conflict is about: `Bakery and Clinic over the mill`.
pub fn conflict_sentence(federation: &Federation, id: Id<Conflict>) -> String {
    let Ok(row) = federation.conflict(id) else { return format!("conflict {id}") };
    let parties: Vec<String> =
        row.parties.iter().map(|&unit| unit_name(federation, unit)).collect();
    let parties = match parties.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => "nobody".to_owned(),
    };
    let about = match row.about {
        About::Resource(resource) => resource_name(federation, resource),
        About::Delivery(delivery) => format!("the rejected delivery {delivery}"),
        About::Contribution(contribution) => format!("the rejected contribution {contribution}"),
        About::Settlement(of) => format!("the settlement of conflict {of}"),
        About::Mandate(mandate) => {
            let matter = federation.mandate(mandate).map(|row| row.terms.matter.to_string());
            format!("the mandate on {}", matter.unwrap_or_default())
        }
    };
    format!("{parties} over {about}")
}

/// How far a conflict is, in words.
pub fn stage_of_conflict_words(stage: &Stage) -> String {
    match stage {
        Stage::Talks { until } => format!("the parties talk until {until}"),
        Stage::Mediation { until } => format!("mediators write options until {until}"),
        Stage::Weighing { until } => format!("members of the parties weigh options until {until}"),
        Stage::Voting { option, .. } => {
            format!("the units affected vote on option {}", u16::from(*option) + 1)
        }
        Stage::Settled { until } => format!("settled, and looked at again on {until}"),
        Stage::Over { at } => format!("over since {at}"),
    }
}

/// How a settlement came about, in words.
pub fn settled_words(how: Settled) -> String {
    match how {
        Settled::Signed => "all parties signed this text".to_owned(),
        Settled::Consent { option } => {
            format!("all parties' members consent to option {}", u16::from(option) + 1)
        }
        Settled::Voted { option, .. } => {
            format!("both majorities of the units affected passed option {}", u16::from(option) + 1)
        }
        Settled::AsItIs => "no option passed, so it stays as it is".to_owned(),
    }
}

/// What an option comes to, in words.
pub fn way_words(option: &WayOut) -> String {
    match option.way {
        Way::ShareByCalendar => "share it by calendar: a day each, one party after the other",
        Way::Split => "split it: each party has a part of its own",
        Way::Substitute => "substitute: some use something else instead",
        Way::TakeTurns => "take turns: four weeks each, one party after the other",
        Way::TrainOthersFirst => "train others first: whoever uses it teaches the rest",
        Way::Uphold => "uphold it: what was said stands",
        Way::DoAgain => "do it again",
        Way::MeetHalfway => "meet halfway: both give way",
        Way::LeaveAsItIs => "leave it as it is",
        Way::Written => option.text.as_str(),
    }
    .to_owned()
}

/// One option of a conflict, counted from 1: `that Bakery and Clinic over the mill split it …`.
pub fn option_of_conflict_words(federation: &Federation, id: Id<Conflict>, option: u8) -> String {
    let row = federation.conflict(id).ok();
    let place = usize::from(option).checked_sub(1);
    let found = row.zip(place).and_then(|(row, place)| row.options.get(place));
    let words = found.map_or_else(|| format!("option {option}"), way_words);
    format!("for {}: {words}", conflict_sentence(federation, id))
}

/// The days of a calendar that begins anew every week.
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Who has a resource when, a line for each: `Bakery: Monday, 0:00, for 24 hours`; where a calendar is
/// longer or shorter than a week, `Bakery: day 1, 0:00, for 24 hours`.
pub fn turns_lines(federation: &Federation, turns: &Turns) -> Vec<String> {
    let line = |slot: &federation::act::Turn| {
        let unit = federation.find_unit(slot.unit);
        let unit = unit.map_or_else(|_| "a unit".to_owned(), |unit| unit_name(federation, unit));
        let (day, hour) = (slot.from_hour / 24, slot.from_hour % 24);
        let length = match slot.hours {
            1 => "1 hour".to_owned(),
            hours if hours % 24 == 0 && hours > 24 => format!("{} days", hours / 24),
            hours => format!("{hours} hours"),
        };
        let weekday = usize::try_from(day).ok().and_then(|day| WEEKDAYS.get(day));
        let day = match weekday.filter(|_| turns.every_days == 7) {
            Some(name) => (*name).to_owned(),
            None => format!("day {}", day + 1),
        };
        format!("{unit}: {day}, {hour}:00, for {length}")
    };
    turns.slots.iter().map(line).collect()
}
