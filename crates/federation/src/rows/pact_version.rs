use serde::{Deserialize, Serialize};

use crate::rows::Proposal;
use crate::{Id, Pact, Time};

/// A version of the pact that came into force. Units stay on the one they have accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PactVersion {
    /// Its parameters.
    pub pact: Pact,
    /// The proposal that it came from; none for that of the founding.
    pub proposal: Option<Id<Proposal>>,
    /// Since when it is in force.
    pub since: Time,
}
