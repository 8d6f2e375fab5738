use federation::BodyId;

use crate::Fault;
use crate::hash::sha256;
use crate::key::random;

/// Words or a picture by or about a person, kept beside the record so that it can be erased.
///
/// Shape: 32 random bytes, the salt, then the content. Its name is the SHA-256 of both. The salt is
/// erased with the content, so nobody can tell by trying what the name stood for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    bytes: Vec<u8>,
}

/// The bytes of the salt.
const SALT: usize = 32;

impl Body {
    /// The most bytes of a body, with its salt.
    pub const BYTES_MAX: usize = 4 * 1024 * 1024;

    /// A body of this content, with a salt of its own.
    pub fn new(content: &[u8]) -> Result<Self, Fault> {
        let salt: [u8; SALT] = random()?;
        Ok(Self { bytes: [&salt, content].concat() })
    }

    /// A body as it was sent, or `None` if it is too short to hold a salt.
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() >= SALT).then_some(Self { bytes })
    }

    /// Its name.
    pub fn id(&self) -> BodyId {
        BodyId(sha256(&self.bytes))
    }

    /// What it says.
    pub fn content(&self) -> &[u8] {
        self.bytes.get(SALT..).unwrap_or_default()
    }

    /// Salt and content, to send it along with its statement.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }
}
