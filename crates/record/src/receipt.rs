use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::{FederationId, PublicKey};

use crate::checkpoint::{SignedCheckpoint, origin};
use crate::hash::{Hash, leaf_hash};
use crate::leaf::Leaf;
use crate::proof::proves_inclusion;

/// The proof that an entry is in the record: the entry, the hashes beside its way to the root, and
/// a signed checkpoint with that root. It is checked offline, with the host's public key alone.
///
/// Written as a C2SP `tlog-proof` whose extra data is the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The entry's place in the record.
    pub sequence: u64,
    /// The entry's bytes; see [`Leaf`].
    pub entry: Vec<u8>,
    /// The hashes beside its way to the root, lowest first.
    pub proof: Vec<Hash>,
    /// The checkpoint.
    pub checkpoint: SignedCheckpoint,
}

/// What is wrong with a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptWrong {
    /// It is of another federation's record.
    OtherRecord,
    /// The entry is none, or says another place.
    Entry,
    /// The hashes do not lead from the entry to the checkpoint's root.
    Proof,
    /// The checkpoint is not signed by that key.
    Signature,
}

/// A text that is no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoReceipt;

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

impl Receipt {
    /// Checks it against the key of the host, and gives the entry that it proves.
    pub fn verify(&self, federation: FederationId, host: PublicKey) -> Result<Leaf, ReceiptWrong> {
        let head = self.checkpoint.checkpoint();
        if head.origin != origin(federation) {
            return Err(ReceiptWrong::OtherRecord);
        }
        let leaf = Leaf::from_bytes(&self.entry)
            .filter(|leaf| leaf.sequence == self.sequence)
            .ok_or(ReceiptWrong::Entry)?;
        let hash = leaf_hash(&self.entry);
        if !proves_inclusion(hash, self.sequence, (head.size, head.root.0), &self.proof) {
            return Err(ReceiptWrong::Proof);
        }
        if !self.checkpoint.is_signed_by(host) {
            return Err(ReceiptWrong::Signature);
        }
        Ok(leaf)
    }

    /// Reads a receipt as it was written.
    pub fn parse(text: &str) -> Result<Self, NoReceipt> {
        Self::read(text).ok_or(NoReceipt)
    }

    fn read(text: &str) -> Option<Self> {
        let (above, checkpoint) = text.split_once("\n\n")?;
        let mut lines = above.split('\n');
        if lines.next() != Some(FIRST_LINE) {
            return None;
        }
        let entry = STANDARD.decode(lines.next()?.strip_prefix("extra ")?).ok()?;
        let digits = lines.next()?.strip_prefix("index ")?;
        let sequence: u64 = digits.parse().ok()?;
        let hash = |line: &str| STANDARD.decode(line).ok()?.try_into().ok();
        let proof = lines.map(hash).collect::<Option<Vec<Hash>>>()?;
        let checkpoint = SignedCheckpoint::parse(checkpoint).ok()?;
        let plain = sequence.to_string() == digits && proof.len() <= 64;
        plain.then_some(Self { sequence, entry, proof, checkpoint })
    }
}

/// The receipt as it is sent and kept.
impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}\nextra {}", STANDARD.encode(&self.entry))?;
        writeln!(f, "index {}", self.sequence)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{}", STANDARD.encode(hash)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl fmt::Display for ReceiptWrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherRecord => "the receipt is of another federation's record",
            Self::Entry => "the receipt holds no entry at the place it names",
            Self::Proof => "the receipt's hashes do not lead from its entry to its checkpoint",
            Self::Signature => "the receipt's checkpoint is not signed by the host's key",
        })
    }
}

impl std::error::Error for ReceiptWrong {}
