//! What a plan means for a unit, for programs.

use circuits::{
    Answer, Barrier, Class, Gain, Offering, OpenNeed, OpenPart, Settled, StageName, UnitIndex,
    VersionIndex, WantedOf, Why,
};
use measure::Hours;
use serde_json::{Value, json};

use super::answer::{self, Called};

/// How units and versions of a round are named for programs: by number, or by name.
pub trait Named {
    /// A unit.
    fn unit(&self, unit: UnitIndex) -> Value;
    /// A version.
    fn version(&self, version: VersionIndex) -> Value;
}

/// The answer for a unit, as data, with each need's and part's sentence.
pub fn data(called: &dyn Called, named: &dyn Named, answer: &Answer) -> Value {
    let gain = |gain: &Gain| json!({ "with_seconds": gain.with, "met_seconds": gain.met });
    let offering = |one: &Offering| {
        let (unit, version) = (named.unit(one.unit), named.version(one.version));
        json!({
            "unit": unit,
            "version": version,
            "with_seconds": one.gain.with,
            "met_seconds": one.gain.met,
        })
    };
    let backers = answer.backers.iter().map(|one| {
        let (with, met) = (one.gain.with, one.gain.met);
        json!({ "unit": named.unit(one.unit), "with_seconds": with, "met_seconds": met })
    });
    json!({
        "unit": named.unit(answer.unit),
        "open_needs":
            answer.open.iter().map(|need| open(called, named, (answer.unit, need))).collect::<Vec<_>>(),
        "room": answer.room.iter().map(gain).collect::<Vec<_>>(),
        "backers": backers.collect::<Vec<_>>(),
        "offerings": answer.offerings.iter().map(offering).collect::<Vec<_>>(),
        "asked": answer.asked.iter().map(offering).collect::<Vec<_>>(),
        "deliveries": answer.settled.iter().map(|one| settled(named, one)).collect::<Vec<_>>(),
        "says": answer::sentences(called, answer),
    })
}

fn settled(named: &dyn Named, one: &Settled) -> Value {
    json!({
        "giver": named.unit(one.giver),
        "receiver": named.unit(one.receiver),
        "version": one.version.map(|version| named.version(version)),
        "seconds": one.hours,
        "decided": one.decided.map(stage_word).or(one.added.then_some("whole-steps")),
    })
}

fn open(called: &dyn Called, named: &dyn Named, (unit, need): (UnitIndex, &OpenNeed)) -> Value {
    let (version, owed_by) = match need.wanted {
        WantedOf::Version(version) => (named.version(version), Value::Null),
        WantedOf::OwedBy(giver) => (Value::Null, named.unit(giver)),
    };
    let says = answer::why_sentences(called, unit, need);
    let parts = need.parts.iter().zip(says).map(|(one, says)| part(named, one, &says));
    json!({
        "version": version,
        "owed_by": owed_by,
        "needed_seconds": need.needed,
        "met_seconds": need.met,
        "parts": parts.collect::<Vec<_>>(),
    })
}

fn part(named: &dyn Named, part: &OpenPart, says: &str) -> Value {
    let units = |units: &[UnitIndex]| units.iter().map(|&one| named.unit(one)).collect::<Vec<_>>();
    let mut data = json!({
        "seconds": part.hours,
        "why": why_word(&part.why),
        "units": [],
        "instead_of": [],
        "decided": null,
        "says": says,
    });
    match &part.why {
        Why::RoomUsedUp | Why::NotOffered => {}
        Why::OthersFull { givers } => {
            let of = |&giver: &UnitIndex| party(&named.unit(giver), None, None);
            data["units"] = givers.iter().map(of).collect();
        }
        Why::WentToOthers { receivers, instead_of, decided } => {
            let of =
                |&(unit, hours): &(UnitIndex, Hours)| party(&named.unit(unit), Some(hours), None);
            data["units"] = receivers.iter().map(of).collect();
            data["instead_of"] = units(instead_of).into();
            data["decided"] = decided.map(stage_word).into();
        }
        Why::ShutOut { partners } => {
            let of = |&(unit, barrier): &(UnitIndex, Barrier)| {
                party(&named.unit(unit), None, Some(barrier_word(barrier)))
            };
            data["units"] = partners.iter().map(of).collect();
        }
    }
    data
}

fn party(unit: &Value, seconds: Option<Hours>, barrier: Option<&'static str>) -> Value {
    json!({ "unit": unit, "seconds": seconds, "barrier": barrier })
}

/// The words for why a part of a need stayed open.
pub const WHY_WORDS: [&str; 5] =
    ["room-used-up", "others-full", "went-to-others", "shut-out", "not-offered"];

/// The words for what stands between a need and an offer.
pub const BARRIER_WORDS: [&str; 4] = ["refused", "area", "weeks", "too_large"];

/// The words for what decided: a stage, or that it was added when seconds became whole steps.
pub const STAGE_WORDS: [&str; 10] = [
    "floor",
    "essential-hours",
    "hours",
    "evenness",
    "nearness",
    "expiry",
    "memory",
    "changes",
    "lot",
    "whole-steps",
];

const fn why_word(why: &Why) -> &'static str {
    match why {
        Why::RoomUsedUp => "room-used-up",
        Why::OthersFull { .. } => "others-full",
        Why::WentToOthers { .. } => "went-to-others",
        Why::ShutOut { .. } => "shut-out",
        Why::NotOffered => "not-offered",
    }
}

const fn barrier_word(barrier: Barrier) -> &'static str {
    match barrier {
        Barrier::Refused => "refused",
        Barrier::Area => "area",
        Barrier::Weeks => "weeks",
        Barrier::TooLarge => "too_large",
    }
}

/// The word for a stage.
pub const fn stage_word(stage: StageName) -> &'static str {
    match stage {
        StageName::Floor { .. } => "floor",
        StageName::Hours(Class::Essential) => "essential-hours",
        StageName::Hours(Class::Other) => "hours",
        StageName::Evenness(..) => "evenness",
        StageName::Nearness => "nearness",
        StageName::Expiry => "expiry",
        StageName::Memory => "memory",
        StageName::Changes => "changes",
        StageName::Draw(_) | StageName::First => "lot",
    }
}
