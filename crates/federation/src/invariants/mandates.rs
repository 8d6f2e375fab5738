//! What holds of mandates, recalls, elections and lots in every state.

use std::collections::BTreeSet;

use super::{Broken, broken};
use crate::act::{Instruction, NumberRange, Question};
use crate::rows::{Drawing, Ended, Lot, LotStage, Mandate, Proposal, Says, Unit, Voting};
use crate::{Federation, Id};

pub(super) fn check(federation: &Federation) -> Result<(), Broken> {
    for (id, row) in federation.mandates() {
        recall_is_counted(federation, id, row)?;
        it_is_bounded(federation, id, row)?;
    }
    for (id, lot) in federation.lots() {
        numbers_are_those_bound(id, lot)?;
    }
    elected_as_counted(federation)
}

/// G6: a recall that has its signatures has taken effect, and never needs more than half of today's
/// members and one.
fn recall_is_counted(
    federation: &Federation,
    id: Id<Mandate>,
    row: &Mandate,
) -> Result<(), Broken> {
    let signed = u32::try_from(row.signed.len()).unwrap_or(u32::MAX);
    if row.ended.is_none() && signed >= row.needed {
        let needed = row.needed;
        return broken("G6", format!("{signed} of {needed} have signed, and mandate {id} holds"));
    }
    if let Some(Ended::Recalled(_)) = row.ended
        && signed < row.needed
    {
        return broken("G6", format!("mandate {id} is recalled by {signed} of {}", row.needed));
    }
    let holds = row.holds(federation.testified());
    let Ok(unit) = federation.unit(row.unit) else { return Ok(()) };
    let most = u32::try_from(unit.members.len() / 2 + 1).unwrap_or(u32::MAX);
    if holds && row.needed > most {
        return broken("G6", format!("{} are needed to recall mandate {id}", row.needed));
    }
    match holds && !row.signed.is_subset(&unit.members) {
        true => broken("G6", format!("somebody else has signed to recall mandate {id}")),
        false => Ok(()),
    }
}

/// A mandate comes from a poll of its unit that passed, lasts at most six months, and no third one
/// for the same person follows two in a row without a pause, whatever they are about.
fn it_is_bounded(federation: &Federation, id: Id<Mandate>, row: &Mandate) -> Result<(), Broken> {
    let poll = federation.proposal(row.by).ok();
    let given = poll.is_some_and(|poll| {
        let asked = match &poll.question {
            Question::Mandate { terms, .. } => *terms == row.terms,
            Question::Delegates(election) => election.terms == row.terms,
            _ => false,
        };
        asked && poll.unit == row.unit && poll.has_passed() && poll.closes <= row.since
    });
    if !given {
        return broken("mandate", format!("no poll of unit {} gave mandate {id}", row.unit));
    }
    if row.terms.until > row.since.plus_days(Mandate::DAYS_MAX) || row.end() < row.since {
        return broken(
            "mandate",
            format!("mandate {id} lasts from {} to {}", row.since, row.end()),
        );
    }
    let same = |other: &&Mandate| (other.unit, other.delegate) == (row.unit, row.delegate);
    let before = federation.mandates().take_while(|&(other, _)| other != id);
    let before: Vec<&Mandate> = before.map(|(_, row)| row).filter(same).collect();
    let [.., first, second] = before.as_slice() else { return Ok(()) };
    let gap = |from: &Mandate, to: &Mandate| to.since.seconds() - from.end().seconds();
    let pause = first.seconds().max(second.seconds());
    let paused = gap(first, row).min(gap(second, row));
    match gap(first, second) < first.seconds() && paused < pause {
        true => broken("rotation", format!("mandate {id} is the third in a row")),
        false => Ok(()),
    }
}

/// A mandate says yes only for its unit, while it holds, to what lies within it, and only where
/// nobody of the unit has voted.
pub(super) fn says_yes_rightly(
    federation: &Federation,
    (id, row): (Id<Proposal>, &Proposal),
    (unit, voting): (Id<Unit>, &Voting),
    mandate: Id<Mandate>,
) -> Result<(), Broken> {
    let wrong = |why: &str| {
        broken("mandate", format!("mandate {mandate} says yes to proposal {id}, and {why}"))
    };
    let Ok(held) = federation.mandate(mandate) else { return wrong("there is none") };
    if held.unit != unit {
        return wrong("it is another unit's");
    }
    if !voting.is_silent() {
        return wrong("members have voted");
    }
    if held.since > row.closes || held.terms.until < row.closes {
        return wrong("it does not hold at the close");
    }
    if held.ended.is_some_and(|ended| ended.at() <= row.closes) {
        return wrong("it had ended");
    }
    if voting.seal.is_none_or(|seal| seal.says != Says::Yes { option: 0 }) {
        return wrong("the seal says something else");
    }
    let within = match (&held.terms.instruction, &row.question) {
        (Instruction::Bound { question, text }, Question::Text {}) => {
            **question == Question::Text {} && *text == row.text
        }
        (Instruction::Bound { question, .. }, asked) => **question == *asked,
        (
            Instruction::Range(NumberRange::Value { least, most, .. }),
            Question::Value { value, .. },
        ) => least <= value && value <= most,
        (
            Instruction::Range(NumberRange::Parameter { parameter, least, most }),
            Question::Pact(pact),
        ) => parameter.of(pact).is_some_and(|found| *least <= found && found <= *most),
        _ => false,
    };
    if within { Ok(()) } else { wrong("it lies outside") }
}

/// What a unit told is what it was bound to, and nobody who withheld takes part.
fn numbers_are_those_bound(id: Id<Lot>, lot: &Lot) -> Result<(), Broken> {
    let (bound, told) = match &lot.stage {
        LotStage::Committing { bound, .. } => (bound.keys().copied().collect(), Vec::new()),
        LotStage::Opening { bound, told, .. } => {
            let right = told.iter().all(|(unit, number)| bound.get(unit) == Some(&number.hash()));
            if !right {
                return broken("lot", format!("a number of lot {id} is not the one bound"));
            }
            (bound.keys().copied().collect(), told.values().collect())
        }
        LotStage::Drawn { told, .. } => {
            (told.keys().copied().collect::<BTreeSet<_>>(), told.values().collect())
        }
        LotStage::Over { .. } => (BTreeSet::new(), Vec::new()),
    };
    if told.iter().any(|number| !lot.hashes.contains(&number.hash())) {
        return broken("lot", format!("a number of lot {id} was never bound"));
    }
    match bound.is_disjoint(&lot.withheld) {
        true => Ok(()),
        false => broken("lot", format!("a unit that withheld gives a number for lot {id}")),
    }
}

/// Those elected are those that the sheet says, counted again; as many at most as there are seats.
fn elected_as_counted(federation: &Federation) -> Result<(), Broken> {
    for (id, row) in federation.proposals() {
        let (Some(elected), Question::Delegates(election)) =
            (federation.elected(id), &row.question)
        else {
            continue;
        };
        let sheet = federation.counted_election(id);
        let named = |position: usize| federation.person_by_id(*election.candidates.get(position)?);
        let counted: BTreeSet<_> = sheet
            .iter()
            .flat_map(|(_, sheet)| &sheet.elected)
            .filter_map(|choice| named(choice.position()))
            .collect();
        let sent = elected.mandates.iter().filter_map(|&id| federation.mandate(id).ok());
        let sent: BTreeSet<_> = sent.map(|row| row.delegate).collect();
        if !sent.is_subset(&counted) || sent.len() > usize::from(election.seats) {
            return broken("G7", format!("election {id} sent {sent:?}, it elects {counted:?}"));
        }
        let lot = elected.lot.and_then(|lot| federation.lot(lot).ok());
        let asked = lot.is_none_or(|lot| lot.drawing == Drawing::Election(id));
        if !asked {
            return broken("lot", format!("election {id} waits for a lot about something else"));
        }
    }
    Ok(())
}
