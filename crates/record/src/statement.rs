//! Statements as signed bytes.

use federation::{Act, BodyId, PersonId, Statement, StatementId};
use measure::MAGNITUDE_MAX;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Refused;
use crate::hash::sha256;
use crate::key::{SignatureBytes, SigningKey};

/// The most bytes a statement has.
pub const STATEMENT_BYTES_MAX: usize = 60 * 1024;

/// Bytes with a signature over exactly them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What was signed, as it was sent.
    pub bytes: Vec<u8>,
    /// The Ed25519 signature.
    pub signature: SignatureBytes,
}

/// Signs a statement.
pub fn sign_statement(key: &SigningKey, statement: &Statement) -> Signed {
    sign_form(key, statement)
}

/// Signs anything that has a form in JSON.
pub(crate) fn sign_form(key: &SigningKey, form: &impl Serialize) -> Signed {
    // Rows of integers, texts and lists with text keys can always be written as JSON.
    let bytes = serde_json::to_vec(form).unwrap_or_default();
    let signature = key.sign(&bytes);
    Signed { bytes, signature }
}

/// The name of a statement: the SHA-256 of its bytes.
pub fn statement_id(bytes: &[u8]) -> StatementId {
    StatementId(sha256(bytes))
}

/// What a statement's bytes say. Refused if they are not of its form; it is read strictly, so that
/// every reader reads the same.
pub fn read_statement(bytes: &[u8]) -> Result<Statement, Refused> {
    read_form(bytes)
}

/// Reads bytes of JSON strictly, so that every reader reads the same.
///
/// Refused if they are more than 60 KiB or no UTF-8, if a field is unknown, missing or there
/// twice, if a number is no integer within ±(2⁵³ − 1), and if anything is written otherwise than
/// the form says, such as a list of fields in place of an object.
pub(crate) fn read_form<F: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<F, Refused> {
    if bytes.len() > STATEMENT_BYTES_MAX {
        return Err(Refused::StatementTooLong { found: bytes.len() });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|why| Refused::StatementNotText { valid_up_to: why.valid_up_to() })?;
    let unreadable = |why: serde_json::Error| Refused::StatementUnreadable { why: why.to_string() };
    let form: F = serde_json::from_str(text).map_err(unreadable)?;
    let found: Value = serde_json::from_str(text).map_err(unreadable)?;
    check_numbers(&found)?;
    let expected = serde_json::to_value(&form).map_err(unreadable)?;
    match difference(&found, &expected) {
        None => Ok(form),
        Some(at) => Err(Refused::WrittenOtherwise { at }),
    }
}

fn check_numbers(value: &Value) -> Result<(), Refused> {
    match value {
        Value::Number(number) => {
            let fits = |number: i64| number.unsigned_abs() <= MAGNITUDE_MAX.unsigned_abs();
            let whole = number.as_i64().is_some_and(fits);
            let found = || Refused::NumberWrong { found: number.to_string() };
            whole.then_some(()).ok_or_else(found)
        }
        Value::Array(values) => values.iter().try_for_each(check_numbers),
        Value::Object(fields) => fields.values().try_for_each(check_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

/// The first place where two values differ, as field names with points between.
fn difference(found: &Value, expected: &Value) -> Option<String> {
    if found == expected {
        return None;
    }
    let within = match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let differs = |name: &&String| found.get(*name) != expected.get(*name);
            let name = expected.keys().chain(found.keys()).find(differs)?;
            let deeper = found.get(name).zip(expected.get(name));
            (name.clone(), deeper.and_then(|(found, expected)| difference(found, expected)))
        }
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            let pairs = found.iter().zip(expected).enumerate();
            let mut deeper = pairs.filter_map(|(n, (a, b))| Some((n, difference(a, b)?)));
            deeper.next().map(|(n, deeper)| (n.to_string(), Some(deeper)))?
        }
        _ => return Some(String::new()),
    };
    match within {
        (name, Some(deeper)) if !deeper.is_empty() => Some(format!("{name}.{deeper}")),
        (name, _) => Some(name),
    }
}

/// The bodies that an act names, with the person each is about.
pub(crate) fn bodies_named(statement: &Statement) -> Vec<(BodyId, PersonId)> {
    use federation::act::{AdmitMember, SignPact};
    let own = |body: BodyId| vec![(body, statement.person)];
    match &statement.act {
        Act::Found(found) => {
            let members = found.rows.iter().flat_map(|row| &row.members);
            members.filter_map(|member| Some((member.about?, member.person))).collect()
        }
        Act::SignPact(SignPact::Newcomer { about: Some(about), .. }) => own(*about),
        Act::AdmitMember(AdmitMember { person, about: Some(about), .. }) => vec![(*about, *person)],
        Act::Introduce(introduce) => own(introduce.about),
        Act::Comment(comment) => own(comment.words),
        Act::Post(post) => own(post.words),
        _ => Vec::new(),
    }
}
