//! Notes: a text and its signatures (C2SP `signed-note`).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use federation::PublicKey;

use crate::hash::sha256;
use crate::key::{SigningKey, is_signed_by};

/// A text with signature lines. Nothing is known of the signatures before they are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signed>,
}

/// A line of a note that says who signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Signed {
    name: String,
    key_id: [u8; 4],
    signature: Vec<u8>,
}

/// A text that is no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoNote;

/// The type byte of an Ed25519 signature over the text.
const ED25519: u8 = 1;

/// As many signatures as a note is read with.
const SIGNATURES_MAX: usize = 64;

impl Note {
    /// A text, which ends with a line break, signed under a name.
    pub fn sign(text: String, name: &str, key: &SigningKey) -> Self {
        let signature = key.sign(text.as_bytes()).to_vec();
        let key_id = key_id(name, key.public());
        Self { text, signatures: vec![Signed { name: name.to_owned(), key_id, signature }] }
    }

    /// Reads a note. Refused if it is not written as the specification says.
    pub fn parse(note: &str) -> Result<Self, NoNote> {
        if note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(NoNote);
        }
        let (above, below) = note.rsplit_once("\n\n").ok_or(NoNote)?;
        let lines = below.strip_suffix('\n').ok_or(NoNote)?;
        let signatures: Vec<_> =
            lines.split('\n').map(Signed::parse).collect::<Option<_>>().ok_or(NoNote)?;
        if signatures.len() > SIGNATURES_MAX {
            return Err(NoNote);
        }
        Ok(Self { text: format!("{above}\n"), signatures })
    }

    /// What is signed, with its last line break.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether this key signed it under this name. Signatures of others are passed over; one that
    /// names this key and is wrong makes the answer no.
    pub fn is_signed_by(&self, name: &str, key: PublicKey) -> bool {
        let key_id = key_id(name, key);
        let mut own =
            self.signatures.iter().filter(|line| line.name == name && line.key_id == key_id);
        let holds = |line: &Signed| {
            let signature = line.signature.as_slice().try_into();
            signature.is_ok_and(|signature| is_signed_by(key, self.text.as_bytes(), signature))
        };
        own.clone().next().is_some() && own.all(holds)
    }
}

impl Signed {
    fn parse(line: &str) -> Option<Self> {
        let (name, code) = line.strip_prefix("— ")?.split_once(' ')?;
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '+') {
            return None;
        }
        let bytes = STANDARD.decode(code).ok()?;
        let (key_id, signature) = bytes.split_first_chunk()?;
        Some(Self { name: name.to_owned(), key_id: *key_id, signature: signature.to_vec() })
    }
}

/// The note as it is sent and kept.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| {
            let code = STANDARD.encode([line.key_id.as_slice(), &line.signature].concat());
            writeln!(f, "— {} {code}", line.name)
        })
    }
}

/// A key as others write it down to check notes with: `name+hash+key`.
pub fn verifier(name: &str, key: PublicKey) -> String {
    let hash = u32::from_be_bytes(key_id(name, key));
    format!("{name}+{hash:08x}+{}", STANDARD.encode([&[ED25519], key.0.as_slice()].concat()))
}

/// The name and the key of such a line, or `None` if it is none.
pub fn read_verifier(line: &str) -> Option<(String, PublicKey)> {
    let (name, rest) = line.split_once('+')?;
    let (_, code) = rest.split_once('+')?;
    let bytes = STANDARD.decode(code).ok()?;
    let key = PublicKey(bytes.strip_prefix(&[ED25519])?.try_into().ok()?);
    (verifier(name, key) == line).then(|| (name.to_owned(), key))
}

fn key_id(name: &str, key: PublicKey) -> [u8; 4] {
    let [a, b, c, d, ..] = sha256(&[name.as_bytes(), b"\n", &[ED25519], &key.0].concat());
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Go package that the specification comes from.
    const NAME: &str = "PeterNeumann";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv\
        qfqdngotpRZb6KE6RyyBwJnAM=\n";
    const SIGNER: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const VERIFIER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    fn key() -> SigningKey {
        SigningKey::from_seed(STANDARD.decode(SIGNER).unwrap()[1..].try_into().unwrap())
    }

    #[test]
    fn a_note_is_signed_as_other_programs_sign_it() {
        let note = Note::parse(NOTE).unwrap();
        assert_eq!(Note::sign(note.text().to_owned(), NAME, &key()).to_string(), NOTE);
        assert_eq!(verifier(NAME, key().public()), VERIFIER);
        assert_eq!(read_verifier(VERIFIER), Some((NAME.to_owned(), key().public())));
        assert_eq!(read_verifier(&VERIFIER.replace("c74f20a3", "c74f20a4")), None);
        assert!(note.is_signed_by(NAME, key().public()));
    }

    #[test]
    fn a_note_that_was_changed_or_is_another_ones_is_not_signed() {
        let changed = NOTE.replace("problem is.", "problem was.");
        assert!(!Note::parse(&changed).unwrap().is_signed_by(NAME, key().public()));
        let note = Note::parse(NOTE).unwrap();
        assert!(!note.is_signed_by("Somebody", key().public()));
        assert!(!note.is_signed_by(NAME, SigningKey::from_seed([9; 32]).public()));
        let with_other = format!("{NOTE}— witness.example AAAAAAAA\n");
        assert!(Note::parse(&with_other).unwrap().is_signed_by(NAME, key().public()));
    }

    #[test]
    fn a_text_without_proper_signature_lines_is_no_note() {
        for wrong in [
            "",
            "text\n",
            "text\n\n",
            "text\n\n— name\n",
            "text\n\nname AAAAAAAA\n",
            "a\rb\n\n— n AAAAAAAA\n",
            "text\n\n— n AAAAAAAA",
        ] {
            assert_eq!(Note::parse(wrong), Err(NoNote), "{wrong:?}");
        }
    }
}
