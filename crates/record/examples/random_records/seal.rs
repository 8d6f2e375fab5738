use std::collections::BTreeMap;

use federation::{Entry, PublicKey, Statement};
use record::{SigningKey, Submission, read_statement, sha256, sign_statement, statement_id};
use serde_json::Value;

/// Turns what tests invent into what can be signed: keys that somebody holds, bodies and plans that
/// have the names they are called by.
#[derive(Default)]
pub(crate) struct Seals {
    keys: BTreeMap<PublicKey, SigningKey>,
}

/// An entry as a host gets it.
pub(crate) struct Sealed {
    pub(crate) entry: Entry,
    pub(crate) submission: Submission,
}

/// The fields that name a body.
const BODIES: [&str; 2] = ["about", "words"];

impl Seals {
    /// Signs what an entry says. None for what cannot be read as a statement.
    pub(crate) fn seal(&mut self, thought: &Entry) -> Option<Sealed> {
        let mut said = serde_json::to_value(&thought.statement).ok()?;
        let annex = thought.plan.as_ref().map(circuits::Plan::to_bytes);
        let mut bodies = BTreeMap::new();
        self.put(&mut said, "", annex.as_deref(), &mut bodies);
        let statement: Statement = read_statement(said.to_string().as_bytes()).ok()?;
        let signed = sign_statement(self.keys.get(&statement.key)?, &statement);
        let id = statement_id(&signed.bytes);
        let entry = Entry { id, statement, ..thought.clone() };
        let bodies = bodies.into_values().collect();
        Some(Sealed { entry, submission: Submission { annex, bodies, ..signed.into() } })
    }

    /// Puts what stands for something in place of what was invented for it.
    fn put(
        &mut self,
        said: &mut Value,
        field: &str,
        annex: Option<&[u8]>,
        bodies: &mut BTreeMap<[u8; 32], Vec<u8>>,
    ) {
        match said {
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.put(value, name, annex, bodies);
                }
            }
            Value::Array(values) => {
                for value in values {
                    self.put(value, field, annex, bodies);
                }
            }
            Value::String(text) => {
                let Some(invented) = bytes_of(text) else { return };
                if field == "key" {
                    *text = hex(&self.key(invented).0);
                } else if let ("annex", Some(annex)) = (field, annex) {
                    *text = hex(&sha256(annex));
                } else if BODIES.contains(&field) {
                    let body = [invented.as_slice(), b"words"].concat();
                    *text = hex(&sha256(&body));
                    bodies.insert(sha256(&body), body);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A key that somebody holds: itself, or the one that is made from what was invented.
    fn key(&mut self, invented: [u8; 32]) -> PublicKey {
        if self.keys.contains_key(&PublicKey(invented)) {
            return PublicKey(invented);
        }
        let key = SigningKey::from_seed(invented);
        let public = key.public();
        self.keys.insert(public, key);
        public
    }
}

/// The bytes that 64 hexadecimal digits stand for.
fn bytes_of(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect()
}

fn digit(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).unwrap_or('?')
}
