use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::{FederationId, PublicKey, Root, Seen};

use crate::key::SigningKey;
use crate::note::Note;

/// How many entries a record has and the root over them (C2SP `tlog-checkpoint`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which record it is of: `artel/` and the federation's id.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The Merkle root over them.
    pub root: Root,
}

/// A checkpoint with the host's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

/// A text that is no signed checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoCheckpoint;

impl Checkpoint {
    /// The checkpoint of a federation's record.
    pub fn new(federation: FederationId, size: u64, root: Root) -> Self {
        Self { origin: origin(federation), size, root }
    }

    /// Signs it. Who signs answers for it: two signed checkpoints that do not fit together are
    /// the proof that a host showed two histories.
    pub fn sign(self, key: &SigningKey) -> SignedCheckpoint {
        let root = STANDARD.encode(self.root.0);
        let text = format!("{}\n{}\n{root}\n", self.origin, self.size);
        let note = Note::sign(text, &self.origin, key);
        SignedCheckpoint { checkpoint: self, note }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (origin, digits, root) = (lines.next()?, lines.next()?, lines.next()?);
        let size: u64 = digits.parse().ok()?;
        let root = Root(STANDARD.decode(root).ok()?.try_into().ok()?);
        let plain = lines.next().is_none() && !origin.is_empty() && size.to_string() == digits;
        plain.then(|| Self { origin: origin.to_owned(), size, root })
    }

    /// The federation whose record it is of, or `None` for a log of another kind.
    pub fn federation(&self) -> Option<FederationId> {
        self.origin.strip_prefix("artel/")?.parse().ok()
    }

    /// As a statement says that its device has seen it.
    pub const fn seen(&self) -> Seen {
        Seen { size: self.size, root: self.root }
    }
}

impl SignedCheckpoint {
    /// Reads a checkpoint as it was sent. Whether its signature holds is asked apart.
    pub fn parse(note: &str) -> Result<Self, NoCheckpoint> {
        let note = Note::parse(note).map_err(|_| NoCheckpoint)?;
        let checkpoint = Checkpoint::parse(note.text()).ok_or(NoCheckpoint)?;
        Ok(Self { checkpoint, note })
    }

    /// What is signed.
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Whether this key signed it.
    pub fn is_signed_by(&self, key: PublicKey) -> bool {
        self.note.is_signed_by(&self.checkpoint.origin, key)
    }
}

/// The checkpoint as it is sent and kept.
impl std::fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.note.fmt(f)
    }
}

/// The first line of a federation's checkpoints.
pub fn origin(federation: FederationId) -> String {
    format!("artel/{federation}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_is_three_lines_and_a_signature() {
        let key = SigningKey::from_seed([1; 32]);
        let checkpoint = Checkpoint::new(FederationId([0xab; 32]), 70_000, Root([7; 32]));
        let sent = checkpoint.clone().sign(&key).to_string();
        let lines: Vec<_> = sent.lines().collect();
        assert_eq!(lines[0], format!("artel/{}", "ab".repeat(32)));
        assert_eq!(lines[1..4], ["70000", "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=", ""]);
        let read = SignedCheckpoint::parse(&sent).unwrap();
        assert_eq!(read.checkpoint(), &checkpoint);
        assert!(read.is_signed_by(key.public()));
        assert!(!read.is_signed_by(SigningKey::from_seed([2; 32]).public()));
    }

    #[test]
    fn a_checkpoint_of_another_size_has_another_signature() {
        let key = SigningKey::from_seed([1; 32]);
        let sent = Checkpoint::new(FederationId([1; 32]), 8, Root([7; 32])).sign(&key).to_string();
        let read = SignedCheckpoint::parse(&sent.replace("\n8\n", "\n9\n")).unwrap();
        assert!(!read.is_signed_by(key.public()));
    }

    #[test]
    fn numbers_with_leading_noughts_and_further_lines_are_no_checkpoint() {
        let key = SigningKey::from_seed([1; 32]);
        for text in [
            "o\n08\nBwc=\n",
            "o\n8\nBwc=\n",
            "o\n8\n",
            "o\n+8\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
            "o\n8\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\nmore\n",
        ] {
            let note = Note::sign(text.to_owned(), "o", &key).to_string();
            assert_eq!(SignedCheckpoint::parse(&note), Err(NoCheckpoint), "{text}");
        }
    }
}
