//! What a plan means for a unit, in sentences: the same on pages, in the command and for programs.

use std::collections::{BTreeMap, BTreeSet};

use circuits::{
    Answer, Backer, Barrier, Class, Gain, Offering, OpenNeed, OpenPart, Rounding, StageName,
    UnitIndex, VersionIndex, WantedOf, Why,
};
use measure::Hours;

/// What things of a round are called where they are told of.
pub trait Called {
    /// What a unit is called.
    fn unit(&self, unit: UnitIndex) -> String;
    /// What a version is called.
    fn version(&self, version: VersionIndex) -> String;
    /// Whence the lot is drawn: `the record's root`.
    fn lot_source(&self) -> &'static str;
}

/// How many names stand in a sentence; the others are counted.
const NAMES_MOST: usize = 5;

/// `Bakery, Mill and 3 others`.
fn names(called: &dyn Called, units: &[UnitIndex]) -> String {
    listed(&units.iter().map(|&unit| called.unit(unit)).collect::<Vec<_>>())
}

fn listed(all: &[String]) -> String {
    let more = all.len().saturating_sub(NAMES_MOST);
    let mut shown: Vec<String> = all.iter().take(NAMES_MOST).cloned().collect();
    if more > 0 {
        shown.push(format!("{more} others"));
    }
    match shown.split_last() {
        None => "nobody".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// What a need was for: `bread/2`, or `what Mill owes it`.
fn wanted_words(called: &dyn Called, wanted: WantedOf) -> String {
    match wanted {
        WantedOf::Version(version) => called.version(version),
        WantedOf::OwedBy(giver) => format!("what {} owes it", called.unit(giver)),
    }
}

/// A need that stayed open: `School needs 5:00 hours of bread/2. The plan meets 2:00 hours of it;
/// 3:00 hours stay open.`
pub fn open_need_sentence(called: &dyn Called, unit: UnitIndex, need: &OpenNeed) -> String {
    let (name, wanted) = (called.unit(unit), wanted_words(called, need.wanted));
    let open = need.needed.minus(need.met).unwrap_or_default();
    if need.met.is_positive() {
        format!(
            "{name} needs {} hours of {wanted}. The plan meets {} of them; {open} stay open.",
            need.needed, need.met
        )
    } else {
        format!("{name} needs {} hours of {wanted}. The plan meets none of them.", need.needed)
    }
}

/// Why a part of a need stayed open, and what would have let it through.
fn why_sentence(called: &dyn Called, unit: UnitIndex, wanted: WantedOf, part: &OpenPart) -> String {
    let (hours, name) = (part.hours, called.unit(unit));
    match &part.why {
        Why::RoomUsedUp => format!(
            "{hours} hours: the room of {name} is used up. With {hours} hours more room it would \
             get them, and nobody would get less."
        ),
        Why::OthersFull { givers } if givers.is_empty() => format!(
            "{hours} hours: others on the way have used up their room. Were there more of it, \
             {name} would get them, and nobody would get less."
        ),
        Why::OthersFull { givers } => format!(
            "{hours} hours: {} could give them, but can give no more before getting something.",
            names(called, givers)
        ),
        Why::WentToOthers { receivers, instead_of, decided } => {
            went_to_others(called, (hours, &name), receivers, instead_of, *decided)
        }
        Why::ShutOut { partners } => {
            let shut = |&(partner, barrier): &(UnitIndex, Barrier)| {
                format!("{} ({})", called.unit(partner), barrier_words(barrier))
            };
            let partners: Vec<_> = partners.iter().map(shut).collect();
            format!(
                "{hours} hours: only those offer them who cannot give them to {name}: {}.",
                listed(&partners)
            )
        }
        Why::NotOffered => match wanted {
            WantedOf::Version(version) => {
                format!("{hours} hours: nobody offers so much of {}.", called.version(version))
            }
            WantedOf::OwedBy(giver) => {
                format!("{hours} hours: {} cannot deliver them.", called.unit(giver))
            }
        },
    }
}

fn barrier_words(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::Refused => "one of the two will not deal with the other",
        Barrier::Area => "not where it is needed",
        Barrier::Weeks => "not when it is needed",
        Barrier::TooLarge => {
            "one of the two names so many places, times or partners that the round would be too large"
        }
    }
}

fn went_to_others(
    called: &dyn Called,
    (hours, name): (Hours, &str),
    receivers: &[(UnitIndex, Hours)],
    instead_of: &[UnitIndex],
    decided: Option<StageName>,
) -> String {
    let got: Vec<_> = receivers
        .iter()
        .map(|&(unit, hours)| format!("{} ({hours} hours)", called.unit(unit)))
        .collect();
    let to = match got.as_slice() {
        [] => "others come first".to_owned(),
        got => format!("it went to {}", listed(got)),
    };
    let Some(stage) = decided else {
        return format!(
            "{hours} hours: {to}. To get them instead, {name} would have needed more room as well."
        );
    };
    let why = stage_words(called, stage);
    let without = match instead_of {
        [] => String::new(),
        units => format!(" For {name} to get more, {} would get less.", names(called, units)),
    };
    format!("{hours} hours: {to}. What decided: {why}.{without}")
}

/// What a stage goes by, in a few words: `this way the most hours of needs are met`.
fn stage_words(called: &dyn Called, stage: StageName) -> String {
    match stage {
        StageName::Floor { version } => {
            format!("everybody's floor of {} comes first", called.version(version))
        }
        StageName::Hours(Class::Essential) => {
            "this way the most hours of essential needs are met".to_owned()
        }
        StageName::Hours(Class::Other) => "this way the most hours of needs are met".to_owned(),
        StageName::Evenness(_, band) => {
            let bound = circuits::BANDS.get(usize::from(band)).copied();
            let bound = bound.and_then(Hours::from_seconds).unwrap_or_default();
            format!("the first {bound} hours for each member come first")
        }
        StageName::Nearness => "the shorter way comes first".to_owned(),
        StageName::Expiry => "what is on offer for the shortest time goes first".to_owned(),
        StageName::Memory => "who went short in the round before comes first".to_owned(),
        StageName::Changes => "the plan before was changed as little as possible".to_owned(),
        StageName::Draw(_) | StageName::First => format!(
            "both ways were equally good, so the lot decided, drawn from {}",
            called.lot_source()
        ),
    }
}

/// What more room would bring; none if nothing.
fn more_room_sentence(called: &dyn Called, unit: UnitIndex, steps: &[Gain]) -> Option<String> {
    let whole = Gain::of(steps);
    let first = steps.first().filter(|first| steps.len() > 1 && first.met != whole.met);
    let beginning = first.map_or_else(String::new, |first| {
        format!(" The first {} of them alone would meet {}.", first.with, first.met)
    });
    whole.met.is_positive().then(|| {
        format!(
            "With {} hours more room for {}, {} more hours of needs would be met in all.{beginning}",
            whole.with,
            called.unit(unit),
            whole.met
        )
    })
}

/// What it would bring if one unit backed another.
fn backer_sentence(called: &dyn Called, unit: UnitIndex, backer: &Backer) -> String {
    format!(
        "{} could back {} with {} hours: then {} more hours of needs would be met.",
        called.unit(backer.unit),
        called.unit(unit),
        backer.gain.with,
        backer.gain.met
    )
}

/// What it would bring if a unit offered more of something.
fn offering_sentence(called: &dyn Called, offering: &Offering) -> String {
    format!(
        "If {} offered {} hours more of {}, {} more hours of needs would be met.",
        called.unit(offering.unit),
        offering.gain.with,
        called.version(offering.version),
        offering.gain.met
    )
}

/// The answer for a unit, sentence by sentence: why its needs stayed open, and what would help.
pub fn sentences(called: &dyn Called, answer: &Answer) -> Vec<String> {
    let mut told = Vec::new();
    for need in &answer.open {
        told.push(open_need_sentence(called, answer.unit, need));
        told.extend(why_sentences(called, answer.unit, need));
    }
    told.extend(help_sentences(called, answer));
    told.extend(settled_sentences(called, answer));
    told
}

/// Why something is delivered that no stage planned.
const ADDED: &str = "whole steps were left that go round, or that rooms allow";

/// Which stage settled how much a unit gives and gets: a sentence for each stage, what it gives
/// before what it gets, and by name.
pub fn settled_sentences(called: &dyn Called, answer: &Answer) -> Vec<String> {
    let mut by_stage: BTreeMap<String, BTreeSet<(bool, String)>> = BTreeMap::new();
    for one in &answer.settled {
        let why = match one.decided {
            Some(stage) => stage_words(called, stage),
            None if one.added => ADDED.to_owned(),
            None => continue,
        };
        let what = match one.version {
            Some(version) => called.version(version),
            None => "what it owes".to_owned(),
        };
        let (giver, receiver) = (called.unit(one.giver), called.unit(one.receiver));
        let says = format!("{giver} gives {receiver} {} hours of {what}", one.hours);
        let gets = one.receiver == answer.unit;
        by_stage.entry(why).or_default().insert((gets, says));
    }
    let sentence = |(why, says): (String, BTreeSet<(bool, String)>)| {
        let says: Vec<_> = says.into_iter().map(|(_, says)| says).collect();
        format!("Since {why}: {}.", says.join("; "))
    };
    by_stage.into_iter().map(sentence).collect()
}

/// What rounding to whole steps made of a plan; none if nothing.
pub fn rounding_sentence(rounding: &Rounding) -> Option<String> {
    let hours = |seconds: i128| Hours::from_seconds(i64::try_from(seconds).ok()?);
    let (whole, planned) = (hours(rounding.whole_seconds)?, hours(rounding.planned_seconds)?);
    let says =
        format!("Rounded to whole steps, all contracts together: {whole} of {planned} hours.");
    (whole != planned).then_some(says)
}

/// Why a need stayed open, part by part.
pub fn why_sentences(called: &dyn Called, unit: UnitIndex, need: &OpenNeed) -> Vec<String> {
    need.parts.iter().map(|part| why_sentence(called, unit, need.wanted, part)).collect()
}

/// What would help a unit, sentence by sentence.
pub fn help_sentences(called: &dyn Called, answer: &Answer) -> Vec<String> {
    let mut told = Vec::new();
    told.extend(more_room_sentence(called, answer.unit, &answer.room));
    told.extend(answer.backers.iter().map(|one| backer_sentence(called, answer.unit, one)));
    let offerings = answer.offerings.iter().chain(&answer.asked);
    told.extend(offerings.map(|one| offering_sentence(called, one)));
    told
}
