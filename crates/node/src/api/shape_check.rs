use std::fmt;

use serde_json::Value;

use super::shape::{Field, Presence, Shape};

/// Where JSON is not of the shape that the document describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misshapen {
    /// The field, with points between; empty for the whole.
    at: String,
    expected: String,
    found: String,
}

impl fmt::Display for Misshapen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, expected, found } = self;
        match at.as_str() {
            "" => write!(f, "expected {expected}, found {found}")?,
            at => write!(f, "`{at}`: expected {expected}, found {found}")?,
        }
        write!(f, "; the shape is described at /api/v1/openapi.json")
    }
}

/// Checks JSON against a shape.
pub(crate) fn check(shape: &Shape, value: &Value) -> Result<(), Misshapen> {
    let wrong =
        |expected: String| Err(Misshapen { at: String::new(), expected, found: found(value) });
    match shape {
        Shape::Named(_, shape) => check(shape, value),
        Shape::OrNull(shape) if !value.is_null() => check(shape, value),
        Shape::List { of, least, most } => match value.as_array() {
            Some(items) if (*least..=*most).contains(&items.len()) => each(of, items),
            _ => wrong(list_words(*least, *most)),
        },
        Shape::Object(fields) => fields_hold(fields, value),
        Shape::OneOf(fields) => one_of(fields, value),
        _ if plain_holds(shape, value) => Ok(()),
        _ => wrong(plain_words(shape)),
    }
}

/// Whether a value that has no parts is of its shape.
fn plain_holds(shape: &Shape, value: &Value) -> bool {
    let text = value.as_str();
    match shape {
        Shape::Whole { least, most } => value.as_i64().is_some_and(|n| n >= *least && n <= *most),
        Shape::Text { least, most } => {
            text.is_some_and(|text| (*least..=*most).contains(&text.chars().count()))
        }
        Shape::Hex(digits) => text.is_some_and(|text| is_hex(text, *digits)),
        Shape::Ref => text.is_some_and(|text| match text.split_once('.') {
            None => is_hex(text, 64),
            Some((hash, row)) => is_hex(hash, 64) && is_row(row),
        }),
        Shape::Flag => value.is_boolean(),
        Shape::Word(words) => text.is_some_and(|text| words.contains(&text)),
        Shape::OrNull(_) => value.is_null(),
        _ => true,
    }
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_row(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits && (1..=9).contains(&text.len()) && !text.starts_with('0')
}

fn plain_words(shape: &Shape) -> String {
    match shape {
        Shape::Whole { least, most } => format!("a whole number from {least} to {most}"),
        Shape::Text { least, most: usize::MAX } => format!("a text of at least {least} letters"),
        Shape::Text { least, most } => format!("a text of {least} to {most} letters"),
        Shape::Hex(digits) => format!("{digits} lower-case hex digits"),
        Shape::Ref => "64 lower-case hex digits, and `.` and a number for a further row".to_owned(),
        Shape::Flag => "true or false".to_owned(),
        Shape::Word(words) => format!("one of `{}`", words.join("`, `")),
        _ => "null".to_owned(),
    }
}

fn list_words(least: usize, most: usize) -> String {
    if most == usize::MAX { "a list".to_owned() } else { format!("a list of {least} to {most}") }
}

fn each(of: &Shape, items: &[Value]) -> Result<(), Misshapen> {
    let mut checks = items.iter().enumerate().map(|(n, item)| within(&n.to_string(), of, item));
    checks.find(Result::is_err).unwrap_or(Ok(()))
}

fn within(name: &str, shape: &Shape, value: &Value) -> Result<(), Misshapen> {
    check(shape, value).map_err(|wrong| {
        let at = if wrong.at.is_empty() { name.to_owned() } else { format!("{name}.{}", wrong.at) };
        Misshapen { at, ..wrong }
    })
}

fn fields_hold(fields: &[Field], value: &Value) -> Result<(), Misshapen> {
    let names: Vec<_> = fields.iter().map(|field| field.name).collect();
    let expected = || match names.as_slice() {
        [] => "an empty object".to_owned(),
        names => format!("an object with the fields `{}`", names.join("`, `")),
    };
    let wrong = |found| Err(Misshapen { at: String::new(), expected: expected(), found });
    let Some(object) = value.as_object() else { return wrong(found(value)) };
    if let Some(unknown) = object.keys().find(|key| !names.contains(&key.as_str())) {
        return wrong(format!("the field `{}`", shortened(unknown)));
    }
    for field in fields {
        match object.get(field.name) {
            Some(value) => within(field.name, &field.shape, value)?,
            None if field.presence == Presence::May => {}
            None => return wrong(format!("none called `{}`", field.name)),
        }
    }
    Ok(())
}

fn one_of(fields: &[Field], value: &Value) -> Result<(), Misshapen> {
    let mut entries = value.as_object().into_iter().flatten();
    if let (Some((name, inner)), None) = (entries.next(), entries.next())
        && let Some(field) = fields.iter().find(|field| field.name == name)
    {
        return within(field.name, &field.shape, inner);
    }
    let names: Vec<_> = fields.iter().map(|field| field.name).collect();
    let expected = format!("an object with one field of `{}`", names.join("`, `"));
    Err(Misshapen { at: String::new(), expected, found: found(value) })
}

/// A value in a few words.
fn found(value: &Value) -> String {
    match value {
        Value::Object(fields) => match fields.keys().next() {
            Some(name) => format!("an object with `{}`", shortened(name)),
            None => "an empty object".to_owned(),
        },
        Value::Array(items) => format!("a list of {}", items.len()),
        plain => format!("`{}`", shortened(&plain.to_string())),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BREAD: Shape = Shape::Object(&[
        Field::must("loaves", Shape::Whole { least: 1, most: 9 }, ""),
        Field::may("note", Shape::OrNull(&Shape::Text { least: 1, most: 3 }), ""),
    ]);

    fn says(value: &Value) -> String {
        check(&BREAD, value).unwrap_err().to_string()
    }

    #[test]
    fn what_is_of_its_shape_holds() {
        for value in [
            json!({"loaves": 9}),
            json!({"loaves": 1, "note": null}),
            json!({"loaves": 1, "note": "äöü"}),
        ] {
            assert_eq!(check(&BREAD, &value), Ok(()), "{value}");
        }
    }

    #[test]
    fn what_is_not_is_told_by_field_value_and_what_is_expected() {
        assert!(
            says(&json!({"loaves": 10}))
                .starts_with("`loaves`: expected a whole number from 1 to 9, found `10`")
        );
        assert!(says(&json!({"loaves": 1.5})).contains("found `1.5`"));
        assert!(
            says(&json!({"loaves": 1, "note": "long"}))
                .starts_with("`note`: expected a text of 1 to 3 letters")
        );
        assert!(says(&json!({})).contains("found none called `loaves`"));
        assert!(says(&json!({"loaves": 1, "rolls": 2})).contains("found the field `rolls`"));
        assert!(says(&json!([])).contains("found a list of 0"));
    }
}
