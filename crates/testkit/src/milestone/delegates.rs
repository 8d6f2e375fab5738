use federation::Act;
use federation::act::{Audience, Question};
use federation::rows::{Drawing, Ended, Lot, LotStage, Proposal, Sealed};
use federation::{Federation, Id};
use tally::Decided;

use super::Milestones;
use crate::step::Step;

pub(super) fn reached(step: Step<'_>, found: &mut Milestones) {
    for (id, lot) in step.after.lots() {
        let before = step.before.lot(id).ok();
        if before.is_some_and(|before| before.withheld.len() < lot.withheld.len()) {
            found.push("a number withheld");
        }
        let drawn = |lot: &Lot| matches!(lot.stage, LotStage::Drawn { .. });
        if drawn(lot) && !before.is_some_and(drawn) {
            found.push("a lot drawn");
            if !lot.withheld.is_empty() {
                found.push("a lot drawn without a unit that withheld its number");
            }
        }
    }
    sent(step, found);
    closed(step, found);
    let posts = step.after.posts().len();
    if posts > step.before.posts().len() && last_two_differ(step.after) {
        found.push("a post by members of two units");
    }
}

/// Who was sent and who was taken back.
fn sent(step: Step<'_>, found: &mut Milestones) {
    for (id, row) in step.after.mandates() {
        let Ok(before) = step.before.mandate(id) else {
            found.push("a mandate given");
            continue;
        };
        if let (None, Some(Ended::Recalled(_))) = (before.ended, row.ended) {
            found.push("a delegate recalled");
            if !matches!(step.entry.statement.act, Act::Recall(_)) {
                found.push("a recall by somebody leaving");
            }
        }
    }
}

/// What mandates and elections came to in the polls that have closed.
fn closed(step: Step<'_>, found: &mut Milestones) {
    for (id, row) in step.after.proposals() {
        let was_open = step.before.proposal(id).is_ok_and(Proposal::is_open);
        if was_open && !row.is_open() && row.audience() == Audience::Whole {
            by_mandate(step.before, row, found);
        }
        if !matches!(row.question, Question::Delegates(_)) {
            continue;
        }
        let sent = |federation: &Federation| {
            federation.elected(id).is_some_and(|elected| !elected.mandates.is_empty())
        };
        if sent(step.after) && !sent(step.before) {
            found.push("a delegate elected");
            elected(step.after, id, found);
        }
    }
}

fn by_mandate(before: &Federation, row: &Proposal, found: &mut Milestones) {
    for (&unit, voting) in &row.electorate {
        let Some(seal) = voting.seal else { continue };
        if let Sealed::Mandate(_) = seal.how {
            found.push("a mandate says yes");
        } else if before.says_yes_by_mandate(unit, row, row.closes).is_some() && !voting.is_silent()
        {
            found.push("a mandate overridden by the unit's own vote");
        }
    }
}

fn elected(federation: &Federation, id: Id<Proposal>, found: &mut Milestones) {
    let Some((_, sheet)) = federation.counted_election(id) else { return };
    let ties = || sheet.stages.iter().flat_map(|stage| &stage.ties);
    if ties().any(|tie| matches!(tie.decided, Decided::Turn | Decided::Stage(_))) {
        found.push("an election with equal votes");
    }
    let by_lot = |lot: &Lot| matches!(lot.drawing, Drawing::Election(_));
    let lot = federation.elected(id).and_then(|elected| elected.lot);
    if lot.and_then(|lot| federation.lot(lot).ok()).is_some_and(by_lot) {
        found.push("an election decided by lot");
    }
}

/// Whether the last two posts of the circle written in last are of members of two units.
fn last_two_differ(federation: &Federation) -> bool {
    let unit_of = |id: Id<federation::rows::Post>| {
        federation.person(federation.post_row(id).ok()?.by).ok()?.unit
    };
    let last =
        federation.posts().next_back().and_then(|(_, row)| federation.circle(row.circle).ok());
    let posts = last.map(|circle| circle.posts.as_slice()).unwrap_or_default();
    matches!(posts, [.., first, second] if unit_of(*first) != unit_of(*second))
}
