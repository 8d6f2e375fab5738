use federation::Outcome;

use crate::Receipt;
use crate::key::SignatureBytes;
use crate::statement::Signed;

/// What somebody hands to the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The statement's bytes, exactly as signed.
    pub statement: Vec<u8>,
    /// The signature over them.
    pub signature: SignatureBytes,
    /// The annex that the statement names, if it names one.
    pub annex: Option<Vec<u8>>,
    /// The bodies that the statement names.
    pub bodies: Vec<Vec<u8>>,
}

impl From<Signed> for Submission {
    fn from(signed: Signed) -> Self {
        Self {
            statement: signed.bytes,
            signature: signed.signature,
            annex: None,
            bodies: Vec::new(),
        }
    }
}

/// What the host gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The proof that the statement is in the record.
    pub receipt: Receipt,
    /// What it has brought about; none if it was in the record before.
    pub outcome: Option<Outcome>,
}
