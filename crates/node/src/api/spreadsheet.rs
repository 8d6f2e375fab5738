use serde_json::Value;

use crate::Failed;

/// Rows as CSV (RFC 4180), with a line of names on top. They are written as they come, so that a
/// long table is never in memory as JSON.
pub(crate) struct Spreadsheet {
    names: Vec<&'static str>,
    writer: csv::Writer<Vec<u8>>,
}

impl Spreadsheet {
    /// Begins with the line of names.
    pub(crate) fn begin(names: Vec<&'static str>) -> Result<Self, Failed> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&names).map_err(Failed::fault)?;
        Ok(Self { names, writer })
    }

    /// Adds rows.
    pub(crate) fn add(&mut self, rows: &[Value]) -> Result<(), Failed> {
        for row in rows {
            let cells = self.names.iter().map(|&name| row.get(name).map(cell).unwrap_or_default());
            self.writer.write_record(cells).map_err(Failed::fault)?;
        }
        Ok(())
    }

    /// The whole of it.
    pub(crate) fn end(self) -> Result<Vec<u8>, Failed> {
        self.writer.into_inner().map_err(|error| Failed::fault(error.error()))
    }
}

/// A value as one cell. Lists of plain things are joined; anything deeper stays JSON.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => defused(text),
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            let plain = |item: &Value| match item {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            defused(&items.iter().map(plain).collect::<Vec<_>>().join("; "))
        }
        nested => nested.to_string(),
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe in front.
fn defused(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_looks_like_a_formula_is_text_and_numbers_stay_numbers() {
        let rows = [
            json!({"name": "=HYPERLINK(\"http://x\")", "seconds": -3600, "list": ["-1", "b"]}),
            json!({"name": "+49", "seconds": null, "list": []}),
            json!({"name": "a, \"b\"", "seconds": 1, "list": [{"deep": 1}]}),
        ];
        let mut written = Spreadsheet::begin(vec!["name", "seconds", "list"]).unwrap();
        written.add(&rows[..1]).unwrap();
        written.add(&rows[1..]).unwrap();
        let written = written.end().unwrap();
        let expected = "name,seconds,list\n\
            \"'=HYPERLINK(\"\"http://x\"\")\",-3600,'-1; b\n\
            '+49,,\n\
            \"a, \"\"b\"\"\",1,\"[{\"\"deep\"\":1}]\"\n";
        assert_eq!(String::from_utf8(written).unwrap(), expected);
    }
}
