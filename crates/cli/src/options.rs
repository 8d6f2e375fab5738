//! What can be chosen, as people read and type it: counted from 1. Statements count from nought.

use serde_json::Value;

/// An option, by its number.
pub(crate) fn read(text: &str) -> Result<u8, String> {
    let number = text.trim().parse::<u8>().ok().and_then(|number| number.checked_sub(1));
    number.ok_or_else(|| format!("`{}` is no option; write its number, from 1", text.trim()))
}

/// A row with its options one a line, each with its number, and with the numbers of those chosen.
pub(crate) fn numbered(mut row: Value) -> Value {
    let options = row["options"].as_array().into_iter().flatten();
    let options = (1..).zip(options.filter_map(Value::as_str));
    let lines: Vec<String> = options.map(|(number, words)| format!("{number}: {words}")).collect();
    row["options"] = lines.join("\n").into();
    if row["count"].is_object() {
        from_one(&mut row["count"]["passed"]);
    }
    for unit in row["electorate"].as_array_mut().into_iter().flatten() {
        from_one(&mut unit["option"]);
    }
    row
}

fn from_one(number: &mut Value) {
    if let Some(from_nought) = number.as_u64() {
        *number = from_nought.saturating_add(1).into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn options_are_typed_and_shown_from_one() {
        assert_eq!(read(" 1").ok(), Some(0));
        assert!(["0", "-1", "yes", ""].iter().all(|text| read(text).is_err()));
        let row = json!({
            "options": ["yes, as proposed", "leave as it is"],
            "count": { "passed": 0 },
            "electorate": [{ "option": 1 }, { "option": null }],
        });
        let shown = numbered(row);
        assert_eq!(shown["options"], "1: yes, as proposed\n2: leave as it is");
        assert_eq!(shown["count"]["passed"], 1);
        assert_eq!(shown["electorate"], json!([{ "option": 2 }, { "option": null }]));
    }
}
