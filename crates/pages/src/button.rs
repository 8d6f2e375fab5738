/// Something to do about a thing, as a button on its row.
#[derive(Debug, Clone)]
pub(crate) struct Button {
    pub(crate) act: &'static str,
    pub(crate) label: &'static str,
    /// What goes along: names and values.
    pub(crate) with: Vec<(&'static str, String)>,
    pub(crate) way: Way,
    pub(crate) weight: Weight,
}

/// Whether a tap does it or opens the form first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    AtOnce,
    AsksFirst,
}

/// How much a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Main,
    Plain,
}

impl Button {
    /// Does it with one tap.
    pub(crate) fn now(act: &'static str, label: &'static str) -> Self {
        let (way, weight) = (Way::AtOnce, Weight::Main);
        Self { act, label, with: Vec::new(), way, weight }
    }

    /// Opens the act's form.
    pub(crate) fn ask(act: &'static str, label: &'static str) -> Self {
        let (way, weight) = (Way::AsksFirst, Weight::Plain);
        Self { act, label, with: Vec::new(), way, weight }
    }

    /// With a value for one of the form's fields.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "numbers and words are handed over as they are"
    )]
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.with.push((name, value.to_string()));
        self
    }

    #[must_use]
    pub(crate) fn plain(mut self) -> Self {
        self.weight = Weight::Plain;
        self
    }

    #[must_use]
    pub(crate) fn main(mut self) -> Self {
        self.weight = Weight::Main;
        self
    }

    pub(crate) fn asks(&self) -> bool {
        self.way == Way::AsksFirst
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.weight == Weight::Plain
    }

    /// The values as the end of an address. They are numbers and plain words.
    pub(crate) fn query(&self) -> String {
        let pairs: Vec<_> =
            self.with.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}
