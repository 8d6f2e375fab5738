//! No act ends, extends or hastens a period that runs: it is over when its time is, by the word of
//! enough units, or earlier in one of the ways named here and in no other.

use std::collections::BTreeMap;

use federation::invariants::Broken;
use federation::rows::{
    Conflict, Contract, Course, Due, Ended, Lot, LotStage, Mandate, Person, Phase, Proposal, Round,
    Settled, Stage, Status, Unit, Waiting,
};
use federation::{Act, Days, Federation, Id, PublicKey, Time};

use super::{Step, actor, broken};

/// Something that runs until a moment that everybody can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Period {
    /// The notice of a proposal.
    Notice(Id<Proposal>),
    /// Its poll.
    Poll(Id<Proposal>),
    /// A mandate.
    Mandate(Id<Mandate>),
    /// The stage of a public lot: numbers are bound, or told.
    Lot(Id<Lot>, bool),
    /// The stage of a conflict, how many-th, or the year of its result.
    Conflict(Id<Conflict>, u8),
    /// The wait before somebody comes to a new key, before and after a veto.
    Recovery(Id<Person>, PublicKey, bool),
    /// The wait before other helpers take over.
    Helpers(Id<Person>),
    /// What a round is waiting for: offers and needs, a plan, or answers; and in which pass.
    Round(Id<Round>, u8),
    /// The answers to a proposed contract.
    Answer(Id<Contract>),
}

/// Every period that runs in a state, and until when.
fn running(state: &Federation) -> BTreeMap<Period, Time> {
    let mut found = BTreeMap::new();
    for (id, row) in state.proposals() {
        match row.course {
            Course::Notice => found
                .extend([(Period::Notice(id), row.notice_until), (Period::Poll(id), row.closes)]),
            Course::Voting => found.extend([(Period::Poll(id), row.closes)]),
            Course::Withdrawn { .. } | Course::Closed(_) => {}
        }
    }
    let mandates = state.mandates().filter(|(_, row)| row.ended.is_none());
    found.extend(mandates.map(|(id, row)| (Period::Mandate(id), row.terms.until)));
    for (id, row) in state.lots() {
        match row.stage {
            LotStage::Committing { until, .. } => found.insert(Period::Lot(id, false), until),
            LotStage::Opening { until, .. } => found.insert(Period::Lot(id, true), until),
            LotStage::Drawn { .. } | LotStage::Over { .. } => None,
        };
    }
    let conflicts = state.conflicts().filter_map(|(id, row)| Some((id, stage(&row.stage)?)));
    found.extend(conflicts.map(|(id, (stage, until))| (Period::Conflict(id, stage), until)));
    for row in state.recoveries() {
        let again = matches!(row.waiting, Waiting::SecondPetition { .. });
        let until = row.until().map(|at| (Period::Recovery(row.person, row.key.key, again), at));
        found.extend(until);
    }
    let helpers = state.persons().filter_map(|(id, row)| Some((id, row.next_helpers.as_ref()?.0)));
    found.extend(helpers.map(|(id, from)| (Period::Helpers(id), from)));
    let rounds = state.rounds().filter_map(|(id, row)| Some((id, phase(state, id, row.phase)?)));
    found.extend(rounds.map(|(id, (phase, until))| (Period::Round(id, phase), until)));
    for (id, row) in state.contracts() {
        if let Status::Proposed { answer_by, .. } = row.status {
            found.insert(Period::Answer(id), answer_by);
        }
    }
    found
}

fn stage(stage: &Stage) -> Option<(u8, Time)> {
    match *stage {
        Stage::Talks { until } => Some((0, until)),
        Stage::Mediation { until } => Some((1, until)),
        Stage::Weighing { until } => Some((2, until)),
        Stage::Settled { until } => Some((3, until)),
        // The poll is a period of its own.
        Stage::Voting { .. } | Stage::Over { .. } => None,
    }
}

fn phase(state: &Federation, id: Id<Round>, phase: Phase) -> Option<(u8, Time)> {
    use federation::rows::Pass;
    let second = |pass| if pass == Pass::Again { 2 } else { 0 };
    match phase {
        Phase::Open { until } => Some((0, until)),
        Phase::Solving { pass } => Some((1 + second(pass), state.solve_until(id)?)),
        Phase::Answering { pass, until } => Some((2 + second(pass), until)),
        Phase::Finished => None,
    }
}

/// Every period goes on to the same end, or its end has come, or it ended in a way that is named.
pub(super) fn run_their_course(step: Step<'_>) -> Result<(), Broken> {
    let after = running(step.after);
    for (period, until) in running(step.before) {
        // A period counts as over with the moment itself where somebody ends it by hand.
        let over = until <= step.after.testified();
        let now = after.get(&period).copied();
        let goes_on = now == Some(until) || now.is_some_and(|now| opened_late(step, period, now));
        if goes_on || over || ends_early(step, period) {
            continue;
        }
        let act = step.entry.statement.act.name();
        return broken("period", format!("{period:?} until {until} is until {now:?} by {act}"));
    }
    what_comes_due_is_a_period(step.after, &after)
}

/// A poll whose notice ended more than a day ago closes as much later, and to the second so.
fn opened_late(step: Step<'_>, period: Period, now: Time) -> bool {
    let Period::Poll(id) = period else { return false };
    let (Ok(before), Ok(after)) = (step.before.proposal(id), step.after.proposal(id)) else {
        return false;
    };
    let day = 86_400;
    let said = before.closes.seconds() - before.notice_until.seconds();
    let opens = before.course == Course::Notice && after.course == Course::Voting;
    opens
        && now == step.after.testified().plus_seconds((said - day).max(day))
        && now > before.closes
}

/// The ways in which a period ends before its time, all of them: whoever it was for or against gives
/// it up, and nobody else can.
fn ends_early(step: Step<'_>, period: Period) -> bool {
    let act = &step.entry.statement.act;
    match period {
        Period::Notice(id) | Period::Poll(id) => withdrawn_unvoted(step, id),
        Period::Mandate(id) => step.after.mandate(id).is_ok_and(|row| mandate_ends(step, row)),
        // All have told their numbers.
        Period::Lot(id, opening) => step.after.lot(id).is_ok_and(|row| match &row.stage {
            LotStage::Drawn { told, .. } => {
                opening && step.before.lot(id).is_ok_and(|row| bound(row) == told.len())
            }
            _ => false,
        }),
        Period::Conflict(id, stage) => conflict_ends(step, id, stage),
        Period::Recovery(person, key, _) => {
            let vetoes = matches!(act, Act::VetoRecovery(veto) if veto.key == key);
            (vetoes && actor(step) == Some(person)) || another_key_came(step, person)
        }
        Period::Helpers(person) => {
            matches!(act, Act::NameHelpers(_)) && actor(step) == Some(person)
        }
        Period::Round(id, phase) => match phase {
            // A certified plan is what it waits for; then everybody's answer.
            1 | 3 => matches!(act, Act::Plan(_)),
            2 | 4 => matches!(act, Act::CloseRound(_)) && step.before.all_answered(id) == Ok(true),
            _ => false,
        },
        Period::Answer(id) => step.after.contract(id).is_ok_and(|row| answered(step, id, row)),
    }
}

fn bound(lot: &Lot) -> usize {
    match &lot.stage {
        LotStage::Opening { bound, .. } => bound.len(),
        _ => usize::MAX,
    }
}

/// Its author takes a proposal back on which nobody has voted.
fn withdrawn_unvoted(step: Step<'_>, id: Id<Proposal>) -> bool {
    let is_by_author = step.before.proposal(id).is_ok_and(|row| {
        Some(row.by) == actor(step) && row.electorate.values().all(|voting| !voting.took_part())
    });
    matches!(step.entry.statement.act, Act::WithdrawProposal(_)) && is_by_author
}

/// The delegate gives a mandate back or leaves; enough members have signed its recall; or the unit
/// gives the same person another one on the same matter.
fn mandate_ends(step: Step<'_>, row: &Mandate) -> bool {
    let Some(ended) = row.ended else { return false };
    let unit = step.after.unit(row.unit);
    let is_member = |unit: &Unit| unit.is_in() && unit.members.contains(&row.delegate);
    match ended {
        Ended::Recalled(_) => u32::try_from(row.signed.len()).is_ok_and(|n| n >= row.needed),
        Ended::LaidDown(_) => actor(step) == Some(row.delegate),
        Ended::Left(_) => !unit.is_ok_and(is_member),
        Ended::Renewed(at) => step.after.mandates().any(|(_, other)| {
            (other.unit, other.delegate, other.since) == (row.unit, row.delegate, at)
        }),
    }
}

/// All parties sign a text; fewer than two are left; or others come to what was settled.
fn conflict_ends(step: Step<'_>, id: Id<Conflict>, stage: u8) -> bool {
    let (Ok(before), Ok(after)) = (step.before.conflict(id), step.after.conflict(id)) else {
        return false;
    };
    let signs = matches!(step.entry.statement.act, Act::Settle(_));
    let fewer = after.parties.len() < before.parties.len();
    let settled = after.settlement != before.settlement
        && after.settlement.as_ref().is_some_and(|now| now.how == Settled::Signed);
    let others_come = !after.parties.is_subset(&before.parties);
    (settled && (signs || fewer))
        || (fewer && after.parties.len() < 2)
        || (others_come && stage == 3 && matches!(step.entry.statement.act, Act::Claim(_)))
}

/// Whether a new key of this person's came into use, which makes every other one on its way moot.
fn another_key_came(step: Step<'_>, person: Id<Person>) -> bool {
    let mut waiting = step.before.recoveries().filter(|row| row.person == person);
    waiting.any(|row| step.after.key(row.key.key).is_some())
}

/// A side has said yes or no, or has left; or the round that proposed it has closed, or its ring has
/// fallen.
fn answered(step: Step<'_>, id: Id<Contract>, after: &Contract) -> bool {
    let Ok(before) = step.before.contract(id) else { return false };
    let acting = actor(step).and_then(|person| step.before.person(person).ok()?.unit);
    let (act, ring) = (&step.entry.statement.act, ring_of(step.before, id));
    match after.status {
        Status::Proposed { .. } | Status::Ended { .. } => false,
        Status::Agreed | Status::Fulfilled => matches!(act, Act::AcceptContract(_)),
        Status::Declined { by, .. } => {
            let speaks = acting == Some(by) || step.after.unit(by).is_ok_and(Unit::is_departed);
            speaks && (before.is_party(by) || ring.iter().any(|&other| party(step, other, by)))
        }
        Status::Lapsed => matches!(act, Act::CloseRound(_)) || !ring.is_empty(),
    }
}

fn party(step: Step<'_>, contract: Id<Contract>, unit: Id<Unit>) -> bool {
    step.before.contract(contract).is_ok_and(|row| row.is_party(unit))
}

/// The ring of a swap in which a contract is, or nothing.
fn ring_of(state: &Federation, id: Id<Contract>) -> Vec<Id<Contract>> {
    let mut rings = state.rounds().flat_map(|(_, round)| round.swaps.iter());
    rings.find(|ring| ring.contains(&id)).cloned().unwrap_or_default()
}

/// The calendar holds what the rows say, and nothing that no row says: so nothing comes due early, or
/// that nobody could read of.
fn what_comes_due_is_a_period(
    state: &Federation,
    running: &BTreeMap<Period, Time>,
) -> Result<(), Broken> {
    let mut expected = 0;
    for (at, due) in state.calendar() {
        let named = match due {
            Due::NoticeEnds(id) => running.get(&Period::Notice(id)) == Some(&at),
            Due::PollCloses(id) => running.get(&Period::Poll(id)) == Some(&at),
            Due::HelpersChange(id) => running.get(&Period::Helpers(id)) == Some(&at),
            Due::LotStageEnds(id) => {
                let stages = [Period::Lot(id, false), Period::Lot(id, true)];
                // A stage that ended early leaves its moment behind, at which nothing happens.
                stages.iter().any(|stage| running.get(stage) == Some(&at)) || drawn(state, id)
            }
            Due::RecoveryStands(_) => running
                .iter()
                .any(|(period, &until)| matches!(period, Period::Recovery(..)) && until == at),
            // Moments left behind by a stage that ended early; nothing happens at them.
            Due::ConflictStageEnds(id) => state.conflict(id).is_ok(),
            Due::Draw(id) | Due::Lapses(id) => state.contribution(id).is_ok(),
            Due::Enrolment => true,
        };
        if !named {
            return broken("calendar", format!("{due:?} is due at {at}, and no row says so"));
        }
        let waits_in_calendar = match due {
            Due::NoticeEnds(_)
            | Due::PollCloses(_)
            | Due::HelpersChange(_)
            | Due::RecoveryStands(_) => 1,
            Due::LotStageEnds(id) => usize::from(!drawn(state, id)),
            Due::ConflictStageEnds(_) | Due::Draw(_) | Due::Lapses(_) | Due::Enrolment => 0,
        };
        expected += waits_in_calendar;
    }
    let by_calendar = |period: &&Period| {
        !matches!(
            period,
            Period::Mandate(_) | Period::Conflict(..) | Period::Round(..) | Period::Answer(_)
        )
    };
    let found = running.keys().filter(by_calendar).count();
    match found == expected {
        true => Ok(()),
        false => broken("calendar", format!("{found} periods run, {expected} are due")),
    }
}

fn drawn(state: &Federation, id: Id<Lot>) -> bool {
    state.lot(id).is_ok_and(|row| matches!(row.stage, LotStage::Drawn { .. }))
}

/// Time comes in by those who vouch for it: it goes on only to what three enrolled units have dated
/// (all, if they are fewer), none the host's own if there is another.
pub(super) fn time_is_vouched_for(step: Step<'_>) -> Result<(), Broken> {
    let (was, is) = (step.before.testified(), step.after.testified());
    let (begun, begins) = (step.before.vouched(), step.after.vouched());
    if is < was || begins < begun {
        return broken("time", format!("{was} was vouched for, and now {is}"));
    }
    let host = step.after.time();
    if is > host || begins < is || begins > host.plus_days(Days(30)).max(begun) {
        return broken(
            "time",
            format!("{is} is over and {begins} begins, by the host it is {host}"),
        );
    }
    if is == was {
        return Ok(());
    }
    let dated = |state: &Federation| {
        let host = state.host().and_then(|host| state.person(host).ok()?.unit);
        let enrolled = state.units().filter(|(_, unit)| unit.is_enrolled());
        let date = |row: &Unit| row.dated.map(|(date, ..)| date);
        let enrolled: Vec<_> = enrolled.map(|(id, row)| (Some(id) != host, date(row))).collect();
        let others = enrolled.iter().any(|(other, _)| *other);
        let said = enrolled.iter().filter(|(other, _)| *other || !others);
        let vouch = |at: &&(bool, Option<Time>)| at.1.is_some_and(|date| date >= is);
        let needed = said.clone().count().min(3);
        needed > 0 && said.filter(vouch).count() >= needed
    };
    // Who is enrolled may change in the same step by what comes due; either set may have vouched.
    match dated(step.after) || dated(step.before) || enrolled_otherwise(step) {
        true => Ok(()),
        false => broken("time", format!("{is} is now, and too few units have said so")),
    }
}

/// Whether somebody left or came to weight in this step: the time may then have been vouched for in
/// between.
fn enrolled_otherwise(step: Step<'_>) -> bool {
    let enrolled = |state: &Federation| -> Vec<Id<Unit>> {
        state.units().filter(|(_, unit)| unit.is_enrolled()).map(|(id, _)| id).collect()
    };
    enrolled(step.before) != enrolled(step.after)
}
