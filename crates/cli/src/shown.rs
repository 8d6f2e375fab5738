use comfy_table::{ContentArrangement, Table, presets};
use federation::Time;
use measure::{Hours, Measure, Quantity};
use serde_json::Value;

use crate::said::say;

/// A column: its heading, and the field that it shows.
pub(crate) type Column = (&'static str, &'static str);

/// Prints rows as a table, or as JSON.
pub(crate) fn list(rows: &[Value], columns: &[Column], as_json: bool) {
    if as_json {
        say!("{:#}", Value::from(rows.to_vec()));
        return;
    }
    if rows.is_empty() {
        say!("none");
        return;
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(columns.iter().map(|(heading, _)| *heading));
    for row in rows {
        table.add_row(columns.iter().map(|(_, field)| shown(row, field)));
    }
    say!("{table}");
}

/// Prints one row field by field, or as JSON.
pub(crate) fn one(row: &Value, as_json: bool) {
    if as_json {
        say!("{row:#}");
        return;
    }
    let Some(fields) = row.as_object() else { return };
    let mut fields: Vec<_> = fields.iter().collect();
    // What a thing is called comes first.
    fields.sort_by_key(|(name, _)| !["number", "name", "label"].contains(&name.as_str()));
    let width = fields.iter().map(|(name, _)| heading(name).len()).max().unwrap_or(0);
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_null()) {
        let text = shown(row, name);
        let is_part_of_a_measure = name == "decimals" && value.is_number();
        if !text.is_empty() && !is_part_of_a_measure {
            say!("{:width$}  {}", heading(name), text.replace('\n', "\n    "));
        }
    }
}

/// A field's name as people read it: without its measure, which is told by the value.
fn heading(name: &str) -> String {
    let plain = name.strip_suffix("_seconds").or_else(|| name.strip_suffix("_steps"));
    plain.unwrap_or(name).replace('_', " ")
}

/// A field as people read it. The end of its name says its measure.
pub(crate) fn shown(row: &Value, field: &str) -> String {
    let value = &row[field];
    if field.ends_with("_seconds") {
        let hours = value.as_i64().and_then(Hours::from_seconds);
        return hours.map(|hours| hours.to_string()).unwrap_or_default();
    }
    if field.ends_with("_steps") {
        return amount(row, value);
    }
    let is_time = [
        "since",
        "from",
        "until",
        "due",
        "time",
        "answer_by",
        "at",
        "when",
        "happened",
        "founded",
        "closes",
        "notice_until",
    ];
    let is_time = is_time.contains(&field)
        || ["_time", "_due"].iter().any(|end| field.ends_with(end))
        || ["retired", "revoked", "answered", "testified", "erased"].contains(&field);
    if is_time && value.is_number() {
        return value
            .as_i64()
            .and_then(Time::from_seconds)
            .map_or_else(String::new, |t| t.to_string());
    }
    plain(value)
}

/// `2.5 kg`, by the measure that the same row names.
fn amount(row: &Value, value: &Value) -> String {
    let Some(quantity) = value.as_i64().and_then(Quantity::from_steps) else {
        return String::new();
    };
    let decimals = row["decimals"].as_u64().and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
    match row["measure"].as_str().and_then(|name| Measure::try_new(name, decimals).ok()) {
        Some(measure) => format!("{} {measure}", measure.format(quantity)),
        None => quantity.steps().to_string(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => visible(text),
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            items.iter().map(plain).collect::<Vec<_>>().join(", ")
        }
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) => {
            let fields = fields.keys().map(|name| (heading(name), shown(value, name)));
            let fields = fields.filter(|(_, text)| !text.is_empty());
            fields.map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join(", ")
        }
        number => number.to_string(),
    }
}

/// A text without what a terminal would obey, or what turns the text around it.
fn visible(text: &str) -> String {
    let hidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if hidden(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_is_shown_in_the_measure_that_its_name_ends_with() {
        let row = json!({
            "room_seconds": -5400, "left_steps": 2500, "measure": "kg", "decimals": 3,
            "since": 0, "clauses": ["fresh", "whole"], "withdrawn": false,
        });
        assert_eq!(shown(&row, "room_seconds"), "-1:30");
        assert_eq!(shown(&row, "left_steps"), "2.5 kg");
        assert_eq!(shown(&row, "since"), "1970-01-01 00:00");
        assert_eq!(shown(&row, "clauses"), "fresh, whole");
        assert_eq!(shown(&row, "withdrawn"), "no");
        assert_eq!(shown(&row, "nothing"), "");
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown_as_a_mark() {
        let row = json!({ "name": "\u{1b}[2J\u{202e}Rosa" });
        assert_eq!(shown(&row, "name"), "\u{fffd}[2J\u{fffd}Rosa");
    }
}
