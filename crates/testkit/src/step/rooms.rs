//! E5 and E8 between two states: run-off only falls, and no act but an outsider's backing lets a
//! group draw more.

use federation::act::{Question, SignPact};
use federation::invariants::Broken;
use federation::rows::Unit;
use federation::{Act, Federation, Id};

use super::{Step, broken};

/// What a group can draw in all, in seconds: its bases, its run-off, and what outsiders back it
/// with.
pub fn drawable(federation: &Federation, group: &dyn Fn(Id<Unit>) -> bool) -> i128 {
    let own: i128 = federation
        .units()
        .filter(|(id, _)| group(*id))
        .map(|(_, unit)| i128::from(unit.base.seconds()) + i128::from(unit.run_off.seconds()))
        .sum();
    let lent = federation.backings().filter(|&(backer, backed, _)| group(backed) && !group(backer));
    own + lent.map(|(.., backing)| i128::from(backing.hours.seconds())).sum::<i128>()
}

/// Run-off comes from leaving or from the founding list, and otherwise only falls. What is free of
/// it, or of backing that was asked back, is gone at once.
pub(super) fn run_off_only_falls(step: Step<'_>) -> Result<(), Broken> {
    let expels = super::carried(step).any(|question| matches!(question, Question::Expel { .. }));
    let makes_run_off = expels
        || matches!(
            step.entry.statement.act,
            Act::Leave {}
                | Act::MemberLeaves {}
                | Act::SignPact(SignPact::Founding { .. })
                | Act::Found(_)
        );
    for (id, after) in step.after.units() {
        let before = step.before.unit(id).map(|unit| unit.run_off).unwrap_or_default();
        if after.run_off > before && !makes_run_off {
            let act = step.entry.statement.act.name();
            return broken("E5", format!("{act} gives `{}` run-off", after.name));
        }
        let lists = matches!(step.entry.statement.act, Act::SignPact(SignPact::Founding { .. }));
        if after.is_departed()
            && !lists
            && step.before.unit(id).is_ok_and(Unit::is_departed)
            && after.allowance() > step.before.unit(id).map(Unit::allowance).unwrap_or_default()
        {
            return broken("E5", format!("the allowance of `{}`, which left, grows", after.name));
        }
        let unused = after.allowance().min(after.room());
        let releasing =
            step.after.backings().any(|(_, backed, b)| backed == id && b.releasing.is_positive());
        if unused.is_positive() && (after.run_off.is_positive() || releasing) {
            return broken(
                "E5",
                format!("`{}` has {unused} hours of run-off that nothing uses", after.name),
            );
        }
    }
    Ok(())
}

/// E8, act by act: for the unit alone and for groups of several, what can be drawn grows only by
/// the founding list and by an outsider's backing.
pub(super) fn groups_draw_no_more(step: Step<'_>) -> Result<(), Broken> {
    let act = &step.entry.statement.act;
    if matches!(act, Act::Found(_) | Act::SignPact(SignPact::Founding { .. }) | Act::Back(_)) {
        return Ok(());
    }
    // Short of a ratified list.
    if super::carried(step).any(|question| matches!(question, Question::List(_))) {
        return Ok(());
    }
    let halves: [&dyn Fn(Id<Unit>) -> bool; 4] = [
        &|id| id.number().is_multiple_of(2),
        &|id| !id.number().is_multiple_of(2),
        &|id| id.number() % 4 < 2,
        &|id| id.number() % 3 == 0,
    ];
    for group in halves {
        grows_not(step, group)?;
    }
    for (unit, _) in step.after.units() {
        grows_not(step, &|id| id == unit)?;
    }
    Ok(())
}

fn grows_not(step: Step<'_>, group: &dyn Fn(Id<Unit>) -> bool) -> Result<(), Broken> {
    let (before, after) = (drawable(step.before, group), drawable(step.after, group));
    if after <= before {
        return Ok(());
    }
    let members: Vec<u32> =
        step.after.units().map(|(id, _)| id).filter(|id| group(*id)).map(Id::number).collect();
    let act = step.entry.statement.act.name();
    broken(
        "E8",
        format!("{act} raises what units {members:?} can draw from {before} s to {after} s"),
    )
}
