//! What is possible in every state: leaving, taking a copy along, taking a delegate back, proposing.

use federation::{Federation, invariants};
use testkit::{Scene, end, recalled};

/// What is not possible in a state, or does not hold in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// A unit cannot leave, or a member cannot leave it.
    Leave,
    /// A copy of the state goes on otherwise.
    Copy,
    /// Enough members sign, and a delegate stays.
    Recall,
    /// Somebody in a unit that is in cannot put a question to it or to the whole.
    Propose,
    /// An invariant.
    Invariant,
}

/// The first of them in a state, and none nearly always.
pub(crate) fn broken_in(scene: &Scene, bytes: &[u8]) -> Option<Broken> {
    let found = [
        (Broken::Invariant, invariants::check(&scene.federation)),
        (Broken::Leave, end::everybody_can_leave(scene)),
        (Broken::Recall, recalled::every_delegate_can_be_recalled(scene)),
    ];
    if let Some((which, _)) = found.into_iter().find(|(_, found)| found.is_err()) {
        return Some(which);
    }
    // No room is as deep as the acts of a day are many, so here nobody has to wait either.
    if end::everybody_can_propose(scene) != Ok(0) {
        return Some(Broken::Propose);
    }
    // Whoever has a copy has the same federation: it takes the same acts and refuses the same.
    let copy = Federation::from_bytes(bytes);
    (copy.as_ref() != Some(&scene.federation)).then_some(Broken::Copy)
}
