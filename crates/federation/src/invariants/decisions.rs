//! What holds of proposals, ballots and the pact in every state.

use std::collections::BTreeSet;

use super::{Broken, broken};
use crate::act::{Audience, Question, Threshold};
use crate::rows::{Course, Proposal, Rule, Sealed, Voting};
use crate::{Days, Federation, Id};

/// The shortest notice that there is, whatever a pact says.
const NOTICE_DAYS_LEAST: Days = Days(7);

pub(super) fn check(federation: &Federation) -> Result<(), Broken> {
    for (id, row) in federation.proposals() {
        one_counted_ballot_each(federation, id, row)?;
        notice_is_kept(id, row)?;
        the_count_comes_from_the_row(federation, id, row)?;
    }
    pacts_have_passed(federation)
}

/// G4: one person, at most one counted ballot, in the unit they were a member of.
fn one_counted_ballot_each(
    federation: &Federation,
    id: Id<Proposal>,
    row: &Proposal,
) -> Result<(), Broken> {
    let Some(fixed) = row.fixed else {
        return match row.electorate.is_empty() {
            true => Ok(()),
            false => {
                broken("G4", format!("proposal {id} has an electorate before its notice ends"))
            }
        };
    };
    let mut voted = BTreeSet::new();
    for (&unit, voting) in &row.electorate {
        let room = voting.room.iter().filter(|room| room.stands).flat_map(|room| &room.present);
        for &person in voting.ballots.keys().chain(room) {
            if !voted.insert(person) {
                return broken("G4", format!("person {person} counts twice on proposal {id}"));
            }
            let home = federation.person(person).ok().and_then(|p| p.unit_before(fixed.size));
            if home != Some(unit) {
                return broken(
                    "G4",
                    format!(
                        "person {person} votes on proposal {id} in unit {unit}, theirs is {home:?}"
                    ),
                );
            }
        }
        let counted = voted_in(voting);
        if counted > u64::from(voting.members) {
            let members = voting.members;
            return broken(
                "G4",
                format!("{counted} ballots of {members} members on proposal {id} in unit {unit}"),
            );
        }
    }
    Ok(())
}

/// How many ballots of a unit count.
fn voted_in(voting: &Voting) -> u64 {
    let own = u64::try_from(voting.ballots.len()).unwrap_or(u64::MAX);
    let room = voting.room.iter().filter(|room| room.stands).flat_map(|room| &room.votes);
    room.fold(own, |sum, (.., count)| sum.saturating_add(u64::from(*count)))
}

/// G5: whatever goes to the whole has its notice, and votes are cast after it.
fn notice_is_kept(id: Id<Proposal>, row: &Proposal) -> Result<(), Broken> {
    let whole = row.audience() == Audience::Whole;
    if whole && row.notice_until < row.since.plus_days(NOTICE_DAYS_LEAST) {
        return broken("G5", format!("proposal {id} has less than seven days of notice"));
    }
    if row.closes < row.notice_until {
        return broken("G5", format!("proposal {id} closes before its notice ends"));
    }
    let both = matches!(row.rule, Rule::BothMajorities { threshold } if threshold >= least(row));
    match both == whole {
        true => Ok(()),
        false => broken("G5", format!("proposal {id} is decided by {:?}", row.rule)),
    }
}

/// The smallest part that a decision of the whole takes, whatever a pact says.
const fn least(row: &Proposal) -> Threshold {
    match row.question {
        Question::Pact(_) | Question::Expel { .. } => Threshold::TwoThirds,
        _ => Threshold::MoreThanHalf,
    }
}

/// G7: what was counted is what the row gives when it is counted again; and no unit was sealed
/// before the close but by more than half of its members.
fn the_count_comes_from_the_row(
    federation: &Federation,
    id: Id<Proposal>,
    row: &Proposal,
) -> Result<(), Broken> {
    for (unit, voting) in &row.electorate {
        let Some(seal) = voting.seal else { continue };
        let unsealed = Voting { seal: None, ..voting.clone() };
        if let Sealed::Mandate(mandate) = seal.how {
            super::mandates::says_yes_rightly(federation, (id, row), (*unit, voting), mandate)?;
            continue;
        }
        if seal.says != row.says_now(&unsealed) {
            return broken("G7", format!("unit {unit} sealed {:?} on proposal {id}", seal.says));
        }
        let enough = voting.sealing.len() * 2 > usize::try_from(voting.members).unwrap_or(0);
        if seal.how == Sealed::Members && !enough {
            return broken("G4", format!("a few sealed proposal {id} for unit {unit}"));
        }
    }
    let Course::Closed(counted) = row.course else { return Ok(()) };
    match counted == row.count_now() && row.electorate.values().all(|v| v.seal.is_some()) {
        true => Ok(()),
        false => broken(
            "G7",
            format!("proposal {id} was counted {counted:?}, and comes to {:?}", row.count_now()),
        ),
    }
}

/// G5: every later version of the pact comes from a proposal of it that passed, at the close of its
/// poll; and every unit is on a version that there is.
fn pacts_have_passed(federation: &Federation) -> Result<(), Broken> {
    for (number, version) in federation.pacts().iter().enumerate().skip(1) {
        let row = version.proposal.and_then(|id| federation.proposal(id).ok());
        let passed = row.is_some_and(|row| {
            row.has_passed()
                && row.closes == version.since
                && matches!(&row.question, Question::Pact(pact) if **pact == version.pact)
        });
        if !passed {
            return broken(
                "G5",
                format!("version {number} of the pact is in force and never passed"),
            );
        }
    }
    let versions = federation.pacts().len();
    let beyond = |pact: u32| usize::try_from(pact).is_ok_and(|pact| pact >= versions);
    match federation.units().find(|(_, unit)| beyond(unit.pact)) {
        Some((id, _)) => {
            broken("G5", format!("unit {id} is on a version of the pact that there is not"))
        }
        None => Ok(()),
    }
}
