//! What relates the states before and after one act: E2, E3, E4, E6, E7, what an act may do to what a
//! group can draw (E8), and that the list of acts is closed: none suspends, hides, overrides, extends
//! or hastens.

mod agreements;
mod closed;
mod commons;
mod electorates;
mod entitlements;
mod mandates;
mod periods;
mod rooms;
mod standing;
mod theirs;

use std::collections::BTreeSet;

use federation::act::{ListRow, Question};
use federation::invariants::Broken;
use federation::rows::{Person, Unit};
use federation::{Entry, Federation, Id, PersonId};

pub use rooms::drawable;

/// An act that was not refused, with the states on both sides of it.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    /// The state before it.
    pub before: &'a Federation,
    /// The entry.
    pub entry: &'a Entry,
    /// The state after it.
    pub after: &'a Federation,
}

/// Checks everything that must hold between two states; says the first that does not.
pub fn check(step: Step<'_>) -> Result<(), Broken> {
    entitlements::move_by_what_names_them(step)?;
    closed::changes_only_what_it_is_for(step)?;
    periods::run_their_course(step)?;
    periods::time_is_vouched_for(step)?;
    theirs::rows_stay(step)?;
    theirs::terms_come_from_polls(step)?;
    theirs::signatures_stay(step)?;
    theirs::reading_is_by_the_pact(step)?;
    agreements::terms_stay(step)?;
    agreements::nobody_is_bound_without_a_yes(step)?;
    agreements::what_is_over_stays_over(step)?;
    commons::nobody_carries_unasked(step)?;
    commons::contributions_only_go_on(step)?;
    electorates::electorates_are_who_is_awake(step)?;
    electorates::sleep_comes_by_polls_and_goes_with_acts(step)?;
    standing::keys_come_and_go_by_their_owner_or_helpers(step)?;
    standing::weight_comes_by_itself(step)?;
    standing::bases_come_by_lists_and_go_with_members(step)?;
    mandates::recalls_only_get_easier(step)?;
    mandates::what_is_bound_stays_bound(step)?;
    rooms::run_off_only_falls(step)?;
    rooms::groups_draw_no_more(step)
}

fn broken(invariant: &'static str, found: String) -> Result<(), Broken> {
    Err(Broken { invariant, found })
}

/// Whoever acts, or for whom two co-members act, if the record knew them before.
fn actor(step: Step<'_>) -> Option<Id<Person>> {
    step.before.person_by_id(step.entry.statement.person)
}

/// The units in which whoever acts is a member before or after it; and whoever signs for them.
fn acting_units(step: Step<'_>) -> BTreeSet<Id<Unit>> {
    let known =
        |state: &Federation, person: PersonId| state.person(state.person_by_id(person)?).ok()?.unit;
    let person = step.entry.statement.person;
    let signer = step.after.key(step.entry.statement.key).map(|row| row.person);
    let signer = signer.and_then(|signer| Some(step.after.person(signer).ok()?.id));
    let persons = [Some(person), signer].into_iter().flatten();
    persons.flat_map(|id| [known(step.before, id), known(step.after, id)]).flatten().collect()
}

/// The questions that came into force in this step.
pub(crate) fn carried(step: Step<'_>) -> impl Iterator<Item = &federation::act::Question> {
    let closed = step.after.proposals().filter(move |(id, row)| {
        row.has_passed() && step.before.proposal(*id).is_ok_and(federation::rows::Proposal::is_open)
    });
    closed.map(|(_, row)| &row.question)
}

/// What the lists that came into force in this step say of a unit; several that close together each
/// add what they add.
fn listed(step: Step<'_>, unit: Id<Unit>) -> Option<ListRow> {
    let named = step.after.unit_ref(unit)?;
    let rows = carried(step).filter_map(|question| match question {
        Question::List(rows) => rows.iter().find(|row| row.unit == named),
        _ => None,
    });
    rows.copied().reduce(|one, other| ListRow {
        counted_members: one.counted_members.max(other.counted_members),
        base: one.base.max(other.base),
        enrolled: one.enrolled || other.enrolled,
        ..one
    })
}
