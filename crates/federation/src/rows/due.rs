use serde::{Deserialize, Serialize};

use crate::Id;
use crate::rows::{Conflict, Contribution, Lot, Person, Proposal};

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
    /// A contribution that nobody has answered holds nothing any more.
    Lapses(Id<Contribution>),
    /// The notice of a proposal ends: who votes on it is fixed.
    NoticeEnds(Id<Proposal>),
    /// A poll closes, is counted, and what passed takes effect.
    PollCloses(Id<Proposal>),
    /// Helpers named in place of others take over.
    HelpersChange(Id<Person>),
    /// A recovery has waited long enough; it is named by the size of the record with its first
    /// signature.
    RecoveryStands(u64),
    /// A day has passed: who qualifies is enrolled, within the quarter.
    Enrolment,
    /// A stage of a conflict, or the year of its result.
    ConflictStageEnds(Id<Conflict>),
}
