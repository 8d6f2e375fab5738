//! The list of acts is closed: for each kind of act, and for each kind of thing that comes due, what
//! it can change at all. Nothing in it is another unit's standing, another's words, a period or a
//! term of the pact; so there is nothing by which anybody could suspend, hide, override, extend or
//! hasten.

use std::collections::{BTreeMap, BTreeSet};

use federation::act::SignPact;
use federation::invariants::Broken;
use federation::rows::{Commitment, Due, Enrolment, Listing, Round, Unit};
use federation::{Act, Federation, Id, PublicKey, Time};
use measure::Hours;

use super::{Step, acting_units, broken};

/// A part of the state, by whose it is and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Persons: who they are, where they are members, what keys they have, who helps them.
    Persons,
    /// The row of the unit that acts, but for its hours.
    OwnUnit,
    /// The rows of other units, but for their hours and their weight.
    OtherUnits,
    /// The weight of other units in ratifications.
    Weight,
    /// The hours of units: entitlements, what is lent, what open contracts hold.
    Hours,
    /// Keys on their way to somebody.
    Recoveries,
    /// What goods are and are worth.
    Specifications,
    /// Offers, needs and things.
    Wishes,
    /// Rounds.
    Rounds,
    /// Contracts and their threads.
    Contracts,
    /// Deliveries.
    Deliveries,
    /// Circles and their bulletins.
    Circles,
    /// Public lots.
    Lots,
    /// Commons and what is given to them.
    Commons,
    /// Resources, claims and uses.
    Resources,
    /// Conflicts.
    Conflicts,
    /// Questions put to the vote, the votes on them and the talk about them.
    Questions,
    /// Mandates and elections.
    Mandates,
    /// The pact, the order of rounds, who hosts.
    Terms,
}

use Part::{
    Circles, Commons, Conflicts, Contracts, Deliveries, Lots, Mandates, OtherUnits, OwnUnit,
    Persons, Questions, Recoveries, Resources, Rounds, Specifications, Terms, Weight, Wishes,
};

/// What an act of a kind can change. The match names every kind, so a new act does not compile before
/// somebody has said what it is for.
const fn reach(act: &Act) -> &'static [Part] {
    match act {
        // Before it there is nothing.
        Act::Found(_) => {
            &[Persons, OwnUnit, OtherUnits, Weight, Part::Hours, Specifications, Terms]
        }
        // Whoever comes in moves out of a unit that has left; with the last signature the opening
        // entitlements of the founding list hold.
        Act::SignPact(
            SignPact::Newcomer { .. }
            | SignPact::NewUnit { .. }
            | SignPact::Return { .. }
            | SignPact::Founding { .. },
        ) => &[Persons, OwnUnit, Weight, Part::Hours],
        // What a unit was a side of ends with it, and if nobody is left who has weight, all have.
        Act::Leave {} | Act::MemberLeaves {} => &[
            Persons,
            OwnUnit,
            Weight,
            Part::Hours,
            Wishes,
            Contracts,
            Commons,
            Resources,
            Conflicts,
            Mandates,
        ],
        Act::AdmitMember(_) => &[Persons, OwnUnit, Mandates],
        Act::Introduce(_) | Act::AddKey(_) | Act::RevokeKey(_) | Act::NameHelpers(_) => &[Persons],
        Act::RecoverKey(_) | Act::VetoRecovery(_) => &[Recoveries],
        Act::AnnounceLeaving(_)
        | Act::DescribeUnit(_)
        | Act::SetSigning(_)
        | Act::SetMethod(_)
        | Act::AcceptPact(_)
        | Act::RefusePartners(_) => &[OwnUnit],
        Act::DeclareMakeup(_) => &[OwnUnit, Resources, Conflicts],
        Act::ProposeSpecification(_)
        | Act::ReviseSpecification(_)
        | Act::RetireSpecification(_)
        | Act::AskValue(_)
        | Act::CounterValue(_)
        | Act::AgreeValue(_) => &[Specifications],
        Act::Offer(_) | Act::Need(_) | Act::BringThing(_) | Act::WouldTake(_) => &[Wishes],
        // What is taken back is no longer proposed to anybody.
        Act::Withdraw(_) | Act::WithdrawThing(_) => &[Wishes, Contracts, Part::Hours],
        Act::OpenRound {} => &[Rounds],
        Act::CloseRound(_) | Act::Plan(_) => &[Rounds, Contracts, Wishes, Part::Hours],
        Act::ProposeContract(_) | Act::AlreadyDone(_) => &[Contracts, Part::Hours],
        Act::AcceptContract(_) => &[Contracts, Deliveries, Wishes, Part::Hours],
        Act::DeclineContract(_) | Act::EndContract(_) => &[Contracts, Wishes, Part::Hours],
        Act::Arrange(_) => &[Contracts],
        Act::Comment(_) => &[Contracts, Questions],
        Act::Deliver(_)
        | Act::Receipt(_)
        | Act::AcceptDelivery(_)
        | Act::RejectDelivery(_)
        | Act::Correct(_) => &[Deliveries, Contracts, Part::Hours],
        Act::Back(_) | Act::ReleaseBacking(_) => &[Part::Hours],
        Act::Recall(_) | Act::LayDownMandate(_) => &[Mandates],
        Act::FormCircle(_) | Act::JoinCircle(_) | Act::LeaveCircle(_) | Act::Post(_) => &[Circles],
        Act::OpenLot(_) | Act::CommitNumber(_) => &[Lots],
        // The last number draws; it may be what an election has waited for.
        Act::OpenNumber(_) => &[Lots, Mandates],
        Act::OpenCommon(_) | Act::Subscribe(_) | Act::Unsubscribe(_) => &[Commons],
        Act::Contribute(_)
        | Act::ReceiptContribution(_)
        | Act::AcceptContribution(_)
        | Act::RejectContribution(_)
        | Act::CorrectContribution(_) => &[Commons, Part::Hours],
        Act::Propose(_)
        | Act::WithdrawProposal(_)
        | Act::Ballot(_)
        | Act::CountRoom(_)
        | Act::Seal(_) => &[Questions],
        Act::Register(_) | Act::ReportUse(_) => &[Resources],
        Act::Release(_) => &[Resources, Conflicts],
        // Whoever claims again takes a conflict up where it was; its next option goes to the vote.
        Act::Claim(_) => &[Resources, Conflicts, Questions],
        Act::Dispute(_) | Act::Settle(_) | Act::WriteOption(_) | Act::WeighOptions(_) => {
            &[Conflicts]
        }
        Act::AttestTime {} => &[],
    }
}

/// What changes when something comes due: here alone is what binds all, and only by a poll that has
/// closed, or by the rules of enrolment.
const fn comes_to(due: Due) -> &'static [Part] {
    match due {
        Due::LotStageEnds(_) => &[Lots],
        Due::Draw(_) => &[Commons],
        // What a contribution held is free again.
        Due::Lapses(_) => &[Commons, Part::Hours],
        Due::NoticeEnds(_) => &[Questions],
        // Whatever was asked: a pact, a value, a list, an expulsion with all that leaving ends, a
        // mandate, the use of a resource; and a unit that missed it may sleep.
        Due::PollCloses(_) => &[
            Questions,
            Terms,
            Specifications,
            OwnUnit,
            OtherUnits,
            Weight,
            Part::Hours,
            Wishes,
            Contracts,
            Commons,
            Resources,
            Conflicts,
            Mandates,
            Lots,
            Persons,
        ],
        Due::HelpersChange(_) | Due::RecoveryStands(_) => &[Persons, Recoveries],
        Due::Enrolment => &[Weight, OwnUnit],
        Due::ConflictStageEnds(_) => &[Conflicts, Questions],
    }
}

/// An act changes what its kind can reach, and what has come due by the time it vouches for; and
/// nothing else.
pub(super) fn changes_only_what_it_is_for(step: Step<'_>) -> Result<(), Broken> {
    let act = &step.entry.statement.act;
    let now = step.after.testified();
    let due = step.before.calendar().filter(|(at, _)| *at < now);
    let by_calendar: Vec<Part> = due.flat_map(|(_, due)| comes_to(due)).copied().collect();
    // A stage that is over long since is followed by the next one in the same step.
    let (allowed, late) = (reach(act), !by_calendar.is_empty());
    for part in changed(step) {
        let by_next = late && followed_up(&by_calendar, part);
        if !allowed.contains(&part) && !by_calendar.contains(&part) && !by_next {
            return broken("closed", format!("{} changes {part:?}", act.name()));
        }
    }
    Ok(())
}

/// What comes due may put into the calendar what is due as well: a conflict its poll, a poll the
/// public lot of an election.
fn followed_up(by_calendar: &[Part], part: Part) -> bool {
    by_calendar.contains(&Conflicts) && [Questions, Specifications].contains(&part)
}

/// The parts that differ between the states before and after.
fn changed(step: Step<'_>) -> Vec<Part> {
    let Step { before, after, .. } = step;
    let own = acting_units(step);
    let is_own = |id: Id<Unit>| own.contains(&id);
    let differs = [
        (Persons, !before.persons().eq(after.persons()) || keys(before) != keys(after)),
        (OwnUnit, units_differ(step, is_own, own_row)),
        (OtherUnits, units_differ(step, |id| !is_own(id), other_row)),
        (Weight, units_differ(step, |id| !is_own(id), weight)),
        (
            Part::Hours,
            units_differ(step, |_| true, hours) || !before.backings().eq(after.backings()),
        ),
        (Recoveries, !before.recoveries().eq(after.recoveries())),
        (
            Specifications,
            !before.specifications().eq(after.specifications())
                || !before.versions().eq(after.versions()),
        ),
        (Wishes, !before.wishes().eq(after.wishes()) || !before.things().eq(after.things())),
        (Rounds, !before.rounds().eq(after.rounds())),
        (Contracts, !before.contracts().eq(after.contracts())),
        (Deliveries, !before.deliveries().eq(after.deliveries())),
        (Circles, !before.circles().eq(after.circles()) || !before.posts().eq(after.posts())),
        (Lots, !before.lots().eq(after.lots())),
        (
            Commons,
            !before.commons().eq(after.commons())
                || !before.contributions().eq(after.contributions()),
        ),
        (
            Resources,
            !before.resources().eq(after.resources())
                || !before.claims().eq(after.claims())
                || !before.uses().eq(after.uses()),
        ),
        (Conflicts, !before.conflicts().eq(after.conflicts())),
        (Questions, !before.proposals().eq(after.proposals())),
        (Mandates, !before.mandates().eq(after.mandates())),
        (
            Terms,
            before.pacts() != after.pacts()
                || before.order() != after.order()
                || (before.host(), before.id(), before.name(), before.founded())
                    != (after.host(), after.id(), after.name(), after.founded()),
        ),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}

/// Who holds which key, and whether it is in use; not how often it was used.
fn keys(state: &Federation) -> Vec<(bool, bool)> {
    let all = state.persons().flat_map(|(_, person)| &person.keys);
    let of = |key: &PublicKey| {
        let row = state.key(*key);
        (row.is_some(), row.is_some_and(|row| row.revoked.is_some()))
    };
    all.map(of).collect()
}

fn units_differ<T: PartialEq>(
    step: Step<'_>,
    of: impl Fn(Id<Unit>) -> bool,
    part: fn(&Unit) -> T,
) -> bool {
    let mut after = step.after.units().filter(|(id, _)| of(*id));
    after.any(|(id, unit)| match step.before.unit(id) {
        Ok(before) => part(before) != part(unit),
        Err(_) => true,
    })
}

/// A unit's row without its hours, and without what every entry notes of whoever signed it: that they
/// are awake, and what time it is.
fn own_row(unit: &Unit) -> Unit {
    Unit {
        listing: None,
        short: 0,
        acted: Time::default(),
        missed_since: None,
        asleep_since: None,
        dated: None,
        said: None,
        acts_on_day: (0, 0),
        entitlement: Hours::ZERO,
        base: Hours::ZERO,
        run_off: Hours::ZERO,
        backing_given: Hours::ZERO,
        backing_received: Hours::ZERO,
        unanswered: Hours::ZERO,
        direct: Hours::ZERO,
        planned: BTreeMap::new(),
        ..unit.clone()
    }
}

/// The same without its weight; whoever goes on from a unit that has left is no member of it.
fn other_row(unit: &Unit) -> Unit {
    let row = Unit { enrolled: None, waits_since: None, ..own_row(unit) };
    match unit.is_departed() {
        true => Unit { members: BTreeSet::new(), counted_in_record: 0, ..row },
        false => row,
    }
}

type WeightOf = (Option<Enrolment>, Option<Time>);

const fn weight(unit: &Unit) -> WeightOf {
    (unit.enrolled, unit.waits_since)
}

/// What a unit has given, received, lends, is lent, and what is open of its contracts.
fn hours(unit: &Unit) -> HoursOf {
    let sums = [
        unit.entitlement,
        unit.base,
        unit.run_off,
        unit.backing_given,
        unit.backing_received,
        unit.unanswered,
        unit.direct,
    ];
    (sums, unit.planned.clone(), unit.listing, unit.short)
}

type HoursOf = ([Hours; 7], BTreeMap<Id<Round>, Commitment>, Option<Listing>, u8);
