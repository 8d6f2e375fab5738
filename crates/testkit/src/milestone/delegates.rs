use federation::rows::{Lot, LotStage};
use federation::{Federation, Id};

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
    let posts = step.after.posts().len();
    if posts > step.before.posts().len() && last_two_differ(step.after) {
        found.push("a post by members of two units");
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
