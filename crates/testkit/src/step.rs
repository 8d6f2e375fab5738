//! What relates the states before and after one act: E2, E3, E4, E6, E7, and what an act may do to
//! what a group can draw (E8).

mod agreements;
mod commons;
mod entitlements;
mod mandates;
mod rooms;
mod standing;

use federation::act::{ListRow, Question};
use federation::invariants::Broken;
use federation::{Entry, Federation};

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
    agreements::terms_stay(step)?;
    agreements::nobody_is_bound_without_a_yes(step)?;
    agreements::what_is_over_stays_over(step)?;
    commons::nobody_carries_unasked(step)?;
    commons::contributions_only_go_on(step)?;
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

/// The questions that came into force in this step.
pub(crate) fn carried(step: Step<'_>) -> impl Iterator<Item = &federation::act::Question> {
    let closed = step.after.proposals().filter(move |(id, row)| {
        row.has_passed() && step.before.proposal(*id).is_ok_and(federation::rows::Proposal::is_open)
    });
    closed.map(|(_, row)| &row.question)
}

/// What the lists that came into force in this step say of a unit; several that close together each
/// add what they add.
fn listed(step: Step<'_>, unit: federation::Id<federation::rows::Unit>) -> Option<ListRow> {
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
