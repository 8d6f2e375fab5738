//! Acts as JSON, read and written for everybody in one place: for so many kinds of act that is much code
//! to compile.

use federation::Act;
use serde_json::Value;

use crate::Failed;

/// The act that was written down. What its shape cannot say, such as hidden characters in a text, is a
/// rule's business.
pub fn read_act(written: &Value) -> Result<Act, Failed> {
    serde_json::from_value(written.clone()).map_err(|error| {
        Failed::refused("act-unreadable", format!("the act is not taken: {error}"))
    })
}

/// An act as it is written in a statement.
pub fn write_act(act: &Act) -> Value {
    // An act holds integers, texts, lists and words, all of which can be written.
    serde_json::to_value(act).unwrap_or_default()
}
