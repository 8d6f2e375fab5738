use std::collections::BTreeMap;

/// What a form or an address brought along: field by field, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Given(BTreeMap<String, String>);

impl Given {
    /// The fields in this order; the last of several with one name counts.
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// A field as written, without blanks around it and with plain line ends; empty if missing.
    pub(crate) fn text(&self, name: &str) -> String {
        self.raw(name).trim().replace("\r\n", "\n")
    }

    /// A field as written; empty if missing.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Whether the field came along at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether a box was ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.raw(name) == "yes"
    }

    /// A field that is a number, if it is one.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.raw(name).parse().ok()
    }
}
