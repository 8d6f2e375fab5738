use serde::{Deserialize, Serialize};

use crate::rows::Person;
use crate::{BodyId, Id, StatementId, Time};

/// A comment in a thread. Only its author can take the words back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The statement that said it: how another one answers it.
    pub made_by: StatementId,
    /// Who.
    pub by: Id<Person>,
    /// When.
    pub at: Time,
    /// The comment that it answers, if it does.
    pub answers: Option<StatementId>,
    /// The words, in a body.
    pub words: BodyId,
}
