use record::Body;
use serde::{Deserialize, Serialize};

use crate::Failed;

/// Who a person is, as they say it in a body that they can erase.
///
/// Shape of the body: a JSON object with these fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What they are called.
    pub name: String,
    /// How to reach them.
    #[serde(default)]
    pub contact: String,
    /// What else there is to say.
    #[serde(default)]
    pub words: String,
}

impl About {
    /// Somebody of whom nothing but the name is said.
    pub fn called(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// What the body holds.
    pub(crate) fn to_content(&self) -> Result<Vec<u8>, Failed> {
        serde_json::to_vec(self).map_err(Failed::fault)
    }

    /// The body that says it, with a salt of its own.
    pub fn to_body(&self) -> Result<Body, Failed> {
        Ok(Body::new(&self.to_content()?)?)
    }

    /// What a body says, or `None` if it says something else.
    pub fn read(body: &Body) -> Option<Self> {
        serde_json::from_slice(body.content()).ok()
    }
}

/// A body of plain words, such as a comment.
pub fn words_body(words: &str) -> Result<Body, Failed> {
    Ok(Body::new(words.as_bytes())?)
}
