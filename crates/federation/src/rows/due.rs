use serde::{Deserialize, Serialize};

use crate::Id;
use crate::rows::Contribution;
use crate::rows::Lot;
use crate::rows::Proposal;

/// What the calendar of a federation holds: something that happens by itself once enough units
/// vouch for a later time. No act ends a period, hastens or delays one.
///
/// Several that are due at the same moment are carried out in the order of this list, and among
/// one kind by number; what names a unit must come to the same in any order, for which unit stands
/// before which on the founding list means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// A stage of a public lot.
    LotStageEnds(Id<Lot>),
    /// Who is to accept a contribution is drawn, and drawn again.
    Draw(Id<Contribution>),
    /// The notice of a proposal ends: who votes on it is fixed.
    NoticeEnds(Id<Proposal>),
    /// A poll closes, is counted, and what passed takes effect.
    PollCloses(Id<Proposal>),
}
